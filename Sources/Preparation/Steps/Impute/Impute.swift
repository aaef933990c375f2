import Columns
import Engine
import Workspace

/// Fills missing values of a column, and nothing else.
///
/// The statistic is taken over the rows that have a value, or over those of them that `over` picks,
/// for all of them or for each group of `by`; a group without a value takes that of all. Whole
/// numbers stay whole where what they are filled with is; else they become decimals.
struct Impute: Step {
    static let name = "impute"
    static let summary = "fills missing values"
    static let fields = FieldType.VariantFields.fields(
        ColumnKeys.fields("the column to fill") + [
            Field(
                "with", .choice(["median", "mean", "mode", "constant"]), required: true,
                "what missing values become; of several modes the smallest"),
            Field("value", .scalar, "the constant"),
            Field("by", .names, "columns for whose groups the statistic is taken, each for itself"),
            Field("where", .expression, "which rows are filled; all if not stated"),
            Field("over", .expression, "which rows the statistic is taken over; all if not stated"),
        ])

    private let values: FieldValues
    private let method: String

    init(_ values: FieldValues) {
        self.values = values
        method = values.text("with") ?? ""
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let columns = input.columns(values, of: Self.self),
            hasOnlyUsedKeys(&input), let groups = groups(columns, &input)
        else { return nil }
        var filled: StepInput.Scalar?
        if let text = values.located("where") {
            filled = try await input.condition(text)
            if filled == nil { return nil }
        }
        let condition = values.text("where").map { " where \($0)" } ?? ""
        let by = groups.isEmpty ? "" : " of their \(groups.map(\.name).list)"
        var plan = StepPlan(
            columns: [],
            summary: "missing \(columns.map(\.value.name).list) set to the \(method)\(by)"
                + condition)
        var new: [(column: String, sql: String, reads: [String])] = []
        for column in columns {
            guard let statistic = try await statistic(column, groups, &input) else { return nil }
            let name = input.dialect.quoted(column.value.name)
            let type = input.dialect.typeName(statistic.type)
            let isFilled = "\(name) IS NULL" + (filled.map { " AND \($0.sql)" } ?? "")
            let kept = statistic.type == column.value.type ? name : "CAST(\(name) AS \(type))"
            let sql = "CASE WHEN \(isFilled) THEN \(statistic.sql(groups, input)) ELSE \(kept) END"
            new.append(
                (
                    column.value.name, sql,
                    ([column.value.name] + (filled?.reads ?? []) + groups.map(\.name)).unique
                ))
            record(statistic, of: column.value, groups, isFilled, &plan, input)
        }
        plan.columns = input.replacing(new)
        return plan
    }

    // MARK: What is stated

    private func hasOnlyUsedKeys(_ input: inout StepInput) -> Bool {
        let before = input.diagnostics.count
        if method == "constant" {
            for key in ["over", "by"] { input.unused(key, values, because: "beside a constant") }
        } else {
            input.unused("value", values, because: "beside the \(method); a constant has a value")
        }
        return input.diagnostics.count == before
    }

    private func groups(
        _ columns: [Located<Schema.Field>], _ input: inout StepInput
    ) -> [Schema.Field]? {
        guard values.states("by") else { return [] }
        let named = input.columns(values.texts("by") ?? [], at: values.place(of: "by"))
        guard let named else { return nil }
        let twice = named.first { group in
            columns.contains { $0.value.name == group.value.name }
        }
        guard let twice else { return named.map(\.value) }
        input.diagnostics.append(
            Diagnostic(
                "column_twice", at: twice.place,
                "'\(twice.value.name)' is filled, so its groups are not known",
                hint: "group by another column"))
        return nil
    }

    private func statistic(
        _ column: Located<Schema.Field>, _ groups: [Schema.Field], _ input: inout StepInput
    ) async throws(AuroraError) -> ImputedStatistic? {
        guard method == "constant" else {
            var over: StepInput.Scalar?
            if method != "mode", !input.isNumeric(column, method) { return nil }
            if let text = values.located("over") {
                over = try await input.condition(text)
                if over == nil { return nil }
            }
            return try await ImputedStatistic.fitted(
                method, column, over: over?.sql, by: groups,
                at: values.place(of: "by"), &input)
        }
        guard let constant = values.written("value"), !constant.value.value.isMissing else {
            input.diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place,
                    "'impute' with a constant lacks the key 'value'"))
            return nil
        }
        guard let value = try await input.constant(constant, for: column.value) else { return nil }
        return ImputedStatistic(overall: value, groups: [], type: column.value.type)
    }

    // MARK: What there is to tell

    private func record(
        _ statistic: ImputedStatistic, of field: Schema.Field, _ groups: [Schema.Field],
        _ isFilled: String, _ plan: inout StepPlan, _ input: StepInput
    ) {
        let name = field.name
        plan.fitted[name] = statistic.overall
        guard !groups.isEmpty else { return }
        for (index, group) in statistic.groups.enumerated() {
            var key = "\(name) of \(group.name(groups, input.settings.privacy))"
            // Where only the values' shapes are told, they may be the same.
            if plan.fitted[key] != nil { key += " (\(index + 1))" }
            plan.fitted[key] = group.value
        }
        let known = statistic.groups.map { "WHEN \($0.condition(groups, input)) THEN FALSE" }
        let method = method
        plan.counted.append(
            .init(
                condition: "\(isFilled) AND CASE \(known.joined(separator: " ")) ELSE TRUE END",
                notice: { count, _ in
                    count == 0
                        ? nil
                        : Notice(
                            "group_without_values",
                            "\(count) values of \(name) are of groups without any value and became "
                                + "the \(method) of all")
                }))
    }
}
