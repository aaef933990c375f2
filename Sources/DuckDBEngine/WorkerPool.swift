import CDuckDB
import Columns
import Foundation
import Synchronization

/// Threads of our own with a connection each, because DuckDB's calls block and Swift's cooperative
/// threads must not.
final class WorkerPool: Sendable {
    typealias Work = @Sendable (duckdb_connection) throws(AuroraError) -> Void

    private let library: DuckDBLibrary
    private let queue = JobQueue()
    private let connections: [Connection]
    private let threads = DispatchGroup()

    init(database: DuckDBDatabase, count: Int) throws(AuroraError) {
        library = database.library
        var connections: [Connection] = []
        for _ in 0..<count { connections.append(try Connection(database)) }
        self.connections = connections
        for connection in connections {
            threads.enter()
            let thread = Thread { [queue, threads] in
                while let job = queue.next() { job.run(on: connection) }
                connection.close()
                threads.leave()
            }
            thread.stackSize = 8 << 20
            thread.name = "duckdb"
            thread.start()
        }
    }

    /// Waits for the statements under way, then ends the threads and their connections.
    func close() {
        queue.close()
        threads.wait()
    }

    func run(_ work: @escaping Work) async throws(AuroraError) {
        let job = Job(work)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.prepare { continuation.resume(returning: $0) }
                if !queue.add(job) { continuation.resume(returning: .failure(.interrupted)) }
            }
        } onCancel: {
            job.cancel()
        }
        try outcome.get()
    }

    /// The progress of the statement that runs on the first connection.
    func progress() -> Double? { connections.first?.progress() }
}

/// One connection, which only its worker uses but for interrupting it and asking how far it is.
final class Connection: Sendable {
    private let state: Mutex<Handle>
    private let library: DuckDBLibrary

    private struct Handle: @unchecked Sendable { var pointer: duckdb_connection? }

    init(_ database: DuckDBDatabase) throws(AuroraError) {
        var connection: duckdb_connection?
        guard database.library.api.connect(database.handle, &connection) == 0, let connection else {
            throw AuroraError("engine_failed", "DuckDB gives no connection")
        }
        state = Mutex(Handle(pointer: connection))
        library = database.library
        // Without it DuckDB doesn't say how far a statement is; it must never write that itself, not even
        // beside a statement that sets these on a machine that is busy.
        try execute("SET enable_progress_bar_print = false")
        try execute("SET enable_progress_bar = true")
        // Belongs to the connection; a machine's own zone must not show in any result.
        try execute("SET TimeZone = 'UTC'")
    }

    func execute(_ sql: String) throws(AuroraError) {
        try run { [library] handle throws(AuroraError) in try library.execute(sql, on: handle) }
    }

    func close() {
        state.withLock { library.api.disconnect(&$0.pointer) }
    }

    /// Runs on the connection's own thread only, which is also the one that closes it.
    func run(_ work: WorkerPool.Work) throws(AuroraError) {
        guard let handle = state.withLock({ $0 }).pointer else { throw .interrupted }
        try work(handle)
    }

    func interrupt() {
        state.withLock { if let handle = $0.pointer { library.api.interrupt(handle) } }
    }

    func progress() -> Double? {
        state.withLock {
            guard let handle = $0.pointer else { return nil }
            let percentage = library.api.query_progress(handle).percentage
            return percentage < 0 ? nil : min(1, percentage / 100)
        }
    }
}

/// One call of an engine on its way to a worker.
private final class Job: Sendable {
    private struct State {
        var finish: (@Sendable (Result<Void, AuroraError>) -> Void)?
        var runningOn: Connection?
        var isCancelled = false
    }

    private let work: WorkerPool.Work
    private let state = Mutex(State())

    init(_ work: @escaping WorkerPool.Work) { self.work = work }

    func prepare(_ finish: @escaping @Sendable (Result<Void, AuroraError>) -> Void) {
        state.withLock { $0.finish = finish }
    }

    func cancel() {
        let isRunning = state.withLock {
            $0.isCancelled = true
            $0.runningOn?.interrupt()
            return $0.runningOn != nil
        }
        // DuckDB forgets an interrupt that comes before the statement runs, so it is repeated.
        guard isRunning else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(10)) { self.cancel() }
    }

    func run(on connection: Connection) {
        let isCancelled = state.withLock {
            $0.runningOn = connection
            return $0.isCancelled
        }
        var outcome = Result<Void, AuroraError>.failure(.interrupted)
        if !isCancelled {
            do throws(AuroraError) {
                outcome = .success(try connection.run(work))
            } catch {
                // DuckDB has several words for what an interrupt leaves behind.
                outcome = .failure(state.withLock(\.isCancelled) ? .interrupted : error)
            }
        }
        let finish = state.withLock {
            $0.runningOn = nil
            return $0.finish
        }
        finish?(outcome)
    }
}

/// Jobs in the order in which they came.
private final class JobQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [Job] = []
    private var isClosed = false

    /// False when the pool is gone, and with it everyone who might do the job.
    func add(_ job: Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return false }
        jobs.append(job)
        condition.signal()
        return true
    }

    /// Waits for a job; nil when the pool is gone.
    func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty, !isClosed { condition.wait() }
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}
