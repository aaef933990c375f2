import Columns
import Foundation
import Query
import Reporting
import TestProjects
import Testing

@Suite("Figures as files: CSV and workbook read as the page does")
struct SheetTests {
    /// The lines of the first visual's CSV, without the mark of byte order.
    private func csv(
        _ visual: String, smallest: Int = 0, drills: PageDrills = [:],
        for reader: Reader = .local, _ selections: PageSelection...
    ) async throws -> [String] {
        let project = try NewVisualsTests.project("  - \(visual)\n", smallest: smallest)
        return try await lines(project.page(for: reader), selections, drills)
    }

    private func lines(
        _ page: PageView, _ selections: [PageSelection] = [], _ drills: PageDrills = [:]
    ) async throws -> [String] {
        let text = String(
            decoding: try await page.figuresFile(of: "v1", selections, drills: drills),
            as: UTF8.self)
        #expect(text.unicodeScalars.first == "\u{FEFF}")
        return text.dropFirst(text.first == "\u{FEFF}" ? 1 : 0)
            .components(separatedBy: "\r\n").filter { !$0.isEmpty }
            .map { $0.replacing("\u{FEFF}", with: "") }
    }

    private func workbook(_ visuals: String, _ choice: PageReport.Choice = .init()) async throws
        -> String
    {
        let run = try await NewVisualsTests.project(visuals).run()
        let report = try await PageReport(choice, of: run, for: .local)
        return String(decoding: ReportWorkbook(report).xlsx(), as: UTF8.self)
    }

