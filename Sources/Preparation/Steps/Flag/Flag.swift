import Columns
import Workspace

/// Marks the rows for which a condition holds; where it can't be told, it does not hold.
struct Flag: Step {
    static let name = "flag"
    static let summary = "marks rows for which a condition holds"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the column of true and false that is added"),
        Field("when", .expression, required: true, "the condition"),
    ])

    /// Beyond these shares a flag hardly tells customers apart.
    private static let usefulShares = 0.01...0.7

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let column = values.located("column"), let text = values.located("when"),
            input.isNew(column), let condition = try await input.condition(text)
        else { return nil }
        let sql = "COALESCE(\(condition.sql), FALSE)"
        return StepPlan(
            columns: input.adding(column.value, sql, reads: condition.reads),
            summary: "\(column.value) where \(text.value)",
            counted: [
                .init(condition: sql) { count, rows in
                    let share = Double(count) / Double(max(rows, 1))
                    guard rows > 0, !Self.usefulShares.contains(share) else { return nil }
                    return Notice(
                        "flag_hardly_selects",
                        "\(column.value) is true for \(count) of \(rows) rows, so it hardly selects"
                    )
                }
            ])
    }
}
