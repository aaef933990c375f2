import Columns
import Query
import TestProjects
import Testing

/// Each question to the gate, and what one would write by hand in its place.
@Suite("Answers are those of plain SQL")
struct PlainSQLTests {
    struct Example: Sendable {
        var measures: String
        var by = ""
        var conditions: [String] = []
        var sql: String
    }

    /// A transaction with its customer and region, and a customer with the region.
    static let joined = """
        transactions t LEFT JOIN customers c ON t.client = c.id
        LEFT JOIN regions r ON c.region = r.code
        """

    static let examples = [
        Example(
            measures: "avg_age,customers", by: "is_rich",
            sql: """
                SELECT income > 1500, avg(age), count(*) FROM customers
                GROUP BY 1 ORDER BY 1 NULLS LAST
                """),
        Example(
            measures: "turnover,transactions", by: "region,age_band",
            sql: """
                SELECT r.name, age_band, sum(amount), count(*) FROM \(joined) GROUP BY 1, 2
                ORDER BY 1 NULLS LAST, age_band = 'old'
                """),
        Example(
            measures: "turnover", by: "category", conditions: ["region = 'North'", "age > 35"],
            sql: """
                SELECT category, sum(amount) FROM \(joined) WHERE r.name = 'North' AND c.age > 35
                GROUP BY 1 ORDER BY 1 NULLS LAST
                """),
        Example(
            measures: "transactions", conditions: ["amount > 10 OR region = 'South'"],
            sql: "SELECT count(*) FROM \(joined) WHERE amount > 10 OR r.name = 'South'"),
        Example(
            measures: "income,customers", conditions: ["category = 'food'"],
            sql: """
                SELECT sum(income), count(*) FROM customers
                WHERE id IN (SELECT client FROM transactions WHERE category = 'food')
                """),
        Example(
            measures: "income,customers", by: "region",
            conditions: ["category = 'food'", "amount > 20"],
            sql: """
                SELECT r.name, sum(income), count(*) FROM customers c
                LEFT JOIN regions r ON c.region = r.code WHERE EXISTS
                (FROM transactions WHERE client = c.id AND category = 'food' AND amount > 20)
                GROUP BY 1 ORDER BY 1 NULLS LAST
                """),
        Example(
            measures: "customers", conditions: ["category = 'food'", "kind = 'basic'"],
            sql: """
                SELECT count(*) FROM customers c
                WHERE EXISTS (FROM transactions WHERE client = c.id AND category = 'food')
                AND EXISTS (FROM cards WHERE owner = c.id AND kind = 'basic')
                """),
        Example(
            measures: "credit,cards", by: "kind", conditions: ["category = 'travel'"],
            sql: """
                SELECT kind, sum(credit), count(*) FROM cards WHERE owner IN
                (SELECT client FROM transactions WHERE category = 'travel')
                GROUP BY 1 ORDER BY kind <> 'gold', kind
                """),
        Example(
            measures: "regions", conditions: ["amount < 0"],
            sql: """
                SELECT count(*) FROM regions r WHERE EXISTS
                (FROM transactions t JOIN customers c ON t.client = c.id
                WHERE c.region = r.code AND t.amount < 0)
                """),
        Example(
            measures: "cards,turnover", by: "region", conditions: ["age < 65"],
            sql: """
                SELECT * FROM
                (SELECT r.name, count(*) FROM cards k LEFT JOIN customers c ON k.owner = c.id
                LEFT JOIN regions r ON c.region = r.code WHERE c.age < 65 GROUP BY 1)
                FULL JOIN (SELECT r.name, sum(amount) FROM \(joined) WHERE c.age < 65 GROUP BY 1)
                USING (name) ORDER BY name NULLS LAST
                """),
    ]

    @Test("over joins and filters of every direction")
    func answers() async throws {
        let bank = try await Bank()
        for example in Self.examples {
            let table = try await bank.table(
                example.measures, by: example.by, where: example.conditions)
            let plain = try await bank.sql(example.sql)
            #expect(table.texts == plain, "\(example)")
            #expect(!plain.isEmpty)
        }
    }
}
