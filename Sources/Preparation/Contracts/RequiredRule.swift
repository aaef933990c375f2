import Columns
import Engine
import Workspace

/// Values that must be there.
struct RequiredRule: Rule {
    static let name = "required"
    static let summary = "no value of these columns is missing"
    static let scope = RuleScope.row
    static let fields = [Field("columns", .list(.text), required: true, "the columns")]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let names = input.columns(values, "columns") else { return nil }
        return RulePlan(
            "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not missing",
            columns: names,
            names.map {
                .init(condition: "\(input.dialect.quoted($0)) IS NULL", reason: "\($0) is missing")
            })
    }
}
