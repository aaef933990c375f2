import Columns
import Engine
import Workspace

/// Numbers or dates between two bounds, which belong to what is allowed.
struct RangeRule: Rule {
    static let name = "range"
    static let summary = "numbers or dates lie between two bounds, or on them"
    static let scope = RuleScope.row
    static let fields = [
        Field("column", .text, required: true, "the numbers or dates"),
        Field("min", .scalar, "the lowest that is allowed"),
        Field("max", .scalar, "the highest that is allowed"),
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let column = values.located("column"), let field = input.column(column) else {
            return nil
        }
        let isDated = field.type == .date || field.type.isPointInTime
        guard field.type.isNumeric || isDated else {
            input.diagnostics.append(
                .invalidRule(
                    column.place,
                    "'\(field.name)' is \(field.type), but a range is of numbers or dates",
                    hint: "use values or matches, or state the column's type"))
            return nil
        }
        let before = input.diagnostics.count
        let low = bound("min", isDated, field, &input)
        let high = bound("max", isDated, field, &input)
        guard input.diagnostics.count == before else { return nil }
        guard low != nil || high != nil else {
            input.diagnostics.append(
                .invalidRule(values.place, "a range states 'min' or 'max', or both"))
            return nil
        }
        if let low, let high, low.order > high.order {
            input.diagnostics.append(
                .invalidRule(
                    values.place(of: "max"), "'max' is \(high.text), which is below 'min'"))
            return nil
        }
        let dialect = input.dialect
        let name = dialect.quoted(field.name)
        let value =
            field.type.isPointInTime ? "CAST(\(name) AS \(dialect.typeName(.date)))" : name
        let words =
            switch (low, high) {
            case (let low?, let high?): "is between \(low.text) and \(high.text)"
            case (let low?, nil): "is at least \(low.text)"
            default: "is at most \(high?.text ?? "")"
            }
        return RulePlan(
            "\(field.name) \(words)", columns: [field.name],
            [
                low.map {
                    .init(
                        condition: "\(value) < \(dialect.literal($0.value))",
                        reason: "\(field.name) is below \($0.text)")
                },
                high.map {
                    .init(
                        condition: "\(value) > \(dialect.literal($0.value))",
                        reason: "\(field.name) is above \($0.text)")
                },
            ].compactMap { $0 })
    }

    private struct Bound {
        var value: Value
        var text: String
        var order: Double
    }

    private func bound(
        _ key: String, _ isDated: Bool, _ field: Schema.Field, _ input: inout StepInput
    ) -> Bound? {
        guard let value = values.scalar(key) else { return nil }
        if isDated, let date = value.textValue.flatMap({ CalendarDate($0) }) {
            let days = date.daysSince1970
            return Bound(
                value: .date(days: Int32(days)), text: date.description, order: Double(days))
        }
        if !isDated, let number = value.doubleValue {
            return Bound(value: value, text: value.description, order: number)
        }
        input.diagnostics.append(
            .invalidRule(
                values.place(of: key),
                "'\(key)' is '\(value)', but '\(field.name)' is \(field.type)",
                hint: isDated ? "write a day like 2024-12-31" : "write a number"))
        return nil
    }
}

extension ColumnType {
    var isPointInTime: Bool { if case .timestamp = self { true } else { false } }
}
