package import Columns
package import Engine
import Foundation

/// A signed part of DuckDB that set-up fetches and an intake engine loads when it is needed.
package enum DuckDBExtension: String, Sendable, CaseIterable {
    case postgreSQL = "postgres_scanner"
    case sqlite = "sqlite_scanner"
    case excel

    /// The file's name below set-up's folder; DuckDB takes the extension's name from it.
    package var fileName: String { rawValue + ".duckdb_extension" }
}

extension DuckDBEngine {
    /// Loads an extension from set-up's folder, never from anywhere else. DuckDB checks its
    /// signature and its version.
    ///
    /// - Throws: `extension_missing`, `extension_unusable`.
    package func load(_ wanted: DuckDBExtension) async throws(AuroraError) {
        guard isIntake else {
            throw AuroraError("engine_failed", "only an engine that reads files loads extensions")
        }
        let path = library.extensions?.appending(path: wanted.fileName).path
        guard let path, FileManager.default.fileExists(atPath: path) else {
            throw AuroraError(
                "extension_missing",
                "DuckDB's extension \(wanted.rawValue) is not at "
                    + (path ?? ".deps/duckdb/extensions/" + wanted.fileName),
                hint: "run 'make setup', or unpack Aurora's archive again")
        }
        do {
            try await execute("LOAD \(dialect.literal(path))")
        } catch {
            guard error.code != "interrupted" else { throw error }
            throw AuroraError(
                "extension_unusable", "DuckDB's extension at \(path) can't be loaded",
                cause: error.cause,
                hint: "run 'make setup'; an extension works with its own version of DuckDB, "
                    + DuckDBLibrary.expectedVersion)
        }
    }

    package func attach(
        _ database: ForeignDatabase, as name: String
    ) async throws(AuroraError) {
        let name = dialect.quoted(name)
        switch database {
        case .sqlite(let path):
            try await load(.sqlite)
            try await execute("ATTACH \(dialect.literal(path)) AS \(name) (TYPE sqlite, READ_ONLY)")
        case .postgreSQL(let connection):
            try await load(.postgreSQL)
            try await attach(connection, as: name)
        }
    }

    package func detach(_ name: String) async throws(AuroraError) {
        try await execute("DETACH \(dialect.quoted(name))")
    }

    /// User and password go by a secret in memory, which is dropped at once. Where there are none it
    /// is empty, so that no other secret is looked for.
    private func attach(
        _ connection: PostgreSQLConnection, as name: String
    ) async throws(AuroraError) {
        let credentials = [("USER", connection.user), ("PASSWORD", connection.password)]
            .compactMap { keyword, value in value.map { "\(keyword) \(dialect.literal($0))" } }
        let list = (["TYPE postgres"] + credentials).joined(separator: ", ")
        do {
            try await execute("CREATE TEMPORARY SECRET \(name) (\(list))")
        } catch {
            // What the engine says might repeat the statement.
            throw AuroraError("engine_failed", "DuckDB does not take the credentials")
        }
        let parameters = connection.parameters.map { keyword, value in
            "\(keyword)='\(value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        }
        let string = connection.string ?? parameters.joined(separator: " ")
        var failure: AuroraError?
        do {
            try await execute(
                "ATTACH \(dialect.literal(string)) AS \(name) "
                    + "(TYPE postgres, READ_ONLY, SECRET \(name))")
        } catch {
            failure = error
        }
        try await execute("DROP SECRET \(name)")
        if let failure {
            throw failure.code == "engine_failed" ? Self.unreachable(nil) : failure
        }
    }

    fileprivate static func unreachable(_ cause: String?) -> AuroraError {
        AuroraError(
            "database_unreachable", "PostgreSQL can't be connected to", cause: cause,
            hint: "see that the server runs, and what host, port, database and user are; the "
                + "password comes from PGPASSWORD, a password file or 'password_from'")
    }
}

extension DuckDBLibrary {
    /// What DuckDB says of another system's database, without connection strings, statements and
    /// values; nil where the message is of something else.
    static func foreignError(_ message: String) -> AuroraError? {
        if message.hasPrefix("IO Error: Unable to connect to Postgres") {
            return DuckDBEngine.unreachable(connectionFailure(message))
        }
        let signs = ["Postgres", "Failed to prepare", "Failed to execute", "Failed to fetch"]
        let isForeign = signs.contains {
            message.prefix(80).contains($0)
        }
        guard isForeign else { return nil }
        let endings = [
            "server closed the connection", "terminating connection", "no connection to the server",
            "could not receive data", "could not send data", "connection not open",
            "SSL connection has been closed", "SSL SYSCALL", "Connection reset", "Connection timed",
            "lost synchronization", "connection pointer is NULL",
        ]
        if endings.contains(where: message.contains) {
            return AuroraError(
                "database_lost", "the connection to the database ended in the middle of a reading",
                cause: endings.first(where: message.contains).map { "\($0) …" },
                hint: "nothing of this run is published; run it again when the server is back")
        }
        return AuroraError(
            "database_refused", "the database did not give its rows", cause: serverMessage(message))
    }

    /// libpq's reason, which begins behind the connection string.
    private static func connectionFailure(_ message: String) -> String? {
        let starts = ["connection to server", "could not translate host name"]
        guard
            let start = starts.compactMap({
                message.range(of: $0, options: .backwards)?.lowerBound
            }).min()
        else { return nil }
        return String(message[start...].prefix { !$0.isNewline })
            .replacing(#/ for user "[^"]*"| user "[^"]*"/#, with: "")
            .replacing(#/ user=\S+/#, with: "")
    }

    /// The server's own words, with what it quotes shown by its shape only.
    private static func serverMessage(_ message: String) -> String? {
        let text: Substring
        if let start = message.range(of: "ERROR:", options: .backwards)?.upperBound {
            text = message[start...].prefix { !$0.isNewline }
        } else if let start = message.range(of: "\": ", options: .backwards)?.upperBound {
            text = message[start...].prefix { !$0.isNewline }
        } else {
            return nil
        }
        let words = String(text.drop { $0 == " " })
        // Who may not do what names tables, not customers.
        if words.hasPrefix("permission denied for") { return words }
        return words.replacing(#/"[^"]*"|'[^']*'/#) { match in
            "'\(Redaction.shape(of: String(match.output.dropFirst().dropLast())))'"
        }
    }
}
