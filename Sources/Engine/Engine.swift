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

    /// How much of the statement under way is done, 0…1; nil where it can't be told.
    func progress() -> Double?
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
