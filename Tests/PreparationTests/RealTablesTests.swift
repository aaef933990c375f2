import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps over the reference projects' tables")
struct RealTablesTests {
    static let spends = SharedFile("mitron/fact_spends_sample.csv")
    static let holders = SharedFile("mitron/dim_customers_v3.csv")
    static let clients = SharedFile("banking/Banking.csv")
    static let genders = SharedFile("banking/Gender.csv")
    static let transactions = SharedFile("aurora/transactions_data_sample.csv")

    @Test(
        "spends joined to their customers: no orphan among 3,999 rows, one customer without any",
        .enabled(
            if: spends.isThere && holders.isThere, "../shared/data/mitron is not here"))
    func spending() async throws {
        let project = try TestProject(
            tables: ["data": try Self.spends.text(), "holders": try Self.holders.text()],
            steps: [
                "join: {with: holders, on: customer_id, expect: one, bring: [occupation]}",
                "pivot: {rows: occupation, column: category, values: sum(spend), into: '{} spend'}",
            ], key: "occupation")
        let record = try await project.publish()
        #expect(
            record.step(0).facts.prefix(2) == [
                "0 of 3999 rows match no row of 'holders'",
                "1 of 4000 rows of 'holders' are matched by no row",
            ])
        #expect(record.step(1).rowsOut == 5)
        #expect(record.step(1).columnsAdded.count == 9)
        let totals = try await project.sql(
            "SELECT sum(\"Bills spend\"), sum(\"Others spend\"), sum(\"Health & Wellness spend\") FROM m"
        )
        #expect(totals == ["445338 68918 345217"])
    }

    @Test(
        "a code of the bank's file named by its own small table",
        .enabled(if: clients.isThere && genders.isThere, "../shared/data/banking is not here"))
    func lookup() async throws {
        let project = try TestProject(
            tables: ["data": try Self.clients.text(), "genders": try Self.genders.text()],
            steps: [
                "join: {with: genders, on: GenderId, expect: one}",
                "aggregate: {by: Gender, columns: {n: count(*)}}",
            ], key: "Gender")
        let rows = try await project.rows("Gender, n", by: "Gender")
        #expect(rows == ["Female 1512", "Male 1488"])
    }

    @Test(
        "transactions summed up to the first of their two days",
        .enabled(if: transactions.isThere, "../shared/data/aurora is not here"))
    func windows() async throws {
        let source = "type: source/v1\ncsv: {file: t.csv}\ncolumns: {amount: text}\n"
        let project = try TestProject([
            "aurora.yaml": "type: project/v1\nname: Test\nas_of: 2010-01-01\n",
            "t.csv": try Self.transactions.text(), "sources/t.yaml": source,
            "models/rows.yaml": """
            type: model/v1
            from: t
            key: id
            steps:
              - derive: {column: paid, as: "CAST(replace(amount, '$', '') AS DECIMAL(18,2))"}
            """,
            "models/m.yaml": """
            type: model/v1
            from: rows
            key: client_id
            steps:
              - aggregate: {by: client_id, columns: {rows: count(*)}}
              - windows:
                  from: rows
                  key: client_id
                  match: client_id
                  date: date
                  months: [1, 12]
                  columns: {spend: {sum: paid}, trips: {count}, chip: {share: paid, by: use_chip}}
            """,
        ])
        let record = try await project.publish()
        #expect(
            try await project.sql(
                "SELECT count(*), sum(rows), sum(trips_1m), sum(trips_12m), sum(spend_1m) FROM m")
                == ["1030 4999 3463 3463 124498.32"])
        let step = try #require(record.models.last?.steps.last)
        #expect(step.facts.first == "3463 of 4999 rows of 'rows' were used")
        #expect(record.notices.map(\.code) == ["after_as_of"])
    }
}
