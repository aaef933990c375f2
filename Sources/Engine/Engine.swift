package import Columns

/// A place that holds tables and runs SQL over them.
///
/// Small on purpose: Aurora compiles recipes and queries to SQL through `dialect`, and an engine
/// runs them. Calls suspend; no engine blocks Swift's cooperative threads. Cancelling the task
/// interrupts the statement, which then throws ``AuroraError/interrupted``.
package protocol Engine: Sendable {
    var dialect: any Dialect { get }

    /// Runs one statement that yields no rows.
    func execute(_ sql: String) async throws(AuroraError)

    /// Runs one query and hands over its rows, batch by batch, in the order that the query states.
    func stream(
        _ sql: String, _ body: @escaping @Sendable (Batch) throws(AuroraError) -> Void
    ) async throws(AuroraError)

    /// The columns that a query would yield, without running it.
    func schema(of sql: String) async throws(AuroraError) -> Schema

    /// Adds rows to an existing table whose columns have the batch's types and order.
    func append(_ batch: Batch, to table: String) async throws(AuroraError)

    /// Brings all that was written down to the disk, or says why it can't.
    func persist() async throws(AuroraError)

    /// Makes another system's database readable under a name, read-only, for ``Dialect`` queries of it.
    ///
    /// - Throws: `extension_missing`, `database_unreachable`. No message holds what only a
    ///   credential says.
    func attach(_ database: ForeignDatabase, as name: String) async throws(AuroraError)

    /// Lets go of an attached database.
    func detach(_ name: String) async throws(AuroraError)

    /// The relation with every column of a type that Aurora has: whatever has no counterpart is text
    /// that loses nothing, lists and structs in JSON.
    ///
    /// - Parameter relation: SQL that stands behind FROM.
    func readable(_ relation: String) async throws(AuroraError) -> ReadableRelation

    /// How much of the statement under way is done, 0…1; nil where it can't be told.
    func progress() -> Double?

    /// Ends the engine and lets go of its files. Nothing may be asked of it afterwards.
    func close()
}

/// Opens engines; the one place of a program that knows which engine it is.
package protocol EngineProvider: Sendable {
    /// The engine's name and version, as run records state them.
    var version: String { get }

    /// Opens a new database that may read files of this machine. Runs only SQL that Aurora wrote.
    func intake(at path: String) async throws(AuroraError) -> any Engine

    /// Opens a new database that sees nothing outside `folder` but the databases in `attached`, which
    /// it reads, and those in `kept`, which it writes as well, under their names. Runs what comes
    /// from a project.
    ///
    /// - Parameter path: nil for a database in memory, which goes to `folder` where that is short.
    func work(
        at path: String?, folder: String, attached: [String: String], kept: [String: String]
    ) async throws(AuroraError) -> any Engine

    /// Opens a database that is only read, by up to `readers` at once.
    func published(at path: String, readers: Int) async throws(AuroraError) -> any Engine

    func parser() async throws(AuroraError) -> any ExpressionParser & QueryParser

    /// Writes the rows of a query to a file.
    ///
    /// - Parameters:
    ///   - sql: a query that Aurora wrote, with a complete ORDER BY, over the tables of `published`.
    ///   - database: the file of a published database, which is read as `published`.
    func export(
        _ sql: String, of database: String, to file: String, as format: TableFormat
    ) async throws(AuroraError)
}

extension Engine {
    /// Runs one query and returns all its rows.
    package func query(_ sql: String) async throws(AuroraError) -> Batch {
        let result = Collector()
        try await stream(sql) { batch throws(AuroraError) in result.append(batch) }
        if let batch = result.batch { return batch }
        return Batch(emptyOf: try await schema(of: sql))
    }
}

/// Collects the batches of one stream, which arrive one after another.
private final class Collector: @unchecked Sendable {
    private(set) var batch: Batch?

    func append(_ next: Batch) {
        if batch == nil { batch = next } else { batch?.append(next) }
    }
}
