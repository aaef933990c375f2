import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("A page's figures")
struct PageDataTests {
    static let page = """
        title: Shop
        slicers:
          - list: {dimension: band}
        visuals:
          - kpi: {measure: customers}
          - bar: {measure: customers, by: city}
          - donut: {measure: customers, by: band}
          - bar: {measure: purchases, by: kind}
          - histogram: {of: age, bins: 5}
          - text: {paragraphs: [{text: Hello}]}
          - stacked_bar: {measure: customers, by: city, stack: band}
          - table: {measures: [customers, purchases], by: [city]}
        """

    static let histogram = [
        "[[20.0,30.0,1],[30.0,40.0,1],[40.0,50.0,1],[50.0,60.0,1],[60.0,70.0,1]]",
        "[[20.0,30.0,1],[30.0,40.0,1],[40.0,50.0,0],[50.0,60.0,0],[60.0,70.0,0]]",
    ]

    @Test("without a selection are those of all rows; text has none")
    func everything() async throws {
        let data = try await TestProject(page: Self.page).page().data([])
        #expect(data["rows_used"] == 5)
        #expect(data["rows_total"] == 5)
        #expect(data.rows(of: "v1") == "[[5]]")
        #expect(data.rows(of: "v2") == #"[["Bergen",2],["Oslo",2],[null,1]]"#)
        #expect(data.rows(of: "v3") == #"[["young",2],["old",3]]"#)
        #expect(data.rows(of: "v4") == #"[["food",3],["toys",2]]"#)
        #expect(data.rows(of: "v5") == Self.histogram[0])
        #expect(data["visuals"]?["v6"] == nil)
        #expect(
            data.rows(of: "v7")
                == #"[["Bergen","old",2],["Oslo","young",2],[null,"old",1]]"#)
        #expect(data.rows(of: "v8") == #"[["Bergen",2,1],["Oslo",2,3],[null,1,1]]"#)
        #expect(
            data["visuals"]?["v2"]?["columns"] == ["city", "customers"])
        #expect(data["visuals"]?["v2"]?["suppressed"] == 0)
    }

    @Test("under a slicer are those of the rows that it picks, in every visual")
    func slicer() async throws {
        let data = try await TestProject(page: Self.page).page()
            .data([.picking("band", .text("young"), from: "s1")])
        #expect(data["rows_used"] == 2)
        #expect(data["rows_total"] == 5)
        #expect(data.rows(of: "v1") == "[[2]]")
        #expect(data.rows(of: "v2") == #"[["Oslo",2]]"#)
        #expect(data.rows(of: "v3") == #"[["young",2]]"#)
        #expect(data.rows(of: "v4") == #"[["food",2],["toys",1]]"#)
        #expect(data.rows(of: "v5") == Self.histogram[1])
        #expect(data["visuals"]?["v4"]?["rows_used"] == 3)
    }

    @Test("a visual's own selection filters all others, and not itself")
    func own() async throws {
        let page = try await TestProject(page: Self.page).page()
        let data = try await page.data([.picking("city", .text("Oslo"), .missing, from: "v2")])
        #expect(data.rows(of: "v2") == #"[["Bergen",2],["Oslo",2],[null,1]]"#)
        #expect(data["visuals"]?["v2"]?["rows_used"] == 5)
        #expect(data.rows(of: "v1") == "[[3]]")
        #expect(data.rows(of: "v3") == #"[["young",2],["old",1]]"#)
        #expect(data.rows(of: "v4") == #"[["food",2],["toys",2]]"#)
        #expect(data.rows(of: "v7") == #"[["Oslo","young",2],[null,"old",1]]"#)
        #expect(data["rows_used"] == 3)
    }

    @Test("a mark of a child's visual keeps the parents with such a row")
    func child() async throws {
        let data = try await TestProject(page: Self.page).page()
            .data([.picking("kind", .text("toys"), from: "v4")])
        #expect(data.rows(of: "v4") == #"[["food",3],["toys",2]]"#)
        #expect(data.rows(of: "v1") == "[[2]]")
        #expect(data.rows(of: "v2") == #"[["Oslo",1],[null,1]]"#)
    }

    @Test("two selections each leave out their own visual")
    func two() async throws {
        let page = try await TestProject(page: Self.page).page()
        let data = try await page.data([
            .picking("city", .text("Oslo"), from: "v2"),
            PageSelection(
                source: "v5", .init(dimension: "age", .range(from: 20, to: 30, closed: false))),
        ])
        #expect(data.rows(of: "v2") == #"[["Oslo",1]]"#)
        #expect(data.rows(of: "v5") == Self.histogram[1])
        #expect(data.rows(of: "v1") == "[[1]]")
        #expect(data["rows_used"] == 1)
    }

    @Test("a selection that no row meets leaves empty visuals, not an error")
    func nothing() async throws {
        let data = try await TestProject(page: Self.page).page()
            .data([.picking("city", .text("Rome"), from: "s9")])
        #expect(data.rows(of: "v1") == "[[0]]")
        #expect(data.rows(of: "v2") == "[]")
        #expect(data["rows_used"] == 0)
    }

    @Test("a scatter has a point for each row, and its categories")
    func scatter() async throws {
        let project = try TestProject(
            page: "title: T\nvisuals:\n  - scatter: {x: age, y: spent, by: band}\n")
        let visual = try await project.page().data([])["visuals"]?["v1"]
        #expect(
            visual?["series"]?.text()
                == "[[20.0,30.0,40.0,50.0,60.0],[10.5,0.3,null,7.25,0.1],[0,0,1,1,1]]")
        #expect(visual?["categories"]?.text() == #"["young","old"]"#)
        #expect(visual?["rows_used"] == 5)
    }

    @Test("a histogram ends with the rows without a value, where there are any")
    func missing() async throws {
        let project = try TestProject(
            page: "title: T\nvisuals:\n  - histogram: {of: spent, bins: 3}\n")
        let data = try await project.page().data([])
        #expect(data.rows(of: "v1") == "[[0.0,5.0,2],[5.0,10.0,1],[10.0,15.0,1],[null,null,1]]")
    }
}
