import Columns
import Engine
import Workspace

/// Gives columns other types. A value that does not fit stops the run: nothing becomes missing
/// silently. A number that loses decimals is rounded, half away from zero, and told; a text with
/// more decimals than the type does not fit.
struct Cast: Step {
    static let name = "cast"
    static let summary = "gives columns other types: column: type"
    static let fields = FieldType.VariantFields.map(.text)

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        var columns = input.passedOn
        var counted: [StepPlan.Counted] = []
        let types = values.columnTypes(FieldValues.entriesKey, &input.diagnostics)
        for (column, type) in types {
            guard let field = input.column(column),
                try await fits(field, type, at: column.place, &input),
                let index = columns.firstIndex(where: { $0.name == field.name })
            else { return nil }
            let name = input.dialect.quoted(field.name)
            columns[index].isChanged = true
            columns[index].sql = "CAST(\(name) AS \(input.dialect.typeName(type)))"
            counted += Self.loss(of: field, as: type, columns[index].sql, name)
        }
        guard input.diagnostics.isEmpty else { return nil }
        let list = types.map { "\($0.column.value) to \($0.type)" }.list
        return StepPlan(columns: columns, summary: "cast \(list)", counted: counted)
    }

    /// The caveat where values lose a part of themselves.
    private static func loss(
        of field: Schema.Field, as type: ColumnType, _ cast: String, _ name: String
    ) -> [StepPlan.Counted] {
        let (code, what): (String, String)
        switch (field.type, type) {
        case (let old, let new) where old.isNumeric && new.isNumeric:
            (code, what) = ("values_rounded", "were rounded")
        case (.timestamp, .date): (code, what) = ("time_cut", "lost their time of day")
        default: return []
        }
        let column = field.name
        return [
            .init(
                condition: "\(cast) <> \(name)",
                notice: { count, _ in
                    count == 0 ? nil : Notice(code, "\(count) values of \(column) \(what)")
                })
        ]
    }

    private func fits(
        _ field: Schema.Field, _ type: ColumnType, at place: Diagnostic.Place,
        _ input: inout StepInput
    ) async throws(AuroraError) -> Bool {
        let name = input.dialect.quoted(field.name)
        let text = input.dialect.typeName(.text)
        // Of a text nobody has yet said that it is a number, so it can't be rounded either.
        let isRead =
            field.type == .text
            ? LenientText.fits(name, type, input.dialect)
            : "TRY_CAST(\(name) AS \(input.dialect.typeName(type))) IS NOT NULL"
        let lost = "\(name) IS NOT NULL AND NOT (\(isRead))"
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
