import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("What doesn't fit folds, says how much is shown, or refuses")
struct LimitTests {
    /// 90 towns: the first has one sale, each further one more, of amounts that fall.
    private static let file: String = {
        var lines = ["nr,day,town,kind,amount"]
        for town in 1...90 {
            for sale in 1...town {
                let month = 1 + town % 12
                let day = 1 + sale % 28
                let date =
                    "20\(10 + sale % 5)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                lines.append(
                    "\(lines.count),\(date),T\(town),\(sale % 2 == 0 ? "a" : "b"),\(1000 - town)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    private func data(
        _ visuals: String, _ selections: [PageSelection] = []
    ) async throws -> JSON {
        try await NewVisualsTests.project(visuals, file: Self.file).page().data(selections)
    }

    private func count(_ visual: JSON?) -> Int {
        guard case .array(let rows)? = visual?["rows"] else { return -1 }
        return rows.count
    }

    @Test(
        "a sum keeps as many levels as the kind can show, the largest, and the others are one",
        arguments: [
            ("bar", 50), ("column", 60), ("donut", 11), ("treemap", 50),
        ])
    func folds(kind: String, most: Int) async throws {
        let visual = try await data("  - \(kind): {measure: sales, by: town}\n")["visuals"]?["v1"]
        #expect(count(visual) == most + 1)
        #expect(visual?["folded"] == true)
        #expect(visual?["shown"] == nil)
        let kept = (0..<most).compactMap { visual?["rows"]?[$0]?[1]?.text() }.compactMap(Int.init)
        #expect(kept.min() == 91 - most)
        let others = 90 - most
        #expect(visual?["rows"]?[most]?[0]?.text() == #"{"other":\#(others)}"#)
        #expect(visual?["rows"]?[most]?[1]?.text() == "\(others * (others + 1) / 2)")
        #expect(ChartLimit.all[kind]?.levels.first?.value == most)
    }

    @Test("an average shows the largest and says of how many")
    func averages() async throws {
        let visual = try await data("  - bar: {measure: average, by: town}\n")["visuals"]?["v1"]
        #expect(count(visual) == 50)
        #expect(visual?["folded"] == false)
        #expect(
            visual?["shown"]?.text()
                == #"[{"dimension":"town","shown":50,"of":90,"by":"average"}]"#)
        #expect(visual?.text().contains(#"["T1",999.0]"#) == true)
        #expect(visual?.text().contains(#"["T51""#) == false)
        #expect(visual?["rows_used"] == 4095)
    }

    @Test("heat maps leave rows out, unless they test for a relation, which is of all rows")
    func heatMaps() async throws {
        let data = try await data(
            "  - heat_map: {measure: sales, by: town, across: kind}\n"
                + "  - heat_map: {measure: sales, by: town, across: kind, colour: residual}\n")
        let plain = data["visuals"]?["v1"]
        #expect(count(plain) == 120)
        #expect(
            plain?["shown"]?.text() == #"[{"dimension":"town","shown":60,"of":90,"by":"sales"}]"#)
        #expect(plain?.text().contains("other") == false)
        let tested = data["visuals"]?["v2"]
        #expect(count(tested) == 122)
        #expect(tested?["folded"] == true)
    }

    @Test("what the page states goes before, and what fits is shown as it is")
    func stated() async throws {
        let data = try await data(
            "  - bar: {measure: sales, by: town, top: 80}\n  - bar: {measure: sales, by: kind}\n")
        #expect(count(data["visuals"]?["v1"]) == 81)
        #expect(count(data["visuals"]?["v2"]) == 2)
        #expect(data["visuals"]?["v2"]?["folded"] == false)
    }

    @Test("too many dates and too many figures are refused with what to do")
    func refused() async throws {
        let data = try await data(
            "  - column: {measure: sales, by: day}\n"
                + "  - matrix: {measures: [sales, total], by: [town, day]}\n"
                + "  - line: {measure: sales, over: day, each: month}\n")
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "too_many_marks")
        #expect(data["visuals"]?["v2"]?["error"]?["code"] == "too_many_cells")
        #expect(data["visuals"]?["v3"]?["error"] == nil)
    }

    @Test("what is selected elsewhere is shown of the same levels")
    func parts() async throws {
        let visuals =
            "  - bar: {measure: sales, by: town, interaction: highlight}\n"
            + "  - donut: {measure: sales, by: kind}\n"
        let visual = try await data(visuals, [.picking("kind", .text("a"), from: "v2")])[
            "visuals"]?["v1"]
        #expect(count(visual) == 51)
        #expect(count(visual?["part"]) == 51)
        // 1 to 40 sales, every second of them.
        #expect(visual?["part"]?["rows"]?[50]?.text() == #"[{"other":40},400]"#)
    }

    @Test("boxes of rare groups are one")
    func boxes() async throws {
        let visual = try await data("  - box_plot: {of: amount, by: town}\n")["visuals"]?["v1"]
        #expect(count(visual) == 41)
        #expect(visual?["rows"]?[40]?[0]?.text() == #"{"other":50}"#)
    }
}

@Suite("Scatters, filtered counts, and ways down of bars and matrices")
struct FittingChartsTests {
    private func page(_ visuals: String) async throws -> JSON {
        try await TestProject(page: "title: T\nvisuals:\n" + visuals).page().data([])
    }

