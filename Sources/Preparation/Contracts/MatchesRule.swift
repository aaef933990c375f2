import Columns
import Engine
import Workspace

/// Values whose whole text matches a regular expression.
struct MatchesRule: Rule {
    static let name = "matches"
    static let summary = "the whole of each value matches a regular expression"
    static let scope = RuleScope.row
    static let fields = [
        Field("column", .text, required: true, "the column; what is no text is taken as one"),
        Field("pattern", .text, required: true, "the regular expression: [A-Z]{2}[0-9]{6}"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let column = values.located("column"), let pattern = values.located("pattern"),
            let field = input.column(column)
        else { return nil }
        let dialect = input.dialect
        do throws(AuroraError) {
            _ = try await input.engine.query("SELECT \(dialect.matches("''", pattern.value))")
        } catch {
            guard error.code == "engine_failed" else { throw error }
            input.diagnostics.append(
                .invalidRule(
                    pattern.place, "'\(pattern.value)' is not a regular expression",
                    hint: error.cause?.split(separator: "\n").first.map(String.init)))
            return nil
        }
        let text = "CAST(\(dialect.quoted(field.name)) AS \(dialect.typeName(.text)))"
        return RulePlan(
            "\(field.name) matches \(pattern.value)", columns: [field.name],
            broken: "NOT \(dialect.matches(text, pattern.value))",
            "\(field.name) does not match \(pattern.value)")
    }
}
