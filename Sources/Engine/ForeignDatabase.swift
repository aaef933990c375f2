package import Columns

/// A database of another system, which an intake engine reads and never writes.
package enum ForeignDatabase: Sendable {
    case sqlite(path: String)
    case postgreSQL(PostgreSQLConnection)

    /// Which of an engine's parts reads it.
    package enum System: String, Sendable, CaseIterable { case sqlite, postgreSQL }

    package var system: System {
        switch self {
        case .sqlite: .sqlite
        case .postgreSQL: .postgreSQL
        }
    }
}

/// How a PostgreSQL server is reached.
///
/// What it leaves open is found where PostgreSQL's own programs look: the variables PGHOST, PGUSER,
/// PGPASSWORD, PGSSLMODE … and the password file.
package struct PostgreSQLConnection: Sendable {
    /// Parameters by libpq's keywords: host, port, dbname, connect_timeout.
    package var parameters: [(keyword: String, value: String)]
    /// A whole connection string, as somebody keeps it in a variable; may hold a password.
    package var string: String?
    package var user: String?
    package var password: String?

    package init(
        parameters: [(keyword: String, value: String)] = [], string: String? = nil,
        user: String? = nil, password: String? = nil
    ) {
        self.parameters = parameters
        self.string = string
        self.user = user
        self.password = password
    }
}

/// A relation whose columns have types that Aurora has, in SQL that stands behind FROM.
package struct ReadableRelation: Sendable {
    package var relation: String
    package var schema: Schema

    package init(relation: String, schema: Schema) {
        self.relation = relation
        self.schema = schema
    }
}

extension Engine {
    package func attach(
        _ database: ForeignDatabase, as name: String
    ) async throws(AuroraError) { throw .readsNoOthers }

    package func detach(_ name: String) async throws(AuroraError) { throw .readsNoOthers }

    package func readable(_ relation: String) async throws(AuroraError) -> ReadableRelation {
        ReadableRelation(
            relation: relation, schema: try await schema(of: "SELECT * FROM \(relation)"))
    }
}

extension AuroraError {
    fileprivate static let readsNoOthers = AuroraError(
        "engine_failed", "this engine reads no databases of other systems")
}
