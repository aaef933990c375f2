import Columns
import Query
import Reporting
import Segmentation
import TestProjects

extension TestProject {
    /// Twelve customers in three plain groups of 3, 5 and 4, in the order of the file.
    static let customers = """
        id,x,y,name,active,same,gap
        a1,0,0,Ann,true,7,1
        a2,1,0,Bob,true,7,
        a3,0,1,Cid,false,7,3
        b1,20,0,Dot,true,7,4
        b2,21,0,Eve,true,7,5
        b3,20,1,Fay,false,7,6
        b4,21,1,Gus,true,7,7
        b5,20,2,Hal,true,7,8
        c1,0,20,Ida,true,7,9
        c2,1,20,Jim,false,7,10
        c3,0,21,Kay,true,7,11
        c4,1,21,Lou,true,7,
        """

    /// - Parameter segmentations: the text of each below `type` and `model`, by its name.
    convenience init(
        segmentations: [String: String], customers: String = TestProject.customers,
        files: [String: String] = [:]
    ) throws {
        var texts = [
            "customers.csv": customers,
            "sources/customer_file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
            "models/customers.yaml": "type: model/v1\nfrom: customer_file\nkey: id\n",
            "measures/customers.yaml": """
            type: measures/v1
            of: customers
            measures:
              customers: {expression: count(*)}
              mean_x: {expression: avg(x)}
            dimensions: {id: {expression: id}, active: {expression: active}}
            """,
        ]
        for (name, text) in segmentations {
            texts["segments/\(name).yaml"] = "type: segment/v1\nmodel: customers\n" + text
        }
        try self.init(texts.merging(files) { $1 })
    }

    /// Two features and three groups, as most tests have them.
    static let groups = "features: [{column: x}, {column: y}]\nk_means: {k: 3}\n"
}

extension PublishedRun {
    /// The rows of an answer, a text each.
    func rows(
        _ measures: String..., by dimensions: String..., where condition: String? = nil
    ) async throws -> [String] {
        var filter = FilterContext()
        if let condition { filter.conditions = [try await gate.condition(condition)] }
        let query = FigureQuery(measures: measures, by: dimensions, filter: filter)
        return try await gate.answer(query, for: .local).rows.map {
            $0.map(\.description).joined(separator: " ")
        }
    }
}
