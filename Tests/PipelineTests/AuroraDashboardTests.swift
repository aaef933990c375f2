import Columns
import Pipeline
import Query
import Runs
import Testing

/// Every figure that REFERENCE_DASHBOARDS.md gives for 000.
@Suite("Reference 000: card holders", .onFiles(of: .auroraDashboard))
struct AuroraDashboardTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.auroraDashboard.run }
    }

    @Test(
        "figures",
        arguments: [
            ReferenceFigure("customers", "2000"),
            ReferenceFigure("cards", "6146"),
            ReferenceFigure("credit_cards", "2057"),
            ReferenceFigure("credit_card_holders", "1313"),
            ReferenceFigure("transactions", "4999"),
            ReferenceFigure("refunds", "268"),
            ReferenceFigure("avg_debt_to_income", "1.3817"),
            ReferenceFigure("debt_to_income_of_all", "1.3936"),
            ReferenceFigure("avg_credit_score", "709.73"),
            ReferenceFigure("avg_transaction_amount", "38.9595"),
            ReferenceFigure("avg_purchase_amount", "48.01"),
            ReferenceFigure("credit_card_ownership", "0.6565"),
            ReferenceFigure("transactions", "635", where: "payment_way = 'Online Transaction'"),
            ReferenceFigure("total_refunded", "32272.00"),
            ReferenceFigure("avg_debt_to_income", "1.64", where: "credit_category = 'Fair'"),
            ReferenceFigure("avg_debt_to_income", "1.33", where: "credit_category <> 'Fair'"),
        ])
    func figure(figure: ReferenceFigure) async throws {
        try await figure.check(in: run)
    }

    @Test(
        "breakdowns",
        arguments: [
            ReferenceBreakdown(
                "customers", by: "income_bracket", "Very Low: 66", "Low: 891",
                "Lower-Middle: 707", "Middle: 217", "Upper-Middle: 100", "High: 15",
                "Very High: 4"),
            ReferenceBreakdown(
                "cards", by: "income_bracket", "Very Low: 252", "Low: 2764", "Lower-Middle: 2097",
                "Middle: 663", "Upper-Middle: 316", "High: 41", "Very High: 13"),
            ReferenceBreakdown(
                "customers", by: "credit_category", "Fair: 336", "Good: 1140", "Excellent: 524"),
            ReferenceBreakdown(
                "customers", by: "age_bracket", "18-25: 337", "26-35: 357", "36-45: 342",
                "46+: 964"),
            ReferenceBreakdown(
                "credit_card_holders", by: "income_bracket", "Very Low: 48", "Low: 597",
                "Lower-Middle: 452", "Middle: 141", "Upper-Middle: 66", "High: 6",
                "Very High: 3"),
            ReferenceBreakdown("customers", by: "has_credit_card", "Yes: 1313", "No: 687"),
            ReferenceBreakdown("transactions", by: "month", "2010-01: 4999"),
        ])
    func breakdown(breakdown: ReferenceBreakdown) async throws {
        try await breakdown.check(in: run)
    }

    @Test("each customer has one home state, found by address and longitude")
    func homeStates() async throws {
        let run = try await run
        let join = try run.step("join", of: "state", in: "users")
        #expect(join.rowsIn == 2000 && join.rowsOut == 2000)
        #expect(join.facts.contains("0 of 2000 rows match no row of 'people'"))
        let found = try await run.sql(
            "SELECT count(*), count(state), count(DISTINCT state) FROM users")
        #expect(found == ["2000 2000 51"])
    }

    @Test("by the address alone two customers would match twice: refused unless it is meant")
    func addressAlone() async throws {
        let refused = await #expect(throws: InvalidProject.self) {
            try await Self.joined(expecting: "at_most_one")
        }
        #expect(refused?.diagnostics.map(\.code) == ["join_repeats"])
        let run = try await Self.joined(expecting: "many")
        #expect(try run.model("users").rows == 2002)
    }

    private static func joined(expecting multiplicity: String) async throws -> ReferenceRun {
        try await ReferenceProject.auroraDashboard.run([
            "sources/users_data.yaml":
                "type: source/v1\nxlsx: {file: users_data.xlsx, sheet: users_data}\n",
            "sources/people.yaml": "type: source/v1\ncsv: {file: sd254_users.csv}\n",
            "models/users.yaml": """
            type: model/v1
            from: users_data
            key: pair
            steps:
              - join:
                  with: people
                  on: {address: Address}
                  bring: {found_at: Longitude}
                  expect: \(multiplicity)
              - derive: {column: pair, as: "id || ' ' || found_at"}
            """,
        ])
    }

    @Test("45 latitudes that are dates become missing, and it is told")
    func latitudes() async throws {
        let run = try await run
        let told = run.notices("misfits_missing")
        #expect(told.count == 1)
        #expect(told[0].hasPrefix("source 'users_data': 45 values of latitude are not of type"))
        let found = try await run.sql(
            "SELECT count(*) FILTER (WHERE latitude IS NULL), count(latitude) FROM users")
        #expect(found == ["45 1955"])
    }

    @Test("debit cards, lost digits and countries in place of states are told, and stay")
    func contracts() async throws {
        let run = try await run
        let told = run.notices("contract_broken")
        #expect(told.count == 3)
        for part in [
            "source 'cards_data': 4089 of 6146 rows break the rule 'card_type is one of 'Credit''",
            "5744 of 6146 rows break the rule 'the 16th digit of card_number is not lost'",
            "source 'transactions_data': 9 of 4999 rows break the rule 'merchant_state matches",
        ] {
            #expect(told.contains { $0.contains(part) }, "\(part)")
        }
        #expect(run.record.inputs.allSatisfy { $0.quarantined == 0 })
    }

    @Test("identifiers are texts or name rows; none is a measure")
    func identifiers() async throws {
        let run = try await run
        let number = try #require(
            run.input("cards_data").columns.first { $0.name == "card_number" })
        #expect(number.type == "text")
        let found = try await run.sql(
            """
            SELECT count(*), min(length(card_number)), max(length(card_number)),
                count(*) FILTER (WHERE card_number SIMILAR TO '[0-9]+') FROM cards
            """)
        #expect(found == ["6146 15 16 6146"])
        let zips = try await run.sql(
            "SELECT count(zip), min(length(zip)), max(length(zip)) FROM transactions")
        #expect(zips == ["4355 5 5"])
    }

    @Test("every figure of its pages can be computed")
    func pages() async throws {
        try await run.expectPagesAnswer()
    }

    @Test("every name of the contract is there")
    func names() async throws {
        try await run.expectNames(
            measures: [
                "customers", "cards", "credit_cards", "credit_card_holders", "avg_credit_score",
                "avg_debt_to_income", "avg_transaction_amount", "avg_purchase_amount",
            ],
            dimensions: ["age_bracket", "income_bracket", "credit_category", "gender", "state"])
    }
}
