import Columns
import Engine
import Foundation
import Reporting
import Runs
import ServiceLifecycle

/// The published run, opened; moves to the next one as soon as it is published.
///
/// Requests that are under way keep the run that they began with.
actor PublishedRuns: Service {
    private let state: StateFolder
    private let provider: any EngineProvider
    private var folder: URL?
    private(set) var run: PublishedRun?

    /// Statements that may run at once.
    private static let readers = 2

    init(_ state: StateFolder, _ provider: any EngineProvider) {
        self.state = state
        self.provider = provider
    }

    /// Looks twice a second for a newly published run.
    func run() async throws {
        for await _ in AsyncTicks(every: .milliseconds(500)).cancelOnGracefulShutdown() {
            // A run that can't be opened leaves the one before it in place; the next look tries again.
            try? await refresh()
        }
    }

    func refresh() async throws(AuroraError) {
        guard let published = state.published,
            published.lastPathComponent != folder?.lastPathComponent
        else { return }
        run = try await PublishedRun(published, provider, readers: Self.readers)
        folder = published
    }

    /// - Throws: `no_run` before the first one.
    func current() throws(AuroraError) -> PublishedRun {
        guard let run else {
            throw AuroraError(
                "no_run", "no run has been published yet", hint: "aurora run makes one")
        }
        return run
    }
}

/// Ticks at a steady pace until the task is cancelled.
struct AsyncTicks: AsyncSequence, Sendable {
    let interval: Duration

    init(every interval: Duration) { self.interval = interval }

    struct AsyncIterator: AsyncIteratorProtocol {
        let interval: Duration

        mutating func next() async -> Void? {
            try? await Task.sleep(for: interval)
            return Task.isCancelled ? nil : ()
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(interval: interval) }
}