    @Test("a scatter needs no colour")
    func plainScatter() async throws {
        let visual = try await page("  - scatter: {x: age, y: spent}\n")["visuals"]?["v1"]
        #expect(visual?["columns"]?.text() == #"["x","y"]"#)
        #expect(visual?["series"]?[0]?.text() == "[20.0,30.0,40.0,50.0,60.0]")
    }

    @Test("the server says which measures add up, a filtered count among them")
    func additive() async throws {
        let measures = """
            type: measures/v1
            of: customers
            measures:
              olds: {expression: "count(*) FILTER (WHERE age > 45)"}
              share: {expression: "count(*) FILTER (WHERE age > 45) / count(*)"}
              cities: {expression: count(DISTINCT city)}
              spending: {expression: sum(spent)}
            dimensions: {band: {expression: band}}
            """
        let layout = try await TestProject(
            page: "title: T\nvisuals:\n"
                + ["olds", "share", "cities", "spending"].map {
                    "  - column: {measure: \($0), by: band}\n"
                }.joined(),
            files: ["measures/customers.yaml": measures]
        ).page().json()
        let told = ["olds", "share", "cities", "spending"].map {
            layout["measures"]?[$0]?["additive"]
        }
        #expect(told == [true, false, false, true])
    }

    @Test("below, bars keep their pieces and a matrix its columns")
    func waysDown() async throws {
        let page = try await NewVisualsTests.project(
            "  - stacked_bar: {measure: sales, by: town, stack: kind, drill: [day]}\n"
                + "  - matrix: {measures: [sales], by: [kind], across: town, drill: [day]}\n"
        ).page()
        let oslo = FilterContext.Selection(dimension: "town", .values([.text("Oslo")]))
        let food = FilterContext.Selection(dimension: "kind", .values([.text("food")]))
        let data = try await page.data([], drills: ["v1": [oslo], "v2": [food]])
        #expect(data["visuals"]?["v1"]?["columns"]?.text() == #"["day","kind","sales"]"#)
        #expect(
            data.rows(of: "v1")
                == #"[["2025-01-05","food",1],["2025-01-20","food",1],["2025-02-01","toys",1]]"#)
        #expect(data["visuals"]?["v2"]?["columns"]?.text() == #"["day","town","sales"]"#)
    }

    @Test("a matrix has the totals of what is selected, beside those of the whole")
    func matrixPart() async throws {
        let data = try await NewVisualsTests.project(
            "  - matrix: {measures: [sales], by: [town], interaction: highlight}\n"
                + "  - column: {measure: sales, by: kind}\n"
        ).page().data([.picking("kind", .text("food"), from: "v2")])
        let matrix = data["visuals"]?["v1"]
        #expect(matrix?["totals"]?[0]?["rows"]?.text() == "[[12]]")
        #expect(matrix?["part"]?["totals"]?[0]?["rows"]?.text() == "[[5]]")
        #expect(matrix?["part"]?["rows"]?.text().contains(#"["Oslo",2]"#) == true)
    }
}
