import Columns
import Engine
import Workspace

/// Completed years, months or days from a date to another one, the as-of date for all rows or a
/// date of each row.
///
/// A year is completed on the anniversary, a month on the same day of a later month; where a month
/// lacks that day, on the first of the next one, so 29 February counts from 1 March. What lies
/// before the date is negative. The time of day is left out.
struct Age: Step {
    static let name = "age"
    static let summary = "how long ago a date was, at a stated date"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the date from which time is counted"),
        Field("into", .text, required: true, "the column that is added"),
        Field(
            "at", .text,
            "the day to which it is counted, like 2024-12-31, or a column of dates; the project's "
                + "as_of if not stated"),
        Field(
            "unit", .choice(Unit.allCases.map(\.rawValue)), "years (the default), months or days"),
    ])

    private enum Unit: String, CaseIterable {
        case years, months, days

        /// No customer is older.
        var limit: Int {
            switch self {
            case .years: 120
            case .months: 120 * 12
            case .days: 43_830
            }
        }
    }

    private let values: FieldValues
    private let unit: Unit

    init(_ values: FieldValues) {
        self.values = values
        unit = values.text("unit").flatMap { Unit(rawValue: $0) } ?? .years
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let name = values.located("column"), let into = values.located("into"),
            let start = input.column(name), input.isDay(Located(start, at: name.place)),
            input.isNew(into), let end = end(&input)
        else { return nil }
        let day = input.dialect.typeName(.date)
        let from = "CAST(\(input.dialect.quoted(start.name)) AS \(day))"
        let sql = elapsed(from, end.sql, input.dialect)
        let column = into.value
        let unit = unit
        var plan = StepPlan(
            columns: input.adding(column, sql, reads: [start.name] + end.reads),
            summary: "\(column): \(unit) from \(start.name) to \(end.text)",
            counted: [
                .init(
                    condition: "\(sql) < 0",
                    notice: { count, _ in
                        count == 0
                            ? nil
                            : Notice(
                                "negative_ages",
                                "in \(count) rows \(start.name) lies after \(end.text), so "
                                    + "\(column) is negative")
                    }),
                .init(
                    condition: "\(sql) > \(unit.limit)",
                    notice: { count, _ in
                        count == 0
                            ? nil
                            : Notice(
                                "implausible_ages",
                                "in \(count) rows \(column) is above \(unit.limit) \(unit), which "
                                    + "is 120 years")
                    }),
            ])
        if unit != .days {
            plan.facts = [
                "\(unit) are completed ones; a day that a month lacks counts as the first of the "
                    + "next"
            ]
        }
        return plan
    }

    /// The other end, as SQL of a day and in words.
    private func end(
        _ input: inout StepInput
    ) -> (sql: String, text: String, reads: [String])? {
        let day = input.dialect.typeName(.date)
        // What does not begin like a day is a column's name.
        if let at = values.located("at"),
            input.schema[at.value] != nil || at.value.first?.isNumber != true
        {
            guard let field = input.column(at), input.isDay(Located(field, at: at.place)) else {
                return nil
            }
            return (
                "CAST(\(input.dialect.quoted(field.name)) AS \(day))", field.name, [field.name]
            )
        }
        guard let date = input.asOf(values, "at") else { return nil }
        let value = Value.date(days: Int32(date.daysSince1970))
        return (input.dialect.literal(value), date.description, [])
    }

    private func elapsed(_ from: String, _ to: String, _ dialect: any Dialect) -> String {
        func part(_ name: String, _ date: String) -> String { dialect.call(name, [date]) }
        let years = "(\(part("year", to)) - \(part("year", from)))"
        switch unit {
        case .days: return dialect.call("date_diff", [dialect.literal("day"), from, to])
        case .months:
            let months = "\(years) * 12 + \(part("month", to)) - \(part("month", from))"
            let isShort = "\(part("day", to)) < \(part("day", from))"
            return "(\(months) - CASE WHEN \(isShort) THEN 1 ELSE 0 END)"
        case .years:
            func dayOfYear(_ date: String) -> String {
                "\(part("month", date)) * 100 + \(part("day", date))"
            }
            let isShort = "\(dayOfYear(to)) < \(dayOfYear(from))"
            return "(\(years) - CASE WHEN \(isShort) THEN 1 ELSE 0 END)"
        }
    }
}
