import Columns
import Engine
import Workspace

/// Values that are among those allowed.
struct ValuesRule: Rule {
    static let name = "values"
    static let summary = "the values of a column are among those allowed"
    static let scope = RuleScope.row
    static let fields = [
        Field("column", .text, required: true, "the column"),
        Field("of", .list(.text), required: true, "the values that are allowed"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let column = values.located("column"), let field = input.column(column) else {
            return nil
        }
        let dialect = input.dialect
        let options = values.texts("of") ?? []
        guard !options.isEmpty else {
            input.diagnostics.append(
                .invalidRule(values.place(of: "of"), "'of' allows no value at all"))
            return nil
        }
        let literals = options.map {
            "TRY_CAST(\(dialect.literal($0.value)) AS \(dialect.typeName(field.type)))"
        }
        let items = literals.map { "\($0) IS NULL" }.joined(separator: ", ")
        let isStrange = try await input.engine.query("SELECT \(items)").row(0)
        for (option, isStrange) in zip(options, isStrange) where isStrange == .boolean(true) {
            input.diagnostics.append(
                .invalidRule(
                    option.place, "'\(option.value)' is not \(field.type), as '\(field.name)' is"))
        }
        guard !isStrange.contains(.boolean(true)) else { return nil }
        return RulePlan(
            "\(field.name) is one of \(options.map(\.value).listed)", columns: [field.name],
            broken: "\(dialect.quoted(field.name)) NOT IN (\(literals.joined(separator: ", ")))",
            "\(field.name) is none of the \(options.count) values allowed")
    }
}
