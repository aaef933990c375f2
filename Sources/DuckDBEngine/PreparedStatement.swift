import CDuckDB
import Columns
import Engine
import Foundation

/// One prepared query: its columns, and its rows as typed batches.
final class PreparedStatement {
    private let library: DuckDBLibrary
    private var handle: duckdb_prepared_statement?
    /// The columns as DuckDB has them.
    private let columns: [(name: String, type: DuckDBType)]

    init(
        _ library: DuckDBLibrary, _ connection: duckdb_connection, _ sql: String
    ) throws(AuroraError) {
        self.library = library
        let api = library.api
        try library.checkWhole(sql)
        guard api.prepare(connection, sql, &handle) == 0, let handle else {
            let message = handle.flatMap { api.prepare_error($0) }.map { String(cString: $0) }
            api.destroy_prepare(&handle)
            throw library.error(message: message, in: sql)
        }
        columns = (0..<api.prepared_statement_column_count(handle)).map { index in
            let name = api.prepared_statement_column_name(handle, index)
            defer { api.free(UnsafeMutableRawPointer(mutating: name)) }
            var type = api.prepared_statement_column_logical_type(handle, index)
            defer { api.destroy_logical_type(&type) }
            return (name.map { String(cString: $0) } ?? "", DuckDBType(library, type))
        }
    }

    deinit { library.api.destroy_prepare(&handle) }

    var schema: Schema {
        Schema(columns.map { Schema.Field($0.name, $0.type.columnType) })
    }

    /// The query as Aurora can read it: columns of types without a counterpart are given as text
    /// (lists, structs, …), and coarser timestamps as microseconds.
    func readableSQL(of sql: String) -> String {
        guard columns.contains(where: { $0.type.castToRead != nil }) else { return sql }
        let dialect = DuckDBDialect()
        let items = columns.enumerated().map { index, column in
            let position = "c\(index)"
            let name = dialect.quoted(column.name)
            guard let cast = column.type.castToRead else { return "\(position) AS \(name)" }
            return "CAST(\(position) AS \(cast)) AS \(name)"
        }
        let positions = columns.indices.map { "c\($0)" }.joined(separator: ", ")
        return "SELECT \(items.joined(separator: ", ")) FROM (\(sql)\n) AS t(\(positions))"
    }

    /// A relation with this statement's columns, none of a type that Aurora lacks.
    func readable(_ relation: String) -> ReadableRelation {
        guard !columns.allSatisfy({ $0.type.isExact }) else {
            return ReadableRelation(relation: relation, schema: schema)
        }
        let dialect = DuckDBDialect()
        let items = columns.enumerated().map { index, column in
            let position = column.type.isNested ? "to_json(c\(index))" : "c\(index)"
            return "CAST(\(position) AS \(dialect.typeName(column.type.columnType))) AS "
                + dialect.quoted(column.name)
        }
        let positions = columns.indices.map { "c\($0)" }.joined(separator: ", ")
        return ReadableRelation(
            relation: "(SELECT \(items.joined(separator: ", ")) "
                + "FROM (SELECT * FROM \(relation)) AS t(\(positions)))", schema: schema)
    }

    func stream(
        _ sql: String, _ body: (Batch) throws(AuroraError) -> Void
    ) throws(AuroraError) {
        var result = duckdb_result()
        guard let handle, library.api.execute_prepared_streaming(handle, &result) == 0 else {
            defer { library.api.destroy_result(&result) }
            throw library.error(of: &result, in: sql)
        }
        defer { library.api.destroy_result(&result) }
        // The result's types are final; those of a prepared statement may still lack parameters.
        let readers = columns.indices.map { index in
            var type = library.api.column_logical_type(&result, idx_t(index))
            defer { library.api.destroy_logical_type(&type) }
            return VectorReader(library, type, name: columns[index].name)
        }
        while let chunk = library.api.fetch_chunk(result) {
            var owned: duckdb_data_chunk? = chunk
            defer { library.api.destroy_data_chunk(&owned) }
            let rows = Int(library.api.data_chunk_get_size(chunk))
            guard rows > 0 else { break }
            try body(
                Batch(
                    readers.enumerated().map { index, reader in
                        reader.read(
                            library.api.data_chunk_get_vector(chunk, idx_t(index)), rows: rows)
                    }))
        }
        if let message = library.api.result_error(&result) {
            throw library.error(message: String(cString: message), in: sql)
        }
    }
}

