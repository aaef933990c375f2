import Columns
import Engine
import Workspace

/// Gives columns other types. A value that does not fit stops the run: nothing becomes missing
/// silently. Values that are rounded are counted as changed.
struct Cast: Step {
    static let name = "cast"
    static let summary = "gives columns other types: column: type"
    static let fields = FieldType.VariantFields.map(.text)

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        var columns = input.passedOn
        let types = values.columnTypes(FieldValues.entriesKey, &input.diagnostics)
        for (column, type) in types {
            guard let field = input.column(column),
                try await fits(field, type, at: column.place, &input),
                let index = columns.firstIndex(where: { $0.name == field.name })
            else { return nil }
            let typeName = input.dialect.typeName(type)
            columns[index].isChanged = true
            columns[index].sql = "CAST(\(input.dialect.quoted(field.name)) AS \(typeName))"
        }
        guard input.diagnostics.isEmpty else { return nil }
        let list = types.map { "\($0.column.value) to \($0.type)" }.joined(separator: ", ")
        return StepPlan(columns: columns, summary: "cast \(list)")
    }

    private func fits(
        _ field: Schema.Field, _ type: ColumnType, at place: Diagnostic.Place,
        _ input: inout StepInput
    ) async throws(AuroraError) -> Bool {
        let name = input.dialect.quoted(field.name)
        let text = input.dialect.typeName(.text)
        let cast = "TRY_CAST(\(name) AS \(input.dialect.typeName(type)))"
        let lost = "\(name) IS NOT NULL AND \(cast) IS NULL"
        let row = try await input.values(
            "count(*) FILTER (WHERE \(lost)), min(CAST(\(name) AS \(text))) FILTER (WHERE \(lost))")
        let count = row[0].integerValue ?? 0
        guard count > 0 else { return true }
        input.diagnostics.append(
            Diagnostic(
                "wrong_value", at: place,
                "\(count) values of '\(field.name)', like "
                    + "'\(Redaction.shape(of: row[1].textValue ?? ""))', are not of type \(type)",
                hint: "mend or empty them in a step before this one"))
        return false
    }
}
