import Columns
import Query
import Reporting
import Runs
import TestProjects
import Testing

/// Every figure that REFERENCE_DASHBOARDS.md gives for 003, but for those of its segmentations.
@Suite("Reference 003: customers", .onFiles(of: .creditCard))
struct CreditCardTests {
    @Test("8,950 customers are read and kept")
    func rows() async throws {
        let card = try await ReferenceProject.creditCard.run
        let table = try await card.table("customers")
        #expect(
            table.json.text()
                == #"{"columns":["customers"],"rows":[[8950]],"rows_used":8950,"rows_total":8950}"#)
        #expect(card.record.models.map(\.rows) == [8950])
        #expect(card.record.isSynthetic == false)
    }

    @Test("1 credit limit and 313 minimum payments are filled, 19 purchases mended")
    func preparation() async throws {
        let steps = try await ReferenceProject.creditCard.run.record.models[0].steps
        #expect(steps.allSatisfy { $0.rowsIn == 8950 && $0.rowsOut == 8950 })
        #expect(steps[0].cellsChanged == ["CREDIT_LIMIT": 1])
        #expect(steps[0].fitted["CREDIT_LIMIT"].flatMap(Double.init) == 3000)
        let minima = steps[1...2].compactMap { $0.cellsChanged["MINIMUM_PAYMENTS"] }
        #expect(minima.reduce(0, +) == 313)
        #expect(minima.count == 2)
        #expect(steps[3].cellsChanged == ["PURCHASES": 19])
    }

    @Test("8 cash-advance frequencies lie above 1, up to 1.5, and stay")
    func frequencies() async throws {
        let found = try await ReferenceProject.creditCard.run.sql(
            "SELECT count(*), max(CASH_ADVANCE_FREQUENCY) FROM customers "
                + "WHERE CASH_ADVANCE_FREQUENCY > 1")
        #expect(found == ["8 1.500000"])
    }

    @Test("the KPI strip's averages")
    func averages() async throws {
        let table = try await ReferenceProject.creditCard.run.table(
            "avg_balance_frequency", "avg_purchases_frequency", "avg_cash_advance_frequency",
            "avg_tenure")
        let averages = table.rows[0].compactMap(\.doubleValue)
        #expect(averages.prefix(3).map { $0.rounded(to: 4) } == [0.8773, 0.4904, 0.1351])
        #expect(averages.last?.rounded(to: 2) == 11.52)
    }

    @Test("purchase and monetary styles")
    func styles() async throws {
        let card = try await ReferenceProject.creditCard.run
        #expect(
            try await card.rows("customers", by: "purchase_style")
                == ["Balanced: 3834", "Installments Dominant: 2628", "Oneoff Dominant: 2488"])
        #expect(
            try await card.rows("customers", by: "monetary_style")
                == ["Cash-Focused: 2794", "Mixed-Monetary: 1185", "Retail-Focused: 4971"])
    }

    @Test("2,042 customers without purchases count as balanced")
    func withoutPurchases() async throws {
        let found = try await ReferenceProject.creditCard.run.sql(
            "SELECT PURCHASE_STYLE, count(*) FROM customers WHERE PURCHASES = 0 GROUP BY ALL")
        #expect(found == ["Balanced 2042"])
    }

    @Test("every figure of its pages can be computed")
    func pages() async throws {
        try await ReferenceProject.creditCard.run.expectPagesAnswer()
    }

    @Test("every measure that the contract names is there, and every dimension")
    func names() async throws {
        try await ReferenceProject.creditCard.run.expectNames(
            measures: [
                "customers", "avg_balance_frequency", "avg_purchases_frequency",
                "avg_cash_advance_frequency", "avg_tenure", "avg_total_spending", "avg_balance",
                "avg_credit_limit", "avg_payments",
            ],
            dimensions: ["purchase_style", "monetary_style", "published", "behaviour"])
    }

    @Test("the page answers as a query does, under its cluster filter too")
    func page() async throws {
        let card = try await ReferenceProject.creditCard.run
        let page = try PageView("overview", of: card.published, for: .local)
        let all = try await page.data([]).text()
        #expect(all.contains(#""v1":{"columns":["customers"],"rows":[[8950]]"#))
        let cluster = FilterContext.Selection(
            dimension: "published", .values([.text("Active Retailers")]))
        let data = try await page.data([PageSelection(source: "s1", cluster)]).text()
        #expect(data.contains(#""rows_used":3697,"rows_total":8950"#))
        let condition = "published = 'Active Retailers'"
        let styles = try await card.table("customers", by: "purchase_style", where: condition)
        let rows = JSON.array(styles.rows.map { .array($0.map(\.json)) }).text()
        #expect(data.contains(#""columns":["purchase_style","customers"],"rows":\#(rows)"#))
    }
}
