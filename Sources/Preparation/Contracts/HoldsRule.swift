import Columns
import Workspace

/// A condition over the columns of a row. Where it can't be told, it is not broken.
struct HoldsRule: Rule {
    static let name = "holds"
    static let summary = "a condition over the columns of a row is true"
    static let scope = RuleScope.row
    static let fields = [
        Field("that", .expression, required: true, "the condition: CLOSED >= OPENED"),
        Field("name", .text, "the rule in words: closed after it was opened"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let text = values.located("that"), let condition = try await input.condition(text)
        else { return nil }
        let words = values.text("name") ?? text.value
        return RulePlan(
            words, columns: condition.reads, broken: "NOT (\(condition.sql))", "not so: \(words)")
    }
}
