import Columns
import Engine
import Workspace

/// Values that are keys of another source, among the rows of it that are kept.
struct RefersRule: Rule {
    static let name = "refers"
    static let summary = "the values of a column are keys of another source"
    static let scope = RuleScope.row
    static let fields = [
        Field("column", .text, required: true, "the column that holds the other source's keys"),
        Field("to", .text, required: true, "the other source"),
        Field("key", .text, required: true, "the key's column in the other source"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    package var uses: [Located<String>] { [values.located("to")].compactMap { $0 } }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let column = values.located("column"), let field = input.column(column),
            let target = values.located("to"), let key = values.located("key"),
            let other = input.other(target)
        else { return nil }
        guard let keyField = other.schema[key.value] else {
            input.diagnostics.append(
                Diagnostic(
                    "unknown_column", at: key.place,
                    "source '\(target.value)' has no column '\(key.value)'",
                    hint: NearestName.hint(for: key.value, among: other.schema.names)))
            return nil
        }
        guard field.type.compares(with: keyField.type) else {
            input.diagnostics.append(
                Diagnostic(
                    "reference_type", at: column.place,
                    "'\(field.name)' is \(field.type), but '\(key.value)' of source "
                        + "'\(target.value)' is \(keyField.type)",
                    hint: "state the type of one of the two under 'columns:'"))
            return nil
        }
        let name = input.dialect.quoted(field.name)
        let keyName = input.dialect.quoted(key.value)
        return RulePlan(
            "\(field.name) is a \(key.value) of \(target.value)", columns: [field.name],
            broken: "(\(name) IS NOT NULL AND \(name) NOT IN (SELECT \(keyName) "
                + "FROM \(other.relation) WHERE \(keyName) IS NOT NULL))",
            "\(target.value) has no row with this \(key.value) in \(field.name)")
    }
}
