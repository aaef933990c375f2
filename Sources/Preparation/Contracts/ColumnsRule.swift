import Columns
import Workspace

/// The columns that a source has.
struct ColumnsRule: Rule {
    static let name = "columns"
    static let summary = "the source has these columns"
    static let scope = RuleScope.table
    static let fields = [
        Field("names", .list(.text), required: true, "the columns' names"),
        Field("exactly", .boolean, "true where there may be no others; false if not stated"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        let names = values.texts("names")?.map(\.value) ?? []
        let isExact = values.boolean("exactly") ?? false
        let lacking = names.filter { input.schema[$0] == nil }
        let others = isExact ? input.schema.names.filter { !names.contains($0) } : []
        let breach = [
            lacking.isEmpty ? nil : "it lacks \(lacking.listed)",
            others.isEmpty ? nil : "it has \(others.listed) besides",
        ].compactMap { $0 }.joined(separator: " and ")
        return RulePlan("the columns are \(isExact ? "exactly " : "")\(names.listed)") { _ in
            breach.isEmpty ? nil : breach
        }
    }
}
