import Columns
import Workspace

/// Gives columns other names; their order and values stay.
struct Rename: Step {
    static let name = "rename"
    static let summary = "gives columns other names: old: new"
    static let fields = FieldType.VariantFields.map(.text)

    private let names: [(key: Located<String>, value: Located<String>)]

    init(_ values: FieldValues) { names = values.textMap(FieldValues.entriesKey) ?? [] }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        var columns = input.passedOn
        for (old, new) in names {
            guard input.column(old) != nil,
                let index = columns.firstIndex(where: { $0.replaces == old.value })
            else { return nil }
            columns[index].name = new.value
        }
        let groups = Dictionary(grouping: columns) { $0.name.lowercased() }
        for (_, new) in names where (groups[new.value.lowercased()]?.count ?? 0) > 1 {
            input.diagnostics.append(
                Diagnostic(
                    "column_exists", at: new.place, "two columns would be named '\(new.value)'"))
            return nil
        }
        let list = names.map { "\($0.key.value) to \($0.value.value)" }.joined(separator: ", ")
        return StepPlan(columns: columns, summary: "renamed \(list)")
    }
}
