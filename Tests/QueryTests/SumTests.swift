import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Sums that are exact and repeat")
struct SumTests {
    @Test("sums of decimals are exact to the cent, and reach JSON with all digits")
    func decimals() async throws {
        let lines = (1...10_000).map { "\($0),1,food,0.10\n" }.joined()
        let bank = try await Bank(files: [
            "transactions.csv": "nr,client,category,amount\n" + lines
                + "10001,1,food,123456789012345.67\n"
        ])
        let table = try await bank.table("turnover")
        #expect(table.json.text().contains(#""rows":[[123456789013345.67]]"#))
    }

    static let rough: String = {
        var lines = "nr,client,category,amount\n"
        var state: UInt64 = 7
        for row in 1...150_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            lines += "\(row),\(row % 5 + 1),\(row % 3),\(state >> 40).\(state >> 30)e-4\n"
        }
        return lines
    }()

    @Test("sums and averages of doubles have the same bits on any number of threads")
    func doubles() async throws {
        var answers: Set<String> = []
        let measures = """
            type: measures/v1
            of: transactions
            measures:
              total: {expression: sum(amount)}
              mean: {expression: avg(amount)}
              share: {expression: sum(amount) FILTER (WHERE category = '1') / sum(amount)}
              mixed: {expression: avg(amount * 1.1 + nr)}
            dimensions: {category: {expression: category}}
            """
        let bank = try await Bank(files: [
            "transactions.csv": Self.rough, "measures/transactions.yaml": measures,
        ])
        for threads in [1, 2, 4, 4] {
            let run = try await bank.project.reopened(threads: threads)
            let query = FigureQuery(
                measures: ["total", "mean", "share", "mixed"], by: ["category"])
            answers.insert(try await run.gate.answer(query, for: .local).json.text())
        }
        #expect(answers.count == 1)
        let totals = try await bank.rows("total,mean").first?.split(separator: " ")
        let plain = try await bank.sql("SELECT fsum(amount), favg(amount) FROM transactions")
            .first?.split(separator: " ")
        for (exact, other) in zip(totals ?? [], plain ?? []) {
            let (exact, other) = (try #require(Double(exact)), try #require(Double(other)))
            #expect(abs(exact / other - 1) < 1e-12)
        }
        #expect(totals?.count == 2 && plain?.count == 2)
    }
}
