import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Lines, treemaps, box plots, heat maps, matrices and compared cards")
struct NewVisualsTests {
    static let analyst = Reader(name: "analyst", rights: [.aggregates])

    /// 12 purchases of three towns; none in March.
    static func project(
        _ visuals: String, smallest: Int = 0, file: String? = nil
    ) throws -> TestProject {
        try TestProject([
            "aurora.yaml":
                "type: project/v1\nname: T\nprivacy: {smallest_cell: \(smallest)}\n",
            "sales.csv": file ?? """
                nr,day,town,kind,amount
                1,2025-01-05,Oslo,food,1
                2,2025-01-20,Oslo,food,2
                3,2025-02-01,Oslo,toys,3
                4,2025-02-28,Bern,food,4
                5,2025-04-01,Bern,toys,5
                6,2025-04-30,Bern,toys,6
                7,2025-05-01,Rome,food,7
                8,2025-05-02,Rome,toys,8
                9,2025-06-30,Rome,toys,100
                10,2025-07-01,Nice,food,10
                11,2025-12-31,Cork,toys,11
                12,,Cork,,
                """,
            "sources/till.yaml":
                "type: source/v1\ncsv: {file: sales.csv}\ncolumns: {day: {type: date}}\n",
            "models/sales.yaml": "type: model/v1\nfrom: till\nkey: nr\n",
            "measures/sales.yaml": """
            type: measures/v1
            of: sales
            measures:
              sales: {expression: count(*), label: Sales}
              total: {expression: sum(amount), label: Total}
              average: {expression: avg(amount), label: Average}
            dimensions:
              day: {expression: day}
              town: {expression: town, label: Town}
              kind: {expression: kind, label: Kind}
              amount: {expression: amount}
            """,
            "pages/main.yaml": "type: page/v1\ntitle: T\nvisuals:\n" + visuals,
        ])
    }

    private func data(
        _ visuals: String, _ selections: [PageSelection] = [], smallest: Int = 0,
        file: String? = nil, for reader: Reader = .local
    ) async throws -> JSON {
        try await Self.project(visuals, smallest: smallest, file: file).page(for: reader)
            .data(selections)
    }

    @Test("a line by month has the months that have rows, by quarter the quarters")
    func line() async throws {
        let data = try await data(
            """
              - line: {measure: sales, over: day, each: month}
              - line: {measure: total, over: day, each: quarter, by: kind}
              - line: {measure: sales, over: day, each: year}
              - line: {measure: sales, over: day, each: week}

            """)
        #expect(
            data.rows(of: "v1")
                == #"[["2025-01-01",2],["2025-02-01",2],["2025-04-01",2],["2025-05-01",2],"#
                + #"["2025-06-01",1],["2025-07-01",1],["2025-12-01",1],[null,1]]"#)
        #expect(
            data.rows(of: "v2")
                == #"[["2025-01-01","food",7],["2025-01-01","toys",3],["2025-04-01","food",7],"#
                + #"["2025-04-01","toys",119],["2025-07-01","food",10],["2025-10-01","toys",11],"#
                + #"[null,null,null]]"#)
        #expect(data.rows(of: "v3") == #"[["2025-01-01",11],[null,1]]"#)
        // 5 January 2025 was a Sunday: its week began on 30 December.
        #expect(data.rows(of: "v4")?.hasPrefix(#"[["2024-12-30",1],["2025-01-20",1]"#) == true)
    }

