import Columns
import Engine
import Workspace

/// A latest day that lies not too long before a stated one. What lies behind that day says nothing
/// of how fresh the data is.
struct FreshRule: Rule {
    static let name = "fresh"
    static let summary = "the latest day of a column is not too long ago"
    static let scope = RuleScope.table
    static let fields = [
        Field("column", .text, required: true, "the days"),
        Field("days", .integer(0...Int.max), required: true, "how long ago the latest may be"),
        Field("at", .text, "the day it is counted back from; the project's 'as_of' if not stated"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let column = values.located("column"), let field = input.column(column),
            let days = values.integer("days"), let day = input.asOf(values, "at")
        else { return nil }
        guard field.type == .date || field.type.isPointInTime else {
            input.diagnostics.append(
                .invalidRule(
                    column.place, "'\(field.name)' is \(field.type), but days are expected",
                    hint: "state the column's type, and its format where it needs one"))
            return nil
        }
        let dialect = input.dialect
        let value = "CAST(\(dialect.quoted(field.name)) AS \(dialect.typeName(.date)))"
        let last = day.daysSince1970
        let literal = dialect.literal(.date(days: Int32(last)))
        return RulePlan(
            "the latest \(field.name) is at most \(days) days before \(day)",
            measure: "max(CASE WHEN \(value) <= \(literal) THEN \(value) END)"
        ) { latest in
            guard case .date(let latest) = latest else { return "there is none up to that day" }
            let age = last - Int(latest)
            return age <= days ? nil : "it is \(age) days before it"
        }
    }
}
