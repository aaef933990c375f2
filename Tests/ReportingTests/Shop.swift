import Columns
import Query
import Reporting
import TestProjects

extension TestProject {
    /// Customers of a shop and their purchases; a page over both.
    static let shop = [
        "customers.csv": """
        id,city,age,spent
        1,Oslo,20,10.5
        2,Oslo,30,0.3
        3,Bergen,40,
        4,Bergen,50,7.25
        5,,60,0.1
        """,
        "purchases.csv": "nr,buyer,kind\n1,1,food\n2,1,toys\n3,2,food\n4,4,food\n5,5,toys\n",
        "sources/customer_file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
        "sources/purchase_file.yaml": "type: source/v1\ncsv: {file: purchases.csv}\n",
        "models/customers.yaml": """
        type: model/v1
        from: customer_file
        key: id
        steps:
          - bucket: {column: age, into: band, edges: [35], labels: [young, old]}
        """,
        "models/purchases.yaml": """
        type: model/v1
        from: purchase_file
        key: nr
        references: {customers: buyer}
        """,
        "measures/customers.yaml": """
        type: measures/v1
        of: customers
        measures:
          customers: {expression: count(*), label: Customers, description: People in the file.}
          avg_age: {expression: avg(age), format: decimal, digits: 1, unit: years}
        dimensions:
          city: {expression: city, label: City}
          band: {expression: band}
          age: {expression: age}
          spent: {expression: spent, format: currency}
          is_old: {expression: age > 45}
        """,
        "measures/purchases.yaml": """
        type: measures/v1
        of: purchases
        measures: {purchases: {expression: count(*)}}
        dimensions: {kind: {expression: kind}}
        """,
    ]

    /// - Parameter page: the text of the page `main` below its type.
    convenience init(page: String, files: [String: String] = [:]) throws {
        var texts = Self.shop.merging(files) { $1 }
        texts["pages/main.yaml"] = "type: page/v1\n" + page
        try self.init(texts)
    }

    /// The page `main` for a reader.
    func page(for reader: Reader = .local) async throws -> PageView {
        try PageView("main", of: try await run(), for: reader)
    }
}

extension PageSelection {
    static func picking(
        _ dimension: String, _ values: Value..., from source: String
    ) -> PageSelection {
        PageSelection(source: source, .init(dimension: dimension, .values(values)))
    }
}

extension JSON {
    /// The member of an object.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The element of an array.
    subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The rows of a visual of a page's data.
    func rows(of visual: String) -> String? { self["visuals"]?[visual]?["rows"]?.text() }
}
