import Columns
import Query
import Runs
import Testing

/// Every figure that REFERENCE_DASHBOARDS.md gives for 004, but for those of its segmentations.
@Suite("Reference 004: customers", .onFiles(of: .financialServices))
struct FinancialServicesTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.financialServices.run }
    }

    @Test(
        "figures",
        arguments: [
            ReferenceFigure("customers", "10127"),
            ReferenceFigure("attrition_rate", "0.16066"),
            ReferenceFigure("avg_transaction_amount", "4404.09"),
            ReferenceFigure("avg_utilization", "0.2749"),
            ReferenceFigure("customers_left", "1627"),
            ReferenceFigure("attrition_rate", "1.0", where: "contacts = 6"),
            ReferenceFigure("attrition_rate", "0.269", where: "products <= 2"),
            ReferenceFigure("attrition_rate", "0.131", where: "products >= 3"),
            ReferenceFigure("avg_spend", "1026.17", where: "payment_type = 'Credit Card'"),
            ReferenceFigure("avg_spend", "239.47", where: "payment_type = 'Net Banking'"),
        ])
    func figure(figure: ReferenceFigure) async throws {
        try await figure.check(in: run)
    }

    @Test(
        "'Unknown' is missing, and bands have an order",
        arguments: [
            ReferenceBreakdown(
                "customers", by: "education", "Uneducated: 1487", "High School: 2013",
                "College: 1013", "Graduate: 3128", "Post-Graduate: 516", "Doctorate: 451",
                "–: 1519"),
            ReferenceBreakdown(
                "customers", by: "marital_status", "Divorced: 748", "Married: 4687",
                "Single: 3943", "–: 749"),
            ReferenceBreakdown(
                "customers", by: "income_band", "Less than $40K: 3561", "$40K - $60K: 1790",
                "$60K - $80K: 1402", "$80K - $120K: 1535", "$120K +: 727", "–: 1112"),
        ])
    func breakdown(breakdown: ReferenceBreakdown) async throws {
        try await breakdown.check(in: run)
    }

    @Test("a missing level is null in the answer")
    func missing() async throws {
        let table = try await run.table("customers", by: "education")
        #expect(table.rows.last?.first == .missing)
        #expect(table.json.text().contains("[null,1519]"))
    }

    @Test("the two columns of a model that knew the outcome are dropped")
    func leakage() async throws {
        let run = try await run
        let read = try run.input("bank_churners").columns.map(\.name)
        #expect(read.count == 23)
        #expect(read.filter { $0.hasPrefix("Naive_Bayes") }.count == 2)
        let step = try #require(run.model("customers").steps.first)
        #expect(step.columnsRemoved.count == 2)
        #expect(step.columnsRemoved.allSatisfy { $0.hasPrefix("Naive_Bayes") })
        let kept = try run.model("customers").columns
        #expect(kept.count == 22)
        #expect(!kept.contains { $0.hasPrefix("Naive_Bayes") })
    }

    @Test("another 4,000 customers and one row of spending for nearly each")
    func spending() async throws {
        let run = try await run
        #expect(try run.input("mitron_customers").rows == 4000)
        #expect(try run.input("mitron_spends").rows == 3999)
        #expect(try run.model("spenders").rows == 4000)
        #expect(try run.model("spends").rows == 3999)
        #expect(run.notices("contract_broken") == [])
        #expect(
            try await run.rows("total_spend", by: "spend_category") == [
                "Apparel: 175053", "Bills: 445338", "Electronics: 362437",
                "Entertainment: 179547", "Food: 199388", "Groceries: 409010",
                "Health & Wellness: 345217", "Others: 68918", "Travel: 271006",
            ])
    }

    @Test("every figure of its pages can be computed")
    func pages() async throws {
        try await run.expectPagesAnswer()
    }

    @Test("every name of the contract is there")
    func names() async throws {
        try await run.expectNames(
            measures: [
                "customers", "attrition_rate", "avg_transaction_amount", "avg_transaction_count",
                "avg_credit_limit", "avg_utilization",
            ],
            dimensions: ["gender", "education", "marital_status", "income_band", "card_category"])
    }
}
