import Columns
import Foundation
import Runs

/// A state folder that is gone when the test is over.
final class TemporaryState {
    let url = FileManager.default.temporaryDirectory
        .appending(path: "aurora-state-\(UUID().uuidString)", directoryHint: .isDirectory)

    var state: StateFolder { StateFolder(url) }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Publishes a run with one output.
    @discardableResult
    func publish(_ hash: String = "h") throws -> RunRecord {
        let run = try RunInProgress(state)
        var record = RunRecord()
        record.outputs = ["table": hash]
        return try run.publish(record)
    }

    func names(_ folder: String) -> [String] {
        let path = url.appending(path: folder).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Makes what a process that was killed in the middle of a run would have left.
    func leave(_ name: String) throws {
        let folder = url.appending(path: "runs").appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: folder.appending(path: "data.duckdb"))
    }
}

/// The error that `body` throws, nil where it throws none.
func error(_ body: () throws -> Void) -> AuroraError? {
    do {
        try body()
        return nil
    } catch {
        return error as? AuroraError
    }
}