extension DuckDBLibrary {
    func execute(_ sql: String, on connection: duckdb_connection) throws(AuroraError) {
        try checkWhole(sql)
        var result = duckdb_result()
        let state = api.query(connection, sql, &result)
        defer { api.destroy_result(&result) }
        if state != 0 { throw error(of: &result, in: sql) }
    }

    /// For C a text ends at its first NUL, and half a statement must never run.
    func checkWhole(_ sql: String) throws(AuroraError) {
        if sql.utf8.contains(0) {
            throw AuroraError("engine_failed", "a statement holds a NUL character")
        }
    }

    func error(of result: inout duckdb_result, in sql: String) -> AuroraError {
        error(message: api.result_error(&result).map { String(cString: $0) }, in: sql)
    }

    /// The engine's own message, sorted into what a caller may want to tell apart.
    func error(message: String?, in sql: String) -> AuroraError {
        let message = message ?? "no message"
        if message.hasPrefix("INTERRUPT Error") { return .interrupted }
        if message.contains("No space left") || message.contains("File too large")
            || message.contains("Could not write")
        {
            return AuroraError(
                "disk_full", "the state folder's disk is full or can't be written", cause: message,
                hint: "free some space, or put the state elsewhere with --state DIR")
        }
        if let error = Self.foreignError(message) { return error }
        if message.contains("CSV Error on Line") { return malformedFile(message) }
        return AuroraError(
            "engine_failed", "the engine could not do this", cause: Self.withoutValues(message))
    }

    /// Messages about values quote them; what they look like is enough. The other kinds speak of
    /// names and types, and stay as they are.
    private static func withoutValues(_ message: String) -> String {
        let kinds = [
            "Conversion Error", "Out of Range Error", "Invalid Input Error", "Constraint Error",
        ]
        guard kinds.contains(where: message.hasPrefix) else { return message }
        let line = String(message.prefix { !$0.isNewline })
        let pattern =
            #/
            (?<type>DECIMAL\([0-9]+,[0-9]+\)) | (?<quote>['"])(?<text>.*)\k<quote>
            | \b-?[0-9][0-9.e+]*
            /#
        return line.replacing(pattern) { match in
            if match.output.type != nil { return String(match.output.0) }
            if let text = match.output.text { return "'\(Redaction.shape(of: String(text)))'" }
            return Redaction.shape(of: String(match.output.0))
        }
    }

    /// DuckDB's message repeats the customer's line; the line's number and what is wrong with it
    /// are enough.
    private func malformedFile(_ message: String) -> AuroraError {
        let lines = message.split(separator: "\n").map(String.init)
        func number(after label: String) -> String? {
            message.components(separatedBy: label).dropFirst().first
                .map { String($0.drop { $0 == " " }.prefix { $0.isNumber }) }
        }
        let line = number(after: "CSV Error on Line:") ?? "?"
        if let expected = number(after: "Expected Number of Columns:"),
            let found = number(after: "Found:")
        {
            // DuckDB stops counting at the first column too many.
            let isLonger = (Int(found) ?? 0) > (Int(expected) ?? 0)
            return AuroraError(
                "ragged_rows",
                "line \(line) has \(isLonger ? "more than \(expected)" : found) columns, "
                    + "but \(expected) are expected",
                context: ["line \(line)"])
        }
        let known = [
            "unicode", "unterminated quote", "quote should be followed", "maximum line size",
        ]
        let reason = lines.first { line in known.contains { line.lowercased().contains($0) } }
        return AuroraError(
            "malformed_file", "line \(line) can't be read", context: ["line \(line)"], cause: reason
        )
    }
}
