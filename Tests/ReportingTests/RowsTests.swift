import Columns
import Foundation
import Query
import Reporting
import TestProjects
import Testing

@Suite("The rows behind a mark")
struct RowsTests {
    static let page = """
        title: Shop
        slicers:
          - list: {dimension: band}
        visuals:
          - bar: {measure: customers, by: city}
          - column: {measure: purchases, by: kind}
          - bar: {measure: grown, by: band}
          - kpi: {measure: known}
          - histogram: {of: age, bins: 5}
          - text: {paragraphs: [{text: Hello}]}
        """
    static let files = [
        "measures/more.yaml": """
        type: measures/v1
        of: customers
        measures:
          grown: {expression: count(*) FILTER (WHERE age >= 30)}
          known: {expression: count(spent)}
        """
    ]
    static let aggregates = Reader(name: "ben", rights: [.aggregates])

    private func view(
        _ page: String = page, files: [String: String] = files, for reader: Reader = .local
    ) async throws -> PageView {
        try await TestProject(page: page, files: files).page(for: reader)
    }

    private func keys(_ answer: JSON) -> String? {
        guard case .array(let rows)? = answer["rows"] else { return nil }
        return rows.map { $0[0]?.text() ?? "" }.joined(separator: " ")
    }

    @Test("are those of the figure's own model, as many as the figure counts, in the key's order")
    func mark() async throws {
        let view = try await view()
        let city = FilterContext.Selection(dimension: "city", .values([.text("Oslo")]))
        let answer = try await view.rows(.init(behind: [city], of: "v1", under: []))
        #expect(answer["model"] == "customers")
        #expect(answer["total"] == 2)
        #expect(answer["rows_total"] == 5)
        #expect(answer["is_count"] == true)
        #expect(keys(answer) == "1 2")
        let toys = FilterContext.Selection(dimension: "kind", .values([.text("toys")]))
        let bought = try await view.rows(.init(behind: [toys], of: "v2", under: []))
        #expect(bought["model"] == "purchases")
        #expect(keys(bought) == "2 5")
    }

    @Test("under the page's filters, without what the visual has selected itself")
    func filters() async throws {
        let view = try await view()
        let city = FilterContext.Selection(dimension: "city", .values([.text("Oslo")]))
        let own = PageSelection.picking("city", .text("Bergen"), from: "v1")
        let toys = PageSelection.picking("kind", .text("toys"), from: "v2")
        let answer = try await view.rows(.init(behind: [city], of: "v1", under: [own, toys]))
        #expect(keys(answer) == "1")
    }

    @Test("of a figure that counts only some rows are only those")
    func counted() async throws {
        let view = try await view()
        let young = FilterContext.Selection(dimension: "band", .values([.text("young")]))
        #expect(keys(try await view.rows(.init(behind: [young], of: "v3", under: []))) == "2")
        #expect(keys(try await view.rows(.init(behind: [], of: "v4", under: []))) == "1 2 4 5")
    }

    @Test("of a bin are those between its ends")
    func bin() async throws {
        let bin = FilterContext.Selection(
            dimension: "age", .range(from: 30, to: 39.9, closed: true))
        let answer = try await view().rows(.init(behind: [bin], of: "v5", under: []))
        #expect(keys(answer) == "2")
    }

    @Test("come in pages, sorted by any column with missing values last, ties by the key")
    func pages() async throws {
        let view = try await view()
        var request = RowRequest(behind: [], of: "v1", under: [])
        (request.column, request.isDescending) = ("spent", true)
        #expect(keys(try await view.rows(request)) == "1 4 2 5 3")
        (request.start, request.limit) = (2, 2)
        let second = try await view.rows(request)
        #expect(keys(second) == "2 5")
        #expect(second["total"] == 5)
        request.column = "colour"
        await #expect(throws: AuroraError.self) { try await view.rows(request) }
    }

    @Test("are for readers who may see customers only, and hold no hidden column")
    func rights() async throws {
        let request = RowRequest(behind: [], of: "v1", under: [])
        let forBen = try await view(for: Self.aggregates)
        for attempt in [
            { _ = try await forBen.rows(request) }, { _ = try await forBen.rowsFile(request) },
        ] {
            let error = await #expect(throws: AuroraError.self) { try await attempt() }
            #expect(error?.code == "not_permitted")
        }
        let settings = "type: project/v1\nname: Shop\nprivacy: {hidden: [spent]}\n"
        let page = "title: T\nvisuals:\n  - kpi: {measure: customers}\n"
        let measures = """
            type: measures/v1
            of: customers
            measures: {customers: {expression: count(*)}, avg_age: {expression: avg(age)}}
            dimensions: {city: {expression: city}, band: {expression: band}, age: {expression: age}}
            """
        let guarded = try await view(
            page, files: ["aurora.yaml": settings, "measures/customers.yaml": measures])
        let answer = try await guarded.rows(request)
        #expect(answer["columns"]?.text().contains("spent") == false)
        let file = String(decoding: try await guarded.rowsFile(request), as: UTF8.self)
        #expect(file.hasPrefix("\u{FEFF}id,city,age,band\r\n1,Oslo,20,young\r\n"))
        var sorted = request
        sorted.column = "spent"
        await #expect(throws: AuroraError.self) { try await guarded.rows(sorted) }
    }

    @Test("as a file hold no text that a spreadsheet would take for a formula")
    func formulas() async throws {
        let page = "title: T\nvisuals:\n  - kpi: {measure: customers}\n"
        let view = try await view(
            page,
            files: [
                "customers.csv": "id,city,age,spent\n1,\"=1+1, or\",20,1\n2,\"a\"\"b\",30,2\n"
            ])
        let file = try await view.rowsFile(.init(behind: [], of: "v1", under: []))
        let lines = String(decoding: file, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains("\"'=1+1, or\""))
        #expect(lines[2].contains("\"a\"\"b\""))
    }

    @Test("of a visual that shows no rows, or is not there, are refused")
    func none() async throws {
        let view = try await view()
        for visual in ["v6", "v9"] {
            let error = await #expect(throws: AuroraError.self) {
                try await view.rows(.init(behind: [], of: visual, under: []))
            }
            #expect(error?.code == "unknown_name")
        }
    }
}
