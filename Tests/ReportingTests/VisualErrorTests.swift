import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("A visual that can't be computed")
struct VisualErrorTests {
    static let strangers = [
        "branches.csv": "branch,place\n1,Oslo\n",
        "sources/branch_file.yaml": "type: source/v1\ncsv: {file: branches.csv}\n",
        "models/branches.yaml": "type: model/v1\nfrom: branch_file\nkey: branch\n",
        "measures/branches.yaml": """
        type: measures/v1
        of: branches
        measures: {branches: {expression: count(*)}}
        dimensions: {place: {expression: place}}
        """,
    ]

    @Test("says so in its place, and the others are as they are")
    func others() async throws {
        let project = try TestProject(
            page: """
                title: T
                visuals:
                  - kpi: {measure: customers}
                  - bar: {measure: customers, by: kind}
                  - bar: {measure: purchases, by: city}
                """)
        let data = try await project.page().data([])
        #expect(data.rows(of: "v1") == "[[5]]")
        #expect(data["visuals"]?["v2"]?["error"]?["code"] == "unrelated")
        #expect(data.rows(of: "v2") == nil)
        #expect(data.rows(of: "v3") == #"[["Bergen",1],["Oslo",3],[null,1]]"#)
    }

    @Test("under a selection that has nothing to do with it")
    func unrelatedSelection() async throws {
        let project = try TestProject(
            page: """
                title: T
                visuals:
                  - kpi: {measure: customers}
                  - bar: {measure: branches, by: place}
                  - kpi: {measure: branches}
                """, files: Self.strangers)
        let data = try await project.page().data([.picking("place", .text("Oslo"), from: "v2")])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "unrelated")
        #expect(data.rows(of: "v2") == #"[["Oslo",1]]"#)
        #expect(data.rows(of: "v3") == "[[1]]")
        #expect(data["rows_used"] == .null)
    }

    @Test("selections that can't be meant are refused as a whole")
    func impossibleSelections() async throws {
        let page = try await TestProject(
            page: "title: T\nvisuals:\n  - kpi: {measure: customers}\n"
        ).page()
        func code(_ selection: FilterContext.Selection) async -> String? {
            let error = await #expect(throws: AuroraError.self) {
                try await page.data([PageSelection(source: "s1", selection)])
            }
            return error?.code
        }
        #expect(await code(.init(dimension: "ctiy", .values([.text("Oslo")]))) == "unknown_name")
        #expect(await code(.init(dimension: "age", .values([.text("Oslo")]))) == "wrong_type")
        let range = FilterContext.Selection.Choice.range(from: 1, to: 2, closed: true)
        #expect(await code(.init(dimension: "city", range)) == "not_a_number")
    }
}
