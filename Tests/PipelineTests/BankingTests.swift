import Columns
import Query
import Runs
import Testing

/// Every figure that REFERENCE_DASHBOARDS.md gives for 002.
@Suite("Reference 002: clients", .onFiles(of: .banking))
struct BankingTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.banking.run }
    }

    @Test(
        "sums to the cent",
        arguments: [
            ReferenceFigure("clients", "3000"),
            ReferenceFigure("client_ids", "2940"),
            ReferenceFigure("total_loan", "4383966512.51"),
            ReferenceFigure("total_deposit", "3766335079.58"),
            ReferenceFigure("total_fees", "158192196.39"),
            ReferenceFigure("bank_deposit", "2014680581.77"),
            ReferenceFigure("balance", "4383966512.51", where: "side = 'Loans'"),
            ReferenceFigure("balance", "3766335079.58", where: "side = 'Deposits'"),
        ])
    func figure(figure: ReferenceFigure) async throws {
        try await figure.check(in: run)
    }

    @Test(
        "breakdowns",
        arguments: [
            ReferenceBreakdown("clients", by: "income_band", "Low: 1027", "Mid: 1517", "High: 456"),
            ReferenceBreakdown(
                "clients", by: "engagement", "< 1 year: 194", "< 5 years: 650", "< 10 years: 577",
                "< 20 years: 1064", "20 years and more: 515"),
            ReferenceBreakdown(
                "bank_loan", by: "income_band", "Low: 448.2", "Mid: 942.5", "High: 383.5",
                digitsOfMillions: 1),
            ReferenceBreakdown(
                "bank_loan", by: "relationship", "Commercial: 300.5", "Institutional: 278.6",
                "Private Bank: 814.2", "Retail: 380.9", digitsOfMillions: 1),
        ])
    func breakdown(breakdown: ReferenceBreakdown) async throws {
        try await breakdown.check(in: run)
    }

    @Test(
        "shares and ratios of the pages",
        arguments: [
            ReferenceFigure("all_products", "0.9753"),
            ReferenceFigure("loan_to_deposit", "1.164"),
            ReferenceFigure("held", "0.991", where: "product = 'Bank loan'"),
            ReferenceFigure("held", "0.9887", where: "product = 'Savings'"),
            ReferenceFigure("avg_income", "77540", where: "risk_weighting = 1"),
            ReferenceFigure("avg_income", "310041", where: "risk_weighting = 5"),
        ])
    func share(figure: ReferenceFigure) async throws {
        let found = try await run.table([figure.measure], by: [], where: figure.condition).rows[0][
            0]
        let digits = figure.value.split(separator: ".").dropFirst().first?.count ?? 0
        #expect(try #require(found.doubleValue).rounded(to: digits) == Double(figure.value))
    }

    @Test("the parts of the total loan add up to it, in every band")
    func parts() async throws {
        let rows = try await run.table(
            "bank_loan", "business_lending", "card_balance", "total_loan", by: "income_band"
        ).rows
        for row in rows {
            let cents = row.dropFirst().map { Int($0.description.replacing(".", with: "")) ?? 0 }
            #expect(cents[0] + cents[1] + cents[2] == cents[3])
        }
        #expect(rows.count == 3)
    }

    @Test("59 ids are shared by 119 rows: told, and nobody is dropped")
    func sharedIDs() async throws {
        let run = try await run
        #expect(try run.model("clients").rows == 3000)
        let broken = run.notices("contract_broken")
        #expect(broken.count == 1)
        #expect(
            broken[0].hasPrefix(
                "source 'banking': 119 of 3000 rows break the rule 'Client ID tells rows apart'"))
        let copies = run.notices("copies_differ")
        #expect(copies.count == 1)
        #expect(copies[0].contains("59 values of client_id are shared by 119 rows that differ in"))
        let shared = try await run.sql(
            """
            SELECT count(*), sum(people) FROM (
                SELECT count(*) AS people FROM clients GROUP BY client_id HAVING count(*) > 1)
            """)
        #expect(shared == ["59 119"])
    }

    @Test("dates are read day first, which 1,810 rows decide")
    func dates() async throws {
        let run = try await run
        let joined = try #require(
            run.input("banking").columns.first { $0.name == "Joined Bank" })
        #expect(joined.type == "date")
        #expect(joined.reading == "dates written as day-month-year")
        #expect(joined.missing == 0)
        let found = try await run.sql(
            "SELECT count(*) FILTER (WHERE day(joined) > 12), max(joined) FROM clients")
        #expect(found == ["1810 2021-12-31"])
    }

    @Test("loyalty and cards have nothing to do with risk, as SciPy's chi2_contingency says")
    func relations() async throws {
        let loyalty = try await run.shown("relation", of: "v1", on: "relations")
        #expect(loyalty.contains("No relation found between "))
        #expect(loyalty.contains("\"p\":0.67692885186188"))
        #expect(loyalty.contains("\"cramers_v\":0.032149222369643"))
        let cards = try await run.shown("relation", of: "v2", on: "relations")
        #expect(cards.contains("No relation found between "))
        #expect(cards.contains("\"chi_squared\":13.882949755106"))
    }

    @Test("every figure of its pages can be computed")
    func pages() async throws {
        try await run.expectPagesAnswer()
    }

    @Test("every name of the contract is there")
    func names() async throws {
        try await run.expectNames(
            measures: [
                "clients", "client_ids", "total_loan", "bank_loan", "business_lending",
                "card_balance", "total_deposit", "savings", "total_fees", "cards",
            ],
            dimensions: [
                "loyalty", "occupation", "nationality", "relationship", "gender", "advisor",
                "income_band", "engagement", "risk_weighting",
            ])
    }
}
