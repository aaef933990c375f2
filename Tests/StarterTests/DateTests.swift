import Foundation
import Runs
import Starter
import Testing

@Suite("Ages and tenures from dates")
struct DateTests {
    /// - Parameter more: another column's name, and its values by row.
    private static func customers(
        _ rows: Int = 120, more: (name: String, value: (Int) -> String)? = nil,
        without: Set<String> = []
    ) -> String {
        var draws = Draws(11)
        let columns: [(name: String, value: (Int, inout Draws) -> String)] = [
            ("customer_id", { row, _ in "C\(1000 + row)" }),
            ("birth_date", { _, draws in Self.day(1940 + draws.below(60), &draws) }),
            ("joined", { _, draws in Self.day(2001 + draws.below(22), &draws) }),
            (
                "last_login",
                { row, draws in
                    row == 17 ? "2024-06-30" : Self.day(2023, &draws)
                }
            ),
            ("balance", { _, draws in "\(draws.below(90_000)).\(10 + draws.below(89))" }),
            ("spend", { _, draws in "\(draws.below(9_000)).\(10 + draws.below(89))" }),
            ("visits", { _, draws in "\(draws.below(60))" }),
        ].filter { !without.contains($0.name) }
        var lines = [(columns.map(\.name) + (more.map { [$0.name] } ?? [])).joined(separator: ",")]
        for row in 0..<rows {
            var values = columns.map { $0.value(row, &draws) }
            if let more { values.append(more.value(row)) }
            lines.append(values.joined(separator: ","))
        }
        return lines.joined(separator: "\n")
    }

    private static func day(_ year: Int, _ draws: inout Draws) -> String {
        let (month, day) = (1 + draws.below(12), 1 + draws.below(28))
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    @Test("the latest day of the data is the day at which ages and tenures are taken")
    func derived() async throws {
        let drafted = try await Drafted(["bank.csv": Self.customers()])
        let settings = try drafted.text("aurora.yaml")
        #expect(settings.contains("as_of: 2024-06-30  # the latest day that the data tells of"))
        #expect(settings.contains("last_login"))
        let model = try drafted.text("models/customers.yaml")
        #expect(model.contains("- age: {column: birth_date, into: age, unit: years}"))
        #expect(model.contains("# age: completed years from birth_date to the project's as_of"))
        #expect(model.contains("- age: {column: joined, into: tenure, unit: years}"))
        let measures = try drafted.stated("measures/customers.yaml")
        #expect(measures.contains("avg(\"age\")"))
        #expect(!measures.contains("sum(\"age\")"))
        let record = try await drafted.run()
        #expect(record.models[0].columns.contains("age"))
        #expect(record.models[0].columns.contains("tenure"))
    }

    @Test("a file that tells the age gets no second one")
    func ageIsThere() async throws {
        let drafted = try await Drafted([
            "bank.csv": Self.customers(more: ("AGE", { "\(20 + $0 % 60)" }))
        ])
        let model = try drafted.text("models/customers.yaml")
        #expect(!model.contains("into: age"))
        #expect(model.contains("no age is derived, because AGE tells it"))
        #expect(model.contains("into: tenure"))
        try await drafted.run()
    }

    @Test("where no day is told of but those of births, no age is made up")
    func noAsOf() async throws {
        let drafted = try await Drafted([
            "bank.csv": Self.customers(without: ["joined", "last_login"])
        ])
        #expect(try !drafted.text("aurora.yaml").contains("as_of"))
        let model = try drafted.text("models/customers.yaml")
        #expect(try !drafted.stated("models/customers.yaml").contains("- age:"))
        #expect(model.contains("no age is derived, because no date says which day"))
        try await drafted.run()
    }

    @Test("days that are yet to come are no day at which ages are taken")
    func planned() async throws {
        let drafted = try await Drafted([
            "bank.csv": Self.customers(
                more: ("card_expiry_date", { "203\($0 % 9)-01-15" }))
        ])
        #expect(try drafted.text("aurora.yaml").contains("as_of: 2024-06-30"))
    }

    @Test("few years as a customer are told in months")
    func months() async throws {
        let drafted = try await Drafted([
            "bank.csv": Self.customers(
                more: ("opened", { "2023-0\(1 + $0 % 9)-1\($0 % 10)" }), without: ["joined"])
        ])
        #expect(
            try drafted.text("models/customers.yaml").contains(
                "- age: {column: opened, into: tenure, unit: months}"))
        try await drafted.run()
    }
}
