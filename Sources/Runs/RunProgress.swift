import Columns
import Foundation
import Synchronization

/// How far a run is: the stage under way, for people.
package struct RunStage: Codable, Sendable, Equatable {
    /// The padded number of the run.
    package var run: String
    package var stage: String
    /// 0…1 within the stage; nil where it can't be told.
    package var fraction: Double?
    package var detail: String?
    /// The process that runs, so that a reader can tell a run that was killed.
    package var process: Int32

    package init(
        run: String, stage: String, fraction: Double? = nil, detail: String? = nil,
        process: Int32 = ProcessInfo.processInfo.processIdentifier
    ) {
        self.run = run
        self.stage = stage
        self.fraction = fraction
        self.detail = detail
        self.process = process
    }
}

/// Tells the terminal and every open page how far a run is.
package final class RunProgress: Sendable {
    private let file: URL
    private let run: String
    private let show: @Sendable (RunStage) -> Void
    private let lastWrite = Mutex<(time: ContinuousClock.Instant, stage: String)?>(nil)

    package init(
        _ state: StateFolder, run: Int, show: @escaping @Sendable (RunStage) -> Void
    ) {
        file = state.progress
        self.run = RunID.padded(run)
        self.show = show
    }

    /// Cheap to call often: within a stage it writes five times a second at most.
    package func report(_ stage: String, _ fraction: Double? = nil, _ detail: String? = nil) {
        let isDue = lastWrite.withLock { last in
            let now = ContinuousClock.now
            if let last, last.stage == stage, now - last.time < .milliseconds(200) { return false }
            last = (now, stage)
            return true
        }
        guard isDue else { return }
        let stage = RunStage(run: run, stage: stage, fraction: fraction, detail: detail)
        show(stage)
        // Progress is a courtesy: where it can't be written the run itself will say why.
        try? StateFolder.replace(file, with: JSONEncoder.stable.encode(stage))
    }

    package func end() { try? FileManager.default.removeItem(at: file) }
}

extension StateFolder {
    /// The stage of the run under way, nil where none is.
    package func stageUnderWay() -> RunStage? {
        guard let data = try? Data(contentsOf: progress),
            let stage = try? JSONDecoder().decode(RunStage.self, from: data),
            kill(stage.process, 0) == 0 || errno == EPERM
        else { return nil }
        return stage
    }
}

/// Why the last run that was tried gave nothing.
package struct RunFailure: Codable, Sendable, Equatable {
    /// Tells it from the same failure of another try.
    private var attempt = UUID()
    package var run: String
    package var code: String
    package var message: String

    package init(run: Int, code: String, message: String) {
        self.run = RunID.padded(run)
        self.code = code
        self.message = message
    }
}

extension StateFolder {
    /// All of the new content or all of the old; a process that is killed leaves one file of a
    /// known name at most, which the next one overwrites.
    static func replace(_ file: URL, with data: Data) throws {
        let new = URL(filePath: file.path + ".new")
        do {
            try data.write(to: new)
        } catch {
            try? FileManager.default.removeItem(at: new)
            throw error
        }
        rename(new.path, file.path)
    }

    private var failure: URL { url.appending(path: "failure.json") }

    /// The last run's failure, nil where it was published.
    package func lastFailure() -> RunFailure? {
        guard let data = try? Data(contentsOf: failure) else { return nil }
        return try? JSONDecoder().decode(RunFailure.self, from: data)
    }

    /// Tells open pages that a run has failed, or with nil that the last one has not.
    package func note(_ failure: RunFailure?) {
        guard let failure else {
            try? FileManager.default.removeItem(at: self.failure)
            return
        }
        // As with progress, a page that isn't told loses nothing but the message.
        try? Self.replace(self.failure, with: JSONEncoder.stable.encode(failure))
    }
}