    @Test("levels that are one read \"Other (n levels)\" in both, and never as an object")
    func folded() async throws {
        let bar = "bar: {measure: sales, by: town, top: 2}"
        #expect(
            try await csv(bar)
                == ["Town,Sales", "Bern,3", "Oslo,3", "Other (3 levels),6"])
        let flow = try await csv("sankey: {measure: sales, through: [town, kind], top: 1}")
        #expect(flow.first == "Town,Kind,Sales")
        #expect(flow.contains("Other (4 levels),food,4"))
        let text = try await workbook("  - \(bar)\n")
        #expect(text.contains("Other (3 levels)") && !text.contains("{&quot;other"))
        #expect(!text.contains("{\"other"))
    }

    @Test("a level that is called Other stays itself, and formulas stay texts")
    func hostile() async throws {
        let file = #"""
            nr,day,town,kind,amount
            1,2025-01-05,=1+1,"a, ""b""",1
            2,2025-01-05,Other (3 levels),x,1
            """#
        let project = try NewVisualsTests.project(
            "  - table: {measures: [sales], by: [town, kind]}\n", file: file)
        let lines = try await lines(project.page())
        #expect(lines.contains(#""'=1+1","a, ""b""",1"#))
        #expect(lines.contains("Other (3 levels),x,1"))
    }

    @Test("a matrix is as it is seen: across, with the totals of rows, groups and columns")
    func matrix() async throws {
        let chosen = PageSelection.picking("town", .text("Oslo"), .text("Bern"), from: "s1")
        #expect(
            try await csv("matrix: {measures: [sales], by: [town], across: kind}", chosen)
                == ["Town,food,toys,Total", "Bern,1,2,3", "Oslo,2,1,3", "Total,3,3,6"])
        #expect(
            try await csv("matrix: {measures: [sales, total], by: [kind], across: town}", chosen)
                == [
                    "Kind,Bern: Sales,Bern: Total,Oslo: Sales,Oslo: Total,Total: Sales,Total: Total",
                    "food,1,4,2,3,3,7", "toys,2,11,1,3,3,14", "Total,3,15,3,6,6,21",
                ])
        #expect(
            try await csv("matrix: {measures: [sales], by: [town, kind]}", chosen)
                == [
                    "Town,Kind,Sales", "Bern,Total,3", "Bern,food,1", "Bern,toys,2",
                    "Oslo,Total,3", "Oslo,food,2", "Oslo,toys,1", "Total,,6",
                ])
        #expect(
            try await csv(
                "matrix: {measures: [sales], by: [town], across: kind, totals: false}", chosen)
                == ["Town,food,toys", "Bern,1,2", "Oslo,2,1"])
        let text = try await workbook(
            "  - matrix: {measures: [average], by: [town], across: kind}\n")
        #expect(text.contains("<t xml:space=\"preserve\">Total</t>"))
        // 157 over the eleven rows with an amount: the total of all is no mean of means.
        #expect(text.contains("<v>14.272727272727273</v>"))
    }

    @Test("hidden totals of a matrix stay hidden")
    func hiddenMatrix() async throws {
        let lines = try await csv(
            "matrix: {measures: [sales], by: [town], across: kind}", smallest: 3)
        #expect(lines.contains { $0.hasPrefix("Oslo,,") })
        let cells = lines.flatMap { $0.components(separatedBy: ",") }
        #expect(!cells.contains("1") && !cells.contains("2"))
    }

    @Test("a heat map tells 0 of pairs that never meet, and its residual; an average has no rows")
    func heatMap() async throws {
        let counted = try await csv(
            "heat_map: {measure: sales, by: town, across: kind, colour: residual}")
        #expect(counted.first == "Town,Kind,Sales,Adjusted residual")
        #expect(counted.contains { $0.hasPrefix("Nice,toys,0,-1.") })
        #expect(
            try await csv("heat_map: {measure: total, by: town, across: kind}").contains(
                "Nice,toys,0"))
        #expect(
            try await csv("heat_map: {measure: average, by: town, across: kind}")
                .contains("Nice,toys,no rows"))
        // A 0 is a small number of customers: where these are hidden, so is it.
        let hidden = try await csv(
            "heat_map: {measure: sales, by: town, across: kind}", smallest: 2)
        #expect(!hidden.contains { $0.hasPrefix("Nice,toys") })
    }

    @Test("a claim states its verdict and how each value stands, an advice all its words")
    func words() async throws {
        let claim = try await csv(
            "claim: {says: Rome pays most, measure: average, by: town, highest: Rome}")
        #expect(
            claim.first
                == "Claim,Verdict,Why,Details,Town,Average,\"p, corrected\",Effect (sd),Stands")
        let rome = try #require(claim.first { $0.contains(",Rome,") })
        #expect(rome.hasPrefix("Rome pays most,\"A tie with ") && rome.hasSuffix(",,,Claimed"))
        #expect(claim.contains { $0.contains(",Oslo,2.0,") && $0.hasSuffix(",Tie") })
        let advice = try await csv(
            """
            recommendation:
                  text: "{total} is what they pay"
                  action: Ask them
                  size: sales
                  priority: high
                  for: [{dimension: town, values: [Oslo, Bern]}, {dimension: amount, from: 2}]
            """)
        #expect(advice[0] == "Priority,For,Advice,Action,Figure,Sales")
        #expect(
            advice[1]
                == "High priority,\"Town: Oslo, Bern; amount: from 2\",20 is what they pay,Ask them,"
                + "The group now,5")
        #expect(advice[2].hasSuffix("All,12"))
        let text = try await workbook(
            "  - claim: {says: Rome pays most, measure: average, by: town, highest: Rome}\n"
                + "  - pair: {x: amount, y: amount}\n")
        #expect(text.contains("A tie with ") && text.contains("p, corrected"))
        #expect(text.contains("Pearson r") && text.contains("Spearman ρ"))
    }

    @Test("headings are those of the page, whatever the answer's columns are called")
    func headings() async throws {
        #expect(
            try await csv("box_plot: {of: amount, by: town}").first
                == "Town,Rows,Lower whisker,Lower quartile,Median,Upper quartile,Upper whisker,Below,Above"
        )
        #expect(try await csv("histogram: {of: amount}").first == "amount from,amount to,Rows")
        #expect(try await csv("histogram: {of: amount}").last == "No value,,1")
        #expect(
            try await csv("scatter: {x: amount, y: amount, by: kind, x_label: Paid}").first
                == "Paid,amount,Kind")
        #expect(
            try await csv("scatter: {x: amount, y: amount, by: kind}", for: NewVisualsTests.analyst)
                .first == "amount from,amount to,amount from,amount to,Rows")
        #expect(
            try await csv("kpi: {measure: total, target: 150}") == ["Total,Target", "157,150.0"])
    }

    @Test("what is selected inside the whole is a column of its own")
    func part() async throws {
        let project = try NewVisualsTests.project(
            """
              - bar: {measure: sales, by: town, interaction: highlight}
              - bar: {measure: sales, by: kind}

            """)
        let lines = try await lines(
            project.page(), [.picking("kind", .text("food"), from: "v2")])
        #expect(lines.first == "Town,Sales,\"Sales, selected\"")
        #expect(lines.contains("Oslo,3,2") && lines.contains("Cork,2,0"))
    }

    @Test("what is not on the page has no file, and a saved report holds the same texts")
    func places() async throws {
        let page = try await NewVisualsTests.project(
            "  - text: {title: T, paragraphs: [{text: a}]}\n"
        )
        .page()
        for id in ["v1", "v9"] {
            let error = await #expect(throws: AuroraError.self) {
                try await page.figuresFile(of: id, [])
            }
            #expect(error?.code == "unknown_name")
        }
        let run = try await NewVisualsTests.project("  - bar: {measure: sales, by: town, top: 2}\n")
            .run()
        let report = try await PageReport(.init(), of: run, for: .local)
        #expect(report.json.text().contains(#"Other (3 levels),6\r\n"]"#))
    }
}
