package import Columns
package import Engine
import Workspace

/// The relation that a step works on, with what it needs to check itself against it.
package struct StepInput: Sendable {
    /// The source or model that the rows come from.
    let name: String
    package let schema: Schema
    /// The relation's name, quoted.
    let relation: String
    let engine: any Engine
    let scope: ExpressionScope
    let parser: any QueryParser
    /// The sources and models that a step may use, by name.
    let others: [String: Relation]
    let settings: ProjectSettings
    /// The order of bands by column, as steps before have given it.
    let levels: [String: [String]]
    /// The column that tells the model's rows apart in the end.
    var key: String?
    /// False where the rows lie in no order that would be the same in another run.
    let isOrdered: Bool
    var diagnostics: [Diagnostic] = []

    /// Another table: how SQL names it, and its columns.
    package struct Relation: Sendable {
        let sql: String
        package let schema: Schema
        /// The column that tells its rows apart; nil for a source.
        let key: String?
        let levels: [String: [String]]
        /// Of all that its rows depend on.
        package let fingerprint: RecipeKey
    }

    var dialect: any Dialect { engine.dialect }

    /// A checked expression over this relation's columns.
    struct Scalar: Sendable {
        var sql: String
        var type: ColumnType
        var reads: [String]
        var expression: CheckedExpression
    }

    /// The project's as-of date, or a diagnostic for a step that needs one and states none.
    mutating func asOf(_ values: FieldValues, _ key: String) -> CalendarDate? {
        if values.text(key) != nil { return values.day(key, &diagnostics)?.value }
        if let date = settings.asOf?.value { return date }
        // That the file with the date can't be read has been told.
        if settings.asOfFile != nil { return nil }
        diagnostics.append(
            Diagnostic(
                "as_of_missing", at: values.place,
                "a date is needed here, but neither this nor the project states one",
                hint: "state '\(key):' here or 'as_of:' in aurora.yaml, like 2024-12-31"))
        return nil
    }

    /// A table that the step uses, as an input of its own, whose diagnostics are to be added to
    /// those of this one; nil where it failed already, which has been told.
    func other(_ name: Located<String>) -> StepInput? {
        guard let other = others[name.value] else { return nil }
        return StepInput(
            name: name.value, schema: other.schema, relation: other.sql, engine: engine,
            scope: scope.over(other.schema.names, owner: "'\(name.value)'"),
            parser: parser, others: others, settings: settings, levels: other.levels,
            isOrdered: false)
    }

    /// Checks an expression that gives one value a row.
    mutating func scalar(_ text: Located<String>) async throws(AuroraError) -> Scalar? {
        guard let expression = await scope.check(text, &diagnostics) else { return nil }
        guard !expression.containsAggregate else {
            diagnostics.append(
                Diagnostic(
                    "aggregate_in_step", at: text.place,
                    "an expression here gives one value a row, so it can't hold an aggregate",
                    hint: "aggregates belong in measures"))
            return nil
        }
        let sql = dialect.sql(expression, column: dialect.quoted)
        guard let type = try await type(of: sql, at: text) else { return nil }
        return Scalar(sql: sql, type: type, reads: expression.columnNames, expression: expression)
    }

    /// Checks an expression that is true or false.
    mutating func condition(_ text: Located<String>) async throws(AuroraError) -> Scalar? {
        guard let scalar = try await scalar(text) else { return nil }
        if scalar.type == .boolean { return scalar }
        diagnostics.append(
            Diagnostic(
                "not_a_condition", at: text.place,
                "a condition is expected, but the expression gives \(scalar.type)",
                hint: "compare it with something: TENURE = 12"))
        return nil
    }

    mutating func column(_ name: Located<String>) -> Schema.Field? {
        scope.column(name, &diagnostics).flatMap { schema[$0] }
    }

    /// The columns that a list names, or nil with diagnostics where one of them is not there.
    mutating func columns(_ values: FieldValues, _ key: String) -> [String]? {
        let names = values.texts(key) ?? []
        let found = names.compactMap { column($0)?.name }
        if names.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "wrong_type", at: values.place(of: key), "'\(key)' names no column",
                    hint: "name one at least"))
        }
        return found.isEmpty || found.count < names.count ? nil : found
    }

    /// Names that are about to be added must not be there yet.
    mutating func isNew(_ name: Located<String>) -> Bool {
        // Engines compare names without regard to case.
        let taken = schema.names.first { $0.lowercased() == name.value.lowercased() }
        guard let taken else { return true }
        diagnostics.append(
            Diagnostic(
                "column_exists", at: name.place, "there is a column '\(taken)' already",
                hint: "choose another name"))
        return false
    }

    /// All columns as they are, but for the named one, which becomes `sql`.
    ///
    /// - Parameter reads: the columns that it is computed from.
    func replacing(
        _ column: String, with sql: String, reads: [String]
    ) -> [StepPlan.OutputColumn] {
        replacing([(column, sql, reads)])
    }

    /// All columns as they are, but for those named, each with what it becomes and the columns that
    /// this is computed from.
    func replacing(
        _ new: [(column: String, sql: String, reads: [String])]
    ) -> [StepPlan.OutputColumn] {
        passedOn.map { output in
            guard let (column, sql, reads) = new.first(where: { $0.column == output.name }) else {
                return output
            }
            return .init(
                name: column, sql: sql, replaces: column, isChanged: true, reads: reads)
        }
    }

    /// All columns as they are, and one more at the end.
    func adding(_ column: String, _ sql: String, reads: [String]) -> [StepPlan.OutputColumn] {
        passedOn + [.init(name: column, sql: sql, replaces: nil, isChanged: true, reads: reads)]
    }

    var passedOn: [StepPlan.OutputColumn] {
        schema.names.map {
            .init(name: $0, sql: dialect.quoted($0), replaces: $0, isChanged: false)
        }
    }

    /// All columns as they are, where the relation is joined to another under the name "ours".
    var ours: [StepPlan.OutputColumn] {
        passedOn.map { column in
            var column = column
            column.sql = "ours.\(column.sql)"
            return column
        }
    }

    /// One row of values computed over the relation.
    func values(_ items: String, where condition: String? = nil) async throws(AuroraError)
        -> [Value]
    {
        let filter = condition.map { " WHERE \($0)" } ?? ""
        return try await engine.query("SELECT \(items) FROM \(relation)\(filter)").row(0)
    }

    /// The type that SQL over this relation gives, or nil with a diagnostic where it doesn't fit.
    mutating func type(
        of sql: String, at text: Located<String>
    ) async throws(AuroraError) -> ColumnType? {
        do throws(AuroraError) {
            return try await engine.schema(of: "SELECT \(sql) FROM \(relation)").fields[0].type
        } catch {
            guard error.code == "engine_failed" else { throw error }
            diagnostics.append(
                Diagnostic(
                    "expression_type", at: text.place,
                    "the expression does not fit its columns: "
                        + (error.cause?.split(separator: "\n").first.map(String.init) ?? "")))
            return nil
        }
    }
}

extension StepInput.Relation {
    /// A staged source in an attached database.
    package init(
        source: String, of database: String, fingerprint: RecipeKey, _ engine: any Engine
    ) async throws(AuroraError) {
        self.fingerprint = fingerprint
        sql = "\(engine.dialect.quoted(database)).\(engine.dialect.quoted(source))"
        schema = try await engine.schema(of: "SELECT * FROM \(sql)")
        key = nil
        levels = [:]
    }
}
