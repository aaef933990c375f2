import Columns
import Query
import Runs
import Testing

/// What the original dashboard claims, and how far the figures bear it out.
@Suite("Reference 000: its claims", .onFiles(of: .auroraDashboard))
struct AuroraDashboardClaimsTests {
    private var run: ReferenceRun {
        get async throws { try await ReferenceProject.auroraDashboard.run }
    }

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
