import Columns
import Foundation
import Runs
import Synchronization
import Testing

@Suite("Progress of a run")
struct RunProgressTests {
    private final class Shown: Sendable {
        let stages = Mutex<[RunStage]>([])
        var all: [RunStage] { stages.withLock { $0 } }
    }

    private func progress(_ temporary: TemporaryState) throws -> (RunProgress, Shown) {
        try temporary.state.create()
        let shown = Shown()
        let progress = RunProgress(temporary.state, run: 12) { stage in
            shown.stages.withLock { $0.append(stage) }
        }
        return (progress, shown)
    }

    @Test("within a stage it writes five times a second at most; a new stage shows at once")
    func throttle() throws {
        let temporary = TemporaryState()
        let (progress, shown) = try progress(temporary)
        let start = ContinuousClock.now
        for step in 0..<10_000 { progress.report("reading", Double(step) / 10_000) }
        let allowed = Int((ContinuousClock.now - start) / .milliseconds(200)) + 1
        #expect((1...allowed).contains(shown.all.count))
        #expect(shown.all.first == RunStage(run: "0012", stage: "reading", fraction: 0))
        progress.report("segments", nil, "k = 3")
        #expect(shown.all.last == RunStage(run: "0012", stage: "segments", detail: "k = 3"))
        #expect(temporary.state.stageUnderWay() == shown.all.last)
    }

    @Test("after a pause the same stage shows again")
    func afterPause() async throws {
        let temporary = TemporaryState()
        let (progress, shown) = try progress(temporary)
        progress.report("reading", 0.1)
        try await Task.sleep(for: .milliseconds(250))
        progress.report("reading", 0.9)
        #expect(shown.all.map(\.fraction) == [0.1, 0.9])
    }

    @Test("when the run has ended there is no stage")
    func end() throws {
        let temporary = TemporaryState()
        let (progress, _) = try progress(temporary)
        progress.report("reading")
        #expect(
            temporary.state.stageUnderWay()?.process == ProcessInfo.processInfo.processIdentifier)
        progress.end()
        #expect(temporary.state.stageUnderWay() == nil)
        #expect(temporary.names("") == ["runs"])
    }

    @Test("the stage of a process that is dead is no stage")
    func deadProcess() throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["true"]
        try process.run()
        process.waitUntilExit()
        let dead = RunStage(run: "0001", stage: "s", process: process.processIdentifier)
        try JSONEncoder.stable.encode(dead).write(to: temporary.state.progress)
        #expect(temporary.state.stageUnderWay() == nil)
        let alive = RunStage(run: "0001", stage: "s")
        try JSONEncoder.stable.encode(alive).write(to: temporary.state.progress)
        #expect(temporary.state.stageUnderWay() == alive)
    }

    @Test("a file that can't be understood is no stage", arguments: ["", "{", "{\"run\": 1}"])
    func unreadable(text: String) throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        try Data(text.utf8).write(to: temporary.state.progress)
        #expect(temporary.state.stageUnderWay() == nil)
    }

    @Test("progress that can't be written stops nothing")
    func unwritable() {
        let progress = RunProgress(StateFolder(URL(filePath: "/dev/null/x")), run: 1) { _ in }
        progress.report("reading")
        progress.end()
    }

    @Test("a failure is noted until the next success")
    func failure() {
        let temporary = TemporaryState()
        try? temporary.state.create()
        #expect(temporary.state.lastFailure() == nil)
        let failure = RunFailure(run: 3, code: "disk_full", message: "full")
        temporary.state.note(failure)
        #expect(temporary.state.lastFailure() == failure)
        #expect(failure.run == "0003")
        temporary.state.note(nil)
        #expect(temporary.state.lastFailure() == nil)
    }
}
