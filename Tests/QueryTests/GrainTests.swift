import Columns
import Query
import TestProjects
import Testing

@Suite("Grain: figures over several models")
struct GrainTests {
    @Test("dimensions are read up the references, rows that lead nowhere count as missing")
    func up() async throws {
        let bank = try await Bank()
        let cards = try await bank.rows("cards,credit", by: "region")
        #expect(cards == ["North 3 350", "South 1 75", "– 2 30"])
        #expect(
            try await cards
                == bank.sql(
                    """
                    SELECT r.name, count(*), sum(k.credit) FROM cards k
                    LEFT JOIN customers c ON k.owner = c.id LEFT JOIN regions r ON c.region = r.code
                    GROUP BY 1 ORDER BY 1 NULLS LAST
                    """))
        let turnover = try await bank.rows("turnover", by: "region,category")
        #expect(
            turnover == [
                "North food 45.45", "North travel 20.20", "South cash 0.00", "South travel 40.40",
                "South – 7.07", "– food 1.01",
            ])
    }

    @Test("a parent's figure by a child's dimension is refused")
    func down() async throws {
        let bank = try await Bank()
        for (measure, dimension) in [("customers", "kind"), ("regions", "category")] {
            let error = await #expect(throws: AuroraError.self) {
                try await bank.rows(measure, by: dimension)
            }
            #expect(error?.code == "unrelated")
            #expect(error?.message.contains("'\(dimension)'") == true)
        }
        let sideways = await #expect(throws: AuroraError.self) {
            try await bank.rows("cards", by: "category")
        }
        #expect(sideways?.code == "unrelated")
    }

    @Test("models without a path of references are refused, as dimensions and as filters")
    func unrelated() async throws {
        let bank = try await Bank()
        let dimension = await #expect(throws: AuroraError.self) {
            try await bank.rows("customers", by: "city")
        }
        #expect(dimension?.code == "unrelated")
        let filter = await #expect(throws: AuroraError.self) {
            try await bank.rows("customers", where: "city = 'Oslo'")
        }
        #expect(filter?.code == "unrelated")
        let selection = await #expect(throws: AuroraError.self) {
            try await bank.rows(
                "branches", selecting: [.init(dimension: "age_band", .values([.text("old")]))])
        }
        #expect(selection?.code == "unrelated")
    }

    @Test("measures of different models meet at the dimension, also where one side has no rows")
    func several() async throws {
        let bank = try await Bank()
        let table = try await bank.table("customers,regions,cards,turnover", by: "region")
        #expect(table.columns == ["region", "customers", "regions", "cards", "turnover"])
        #expect(
            table.texts == [
                "East – 1 – –", "North 2 1 3 65.65", "South 2 1 1 47.47", "– 1 – 2 1.01",
            ])
        #expect(table.rowsUsed == 5)
        let other = try await bank.table("turnover,customers", by: "region")
        #expect(other.rowsUsed == 9)
        #expect(try await bank.rows("cards,customers,turnover") == ["6 5 114.13"])
    }

    @Test("each model's figures are those that it has alone")
    func alone() async throws {
        let bank = try await Bank()
        let together = try await bank.rows("cards,turnover", by: "age_band")
        let cards = try await bank.rows("cards", by: "age_band")
        let turnover = try await bank.rows("turnover", by: "age_band")
        #expect(together == ["young 3 65.65", "old 1 48.48", "– 2 –"])
        #expect(cards == ["young 3", "old 1", "– 2"])
        #expect(turnover == ["young 65.65", "old 48.48"])
    }
}
