import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Slicers")
struct SlicerTests {
    static let dated = [
        "customers.csv": """
        id,city,age,spent,joined
        1,Oslo,20,10.5,2020-01-15
        2,Oslo,30,0.3,2020-02-10
        3,Bergen,40,,2020-02-27
        4,Bergen,50,7.25,2019-06-01
        5,,60,0.1,2019-12-31
        """,
        "measures/dates.yaml": """
        type: measures/v1
        of: customers
        dimensions: {joined: {expression: joined}}
        """,
        "aurora.yaml": "type: project/v1\nname: Shop\nas_of: 2020-02-28\n",
    ]
    static let page = """
        title: Shop
        slicers:
          - tiles: {id: cities, dimension: city, share: customers}
          - date: {id: days, dimension: joined, periods: [last_30_days, previous_year]}
          - date: {id: latest, dimension: joined, as_of: data}
          - hierarchy: {id: places, dimensions: [city, band], count: customers}
        visuals:
          - kpi: {id: all, measure: customers}
        """

    private func view(for reader: Reader = .local) async throws -> PageView {
        try await TestProject(page: Self.page, files: Self.dated).page(for: reader)
    }

    @Test("of dates end with the project's as-of date, or with the last day in the data")
    func dates() async throws {
        let slicers = try #require(try await view().json()["slicers"])
        let days = try #require(slicers[1])
        #expect(days["minimum"] == "2019-06-01")
        #expect(days["maximum"] == "2020-02-27")
        #expect(days["as_of"] == "2020-02-28")
        #expect(days["is_as_of_data"] == false)
        #expect(days["periods"]?[0]?["range"] == ["2020-01-30", "2020-02-28"])
        #expect(days["periods"]?[1]?["range"] == ["2019-01-01", "2019-12-31"])
        #expect(slicers[2]?["as_of"] == "2020-02-27")
        #expect(slicers[2]?["is_as_of_data"] == true)
        let aggregates = Reader(name: "a", rights: [.aggregates])
        let rough = try await view(for: aggregates).json()["slicers"]?[1]
        #expect(rough?["minimum"] == "2019-06-01")
        #expect(rough?["maximum"] == "2020-02-29")
    }

    @Test("of tiles have the figures under all selections but their own")
    func shares() async throws {
        let view = try await view()
        let own = PageSelection.picking("city", .text("Oslo"), from: "cities")
        let other = PageSelection.picking("band", .text("old"), from: "all")
        let data = try await view.data([own, other])
        #expect(
            data["slicers"]?["cities"]?["rows"]?.text() == #"[["Bergen",2],[null,1]]"#)
        #expect(data["slicers"]?["days"] == nil)
    }

    @Test("of a hierarchy list one branch after the other, and find values at any level")
    func branches() async throws {
        let view = try await view()
        func paths(_ path: [Value], _ search: String? = nil) async throws -> String? {
            try await view.branches(
                of: "places", BranchRequest(path: path, search: search, selections: []))[
                    "branches"]?
                .text()
        }
        let top = try await paths([])
        #expect(
            top == #"[{"path":["Bergen"],"figure":2,"has_more":true},"#
                + #"{"path":["Oslo"],"figure":2,"has_more":true},"#
                + #"{"path":[null],"figure":1,"has_more":true}]"#)
        #expect(
            try await paths([.text("Oslo")])
                == #"[{"path":["Oslo","young"],"figure":2,"has_more":false}]"#)
        #expect(
            try await paths([.missing])
                == #"[{"path":[null,"old"],"figure":1,"has_more":false}]"#)
        #expect(
            try await paths([], "YOU")
                == #"[{"path":["Oslo","young"],"figure":2,"has_more":false}]"#)
    }

    @Test("of a hierarchy choose all that lies below a path, also where a value is missing")
    func paths() async throws {
        let selection = PageSelection(
            source: "places",
            .init(
                dimension: "city",
                .paths([[.text("Oslo")], [.missing, .text("old")]], of: ["city", "band"])))
        let data = try await view().data([selection])
        #expect(data.rows(of: "all") == "[[3]]")
        #expect(data["rows_used"] == 3)
    }

    @Test(
        "that make no sense are told of",
        arguments: [
            ("date: {dimension: city}", "not_a_date"),
            ("date: {dimension: joined, periods: [last_30_day]}", "unknown_period"),
            ("segments: {segmentation: city}", "unknown_segmentation"),
            ("tiles: {dimension: city, share: avg_age}", "not_additive"),
            ("tiles: {dimension: city, share: custmers}", "unknown_measure"),
            ("hierarchy: {dimensions: [city, kind], count: customers}", "unrelated"),
            ("list: {dimension: city, id: 1st}", "invalid_id"),
            ("list: {dimension: city, id: v1}", "duplicate_id"),
        ])
    func told(slicer: String, code: String) async throws {
        let page = "title: T\nslicers:\n  - \(slicer)\nvisuals:\n  - kpi: {measure: customers}\n"
        let project = try TestProject(page: page, files: Self.dated)
        #expect(try await project.mistakes().map(\.code) == [code])
    }
}
