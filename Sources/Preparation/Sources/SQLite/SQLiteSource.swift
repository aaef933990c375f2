package import Columns
import Engine
import Foundation
package import Workspace

/// A table or view of an SQLite database.
package struct SQLiteSource: SourceReader {
    package static let name = "sqlite"
    package static let summary = "a table or view of an SQLite database"
    package static let fields = [
        Field("file", .text, required: true, "the database file, relative to the data folder"),
        Field("table", .text, required: true, "the table or view"),
    ]

    private let file: Located<String>
    private let table: Located<String>

    package init(_ values: FieldValues) {
        file = values.located("file") ?? Located("", at: values.place)
        table = values.located("table") ?? Located("", at: values.place)
    }

    package var origin: Located<String> { file }

    /// SQLite's columns may hold any type in any row, so all of them are read as texts: whole numbers
    /// with all digits, others with as many as tell them apart, bytes in hexadecimal.
    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        guard let files = context.files(file) else { return nil }
        guard files.count == 1, Self.isDatabase(files[0].url) else {
            context.diagnostics.append(
                files.count == 1
                    ? Self.unreadable(files[0].url, nil)
                    : Diagnostic(
                        "file_missing", at: file.place,
                        "'\(file.value)' names \(files.count) files, but one is expected",
                        hint: "name one database"))
            return nil
        }
        let foreign = ForeignTable(.sqlite, context)
        do throws(AuroraError) {
            try await foreign.intake.attach(.sqlite(path: files[0].url.path), as: foreign.database)
            let read = try await read(foreign, files, &context.diagnostics)
            try await foreign.intake.detach(foreign.database)
            return read
        } catch {
            guard ["database_refused", "engine_failed"].contains(error.code) else { throw error }
            context.diagnostics.append(Self.unreadable(files[0].url, error.cause))
            return nil
        }
    }

    private struct Column {
        var name: String
        /// The position in the primary key, from 1.
        var key: Int
    }

    private func read(
        _ foreign: ForeignTable, _ files: [SourceFile], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RawTable? {
        let tables = try await foreign.query(
            "SELECT name, type, wr FROM pragma_table_list "
                + "WHERE schema = 'main' AND substr(name, 1, 7) <> 'sqlite_'", orderBy: "name")
        let rows = (0..<tables.rowCount).map { tables.row($0) }
        guard let found = rows.first(where: { $0[0].textValue == table.value }) else {
            diagnostics.append(
                .unknownTable(
                    table, in: "the database \(files[0].path)",
                    among: rows.compactMap { $0[0].textValue }))
            return nil
        }
        let name = Self.literal(table.value)
        let described = try await foreign.query(
            "SELECT cid, name, pk FROM pragma_table_xinfo(\(name)) WHERE hidden <> 1",
            orderBy: "CAST(cid AS BIGINT)")
        let columns = (0..<described.rowCount).map { row in
            let values = described.row(row)
            return Column(
                name: values[1].textValue ?? "", key: Int(values[2].description) ?? 0)
        }
        let hasRowID = found[1].textValue == "table" && found[2].description == "0"
        let (order, words) = Self.order(columns, hasRowID: hasRowID)
        let items = columns.map { Self.text(Self.quoted($0.name)) }
        let count = try await foreign.copy(
            "SELECT \(items.joined(separator: ", ")) FROM \(Self.quoted(table.value)) "
                + "ORDER BY \(order)")
        guard count > 0 else {
            diagnostics.append(.noRows(table, columns: columns.count))
            return nil
        }
        return RawTable(
            relation: foreign.dialect.quoted(foreign.copy),
            schema: Schema(columns.map { .init($0.name, .text) }), files: files,
            facts: ["SQLite, table '\(table.value)'", words])
    }

    private static func order(_ columns: [Column], hasRowID: Bool) -> (sql: String, words: String) {
        let taken = Set(columns.map { $0.name.lowercased() })
        if hasRowID, let name = ["rowid", "_rowid_", "oid"].first(where: { !taken.contains($0) }) {
            return (name, "in the order of its row ids")
        }
        let key = columns.filter { $0.key > 0 }.sorted { $0.key < $1.key }
        if !key.isEmpty {
            return (
                key.map { quoted($0.name) }.joined(separator: ", "), "in the order of its key"
            )
        }
        return (
            (1...max(1, columns.count)).map(String.init).joined(separator: ", "),
            "in the order of all its columns, having no key"
        )
    }

    /// The shortest text that SQLite reads as the same value.
    private static func text(_ name: String) -> String {
        func digits(_ count: Int) -> String { "printf('%!.\(count)g', \(name))" }
        let shortest = [15, 16].map {
            "WHEN CAST(\(digits($0)) AS REAL) = \(name) THEN \(digits($0))"
        }
        return "CASE typeof(\(name)) WHEN 'blob' THEN hex(\(name)) WHEN 'real' THEN "
            + "CASE \(shortest.joined(separator: " ")) ELSE \(digits(17)) END "
            + "ELSE CAST(\(name) AS TEXT) END AS \(name)"
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    private static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }

    private static func isDatabase(_ url: URL) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: url) else { return false }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
    }

    private static func unreadable(_ url: URL, _ cause: String?) -> Diagnostic {
        let reason = cause.map { ": " + $0.prefix { !$0.isNewline }.prefix(200) } ?? ""
        return Diagnostic(
            "malformed_file", at: .init(file: url.path),
            "the file can't be read as an SQLite database" + reason,
            hint: "another kind of file needs another key than 'sqlite:'")
    }
}
