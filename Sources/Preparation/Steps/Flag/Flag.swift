import Columns
import Engine
import Workspace

/// Marks the rows for which a condition holds; where it can't be told, it does not hold.
///
/// Of a condition that joins others by and, or, it tells for how many rows each of them holds alone.
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
        let name = column.value
        let whole = StepPlan.Counted(
            condition: sql,
            notice: { count, rows in
                guard rows > 0, !Self.usefulShares.contains(Double(count) / Double(rows)) else {
                    return nil
                }
                return Notice(
                    "flag_hardly_selects",
                    "\(name) is true for \(count) of \(rows) rows, so it hardly selects")
            },
            fact: { count, rows in
                "\(name) is true for \(count) of \(rows) rows "
                    + "(\(Share.percent(count, of: rows)))"
            })
        let parts = Part.parts(of: condition.expression).map { counted($0, input.dialect) }
        return StepPlan(
            columns: input.adding(name, sql, reads: condition.reads),
            summary: "\(name) where \(text.value)", counted: [whole] + parts)
    }

    /// A condition that stands in another one.
    private struct Part {
        var condition: CheckedExpression
        /// True where it is one of several of which a single one is enough.
        var isAlternative: Bool

        static func parts(of condition: CheckedExpression) -> [Part] {
            let (terms, isAlternative): ([CheckedExpression], Bool)
            switch condition {
            case .all(let all): (terms, isAlternative) = (all, false)
            case .any(let any): (terms, isAlternative) = (any, true)
            default: return []
            }
            return terms.flatMap { term in
                [Part(condition: term, isAlternative: isAlternative)] + parts(of: term)
            }
        }
    }

    private func counted(_ part: Part, _ dialect: any Dialect) -> StepPlan.Counted {
        let text = part.condition.text
        return .init(
            condition: dialect.sql(part.condition, column: dialect.quoted),
            notice: { count, rows in
                // Whatever it is joined to by 'or' adds hardly any row then.
                guard part.isAlternative, rows > 0,
                    Double(count) / Double(rows) > Self.usefulShares.upperBound
                else { return nil }
                return Notice(
                    "part_hardly_selects",
                    "\(text) holds for \(count) of \(rows) rows "
                        + "(\(Share.percent(count, of: rows))), so what stands beside it behind "
                        + "'or' adds little")
            },
            fact: { count, rows in
                "alone, \(text) holds for \(count) rows (\(Share.percent(count, of: rows)))"
            })
    }
}
