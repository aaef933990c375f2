import Columns
import Engine
import Workspace

/// Makes a row of each of some columns: its name in one column, its value in another.
struct Unpivot: Step {
    static let name = "unpivot"
    static let summary = "makes a row of each of some columns"
    static let fields = FieldType.VariantFields.fields([
        Field("columns", .names, required: true, "the columns that become rows"),
        Field("name", .text, required: true, "the column that holds their names"),
        Field("value", .text, required: true, "the column that holds their values"),
        Field(
            "keep_missing", .boolean,
            "whether missing values become rows, too; they do not if not stated"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        let turned = input.columns(
            values.texts("columns") ?? [], under: "columns", at: values.place(of: "columns"))
        guard let turned, let name = values.located("name"), let value = values.located("value")
        else { return nil }
        let kept = input.schema.fields.filter { !turned.contains($0) }
        guard areNew([name, value], besides: kept, &input), let type = type(of: turned, &input)
        else { return nil }
        let dialect = input.dialect
        let branches = turned.enumerated().map {
            "WHEN \($0) THEN CAST(\(dialect.quoted($1.name)) AS \(dialect.typeName(type)))"
        }
        let cell = "CASE names.\":place\" \(branches.joined(separator: " ")) END"
        let labels = turned.enumerated().map { "WHEN \($0) THEN \(dialect.literal($1.name))" }
        let places = turned.indices.map { "(\($0))" }.joined(separator: ", ")
        let keepsMissing = values.boolean("keep_missing") ?? false
        var plan = StepPlan(
            columns: input.passedOn(kept) + [
                .init(
                    name: name.value,
                    sql: "CASE names.\":place\" \(labels.joined(separator: " ")) END",
                    replaces: nil, isChanged: true),
                .init(
                    name: value.value, sql: cell, replaces: nil, isChanged: true,
                    reads: turned.map(\.name)),
            ],
            from: "\(input.relation) CROSS JOIN (VALUES \(places)) AS names(\":place\")",
            filter: keepsMissing ? nil : "\(cell) IS NOT NULL",
            summary: "\(turned.count) columns became rows of \(name.value) and \(value.value)",
            levels: [name.value: turned.map(\.name)])
        let items = turned.map { "count(*) - count(\(dialect.quoted($0.name)))" }
        let missing = try await input.values(items.joined(separator: " + "))[0]
        plan.facts = [
            "\(missing) values are missing; they became \(keepsMissing ? "rows, too" : "no rows")"
        ]
        if turned.contains(where: { $0.type != type }) {
            plan.facts.append("the columns have several types; \(value.value) is \(type)")
        }
        return plan
    }

    private func areNew(
        _ names: [Located<String>], besides kept: [Schema.Field], _ input: inout StepInput
    ) -> Bool {
        var taken = Set(kept.map { $0.name.lowercased() })
        for name in names where !taken.insert(name.value.lowercased()).inserted {
            input.diagnostics.append(
                Diagnostic(
                    "column_exists", at: name.place, "two columns would be named '\(name.value)'",
                    hint: "choose another name"))
            return false
        }
        return true
    }

    /// The type that holds the values of all.
    private func type(of columns: [Schema.Field], _ input: inout StepInput) -> ColumnType? {
        var type = columns[0].type
        for column in columns.dropFirst() {
            guard let wider = type.wider(with: column.type) else {
                input.diagnostics.append(
                    Diagnostic(
                        "union_type", at: values.place(of: "columns"),
                        "'\(columns[0].name)' is \(columns[0].type), but '\(column.name)' is "
                            + "\(column.type)",
                        hint: "cast one of the two before this step"))
                return nil
            }
            type = wider
        }
        return type
    }
}
