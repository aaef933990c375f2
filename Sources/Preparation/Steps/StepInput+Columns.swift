import Columns
import Engine
import Workspace

/// The keys with which a step names one column or several.
enum ColumnKeys {
    static func fields(_ summary: String) -> [Workspace.Field] {
        [
            Field("column", .text, summary),
            Field("columns", .list(.text), "several of them, instead of 'column'"),
        ]
    }
}

extension StepInput {
    /// The columns that a step names by `column` or `columns`, each with its place.
    mutating func columns(
        _ values: FieldValues, of step: any Step.Type
    ) -> [Located<Schema.Field>]? {
        guard let key = oneOf(["column", "columns"], values, of: step, isRequired: true) else {
            return nil
        }
        let names = values.located("column").map { [$0] } ?? values.texts("columns") ?? []
        return columns(names, at: values.place(of: key))
    }

    /// Checks a list of columns: all of them are there, none of them twice.
    mutating func columns(
        _ names: [Located<String>], at place: Diagnostic.Place
    ) -> [Located<Schema.Field>]? {
        let before = diagnostics.count
        if names.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "no_columns", at: place, "the list of columns is empty",
                    hint: "name at least one"))
        }
        var fields: [Located<Schema.Field>] = []
        for name in names {
            guard let field = column(name) else { continue }
            if fields.contains(where: { $0.value.name == field.name }) {
                diagnostics.append(
                    Diagnostic(
                        "column_twice", at: name.place, "'\(field.name)' is named twice",
                        hint: "remove one of them"))
            }
            fields.append(Located(field, at: name.place))
        }
        return diagnostics.count == before ? fields : nil
    }

    /// Which of several keys a step states; nil where it states none of them, or more than one.
    mutating func oneOf(
        _ keys: [String], _ values: FieldValues, of step: any Step.Type, isRequired: Bool
    ) -> String? {
        let stated = keys.filter(values.states)
        if stated.count == 1 { return stated[0] }
        let list = keys.map { "'\($0)'" }.joined(separator: " or ")
        if stated.count > 1 {
            diagnostics.append(
                Diagnostic(
                    "either_or", at: values.place(of: stated[1]),
                    "'\(step.name)' takes \(list), but states more than one of them",
                    hint: "remove all but one"))
        } else if isRequired {
            diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "'\(step.name)' lacks the key \(list)"))
        }
        return nil
    }

    /// Tells of a key that has no effect beside what the step states.
    mutating func unused(_ key: String, _ values: FieldValues, because reason: String) {
        guard values.states(key) else { return }
        diagnostics.append(
            Diagnostic(
                "unused_key", at: values.place(of: key), "'\(key)' has no effect \(reason)",
                hint: "remove it"))
    }

    mutating func isNumeric(_ column: Located<Schema.Field>, _ reason: String) -> Bool {
        if column.value.type.isNumeric { return true }
        diagnostics.append(
            Diagnostic(
                "not_a_number", at: column.place,
                "'\(column.value.name)' is \(column.value.type), which has no \(reason)",
                hint: "cast it, or find out why it is not a number"))
        return false
    }

    mutating func isText(_ column: Located<Schema.Field>) -> Bool {
        if column.value.type == .text { return true }
        diagnostics.append(
            Diagnostic(
                "not_a_text", at: column.place,
                "'\(column.value.name)' is \(column.value.type), but texts are expected",
                hint: "leave it out"))
        return false
    }

    mutating func isDay(_ column: Located<Schema.Field>) -> Bool {
        if [.date, .timestamp(zoned: false)].contains(column.value.type) { return true }
        diagnostics.append(
            Diagnostic(
                "not_a_date", at: column.place,
                "'\(column.value.name)' is \(column.value.type), but dates are expected",
                hint: "read it by 'parse_dates' in a step before this one"))
        return false
    }

    /// True where a number of the column is one: not NaN, which compares as the greatest of all.
    func isFinite(_ name: String, _ type: ColumnType) -> String {
        guard type == .double else { return "\(name) IS NOT NULL" }
        return "abs(\(name)) <= \(dialect.literal(.double(.greatestFiniteMagnitude)))"
    }
}

/// A part of the rows in words.
enum Share {
    static func percent(_ count: Int, of rows: Int) -> String {
        guard rows > 0 else { return "0 %" }
        // In tenths of a percent, rounded half up.
        let tenths = (count * 2000 + rows) / (2 * rows)
        // Neither all nor none where it is not.
        if count > 0, tenths == 0 { return "under 0.1 %" }
        if count < rows, tenths == 1000 { return "over 99.9 %" }
        if (10...990).contains(tenths) { return "\((count * 200 + rows) / (2 * rows)) %" }
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
