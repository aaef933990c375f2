import Columns
import Engine
import Workspace

/// Makes one row of all rows that are alike in the columns `by`; missing values are alike.
struct Aggregate: Step {
    static let name = "aggregate"
    static let summary = "makes one row of all that are alike in some columns"
    static let fields = FieldType.VariantFields.fields([
        Field("by", .names, required: true, "the columns that tell the new rows apart"),
        Field(
            "columns", .map(.expression), required: true,
            "the columns of the new rows, each with its aggregate: sum(amount), count(*)"),
    ])

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        let by = input.columns(
            values.texts("by") ?? [], under: "by", at: values.place(of: "by"))
        var taken = Set((by ?? []).map { $0.name.lowercased() })
        var columns = input.passedOn(by ?? [])
        for (name, text) in values.textMap("columns") ?? [] {
            guard taken.insert(name.value.lowercased()).inserted else {
                input.diagnostics.append(
                    Diagnostic(
                        "column_exists", at: name.place,
                        "two columns would be named '\(name.value)'", hint: "choose another name"))
                continue
            }
            guard let expression = await input.aggregate(text),
                let exact = try await input.exact(expression, at: text)
            else { continue }
            columns.append(
                .init(
                    name: name.value, sql: exact.sql, replaces: nil, isChanged: true,
                    reads: exact.reads))
        }
        guard let by, input.diagnostics.isEmpty else { return nil }
        let names = by.map { input.dialect.quoted($0.name) }
        var plan = StepPlan(
            columns: columns, tail: "GROUP BY \(names.joined(separator: ", "))",
            summary: "one row for each \(by.map(\.name).joined(separator: ", "))")
        plan.facts = try await input.missing(in: by, "they make groups of their own")
        return plan
    }
}

extension StepInput {
    /// Some columns as they are.
    func passedOn(_ fields: [Schema.Field]) -> [StepPlan.OutputColumn] {
        fields.map {
            .init(name: $0.name, sql: dialect.quoted($0.name), replaces: $0.name, isChanged: false)
        }
    }

    /// What there is to tell of columns that have missing values, which tell rows apart.
    func missing(
        in fields: [Schema.Field], _ consequence: String
    ) async throws(AuroraError) -> [String] {
        let items = fields.map { "count(*) - count(\(dialect.quoted($0.name)))" }
        let counts = try await values(items.joined(separator: ", ")).map { $0.integerValue ?? 0 }
        return zip(fields, counts).filter { $0.1 > 0 }
            .map { "\($1) rows have no \($0.name); \(consequence)" }
    }
}
