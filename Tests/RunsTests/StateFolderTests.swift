import Columns
import Foundation
import Runs
import Testing

@Suite("State folders")
struct StateFolderTests {
    @Test("the history is in the order of the numbers, whatever their length")
    func history() throws {
        let temporary = TemporaryState()
        let ids = ["0002-ffffffff", "0010-00000000", "9999-bbbbbbbb", "10000-aaaaaaaa"]
        for id in ids.reversed() { try temporary.leave(id) }
        try temporary.leave(".0011-partial")
        #expect(temporary.state.history == ids)
    }

    @Test("a folder without runs has no history")
    func noHistory() { #expect(TemporaryState().state.history.isEmpty) }

    @Test(
        "a run is found by its id and by its number, padded or not",
        arguments: ["0012-5f3ac2d1", "12", "0012", "012"])
    func run(id: String) throws {
        let temporary = TemporaryState()
        for name in ["0001-5f3ac2d1", "0012-5f3ac2d1", "0120-5f3ac2d1"] {
            try temporary.leave(name)
        }
        #expect(try temporary.state.run(id).lastPathComponent == "0012-5f3ac2d1")
    }

    @Test(
        "a run that isn't there is an error with the nearest id",
        arguments: ["2", "0012-5f3ac2d2", "", "..", "-12", "../secret"])
    func missingRun(id: String) throws {
        let temporary = TemporaryState()
        try temporary.leave("0012-5f3ac2d1")
        let failure = error { _ = try temporary.state.run(id) }
        #expect(failure?.code == "run_missing")
        if id.count > 6, id.hasPrefix("0") {
            #expect(failure?.hint == "did you mean '0012-5f3ac2d1'?")
        }
    }

    @Test("a current run whose record is gone is no published run")
    func brokenLink() throws {
        let temporary = TemporaryState()
        let run = try temporary.publish()
        let folder = try temporary.state.run(run.id)
        try FileManager.default.removeItem(at: folder.appending(path: "run.json"))
        #expect(temporary.state.published == nil)
        #expect(error { _ = try RunRecord.read(folder) }?.code == "run_unreadable")
        try Data("{\"id\": 5}".utf8).write(to: folder.appending(path: "run.json"))
        #expect(error { _ = try RunRecord.read(folder) }?.code == "run_unreadable")
    }

    @Test("a record keeps everything that it is given, and its text is stable")
    func record() throws {
        var record = RunRecord()
        record.versions = ["engine": "DuckDB v1.5.5", "aurora": "0.1"]
        record.inputs = [
            .init(
                source: "s", file: "a/b.csv",
                files: [.init(path: "a/b.csv", bytes: 3, sha256: "00", isSynthetic: true)], rows: 1)
        ]
        let step = RunRecord.Step(
            kind: "impute", summary: "median of age", rowsIn: 5, rowsOut: 5,
            cellsChanged: ["age": 2], columnsAdded: ["x"], fitted: ["age": "41.50"])
        record.models = [.init(name: "clients", from: "s", rows: 5, steps: [step])]
        record.models[0].levels = ["band": ["low", "high"]]
        let data = try JSONEncoder.stable.encode(record)
        let read = try JSONDecoder().decode(RunRecord.self, from: data)
        #expect(try JSONEncoder.stable.encode(read) == data)
        #expect(read.isSynthetic)
        #expect(read.levels == ["clients": ["band": ["low", "high"]]])
        #expect(String(decoding: data, as: UTF8.self).contains("\"file\" : \"a/b.csv\""))
    }

    @Test("one hash stands for all outputs, by name and content")
    func outputHash() {
        func hash(_ outputs: [String: String]) -> String {
            var record = RunRecord()
            record.outputs = outputs
            return record.outputHash
        }
        let hashes = [
            hash([:]), hash(["a": "1"]), hash(["a": "2"]), hash(["b": "1"]),
            hash(["a": "1", "b": "2"]), hash(["a": "2", "b": "1"]),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(hash(["a": "1", "b": "2"]) == hash(["b": "2", "a": "1"]))
    }
}
