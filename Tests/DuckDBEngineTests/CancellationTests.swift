import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("Interrupting", .serialized)
struct CancellationTests {
    /// Takes far longer than any test may, and ends by itself all the same.
    private static let long = "SELECT max(hash(i)) FROM range(800000000000) t(i)"

    /// Whether the clock allowed what follows on a machine that is busy with other tests.
    private static let soon = Duration.seconds(30)

    private func cancelled(
        _ engine: DuckDBEngine, after pause: Duration,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws -> (error: AuroraError?, time: Duration) {
        let task = Task { await error(work) }
        try await Task.sleep(for: pause)
        let start = ContinuousClock.now
        task.cancel()
        return (await task.value, ContinuousClock.now - start)
    }

    @Test("a query under way is interrupted when its task is cancelled")
    func query() async throws {
        let engine = try TestEngine.memory()
        let outcome = try await cancelled(engine, after: .milliseconds(100)) {
            _ = try await engine.query(Self.long)
        }
        #expect(outcome.error?.code == "interrupted")
        #expect(outcome.time < Self.soon)
        #expect(try await engine.values("SELECT 7") == [.integer(7)])
    }

    @Test("a statement that yields nothing is interrupted too, and leaves nothing behind")
    func execute() async throws {
        let engine = try TestEngine.memory()
        let outcome = try await cancelled(engine, after: .milliseconds(100)) {
            try await engine.execute("CREATE TABLE t AS \(Self.long)")
        }
        #expect(outcome.error?.code == "interrupted")
        #expect(outcome.time < Self.soon)
        #expect(await error { _ = try await engine.query("SELECT * FROM t") } != nil)
    }

    @Test("a stream is interrupted between its batches")
    func stream() async throws {
        let engine = try TestEngine.memory()
        let outcome = try await cancelled(engine, after: .milliseconds(100)) {
            try await engine.stream("SELECT i FROM range(800000000000) t(i)") { _ in }
        }
        #expect(outcome.error?.code == "interrupted")
        #expect(outcome.time < Self.soon)
    }

    @Test("a cancellation at any moment is heard, also just before the statement runs")
    func anyMoment() async throws {
        let engine = try TestEngine.memory()
        for step in 0..<60 {
            let pause = Duration.microseconds(step * 40)
            let outcome = try await cancelled(engine, after: pause) {
                _ = try await engine.query(Self.long)
            }
            #expect(outcome.error?.code == "interrupted")
            #expect(outcome.time < Self.soon)
        }
        #expect(try await engine.values("SELECT 7") == [.integer(7)])
    }

    @Test("a task that was cancelled before it asks never runs its statement")
    func cancelledBefore() async throws {
        let engine = try TestEngine.memory()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await error { try await engine.execute("CREATE TABLE t (i INTEGER)") }
        }
        task.cancel()
        #expect(await task.value?.code == "interrupted")
        #expect(await error { _ = try await engine.query("SELECT * FROM t") } != nil)
    }
}
