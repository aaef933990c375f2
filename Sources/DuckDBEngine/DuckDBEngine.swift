import CDuckDB
package import Columns
package import Engine
import Synchronization

/// DuckDB in this process. Statements run on the engine's own threads, one connection each.
package final class DuckDBEngine: Engine {
    package let dialect: any Dialect = DuckDBDialect()
    let library: DuckDBLibrary
    /// True where the engine may read files, and so load extensions.
    let isIntake: Bool
    private let database: DuckDBDatabase
    private let workers: WorkerPool

    /// What a database instance may do. External access belongs to the instance, so what reads the
    /// bank's files and what builds a project's models are two of them.
    package enum Role: Sendable {
        /// Reads files; runs only SQL that Aurora wrote, with nothing of a project in it but
        /// quoted names, constants and checked expressions.
        case intake
        /// Sees nothing outside `folder`, but reads the databases in `attached` and writes those in
        /// `kept` by their names.
        case work(folder: String, attached: [String: String], kept: [String: String] = [:])
        /// Reads a published database, and nothing else.
        case published
    }

    /// - Parameters:
    ///   - path: the database file, made where there is none; nil for one in memory.
    ///   - resources: what one statement may use.
    ///   - connections: how many statements may run at once.
    package init(
        _ library: DuckDBLibrary, path: String?, role: Role, resources: DuckDBResources,
        connections: Int = 1
    ) throws(AuroraError) {
        self.library = library
        isIntake = if case .intake = role { true } else { false }
        database = try DuckDBDatabase(library, path: path, role: role, resources: resources)
        workers = try WorkerPool(database: database, count: connections)
        // Connections have settings of their own, so they come before the lock.
        try database.lock(role)
    }

    package func execute(_ sql: String) async throws(AuroraError) {
        try await workers.run { [library] connection throws(AuroraError) in
            try library.execute(sql, on: connection)
        }
    }

    package func stream(
        _ sql: String, _ body: @escaping @Sendable (Batch) throws(AuroraError) -> Void
    ) async throws(AuroraError) {
        try await workers.run { [library] connection throws(AuroraError) in
            let statement = try PreparedStatement(library, connection, sql)
            let readable = statement.readableSQL(of: sql)
            if readable == sql {
                try statement.stream(sql, body)
            } else {
                try PreparedStatement(library, connection, readable).stream(sql, body)
            }
        }
    }

    package func schema(of sql: String) async throws(AuroraError) -> Schema {
        let box = Mutex(Schema([]))
        try await workers.run { [library] connection throws(AuroraError) in
            let statement = try PreparedStatement(library, connection, sql)
            box.withLock { $0 = statement.schema }
        }
        return box.withLock { $0 }
    }

    package func readable(_ relation: String) async throws(AuroraError) -> ReadableRelation {
        let box = Mutex(ReadableRelation(relation: relation, schema: Schema([])))
        try await workers.run { [library] connection throws(AuroraError) in
            let statement = try PreparedStatement(library, connection, "SELECT * FROM \(relation)")
            box.withLock { $0 = statement.readable(relation) }
        }
        return box.withLock { $0 }
    }

    package func append(_ batch: Batch, to table: String) async throws(AuroraError) {
        try await workers.run { [library] connection throws(AuroraError) in
            try Appender(library, connection, table: table).append(batch)
        }
    }

    /// Closing a database writes it down, too, but can't tell when that fails.
    package func persist() async throws(AuroraError) { try await execute("CHECKPOINT") }

    package func progress() -> Double? { workers.progress() }

    package func close() {
        workers.close()
        database.close()
    }

    deinit { close() }
}

/// One open database.
final class DuckDBDatabase: @unchecked Sendable {
    let library: DuckDBLibrary
    private(set) var handle: duckdb_database?

    init(
        _ library: DuckDBLibrary, path: String?, role: DuckDBEngine.Role, resources: DuckDBResources
    ) throws(AuroraError) {
        self.library = library
        let api = library.api
        var config: duckdb_config?
        guard api.create_config(&config) == 0 else {
            throw AuroraError("engine_failed", "DuckDB's configuration can't be made")
        }
        defer { api.destroy_config(&config) }
        for (key, value) in Self.settings(role: role, resources: resources) {
            guard api.set_config(config, key, value) == 0 else {
                throw AuroraError("engine_failed", "DuckDB refuses the setting \(key) = \(value)")
            }
        }
        var database: duckdb_database?
        var message: UnsafeMutablePointer<CChar>?
        guard api.open_ext(path, &database, config, &message) == 0 else {
            let cause = message.map { String(cString: $0) }
            api.free(message)
            let error = library.error(message: cause, in: "")
            guard error.code == "engine_failed" else { throw error }
            throw AuroraError(
                "database_unusable", "the database \(path ?? "in memory") can't be opened",
                cause: cause)
        }
        handle = database
    }

    /// Does nothing the second time.
    func close() { library.api.close(&handle) }

    deinit { close() }

    private static func settings(
        role: DuckDBEngine.Role, resources: DuckDBResources
    ) -> [(String, String)] {
        let access = if case .published = role { "READ_ONLY" } else { "AUTOMATIC" }
        return [
            ("access_mode", access),
            ("threads", String(resources.threads)),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            // Passwords are for the moment of connecting, never for a file in somebody's home.
            ("allow_persistent_secrets", "false"),
            // x / 0 is missing, not infinity, which would pass every "greater than".
            ("ieee_floating_point_ops", "false"),
            ("default_null_order", "nulls_last"),
        ] + (resources.memory.map { [("memory_limit", "\($0 / 1_000_000)MB")] } ?? [])
    }

    /// Restricts the instance to its role; nothing can be set afterwards.
    func lock(_ role: DuckDBEngine.Role) throws(AuroraError) {
        var statements: [String] = []
        switch role {
        case .intake: break
        case .work(let folder, let attached, let kept):
            let dialect = DuckDBDialect()
            let folder = dialect.literal(folder)
            statements += attached.sorted { $0.key < $1.key }.map { name, path in
                "ATTACH \(dialect.literal(path)) AS \(dialect.quoted(name)) (READ_ONLY)"
            }
            statements += kept.sorted { $0.key < $1.key }.map { name, path in
                "ATTACH \(dialect.literal(path)) AS \(dialect.quoted(name))"
            }
            statements += [
                "SET temp_directory = \(folder)", "SET allowed_directories = [\(folder)]",
                "SET enable_external_access = false", "SET lock_configuration = true",
            ]
        case .published:
            statements += ["SET enable_external_access = false", "SET lock_configuration = true"]
        }
        let connection = try Connection(self)
        defer { connection.close() }
        for statement in statements { try connection.execute(statement) }
    }
}
