import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("Hidden columns")
struct HiddenColumnTests {
    static func mistakes(privacy: String, figures: String) async throws -> [Diagnostic] {
        var files = Bank.files
        files["aurora.yaml"] = "type: project/v1\nname: Bank\nprivacy: \(privacy)\n"
        files["measures/more.yaml"] = "type: measures/v1\nof: customers\n" + figures
        files["measures/customers.yaml"] = nil
        return try await TestProject(files).mistakes()
    }

    @Test(
        "no figure reads them, not in a condition either",
        arguments: ["sum(income)", "count(*) FILTER (WHERE income > 5)", "sum(age) / sum(income)"])
    func measures(expression: String) async throws {
        let mistakes = try await Self.mistakes(
            privacy: "{hidden: [income]}",
            figures: "measures:\n  m: {expression: \(expression)}\n")
        #expect(mistakes.map(\.code) == ["hidden_column"])
        #expect(mistakes.first?.place.description == "measures/more.yaml:4:19")
    }

    @Test("no dimension reads them", arguments: ["income", "income > 5", "age + income"])
    func dimensions(expression: String) async throws {
        let mistakes = try await Self.mistakes(
            privacy: "{hidden: [customers.income]}",
            figures: "dimensions:\n  d: {expression: \(expression)}\n")
        #expect(mistakes.map(\.code) == ["hidden_column"])
        #expect(mistakes.first?.place.description == "measures/more.yaml:4:19")
    }

    @Test("other columns, and those of other models, are free")
    func others() async throws {
        let mistakes = try await Self.mistakes(
            privacy: "{hidden: [cards.income, customers.kind, joined]}",
            figures: "measures:\n  m: {expression: sum(income)}\n")
        #expect(mistakes.map(\.code) == ["unknown_column", "unknown_column"])
        #expect(
            mistakes.map(\.place.description) == ["aurora.yaml:3:20", "aurora.yaml:3:34"])
    }

    @Test("a column that privacy names and is nowhere, with the nearest name")
    func unknown() async throws {
        let mistakes = try await Self.mistakes(
            privacy: "{hidden: [incmoe], identifying: [customers.idd]}", figures: "")
        #expect(mistakes.map(\.code) == ["unknown_column", "unknown_column"])
        #expect(
            mistakes.map(\.hint) == ["did you mean 'income'?", "did you mean 'customers.id'?"])
    }
}
