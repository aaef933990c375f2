import Columns
import Engine
import Workspace

/// Draws in values beyond a bound: they become the bound.
///
/// A bound is a quantile of the column or a stated value. A quantile is rounded to the column's own
/// decimals, half away from zero, so that whole numbers stay whole and no column changes its type.
/// Missing values stay missing, and what is no number (NaN) stays what it is.
struct Winsorise: Step {
    static let name = "winsorise"
    static let summary = "draws in extreme values to a bound"
    static let fields = FieldType.VariantFields.fields(
        ColumnKeys.fields("the numbers") + [
            Field("lower", .scalar, "the quantile below which values are raised: 0.01"),
            Field("upper", .scalar, "the quantile above which values are lowered: 0.99"),
            Field("at_least", .scalar, "a stated lower bound, instead of 'lower'"),
            Field("at_most", .scalar, "a stated upper bound, instead of 'upper'"),
        ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let columns = input.columns(values, of: Self.self), let sides = sides(&input) else {
            return nil
        }
        for column in columns where !input.isNumeric(column, "bounds") { return nil }
        let list = columns.map(\.value.name).list
        var plan = StepPlan(
            columns: [],
            summary: "\(list) drawn in to \(sides.map(\.description).joined(separator: " and "))")
        var new: [(column: String, sql: String, reads: [String])] = []
        for column in columns {
            guard let bounds = try await bounds(sides, column, &input) else { return nil }
            let field = column.value
            let name = input.dialect.quoted(field.name)
            var whens: [String] = []
            for (side, bound) in zip(sides, bounds) {
                var beyond = "\(name) \(side.isLower ? "<" : ">") \(input.typed(bound, field.type))"
                if field.type == .double {
                    // Engines take what is no number for the greatest.
                    beyond += " AND \(name) <> \(input.dialect.literal(.double(.nan)))"
                }
                whens.append("WHEN \(beyond) THEN \(input.typed(bound, field.type))")
                if side.quantile != nil {
                    plan.fitted["\(field.name) \(side.isLower ? "lower" : "upper")"] = bound
                }
                plan.counted.append(
                    .init(
                        condition: beyond,
                        fact: { count, _ in
                            "\(count) values of \(field.name) \(side.isLower ? "below" : "above") "
                                + "\(bound)"
                        }))
            }
            let sql = "CASE \(whens.joined(separator: " ")) ELSE \(name) END"
            new.append((field.name, sql, [field.name]))
        }
        plan.columns = input.replacing(new)
        return plan
    }

    // MARK: Bounds

    private struct Side: CustomStringConvertible {
        var isLower: Bool
        /// Nil where the bound is stated.
        var quantile: QuantileFraction?
        var written: Located<WrittenValue>

        var description: String {
            let bound = quantile == nil ? "" : "quantile "
            return "\(isLower ? "at least" : "at most") \(bound)\(written.value.text)"
        }
    }

    /// The bounds that the step states, the lower one first.
    private func sides(_ input: inout StepInput) -> [Side]? {
        let before = input.diagnostics.count
        var sides: [Side] = []
        for (quantile, stated) in [("lower", "at_least"), ("upper", "at_most")] {
            let key = input.oneOf([quantile, stated], values, of: Self.self, isRequired: false)
            guard let key, let written = values.written(key) else { continue }
            var side = Side(isLower: quantile == "lower", written: written)
            if key == quantile {
                guard let fraction = Self.fraction(written.value.value) else {
                    input.diagnostics.append(
                        Diagnostic(
                            "invalid_quantile", at: written.place,
                            "'\(written.value.text)' is not a quantile",
                            hint: "a number from 0 to 1 with at most nine decimals, like 0.99"))
                    continue
                }
                side.quantile = fraction
            }
            sides.append(side)
        }
        guard input.diagnostics.count == before else { return nil }
        guard !sides.isEmpty else {
            input.diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "'winsorise' states no bound",
                    hint: "lower: 0.01, upper: 0.99, or at_least and at_most"))
            return nil
        }
        return sides
    }

    private static func fraction(_ value: Value) -> QuantileFraction? {
        switch value {
        case .integer(let whole) where (0...1).contains(whole):
            return QuantileFraction(count: Int(whole), parts: 1)
        case .decimal(let decimal) where decimal.scale <= 9:
            let parts = (0..<decimal.scale).reduce(1) { power, _ in power * 10 }
            guard let count = Int(exactly: decimal.unscaled), (0...parts).contains(count) else {
                return nil
            }
            return QuantileFraction(count: count, parts: parts)
        default: return nil
        }
    }

    private func bounds(
        _ sides: [Side], _ column: Located<Schema.Field>, _ input: inout StepInput
    ) async throws(AuroraError) -> [Value]? {
        let fractions = sides.compactMap(\.quantile)
        var fitted: [Value] = []
        if !fractions.isEmpty {
            let groups = try await input.quantiles(fractions, of: column.value, digits: 0)
            guard let group = groups.first else {
                input.diagnostics.append(.noValues(column, of: "quantile"))
                return nil
            }
            fitted = group.values
        }
        var bounds: [Value] = []
        for side in sides {
            if side.quantile != nil {
                bounds.append(fitted.removeFirst())
            } else {
                guard let bound = try await input.constant(side.written, for: column.value) else {
                    return nil
                }
                bounds.append(bound)
            }
        }
        if bounds.count == 2, let low = bounds[0].doubleValue, let high = bounds[1].doubleValue,
            low > high
        {
            input.diagnostics.append(
                Diagnostic(
                    "invalid_bounds", at: sides[1].written.place,
                    "the upper bound of '\(column.value.name)' lies below the lower one"))
            return nil
        }
        return bounds
    }
}

extension Diagnostic {
    static func noValues(_ column: Located<Schema.Field>, of what: String) -> Diagnostic {
        Diagnostic(
            "no_values", at: column.place,
            "'\(column.value.name)' has no value to take the \(what) of",
            hint: "use a constant, or leave the column out")
    }
}
