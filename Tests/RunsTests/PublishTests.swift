import Columns
import Foundation
import Runs
import Testing

@Suite("Publishing")
struct PublishTests {
    @Test("a published run is the current one, with its record and its files")
    func publish() throws {
        let temporary = TemporaryState()
        #expect(temporary.state.published == nil)
        let run = try RunInProgress(temporary.state)
        #expect(run.number == 1)
        try RunFile.write(Data("{}".utf8), to: "pages/overview.json", in: run.folder)
        #expect(temporary.state.published == nil)
        #expect(temporary.state.history.isEmpty)

        var record = RunRecord()
        record.project = ["aurora.yaml": "type: project/v1\n"]
        record.outputs = ["table": "b", "a table": "a"]
        record.notices = [.init(Notice("not_converged", "100 steps"), about: "value")]
        let published = try run.publish(record)
        #expect(published.number == 1)
        #expect(published.id == "0001-" + record.outputHash.prefix(8))
        #expect(!published.finished.isEmpty)

        let folder = try #require(temporary.state.published)
        #expect(folder.lastPathComponent == published.id)
        let read = try RunRecord.read(folder)
        #expect(read.id == published.id && read.outputs == record.outputs)
        #expect(read.project == record.project && read.notices == record.notices)
        let page = try Data(contentsOf: folder.appending(path: "pages/overview.json"))
        #expect(page == Data("{}".utf8))
        #expect(temporary.names("") == ["current", "lock", "runs"])
    }

    @Test("the next run takes its place, and the last one stays in the history")
    func next() throws {
        let temporary = TemporaryState()
        let first = try temporary.publish("a")
        let second = try temporary.publish("b")
        let third = try temporary.publish("a")
        #expect([first, second, third].map(\.number) == [1, 2, 3])
        #expect(temporary.state.published?.lastPathComponent == third.id)
        #expect(temporary.state.history == [first.id, second.id, third.id])
        #expect(first.outputHash == third.outputHash && first.outputHash != second.outputHash)
    }

    @Test("a run that is discarded leaves nothing, and the published one stays")
    func discard() throws {
        let temporary = TemporaryState()
        let first = try temporary.publish()
        let run = try RunInProgress(temporary.state)
        try RunFile.write(Data("x".utf8), to: "deep/in/file", in: run.folder)
        run.discard()
        #expect(temporary.names("runs") == [first.id])
        #expect(temporary.state.published?.lastPathComponent == first.id)
    }

    @Test("what a killed run left is removed by the next, and nothing else is")
    func leftovers() throws {
        let temporary = TemporaryState()
        let first = try temporary.publish()
        try temporary.leave(".0002-partial")
        try temporary.leave(".0001-partial")
        #expect(temporary.state.history == [first.id])
        #expect(temporary.state.published?.lastPathComponent == first.id)
        let run = try RunInProgress(temporary.state)
        #expect(run.number == 2)
        #expect(temporary.names("runs") == [run.folder.lastPathComponent, first.id].sorted())
        let files = try FileManager.default.contentsOfDirectory(atPath: run.folder.path)
        #expect(files.isEmpty)
    }

    @Test("a publication that fails leaves the last run current and no trace of the new one")
    func failedPublication() throws {
        let temporary = TemporaryState()
        let current = temporary.url.appending(path: "current")
        try FileManager.default.createDirectory(
            at: current.appending(path: "in the way"), withIntermediateDirectories: true)
        let run = try RunInProgress(temporary.state)
        let failure = error { _ = try run.publish(RunRecord()) }
        #expect(failure?.code == "state_unwritable")
        run.discard()
        #expect(temporary.state.history.isEmpty)
        #expect(temporary.names("runs").isEmpty)
    }

    @Test("a file of the run that can't be written is the state folder's error")
    func unwritableFile() throws {
        let temporary = TemporaryState()
        let run = try RunInProgress(temporary.state)
        try RunFile.write(Data(), to: "a", in: run.folder)
        let failure = error { try RunFile.write(Data(), to: "a/b", in: run.folder) }
        #expect(failure?.code == "state_unwritable")
        #expect(failure?.message.contains(temporary.url.path) == true)
    }

    @Test("numbers go on after the highest, also above 9999", arguments: [41, 9999, 10_000])
    func numbering(last: Int) throws {
        let temporary = TemporaryState()
        try temporary.leave("0007-aaaaaaaa")
        try temporary.leave("\(RunID.padded(last))-bbbbbbbb")
        try temporary.leave(".trash")
        let run = try temporary.publish()
        #expect(run.number == last + 1)
        #expect(run.id.hasPrefix("\(RunID.padded(last + 1))-"))
        #expect(temporary.state.history.last == run.id)
        #expect(temporary.state.history.count == 3)
    }
}
