import Columns
import Engine
import Foundation
import Reporting
import Runs
import ServiceLifecycle

/// The published run, opened; moves to the next one as soon as it is published, and to other pages and
/// measures as soon as the project's folder holds them.
///
/// Requests that are under way keep the run that they began with.
actor PublishedRuns: Service {
    private let state: StateFolder
    private let provider: any EngineProvider
    private var texts: ProjectTexts?
    private var folder: URL?
    /// The run as it was published, and with the pages and measures that the folder holds now.
    private var published: PublishedRun?
    private(set) var run: PublishedRun?
    private(set) var edition = Edition()
    private var work: Task<Void, any Error>?

    /// What is known of the project's pages and measures besides those that are shown.
    struct Edition: Equatable, Sendable {
        /// Goes up whenever pages or measures change.
        var number = 0
        /// What is wrong with the folder's texts, so that those before them are shown.
        var mistakes: [Diagnostic] = []
    }

    /// Statements that may run at once.
    private static let readers = 2

    /// - Parameter folder: the project's, whose pages and measures are followed; nil for none.
    init(_ state: StateFolder, _ provider: any EngineProvider, following folder: URL? = nil) {
        self.state = state
        self.provider = provider
        texts = folder.map { ProjectTexts($0) }
    }

    /// Looks twice a second for a newly published run and for changed texts.
    func run() async throws {
        for await _ in AsyncTicks(every: .milliseconds(500)).cancelOnGracefulShutdown() {
            // A run that can't be opened leaves the one before it in place; the next look tries again.
            try? await refresh()
        }
    }

    /// - Parameter isWritten: whether the texts are whole, not perhaps in the middle of being written.
    func refresh(isWritten: Bool = false) async throws {
        // One at a time: what began later has seen the newer texts.
        let before = work
        let next = Task {
            _ = await before?.result
            try await self.look(isWritten)
        }
        work = next
        try await next.value
    }

    private func look(_ isWritten: Bool) async throws {
        var isNew = false
        if let folder = state.published,
            folder.lastPathComponent != self.folder?.lastPathComponent
        {
            let run = try await PublishedRun(folder, provider, readers: Self.readers)
            published = run
            self.folder = folder
            isNew = true
        }
        guard let published else { return }
        guard let found = texts?.changed(isWritten: isWritten || isNew, isAsked: isNew) else {
            if isNew { run = published }
            return
        }
        var mistakes: [Diagnostic] = []
        let edition: PublishedRun?
        do {
            edition = try await published.edition(of: found, &mistakes)
        } catch {
            // Nothing of the folder can be shown, but what the run has kept.
            edition = nil
        }
        if let edition { run = edition } else if isNew { run = published }
        self.edition.mistakes = mistakes
        // Of a new run pages are told as such.
        if !isNew { self.edition.number += 1 }
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
