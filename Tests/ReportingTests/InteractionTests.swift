import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Levels of a visual, and what others' marks do to it")
struct InteractionTests {
    static let page = """
        title: Shop
        slicers:
          - list: {dimension: is_old}
        visuals:
          - bar: {measure: customers, by: band, drill: [city, age]}
          - heat_map: {measure: customers, by: band, across: city, drill: [age]}
          - column: {measure: customers, by: city, interaction: highlight}
          - donut: {measure: customers, by: city, interaction: none}
          - histogram: {of: age, bins: 5, interaction: highlight}
          - kpi: {measure: customers}
        """
    static let old = FilterContext.Selection(dimension: "band", .values([.text("old")]))
    static let bergen = FilterContext.Selection(dimension: "city", .values([.text("Bergen")]))

    @Test("a level shows its own dimension, of what was gone down into")
    func levels() async throws {
        let view = try await TestProject(page: Self.page).page()
        let first = try await view.data([], drills: ["v1": [Self.old], "v2": [Self.old]])
        #expect(first.rows(of: "v1") == #"[["Bergen",2],[null,1]]"#)
        #expect(first["visuals"]?["v1"]?["columns"] == ["city", "customers"])
        let cells = #"[[40,"Bergen",1],[40,null,0],[50,"Bergen",1],[50,null,0],"#
        #expect(first.rows(of: "v2") == cells + #"[60,"Bergen",0],[60,null,1]]"#)
        #expect(first.rows(of: "v6") == "[[5]]", "other visuals stay as they are")
        let second = try await view.data([], drills: ["v1": [Self.old, Self.bergen]])
        #expect(second.rows(of: "v1") == "[[40,1],[50,1]]")
        let json = try await view.json()
        #expect(json["visuals"]?[0]?["drill"] == ["city", "age"])
        #expect(json["dimensions"]?["age"] != nil)
    }

    @Test(
        "levels are gone down in their order, and no further than the last",
        arguments: [
            [bergen],
            [old, bergen, FilterContext.Selection(dimension: "age", .values([.integer(40)]))],
        ])
    func wrongLevel(path: [FilterContext.Selection]) async throws {
        let data = try await TestProject(page: Self.page).page().data([], drills: ["v1": path])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "unknown_drill")
    }

    @Test("highlight keeps the whole and adds the part, none keeps the whole only")
    func highlight() async throws {
        let view = try await TestProject(page: Self.page).page()
        let plain = try await view.data([])
        #expect(plain["visuals"]?["v3"]?["part"] == nil)
        let mark = PageSelection.picking("band", .text("old"), from: "v1")
        let data = try await view.data([mark])
        #expect(data.rows(of: "v3") == #"[["Bergen",2],["Oslo",2],[null,1]]"#)
        #expect(data["visuals"]?["v3"]?["part"]?["rows"]?.text() == #"[["Bergen",2],[null,1]]"#)
        #expect(data["visuals"]?["v3"]?["part"]?["rows_used"] == 3)
        #expect(data.rows(of: "v4") == plain.rows(of: "v4"))
        #expect(data.rows(of: "v5") == plain.rows(of: "v5"))
        #expect(
            data["visuals"]?["v5"]?["part"]?["rows"]?.text()
                == "[[20.0,30.0,0],[30.0,40.0,0],[40.0,50.0,1],[50.0,60.0,1],[60.0,70.0,1]]")
        #expect(data.rows(of: "v6") == "[[3]]")
    }

    @Test("slicers filter what is highlighted, and what marks don't touch, too")
    func slicers() async throws {
        let view = try await TestProject(page: Self.page).page()
        let slicer = PageSelection.picking("is_old", .boolean(true), from: "s1")
        let data = try await view.data([slicer])
        #expect(data.rows(of: "v3") == #"[["Bergen",1],[null,1]]"#)
        #expect(data["visuals"]?["v3"]?["part"] == nil)
        #expect(data.rows(of: "v4") == #"[["Bergen",1],[null,1]]"#)
    }

    @Test("only visuals that can show a part may be told to")
    func refused() async throws {
        let page = "title: T\nvisuals:\n  - kpi: {measure: customers, interaction: highlight}\n"
        await #expect(throws: (any Error).self) { try await TestProject(page: page).page() }
    }
}
