import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("A page for readers who may not see customers")
struct ReaderTests {
    static let analyst = Reader(name: "analyst", rights: [.aggregates])

    static let page = """
        title: T
        slicers:
          - range: {dimension: spent}
        visuals:
          - kpi: {measure: customers}
          - bar: {measure: customers, by: city}
          - table: {measures: [customers, avg_age], by: [city, band]}
          - histogram: {of: spent, bins: 5}
          - scatter: {x: age, y: spent, by: band}
          - bar: {measure: purchases, by: kind}
        """

    /// 40 in Oslo, 30 in Bergen, 3 in Voss, who alone are 77 and spent 613.
    static func project(smallest: Int) throws -> TestProject {
        var lines = "id,city,age,spent\n"
        for id in 1...73 {
            let group = id <= 40 ? "Oslo,20,100.5" : id <= 70 ? "Bergen,50,200.5" : "Voss,77,613.0"
            lines += "\(id),\(group)\n"
        }
        let purchases = (1...50).map { "\($0),\($0),\($0 <= 48 ? "food" : "toys")\n" }.joined()
        return try TestProject(
            page: page,
            files: [
                "aurora.yaml": "type: project/v1\nname: T\nprivacy: {smallest_cell: \(smallest)}\n",
                "customers.csv": lines, "purchases.csv": "nr,buyer,kind\n" + purchases,
            ])
    }

    @Test("small groups appear with nothing but their names")
    func small() async throws {
        let page = try await Self.project(smallest: 5).page(for: Self.analyst)
        let data = try await page.data([])
        #expect(data.rows(of: "v1") == "[[73]]")
        #expect(data.rows(of: "v2") == #"[["Bergen",null],["Oslo",40],["Voss",null]]"#)
        #expect(data["visuals"]?["v2"]?["suppressed"] == 2)
        let table = try #require(data.rows(of: "v3"))
        #expect(table.contains(#"["Voss","old",null,null]"#))
        #expect(!table.contains("77"))
        #expect(data.rows(of: "v4")?.contains(",3]") == false)
        #expect(data.rows(of: "v6") == #"[["food",null],["toys",null]]"#)
        #expect(!data.text().contains("613"))
    }

    @Test("a selection of a small group, or of all but one, gives no figure at all")
    func selected() async throws {
        let page = try await Self.project(smallest: 5).page(for: Self.analyst)
        let few: PageSelection = .picking("city", .text("Voss"), from: "s9")
        let most: PageSelection = .picking("city", .text("Oslo"), .text("Bergen"), from: "s9")
        for selection in [few, most] {
            let data = try await page.data([selection])
            #expect(data["rows_used"] == .null)
            #expect(data.rows(of: "v1") == "[[null]]")
            for visual in ["v1", "v2", "v3", "v4", "v5"] {
                #expect(data["visuals"]?[visual]?["rows_used"] == .null)
            }
            #expect(data["visuals"]?["v5"]?["rows"] == [])
        }
    }

    @Test("points become a density, which says so")
    func density() async throws {
        let project = try Self.project(smallest: 5)
        let visual = try await project.page(for: Self.analyst).data([])["visuals"]?["v5"]
        #expect(visual?["density"] == true)
        #expect(visual?["series"] == nil)
        #expect(visual?["columns"]?.text() == #"["x_from","x_to","y_from","y_to","count"]"#)
        // Two of the three fields are hidden: the small one, and the next.
        #expect(visual?["suppressed"] == 2)
        #expect(visual?["rows"]?.text().hasSuffix(",40]]") == true)
    }

    @Test("the range of a slicer ends at round numbers")
    func range() async throws {
        let project = try Self.project(smallest: 0)
        let slicer = try await project.page(for: Self.analyst).json()["slicers"]?[0]
        #expect(slicer?["minimum"] == .number("100.0"))
        #expect(slicer?["maximum"] == .number("650.0"))
        let exact = try await project.page(for: .local).json()["slicers"]?[0]
        #expect(exact?["maximum"] == .number("613.0"))
    }

    @Test("a page over what names customers is refused, not half shown")
    func identifying() async throws {
        let project = try TestProject(
            page: "title: T\nslicers: [list: {dimension: city}]\n"
                + "visuals:\n  - bar: {measure: customers, by: city}\n",
            files: [
                "aurora.yaml": "type: project/v1\nname: T\nprivacy: {identifying: [city]}\n"
            ])
        let page = try await project.page(for: Self.analyst)
        let error = await #expect(throws: AuroraError.self) { try await page.json() }
        #expect(error?.code == "not_permitted")
        let data = try await page.data([])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "not_permitted")
        #expect(!data.text().contains("Oslo"))
    }
}
