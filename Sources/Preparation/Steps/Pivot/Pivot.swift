import Columns
import Engine
import Workspace

/// Makes a column of each level of a category, and one row for each combination of keys.
///
/// Levels that are not stated are those that the data holds, in their order; they are fitted values.
struct Pivot: Step {
    static let name = "pivot"
    static let summary = "makes a column of each level of a category"
    static let fields = FieldType.VariantFields.fields([
        Field("rows", .names, required: true, "the columns that tell the new rows apart"),
        Field("column", .text, required: true, "the category whose levels become columns"),
        Field(
            "values", .expression, required: true,
            "the aggregate that fills them: sum(amount), count(*)"),
        Field("levels", .list(.scalar), "the levels; those that are found if not stated"),
        Field("into", .text, "the new columns' names, {} standing for the level; {} if not stated"),
        Field(
            "empty", .choice(["0", "missing"]),
            "what stands where no row is: 0, or missing (the default)"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        let keys = input.columns(
            values.texts("rows") ?? [], under: "rows", at: values.place(of: "rows"))
        guard let keys, let column = values.located("column"), let text = values.located("values"),
            let category = input.column(column),
            let expression = await input.aggregate(text),
            let levels = try await input.levels(
                of: category, stated: values.scalars("levels"), at: column.place),
            let names = input.names(
                of: levels, pattern: values.located("into") ?? Located("{}", at: values.place),
                besides: keys.map(\.name))
        else { return nil }
        let isZero = values.text("empty") == "0"
        var columns = input.passedOn(keys)
        for (level, name) in zip(levels, names) {
            let isLevel = CheckedExpression.comparison(
                .equal, .column(.init(name: category.name, offset: 0)), .literal(level))
            let filtered = await expression.filtered(by: isLevel)
            guard let cell = try await input.exact(filtered, at: text) else { return nil }
            guard !isZero || cell.type.isNumeric else {
                input.diagnostics.append(
                    Diagnostic(
                        "not_a_number", at: values.place(of: "empty"),
                        "the values are \(cell.type), so 0 can't stand where no row is",
                        hint: "leave it missing"))
                return nil
            }
            columns.append(
                .init(
                    name: name, sql: isZero ? "COALESCE(\(cell.sql), 0)" : cell.sql, replaces: nil,
                    isChanged: true, reads: cell.reads))
        }
        let grouped = keys.map { input.dialect.quoted($0.name) }.joined(separator: ", ")
        var plan = StepPlan(
            columns: columns, tail: "GROUP BY \(grouped)",
            summary: "\(text.value) for each \(category.name), in \(levels.count) columns")
        plan.facts = try await input.missing(in: [category], "they are in no column")
        plan.facts += try await input.missing(in: keys, "they make rows of their own")
        if values.scalars("levels") == nil {
            let list = levels.map(\.description).joined(separator: ", ")
            plan.fitted = [category.name: .text(list)]
            plan.facts.append("\(levels.count) levels of \(category.name) were found: \(list)")
        } else {
            plan.counted = [input.others(than: levels, in: category)]
        }
        return plan
    }
}
