import Columns
import Engine
import Workspace

/// One number divided by another, with a stated rule for a denominator of zero.
///
/// Exact numbers are divided exactly and rounded once, half away from zero, to a stated number of
/// decimals; as soon as one of the two is a floating-point number, so is the ratio. A missing number
/// on either side gives a missing ratio.
struct Ratio: Step {
    static let name = "ratio"
    static let summary = "divides one number by another"
    static let fields = FieldType.VariantFields.fields([
        Field("numerator", .expression, required: true, "what is divided"),
        Field("denominator", .expression, required: true, "what it is divided by"),
        Field("into", .text, required: true, "the column that is added"),
        Field(
            "zero", .scalar, required: true,
            "what the ratio is where the denominator is zero: missing, stop, or a number"),
        Field(
            "decimals", .integer(0...18),
            "the decimals of a ratio of exact numbers; 12 if not stated"),
    ])

    private let values: FieldValues
    private let decimals: Int

    init(_ values: FieldValues) {
        self.values = values
        decimals = values.integer("decimals") ?? 12
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let top = values.located("numerator"), let bottom = values.located("denominator"),
            let into = values.located("into"), input.isNew(into),
            let numerator = try await number(top, &input),
            let denominator = try await number(bottom, &input)
        else { return nil }
        let isExact = numerator.type.isExactNumber && denominator.type.isExactNumber
        let type =
            isExact ? ColumnType.decimal(precision: 38, scale: decimals) : ColumnType.double
        if !isExact {
            input.unused("decimals", values, because: "beside floating-point numbers")
        }
        guard input.diagnostics.isEmpty,
            let zero = try await zero(into, bottom, denominator, type, &input)
        else { return nil }
        let quotient =
            isExact
            ? ExactQuotient(numerator, denominator, decimals, input.dialect).sql
            : "CAST(\(numerator.sql) AS \(input.dialect.typeName(.double))) / \(denominator.sql)"
        let isZero = "\(denominator.sql) = 0"
        let sql =
            "CASE WHEN \(isZero) AND \(numerator.sql) IS NOT NULL THEN \(input.typed(zero, type)) "
            + "WHEN \(isZero) THEN NULL ELSE \(quotient) END"
        let (column, text) = (into.value, bottom.value)
        var plan = StepPlan(
            columns: input.adding(
                column, sql, reads: (numerator.reads + denominator.reads).unique),
            summary: "\(column): \(top.value) divided by \(text)")
        let outcome = zero.isMissing ? "missing" : "\(zero)"
        plan.counted = [
            .init(
                condition: isZero,
                fact: { count, _ in
                    count == 0
                        ? "\(text) is never zero"
                        : "\(text) is zero in \(count) rows; \(column) is \(outcome) there"
                }),
            .init(
                condition: "\(denominator.sql) < 0",
                notice: { count, _ in
                    count == 0
                        ? nil
                        : Notice(
                            "negative_denominator",
                            "\(text) is negative in \(count) rows, which turns the sign of "
                                + "\(column)")
                }),
        ]
        return plan
    }

    private func number(
        _ text: Located<String>, _ input: inout StepInput
    ) async throws(AuroraError) -> StepInput.Scalar? {
        guard let scalar = try await input.scalar(text) else { return nil }
        if scalar.type.isNumeric { return scalar }
        input.diagnostics.append(
            Diagnostic(
                "not_a_number", at: text.place,
                "a number is expected, but the expression gives \(scalar.type)",
                hint: "cast it, or use another column"))
        return nil
    }

    /// What the ratio is where the denominator is zero; nil where it may not be zero, and is.
    private func zero(
        _ into: Located<String>, _ text: Located<String>, _ denominator: StepInput.Scalar,
        _ type: ColumnType, _ input: inout StepInput
    ) async throws(AuroraError) -> Value? {
        guard let written = values.written("zero") else { return nil }
        switch written.value.text {
        case "missing": return .missing
        case "stop":
            let row = try await input.values("count(*) FILTER (WHERE \(denominator.sql) = 0)")
            guard let count = row[0].integerValue, count > 0 else { return .missing }
            input.diagnostics.append(
                Diagnostic(
                    "zero_denominator", at: text.place,
                    "\(text.value) is zero in \(count) rows, and 'zero: stop' is stated",
                    hint: "filter those rows, or state what the ratio is there"))
            return nil
        default:
            guard !written.value.value.isMissing else { return .missing }
            return try await input.constant(written, for: Schema.Field(into.value, type))
        }
    }
}

extension [String] {
    /// Each once, in order.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
