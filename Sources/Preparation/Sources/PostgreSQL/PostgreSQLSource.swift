package import Columns
import Engine
import Foundation
package import Workspace

/// A table or view of a PostgreSQL database, read over a connection of its own.
package struct PostgreSQLSource: SourceReader {
    package static let name = "postgresql"
    package let readsFiles = false
    package static let summary = "a table or view of a PostgreSQL server, which is only read"
    package static let fields =
        [
            Field("table", .text, required: true, "the table or view"),
            Field("schema", .text, "its schema, public if not stated"),
        ] + PostgreSQLAccess.fields

    private let table: Located<String>
    private let schema: Located<String>
    private let access: PostgreSQLAccess

    package init(_ values: FieldValues) {
        table = values.located("table") ?? Located("", at: values.place)
        schema = values.located("schema") ?? Located("public", at: values.place)
        access = PostgreSQLAccess(values)
    }

    package var origin: Located<String> {
        Located("\(schema.value).\(table.value)", at: table.place)
    }

    /// Copies the table in one read-only transaction that sees one state of the database.
    ///
    /// - Throws: `database_unreachable`, `database_refused`, and `database_lost` where the
    ///   connection ends before the last row.
    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        let names = [schema, table].compactMap(Self.problem)
        context.diagnostics += names
        let connection = access.connection(
            ProcessInfo.processInfo.environment, outside: context.data, &context.diagnostics)
        guard names.isEmpty, let connection else { return nil }
        let foreign = ForeignTable(.postgreSQL, context)
        do throws(AuroraError) {
            try await foreign.intake.attach(.postgreSQL(connection), as: foreign.database)
            try await foreign.intake.execute("BEGIN TRANSACTION")
            let read = try await read(foreign, &context.diagnostics)
            try await foreign.intake.execute("COMMIT")
            try await foreign.intake.detach(foreign.database)
            return read
        } catch {
            try? await foreign.intake.execute("ROLLBACK")
            try? await foreign.intake.detach(foreign.database)
            throw error.within("source '\(context.source)'")
        }
    }

    private func read(
        _ foreign: ForeignTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RawTable? {
        let columns = try await columns(foreign)
        guard !columns.isEmpty else {
            diagnostics.append(
                .unknownTable(
                    table, in: "the schema '\(schema.value)'", among: try await tables(foreign)))
            return nil
        }
        let dialect = foreign.dialect
        let key = columns.filter { $0.key != nil }.sorted { ($0.key ?? 0) < ($1.key ?? 0) }
        let order = (key.isEmpty ? columns : key).flatMap {
            $0.target == nil
                ? [dialect.quoted($0.name)] : [$0.value(dialect), dialect.quoted($0.name)]
        }
        let from = [schema.value, table.value].map(dialect.quoted).joined(separator: ".")
        let selections = columns.map(\.selection).joined(separator: ", ")
        let rows = try await foreign.copy("SELECT \(selections) FROM \(from)", orderBy: order)
        guard rows > 0 else {
            diagnostics.append(.noRows(table, columns: columns.count))
            return nil
        }
        return try await typed(columns, key: key, foreign)
    }

    /// Reads the texts as the types that the table states, where every one of them is of it.
    private func typed(
        _ columns: [PostgreSQLColumn], key: [PostgreSQLColumn], _ foreign: ForeignTable
    ) async throws(AuroraError) -> RawTable {
        let dialect = foreign.dialect
        let copy = dialect.quoted(foreign.copy)
        let counts = columns.map {
            "count(\(dialect.quoted($0.name))) - count(\($0.value(dialect)))"
        }
        let misfits = try await foreign.intake.query(
            "SELECT \(counts.joined(separator: ", ")) FROM \(copy)"
        ).row(0).map { $0.integerValue ?? 0 }
        var facts = [
            "PostgreSQL \(access.words)".trimmingCharacters(in: .whitespaces)
                + ", \(origin.value), read in one read-only transaction",
            key.isEmpty
                ? "in the order of all its columns, having no primary key"
                : "in the order of its primary key: \(key.map(\.name).joined(separator: ", "))",
        ]
        let foreigners = columns.filter(\.isForeign).map { "'\($0.name)' (\($0.declared))" }
        if !foreigners.isEmpty {
            facts.append("read as texts: \(foreigners.joined(separator: ", "))")
        }
        let long = try await longNumbers(columns, foreign)
        if !long.isEmpty {
            let list = long.map { "'\($0)'" }.joined(separator: ", ")
            facts.append("texts still, since a number would lose digits of them: \(list)")
        }
        var items: [String] = []
        var fields: [Schema.Field] = []
        for (column, misfits) in zip(columns, misfits) {
            let name = dialect.quoted(column.name)
            if misfits > 0 {
                facts.append(
                    "'\(column.name)' (\(column.declared)) read as text: \(misfits) values are none "
                        + "that such a column holds here")
            }
            items.append(misfits > 0 ? name : "\(column.value(dialect)) AS \(name)")
            fields.append(.init(column.name, misfits > 0 ? .text : column.type))
        }
        return RawTable(
            relation: "(SELECT \(items.joined(separator: ", ")) FROM \(copy))",
            schema: Schema(fields), files: [], facts: facts, texts: Set(long))
    }

    /// Columns of numbers without a stated precision that have more digits than the types which
    /// their texts would be read as.
    private func longNumbers(
        _ columns: [PostgreSQLColumn], _ foreign: ForeignTable
    ) async throws(AuroraError) -> [String] {
        let open = columns.filter { $0.isForeign && $0.isNumber }
        guard !open.isEmpty else { return [] }
        let dialect = foreign.dialect
        let digits = open.flatMap { PlainText.decimalDigits(dialect.quoted($0.name)) }
        let row = try await foreign.intake.query(
            "SELECT \(digits.joined(separator: ", ")) FROM \(dialect.quoted(foreign.copy))"
        ).row(0).map { $0.integerValue ?? 0 }
        return open.indices.filter { index in
            let (whole, decimals) = (row[index * 2], row[index * 2 + 1])
            return decimals > ReadingCandidate.mostDecimals || whole + decimals > 38
        }.map { open[$0].name }
    }

    // MARK: The server's catalogue

    private func columns(_ foreign: ForeignTable) async throws(AuroraError) -> [PostgreSQLColumn] {
        // A domain's values are those of the type that it narrows.
        let answer = try await foreign.query(
            """
            SELECT a.attnum::int AS position, a.attname::text AS name,
                CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
                    ELSE pg_catalog.format_type(t.oid, a.atttypmod) END AS type,
                COALESCE(pg_catalog.array_position(k.conkey, a.attnum), 0)::int AS key
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
            WHERE n.nspname = \(Self.literal(schema.value))
                AND c.relname = \(Self.literal(table.value)) AND c.relkind IN \(Self.kinds)
                AND a.attnum > 0 AND NOT a.attisdropped
            """, orderBy: "position")
        return (0..<answer.rowCount).map { row in
            let values = answer.row(row)
            let key = values[3].integerValue ?? 0
            return PostgreSQLColumn(
                name: values[1].textValue ?? "", declared: values[2].textValue ?? "",
                key: key > 0 ? key : nil)
        }
    }

    private func tables(_ foreign: ForeignTable) async throws(AuroraError) -> [String] {
        let answer = try await foreign.query(
            """
            SELECT c.relname::text AS name FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(Self.literal(schema.value)) AND c.relkind IN \(Self.kinds)
            """, orderBy: "name")
        return (0..<answer.rowCount).compactMap { answer.row($0)[0].textValue }
    }

    /// Tables, also parted and foreign ones, and views, also stored ones.
    private static let kinds = "('r', 'p', 'f', 'v', 'm')"

    /// A server may be set to read backslashes in texts as escapes, so no name holds one.
    private static func problem(_ name: Located<String>) -> Diagnostic? {
        let isSound =
            (1...63).contains(name.value.utf8.count)
            && !name.value.unicodeScalars.contains {
                $0 == "\\" || $0.properties.generalCategory == .control
            }
        guard !isSound else { return nil }
        return Diagnostic(
            "invalid_name", at: name.place, "'\(name.value)' can't be a name in PostgreSQL",
            hint: "name a schema, a table or a view; queries belong into a view")
    }

    private static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
