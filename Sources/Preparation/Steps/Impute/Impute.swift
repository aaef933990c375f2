import Columns
import Engine
import Workspace

/// Fills missing values of a column, and nothing else.
///
/// The statistic is taken over the rows that have a value, or over those of them that `over` picks.
struct Impute: Step {
    static let name = "impute"
    static let summary = "fills missing values"
    static let fields = FieldType.VariantFields.fields([
        Field("column", .text, required: true, "the column to fill"),
        Field(
            "with", .choice(["median", "mean", "mode", "constant"]), required: true,
            "what missing values become; of several modes the smallest"),
        Field("value", .scalar, "the constant"),
        Field("where", .expression, "which rows are filled; all if not stated"),
        Field("over", .expression, "which rows the statistic is taken over; all if not stated"),
    ])

    private let values: FieldValues
    private let column: Located<String>
    private let method: String

    init(_ values: FieldValues) {
        self.values = values
        column = values.located("column") ?? Located("", at: values.place)
        method = values.text("with") ?? ""
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let field = input.column(column) else { return nil }
        var filled: StepInput.Scalar?
        if let text = values.located("where") {
            filled = try await input.condition(text)
            if filled == nil { return nil }
        }
        guard let fitted = try await value(for: field, &input) else { return nil }
        let name = input.dialect.quoted(field.name)
        let literal = input.dialect.literal(fitted.value)
        let value =
            fitted.type.map { "CAST(\(literal) AS \(input.dialect.typeName($0)))" } ?? literal
        let isFilled = "\(name) IS NULL" + (filled.map { " AND \($0.sql)" } ?? "")
        let sql = "CASE WHEN \(isFilled) THEN \(value) ELSE \(name) END"
        let condition = values.text("where").map { " where \($0)" } ?? ""
        return StepPlan(
            columns: input.replacing(
                field.name, with: sql, reads: [field.name] + (filled?.reads ?? [])),
            summary: "missing \(field.name) set to the \(method)\(condition)",
            fitted: [field.name: fitted.value])
    }

    /// What is filled in, and the type it is given; nil for its own.
    private func value(
        for field: Schema.Field, _ input: inout StepInput
    ) async throws(AuroraError) -> (value: Value, type: ColumnType?)? {
        if method == "constant" {
            guard let constant = values.scalar("value"), !constant.isMissing else {
                input.diagnostics.append(
                    Diagnostic(
                        "missing_key", at: values.place,
                        "'impute' with a constant lacks the key 'value'"))
                return nil
            }
            return try await checked(constant, for: field, &input)
        }
        guard method == "mode" || field.type.isNumeric else {
            input.diagnostics.append(
                Diagnostic(
                    "not_a_number", at: column.place,
                    "'\(field.name)' is \(field.type), which has no \(method)",
                    hint: "use mode or a constant, or find out why it is not a number"))
            return nil
        }
        var over: StepInput.Scalar?
        if let text = values.located("over") {
            over = try await input.condition(text)
            if over == nil { return nil }
        }
        let name = input.dialect.quoted(field.name)
        let present = "\(name) IS NOT NULL" + (over.map { " AND \($0.sql)" } ?? "")
        let (items, type) = statistic(of: field, name, present, input)
        let value = try await input.values(items, where: method == "mode" ? nil : present)[0]
        guard !value.isMissing else {
            input.diagnostics.append(
                Diagnostic(
                    "no_values", at: column.place,
                    "'\(field.name)' has no value to take the \(method) of",
                    hint: "use a constant, or leave the column out"))
            return nil
        }
        return (value, type)
    }

    private func statistic(
        of field: Schema.Field, _ name: String, _ present: String, _ input: StepInput
    ) -> (items: String, type: ColumnType?) {
        let dialect = input.dialect
        switch method {
        case "mode":
            let mode = """
                (SELECT \(name) FROM \(input.relation) WHERE \(present)
                GROUP BY \(name) ORDER BY count(*) DESC, \(name) LIMIT 1)
                """
            return (mode, field.type)
        // The median of whole numbers may end in .5, their mean in anything.
        case "median":
            switch field.type {
            case .integer, .hugeInteger:
                let type = ColumnType.decimal(precision: 38, scale: 1)
                return ("CAST(median(\(name)) AS \(dialect.typeName(type)))", type)
            case .decimal(_, let scale) where scale < 38:
                // Between two decimals the engine cuts digits off; a digit more lets it round.
                let finer = dialect.typeName(.decimal(precision: 38, scale: scale + 1))
                let median = "median(CAST(\(name) AS \(finer)))"
                return ("CAST(\(median) AS \(dialect.typeName(field.type)))", field.type)
            default: return ("median(\(name))", field.type)
            }
        default:
            // Sums of DOUBLE depend on the order of the rows; those of decimals do not.
            let exact =
                field.type == .double
                ? "CAST(\(name) AS \(dialect.typeName(ExactSums.type)))" : name
            switch field.type {
            case .integer, .hugeInteger:
                let type = ColumnType.decimal(precision: 38, scale: 6)
                return ("CAST(avg(\(exact)) AS \(dialect.typeName(type)))", type)
            default:
                return ("CAST(avg(\(exact)) AS \(dialect.typeName(field.type)))", field.type)
            }
        }
    }

    /// A constant must be a value of the column's type, and stay the same in it.
    private func checked(
        _ constant: Value, for field: Schema.Field, _ input: inout StepInput
    ) async throws(AuroraError) -> (value: Value, type: ColumnType?)? {
        let type = input.dialect.typeName(field.type)
        let text = input.dialect.literal(constant.description)
        let cast = "TRY_CAST(\(text) AS \(type))"
        let isNumber = field.type.isNumeric && constant.doubleValue != nil
        let isSame = isNumber ? "\(cast) = \(input.dialect.literal(constant))" : "TRUE"
        let answer = try await input.engine.query("SELECT \(cast) WHERE \(isSame)")
        if answer.rowCount == 1, !answer.columns[0][0].isMissing {
            return (answer.columns[0][0], field.type)
        }
        input.diagnostics.append(
            Diagnostic(
                "wrong_type", at: values.place(of: "value"),
                "'\(constant)' is not of type \(field.type), as '\(field.name)' is"))
        return nil
    }
}
