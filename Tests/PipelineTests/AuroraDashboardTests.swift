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

    // MARK: Its claims

    @Test("'Good' dominates every age bracket: so it does")
    func goodDominates() async throws {
        let rows = try await run.table("customers", by: "age_bracket", "credit_category").rows
        let brackets = Dictionary(grouping: rows) { $0[0].description }
        #expect(brackets.count == 4)
        for (bracket, rows) in brackets {
            let largest = rows.max { ($0[2].integerValue ?? 0) < ($1[2].integerValue ?? 0) }
            #expect(largest?[1] == .text("Good"), "\(bracket)")
        }
    }

    @Test("18-25 has the highest debt to income: a tie with 26-35, far above 46+")
    func debtToIncome() async throws {
        let run = try await run
        let means = try await run.table("avg_debt_to_income", by: "age_bracket").rows
        #expect(means[0][1].doubleValue?.rounded(to: 3) == 1.606)
        #expect(means[1][1].doubleValue?.rounded(to: 3) == 1.589)
        let groups = try await run.groups(of: "debt_to_income", by: "age_bracket", in: "users")
        let youngest = try #require(groups["18-25"])
        // A normal z of 0.28 has p = 0.78.
        #expect(youngest.z(against: try #require(groups["26-35"])).rounded(to: 2) == 0.28)
        #expect(youngest.z(against: try #require(groups["46+"])) > 7)
    }

    @Test("the ages of 2020 on rows of 2010 are told; at the rows' dates 18-25 is a tie")
    func ageThen() async throws {
        let run = try await run
        let told = run.notices("as_of_mismatch")
        #expect(told.count == 1)
        #expect(told[0].hasPrefix("model 'transactions': 4999 of 4999 rows are of another time"))
        // By the age of 2020 nobody of 18 to 25 was old enough to buy in 2010.
        let today = try await run.table("avg_transaction_amount", by: "age_bracket").rows
        #expect(today.map { $0[0] } == [.text("26-35"), .text("36-45"), .text("46+")])
        #expect(
            try await run.rows("transactions", by: "age_then")
                == ["18-25: 344", "26-35: 1035", "36-45: 1439", "46+: 2181"])
        let groups = try await run.groups(of: "amount", by: "age_bracket_then", in: "transactions")
        let youngest = try #require(groups["18-25"])
        #expect(youngest.mean.rounded(to: 2) == 44.65)
        for name in ["26-35", "36-45", "46+"] {
            let other = try #require(groups[name])
            #expect(youngest.mean > other.mean)
            #expect(youngest.z(against: other) < 1.96, "\(name)")
        }
    }

    @Test("income by gender: no difference")
    func incomeByGender() async throws {
        let rows = try await run.table("customers", by: "income_bracket", "gender").rows
        var counts: [[Double]] = []
        for bracket in Dictionary(grouping: rows, by: { $0[0] }).values {
            counts.append(
                ["Female", "Male"].map { gender in
                    bracket.first { $0[1] == .text(gender) }?[2].doubleValue ?? 0
                })
        }
        #expect(counts.count == 7)
        let total = counts.joined().reduce(0, +)
        let genders = [0, 1].map { gender in counts.reduce(0) { $0 + $1[gender] } }
        var chiSquare = 0.0
        for row in counts {
            for gender in [0, 1] {
                let expected = (row[0] + row[1]) * genders[gender] / total
                chiSquare += (row[gender] - expected) * (row[gender] - expected) / expected
            }
        }
        // 4.43 with 6 degrees of freedom: p = 0.62.
        #expect(chiSquare.rounded(to: 2) == 4.43)
        #expect((chiSquare / total).squareRoot().rounded(to: 2) == 0.05)
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

/// What a comparison of two means needs.
private struct GroupMoments {
    var mean: Double
    var variance: Double
    var count: Double

    /// Welch's statistic of the difference of the means.
    func z(against other: GroupMoments) -> Double {
        (mean - other.mean)
            / (variance / count + other.variance / other.count).squareRoot()
    }
}

extension ReferenceRun {
    fileprivate func groups(
        of column: String, by level: String, in model: String
    ) async throws -> [String: GroupMoments] {
        let rows = try await sql(
            """
            SELECT "\(level)", avg("\(column)"), var_samp("\(column)"), count("\(column)")
            FROM "\(model)" GROUP BY ALL
            """)
        var groups: [String: GroupMoments] = [:]
        for row in rows {
            let parts = row.split(separator: " ")
            let numbers = parts.dropFirst().compactMap { Double($0) }
            guard numbers.count == 3 else { continue }
            groups[String(parts[0])] = GroupMoments(
                mean: numbers[0], variance: numbers[1], count: numbers[2])
        }
        return groups
    }
}
