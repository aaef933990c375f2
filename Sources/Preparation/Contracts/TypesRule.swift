import Columns
import Workspace

/// The types as which columns are read.
struct TypesRule: Rule {
    static let name = "types"
    static let summary = "columns are read as these types"
    static let scope = RuleScope.table
    static let fields = [
        Field("columns", .map(.text), required: true, "a type for each: " + ColumnType.spellings)
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        let before = input.diagnostics.count
        let expected = values.columnTypes("columns", &input.diagnostics)
        guard input.diagnostics.count == before else { return nil }
        let wrong = expected.compactMap { column, type -> String? in
            guard let field = input.schema[column.value] else {
                return "'\(column.value)' is not there"
            }
            return field.type == type ? nil : "'\(field.name)' is \(field.type)"
        }
        let words = expected.map { "\($0.column.value) is \($0.type)" }.joined(separator: ", ")
        return RulePlan(words) { _ in wrong.isEmpty ? nil : wrong.joined(separator: ", ") }
    }
}