    @Test("days from and through filter by both and what lies between")
    func days() async throws {
        let visual = "  - kpi: {measure: sales}\n"
        let days = PageSelection(
            source: "v9",
            .init(dimension: "day", .days(from: "2025-02-01", through: "2025-04-01")))
        #expect(try await data(visual, [days]).rows(of: "v1") == "[[3]]")
        for selection in [
            FilterContext.Selection(dimension: "town", days.selection.choice),
            .init(dimension: "day", .days(from: "2025-02-01", through: "now")),
        ] {
            let refused = await #expect(throws: AuroraError.self) {
                try await data(visual, [PageSelection(source: "v9", selection)])
            }
            #expect(refused?.code == "wrong_type")
        }
    }

    @Test("rare levels are one: sums add up, averages are those of all their rows")
    func fold() async throws {
        let data = try await data(
            """
              - bar: {measure: sales, by: town, top: 2}
              - bar: {measure: average, by: town, top: 2}
              - bar: {measure: sales, by: town, top: 4}
              - stacked_bar: {measure: total, by: town, stack: kind, top: 2}

            """)
        // Three towns have 3 sales each: the first two of them stay.
        #expect(data.rows(of: "v1") == #"[["Bern",3],["Oslo",3],[{"other":3},6]]"#)
        // (7 + 8 + 100 + 10 + 11) / 5, the missing amount left out.
        #expect(data.rows(of: "v2") == #"[["Bern",5.0],["Oslo",2.0],[{"other":3},27.2]]"#)
        // A single level is not folded.
        #expect(data.rows(of: "v3")?.contains("other") == false)
        #expect(data["visuals"]?["v3"]?["folded"] == false)
        #expect(
            data.rows(of: "v4")
                == #"[["Bern","food",4],["Bern","toys",11],["Rome","food",7],["Rome","toys",108],"#
                + #"[{"other":3},"food",13],[{"other":3},"toys",14],[{"other":3},null,null]]"#)
    }

    @Test("a folded level does not give away a small cell in it")
    func foldedCells() async throws {
        // 40 in A, 30 in B, 20 in C, 12 in D, 3 in E: with cells of 5, E and D are hidden.
        let sizes = [("A", 40), ("B", 30), ("C", 20), ("D", 12), ("E", 3)]
        let towns = sizes.flatMap { Array(repeating: $0.0, count: $0.1) }
        let file =
            "nr,day,town,kind,amount\n"
            + towns.enumerated().map { "\($0.offset),2025-01-01,\($0.element),food,1\n" }.joined()
        let visuals =
            "  - bar: {measure: sales, by: town, top: 2}\n"
            + "  - bar: {measure: sales, by: town, top: 3}\n"
            + "  - stacked_bar: {measure: sales, by: town, stack: kind, top: 2}\n"
        let data = try await data(visuals, smallest: 5, file: file)
        // All that is hidden lies in it: no more is told than the total tells.
        #expect(data.rows(of: "v1") == #"[["A",40],["B",30],[{"other":3},35]]"#)
        #expect(data.rows(of: "v2") == #"[["A",40],["B",30],["C",20],[{"other":2},15]]"#)
        #expect(data.rows(of: "v3")?.contains(#"[{"other":3},"food",null]"#) == true)
    }

    @Test("a box plot has the quartiles of type 7, whiskers to the fences, and its outliers")
    func boxes() async throws {
        let data = try await data(
            "  - box_plot: {of: amount, by: kind}\n  - box_plot: {of: amount}\n")
        // food 1 2 4 7 10; toys 3 5 6 8 11 100: quartiles 5.25, 7, 10.25, fence 17.75.
        #expect(
            data.rows(of: "v1")
                == #"[["food",5,1.0,2.0,4.0,7.0,10.0,0,0],["toys",6,3.0,5.25,7.0,10.25,11.0,0,1]]"#)
        #expect(data["visuals"]?["v1"]?["outliers"]?.text() == #"[["toys",100.0,1]]"#)
        #expect(data["visuals"]?["v1"]?["whiskers"] == "tukey")
        #expect(data["visuals"]?["v1"]?["rows_used"] == 12)
        #expect(data.rows(of: "v2") == "[[11,1.0,3.5,6.0,9.0,11.0,0,1]]")
    }

    @Test("readers who may not see customers get percentiles, no outlier, and no small group")
    func guardedBoxes() async throws {
        let visuals = "  - box_plot: {of: amount, by: kind}\n"
        let open = try await data(visuals, for: Self.analyst)["visuals"]?["v1"]
        #expect(open?["whiskers"] == "percentiles")
        #expect(open?["outliers"] == [])
        // food: 1 + 0.2 · 1 and 10 − 0.2 · 3.
        let food = (2...6).map { Double(open?["rows"]?[0]?[$0]?.text() ?? "") ?? .nan }
        let expected = [1.2, 2.0, 4.0, 7.0, 9.4]
        #expect(zip(food, expected).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(open?["rows"]?[0]?[7] == .null)
        #expect(open?.text().contains("100") == false)
        let hidden = try await data(visuals, smallest: 6)["visuals"]?["v1"]
        #expect(hidden?["suppressed"] == 2)
        #expect(hidden?["rows"]?[0]?.text() == #"["food",null,null,null,null,null,null,null,null]"#)
    }

    /// 40 rows: the kind is told by the town in 15 of 20 each.
    private static let related =
        "nr,day,town,kind,amount\n"
        + (0..<40).map { row in
            let town = row < 20 ? "Oslo" : "Bern"
            let kind = (row % 20 < 15) == (row < 20) ? "food" : "toys"
            return "\(row),2025-01-01,\(town),\(kind),1\n"
        }.joined()

    @Test("a heat map tells of a relation by adjusted residuals, χ² and V")
    func relation() async throws {
        let visual = "  - heat_map: {measure: sales, by: town, across: kind, colour: residual}\n"
        let data = try await data(visual, file: Self.related)["visuals"]?["v1"]
        #expect(
            data?["rows"]?.text()
                == #"[["Bern","food",5],["Bern","toys",15],["Oslo","food",15],["Oslo","toys",5]]"#)
        // E = 10 everywhere: χ² = 4 · 25 / 10, V = √(10 / 40), residuals ±5 / √(10 · ½ · ½).
        #expect(data?["relation"]?["chi_squared"] == .number("10.0"))
        #expect(data?["relation"]?["cramers_v"] == .number("0.5"))
        #expect(data?["relation"]?["degrees"] == 1)
        let residual = try #require(data?["residuals"]?[0]?.text())
        #expect(abs((Double(residual) ?? 0) + 3.1622776601683795) < 1e-12)
        #expect(data?["relation"]?.text().contains("a strong relation") == true)
    }

    @Test("a heat map without a relation says so, and with hidden cells tests nothing")
    func noRelation() async throws {
        let even =
            "nr,day,town,kind,amount\n"
            + (0..<400).map {
                "\($0),2025-01-01,\($0 % 2 == 0 ? "Oslo" : "Bern"),\($0 % 4 < 2 ? "food" : "toys"),1\n"
            }.joined()
        let visual = "  - heat_map: {measure: sales, by: town, across: kind, colour: residual}\n"
        let data = try await data(visual, file: even)["visuals"]?["v1"]
        #expect(data?["relation"]?["chi_squared"] == .number("0.0"))
        #expect(data?["relation"]?.text().contains("No relation found between ") == true)
        let hidden = try await self.data(visual, smallest: 6, file: Self.related)["visuals"]?["v1"]
        #expect(hidden?["relation"]?["chi_squared"] == .null)
        #expect(hidden?["residuals"]?.text() == "[null,null,null,null]")
    }

    @Test("a matrix has totals of its own rows, not sums or means of its cells")
    func matrix() async throws {
        let data = try await data(
            "  - matrix: {measures: [sales, average], by: [town], across: kind}\n",
            [.picking("town", .text("Oslo"), .text("Bern"), from: "s1")])
        #expect(
            data.rows(of: "v1")
                == #"[["Bern","food",1,4.0],["Bern","toys",2,5.5],["Oslo","food",2,1.5],"#
                + #"["Oslo","toys",1,3.0]]"#)
        let totals = data["visuals"]?["v1"]?["totals"]
        #expect(totals?[0]?.text() == #"{"by":["town"],"rows":[["Bern",3,5.0],["Oslo",3,2.0]]}"#)
        // (4 + 1 + 2) / 3 and (5 + 6 + 3) / 3.
        #expect(
            totals?[1]?["rows"]?.text().hasPrefix(#"[["food",3,2.33333"#) == true)
        #expect(totals?[2]?.text() == #"{"by":[],"rows":[[6,3.5]]}"#)
    }

    @Test("no small cell of a matrix follows from its totals")
    func guardedMatrix() async throws {
        let visual = "  - matrix: {measures: [sales], by: [town], across: kind}\n"
        let sizes = [
            ("Oslo", "food", 30), ("Oslo", "toys", 2), ("Bern", "food", 20), ("Bern", "toys", 25),
        ]
        let rows = sizes.flatMap { town, kind, count in
            (0..<count).map { _ in (town, kind) }
        }
        let file =
            "nr,day,town,kind,amount\n"
            + rows.enumerated().map {
                "\($0.offset),2025-01-01,\($0.element.0),\($0.element.1),1\n"
            }.joined()
        let data = try await data(visual, smallest: 5, file: file)["visuals"]?["v1"]
        // Whoever knows the totals would know one from the other three: all four are hidden.
        #expect(
            data?["rows"]?.text()
                == #"[["Bern","food",null],["Bern","toys",null],["Oslo","food",null],"#
                + #"["Oslo","toys",null]]"#)
        #expect(data?["totals"]?[2]?["rows"] == [[77]])
    }

    @Test("a matrix that nobody could read is refused, and so is a third dimension of rows")
    func largeMatrix() async throws {
        let file =
            "nr,day,town,kind,amount\n"
            + (0..<5001).map { "\($0),2025-01-01,T\($0),food,1\n" }.joined()
        let many = try await data("  - matrix: {measures: [sales], by: [town]}\n", file: file)
        #expect(many["visuals"]?["v1"]?["error"]?["code"] == "too_many_cells")
        let three = try await data("  - matrix: {measures: [sales], by: [town, kind, day]}\n")
        #expect(three["visuals"]?["v1"]?["error"]?["code"] == "row_dimensions")
    }

    @Test("a card is compared with a measure, a target, or the whole, and has its months")
    func cards() async throws {
        let visuals = """
              - kpi: {measure: average, against: total}
              - kpi: {measure: total, target: 150}
              - kpi: {measure: sales, whole: true, over: day, each: quarter}

            """
        let all = try await data(visuals)["visuals"]
        #expect(all?["v1"]?["compared"]?.text() == #"{"with":"measure","value":157}"#)
        #expect(all?["v2"]?["compared"]?["with"] == "target")
        #expect(all?["v3"]?["compared"] == nil)
        let filtered = try await data(visuals, [.picking("town", .text("Oslo"), from: "s1")])
        let card = filtered["visuals"]?["v3"]
        #expect(card?["rows"] == [[3]])
        #expect(card?["compared"]?.text() == #"{"with":"whole","value":12}"#)
        #expect(card?["trend"]?.text() == #"[["2025-01-01",3]]"#)
    }

    @Test("a page says which of its measures and dimensions do not fit")
    func mistakes() async throws {
        let visuals = """
              - treemap: {measure: average, by: town}
              - line: {measure: sales, over: town, each: month}
              - heat_map: {measure: total, by: town, across: kind, colour: residual}
              - kpi: {measure: sales, against: nothing, over: kind}
              - box_plot: {of: town}

            """
        let diagnostics = try await Self.project(visuals).mistakes()
        #expect(
            diagnostics.map(\.code).sorted()
                == [
                    "not_a_count", "not_a_date", "not_a_date", "not_a_number", "not_additive",
                    "unknown_measure",
                ])
    }
}
