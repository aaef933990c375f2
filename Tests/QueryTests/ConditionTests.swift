import Columns
import Query
import TestProjects
import Testing

@Suite("Conditions as --where states them")
struct ConditionTests {
    @Test("what a condition may say")
    func conditions() async throws {
        let bank = try await Bank()
        let counts = [
            "age_band = 'old'": "3", "age BETWEEN 40 AND 60": "3",
            "region_code IN ('n', 's') AND NOT age > 45": "2", "region_code IS NULL": "1",
            "joined >= DATE '2020-01-31'": "3", "lower(age_band) LIKE 'y%'": "2",
            "is_rich": "2", "income_paid / (age - 30) > 1": "3", "TRUE": "5",
        ]
        for (condition, count) in counts {
            #expect(try await bank.rows("customers", where: condition) == [count], "\(condition)")
        }
    }

    @Test("a text with a quote in it is a text")
    func quotes() async throws {
        let bank = try await Bank(files: ["regions.csv": "code,name\nn,O'Hare\ns,\"; DROP\"\n"])
        #expect(try await bank.rows("regions", where: "region = 'O''Hare'") == ["1"])
        let picked = FilterContext.Selection(
            dimension: "region", .values([.text("O'Hare"), .text("'; DROP TABLE regions; --")]))
        #expect(try await bank.rows("regions", selecting: [picked]) == ["1"])
    }

    @Test(
        "what it may not say",
        arguments: [
            ("age_bnad = 'old'", "unknown_column"), ("income > 5", "unknown_column"),
            ("age = ", "expression_syntax"), ("count(*) > 5", "aggregated"),
            ("age > (SELECT 1)", "expression_refused"),
            ("age > 5; SELECT 1", "expression_refused"),
            ("random() > 0.5", "unknown_function"), ("age", "not_a_condition"),
            ("age + 5", "not_a_condition"), ("age_band > DATE '2020-01-01'", "expression_type"),
        ])
    func refused(condition: String, code: String) async throws {
        let bank = try await Bank()
        let error = await #expect(throws: AuroraError.self) {
            try await bank.gate.condition(condition)
        }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(error?.message.contains("in '\(condition)'") == true || error?.code == "aggregated")
    }

    @Test("an unknown dimension is told with the nearest one")
    func nearest() async throws {
        let bank = try await Bank()
        let error = await #expect(throws: AuroraError.self) {
            try await bank.gate.condition("age_bnad = 'old'")
        }
        #expect(error?.message.contains("the project has no dimension 'age_bnad'") == true)
        #expect(error?.hint == "did you mean 'age_band'?")
    }
}
