import Columns
import Engine
import Workspace

/// Computes a column from the others of the same row: a new one, or an existing one anew.
struct Derive: Step {
    static let name = "derive"
    static let summary = "computes a column from the others of the same row"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the column that is added or computed anew"),
        Field("as", .expression, required: true, "its value"),
        Field("where", .expression, "the rows where an existing column is computed anew"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let column = values.located("column"), let text = values.located("as"),
            let value = try await input.scalar(text)
        else { return nil }
        let exists = input.schema[column.value] != nil
        guard let condition = values.located("where") else {
            guard exists || input.isNew(column) else { return nil }
            return StepPlan(
                columns: exists
                    ? input.replacing(column.value, with: value.sql, reads: value.reads)
                    : input.adding(column.value, value.sql, reads: value.reads),
                summary: "\(column.value) computed as \(text.value)")
        }
        guard input.column(column) != nil, let filter = try await input.condition(condition)
        else { return nil }
        let sql =
            "CASE WHEN \(filter.sql) THEN \(value.sql) ELSE \(input.dialect.quoted(column.value)) END"
        guard try await input.type(of: sql, at: text) != nil else { return nil }
        return StepPlan(
            columns: input.replacing(
                column.value, with: sql, reads: [column.value] + value.reads + filter.reads),
            summary: "\(column.value) computed as \(text.value) where \(condition.value)")
    }
}
