import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps over whole tables repeat to the bit")
struct WholeTableRepeatabilityTests {
    /// 60,000 transactions of 3,000 customers, with ties, gaps and rough amounts.
    static let transactions: String = {
        var lines = "n,client,day,rough,kind\n"
        var state: UInt64 = 7
        for row in 1...60_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let digits = state >> 33
            let day = Value.date(days: Int32(19_500 + digits % 400)).description
            let client = digits % 17 == 0 ? "" : "\(digits % 3_300)"
            lines += "\(row),\(client),\(day),\(digits % 9_000).\(digits % 977)e-1,k\(digits % 5)\n"
        }
        return lines
    }()

    static func project() throws -> TestProject {
        let source = "type: source/v1\ncsv: {file: rows.csv}\n"
        return try TestProject([
            "aurora.yaml": "type: project/v1\nname: Test\nas_of: 2024-05-31\n",
            "rows.csv": transactions, "sources/rows.yaml": source,
            "clients.csv": "id\n" + (0..<3_000).map { "\($0)\n" }.joined(),
            "sources/clients.yaml": source.replacing("rows", with: "clients"),
            "models/clients_summed.yaml": """
            type: model/v1
            from: clients
            key: id
            steps:
              - windows:
                  from: rows
                  key: client
                  match: id
                  date: day
                  months: [1, 3, 12]
                  columns:
                    spend: {sum: rough}
                    ticket: {mean: rough}
                    slope: {trend: rough}
                    rough: {volatility: rough}
                    part: {share: rough, by: kind}
              - rfm: {from: rows, key: client, match: id, date: day, amount: rough}
            """,
            "models/by_kind.yaml": """
            type: model/v1
            from: rows
            key: client
            steps:
              - filter: {keep: client IS NOT NULL}
              - pivot: {rows: client, column: kind, values: sum(rough), into: "spend_{}"}
            """,
            "models/first.yaml": """
            type: model/v1
            from: rows
            key: client
            steps:
              - join: {with: clients, on: {client: id}, kind: inner}
              - deduplicate: {by: client, keep: first, order_by: [day]}
              - impute: {column: rough, with: mean}
              - derive: {column: rough, as: rough * 2, where: rough > 10}
            """,
            "models/ranked.yaml": """
            type: model/v1
            from: rows
            key: n
            steps:
              - sql:
                  uses: clients
                  query: >
                    SELECT n, client, row_number() OVER (PARTITION BY client ORDER BY kind) AS place
                    FROM input JOIN clients ON client = id
            """,
        ])
    }

    @Test("on 1 and 2 threads")
    func threads() async throws {
        let one = try await Self.project().publish(threads: 1)
        let two = try await Self.project().publish(threads: 2)
        #expect(one.outputs.keys.count { $0.hasPrefix("tables/") } == 4)
        #expect(one.outputs == two.outputs)
        for (a, b) in zip(one.models, two.models) {
            #expect(a.steps.map(\.fitted) == b.steps.map(\.fitted))
            #expect(a.steps.map(\.facts) == b.steps.map(\.facts))
            #expect(a.steps.map(\.examples) == b.steps.map(\.examples))
        }
        #expect(one.notices == two.notices)
    }
}
