import Columns
import Workspace

/// Keeps the rows for which a condition holds; the others are counted.
struct Filter: Step {
    static let name = "filter"
    static let summary = "keeps the rows for which a condition holds"
    static let fields = FieldType.VariantFields.fields([
        Field("keep", .expression, required: true, "the condition")
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let text = values.located("keep"), let condition = try await input.condition(text)
        else { return nil }
        return StepPlan(
            columns: input.passedOn, filter: condition.sql, summary: "kept where \(text.value)",
            counted: [
                .init(
                    condition: "(\(condition.sql)) IS NULL",
                    notice: { count, _ in
                        count == 0
                            ? nil
                            : Notice(
                                "filter_undecided",
                                "for \(count) rows it can't be told whether \(text.value); "
                                    + "they were not kept")
                    }),
                .init(
                    condition: "NOT COALESCE(\(condition.sql), FALSE)",
                    fact: { count, rows in
                        count == 0
                            ? "no row dropped: \(text.value) holds for all \(rows)"
                            : "\(count) of \(rows) rows dropped: \(text.value) does not hold"
                    }),
            ])
    }
}
