import Columns
import Engine
import Workspace

/// Puts the rows of other tables below its own; columns meet by their names.
struct Union: Step {
    static let name = "union"
    static let summary = "adds the rows of other tables; columns meet by their names"
    static let fields = FieldType.VariantFields.fields([
        Field("with", .names, required: true, "the sources and models whose rows are added"),
        Field("origin", .text, "the column that is added to tell from which table a row is"),
    ])

    private let values: FieldValues
    private let tables: [Located<String>]

    init(_ values: FieldValues) {
        self.values = values
        tables = values.texts("with") ?? []
    }

    var uses: [Located<String>] { tables }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        let others = tables.compactMap { input.other($0) }
        guard others.count == tables.count else { return nil }
        let parts = [input] + others
        var columns: [(field: Schema.Field, owner: String)] = []
        var facts: [String] = []
        for (part, place) in zip(parts, [values.place] + tables.map(\.place)) {
            for field in part.schema.fields {
                add(field, of: part.name, at: place, to: &columns, &facts, &input)
            }
        }
        guard input.diagnostics.isEmpty else { return nil }
        for part in parts {
            let absent = columns.map(\.field.name).filter { part.schema[$0] == nil }
            if !absent.isEmpty {
                facts.append("'\(part.name)' has no " + absent.joined(separator: ", "))
            }
        }
        for part in others {
            let rows = try await part.values("count(*)")[0]
            facts.append("\(rows) rows of '\(part.name)' were added")
        }
        let origin = values.located("origin")
        if let origin {
            if let (field, _) = columns.first(where: {
                $0.field.name.lowercased() == origin.value.lowercased()
            }) {
                input.diagnostics.append(
                    Diagnostic(
                        "column_exists", at: origin.place,
                        "there is a column '\(field.name)' already", hint: "choose another name"))
                return nil
            }
        }
        let selects = parts.map {
            select(columns.map(\.field), from: $0, origin: origin?.value)
        }
        var output = columns.map { field, _ in
            let isOurs = input.schema[field.name] != nil
            let added = others.filter { $0.schema[field.name] != nil }
                .map { "\($0.name).\(field.name)" }
            return StepPlan.OutputColumn(
                name: field.name, sql: input.dialect.quoted(field.name),
                replaces: isOurs ? field.name : nil, isChanged: true,
                reads: (isOurs ? [field.name] : []) + added)
        }
        if let origin {
            output.append(
                .init(
                    name: origin.value, sql: input.dialect.quoted(origin.value), replaces: nil,
                    isChanged: true))
        }
        let names = others.map { "'\($0.name)'" }.joined(separator: ", ")
        var plan = StepPlan(
            columns: output, from: "(\(selects.joined(separator: " UNION ALL "))) AS rows",
            summary: "the rows of \(names) added")
        plan.facts = facts
        return plan
    }

    /// A column that is there already becomes wide enough for both, or a diagnostic says why not.
    private func add(
        _ field: Schema.Field, of table: String, at place: Diagnostic.Place,
        to columns: inout [(field: Schema.Field, owner: String)], _ facts: inout [String],
        _ input: inout StepInput
    ) {
        let same = columns.firstIndex { $0.field.name.lowercased() == field.name.lowercased() }
        guard let same else { return columns.append((field, table)) }
        let (known, owner) = columns[same]
        guard known.name == field.name else {
            input.diagnostics.append(
                Diagnostic(
                    "column_exists", at: place,
                    "'\(field.name)' of '\(table)' and '\(known.name)' of '\(owner)' differ only in "
                        + "the case of letters", hint: "rename one of the two in its own model"))
            return
        }
        guard let type = known.type.wider(with: field.type) else {
            input.diagnostics.append(
                Diagnostic(
                    "union_type", at: place,
                    "'\(field.name)' is \(known.type) in '\(owner)', but \(field.type) in "
                        + "'\(table)'",
                    hint: "cast one of the two in its own model, or state its type in the source"))
            return
        }
        if type != known.type || type != field.type {
            facts.append(
                "\(field.name) became \(type): it is \(known.type) in '\(owner)' and \(field.type) "
                    + "in '\(table)'")
        }
        columns[same].field.type = type
    }

    private func select(
        _ columns: [Schema.Field], from part: StepInput, origin: String?
    ) -> String {
        let dialect = part.dialect
        var items = columns.map { column in
            let value = part.schema[column.name] == nil ? "NULL" : dialect.quoted(column.name)
            return "CAST(\(value) AS \(dialect.typeName(column.type))) AS "
                + dialect.quoted(column.name)
        }
        if let origin { items.append("\(dialect.literal(part.name)) AS \(dialect.quoted(origin))") }
        return "SELECT \(items.joined(separator: ", ")) FROM \(part.relation)"
    }
}
