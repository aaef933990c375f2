package import Columns
package import Foundation

/// A run that writes into a folder of its own until it is published or given up.
///
/// The published run stays what it was until `publish` has succeeded; what a run that was killed
/// left behind is removed by the next one.
package final class RunInProgress: Sendable {
    /// Where the run writes.
    package let folder: URL
    package let number: Int
    private let state: StateFolder
    private let lock: RunLock

    package init(_ state: StateFolder) throws(AuroraError) {
        try state.create()
        lock = try RunLock(state)
        self.state = state
        number = state.nextNumber
        folder = state.runs.appending(path: ".\(RunID.padded(number))-partial")
        let left = (try? FileManager.default.contentsOfDirectory(atPath: state.runs.path)) ?? []
        for name in left where name.hasPrefix(".") && name.hasSuffix("-partial") {
            try? FileManager.default.removeItem(at: state.runs.appending(path: name))
        }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw .stateUnwritable(state.url, error)
        }
    }

    /// Gives the run its id and makes it the published one, all or nothing.
    package func publish(_ record: RunRecord) throws(AuroraError) -> RunRecord {
        var record = record
        record.number = number
        record.id = RunID.padded(number) + "-" + record.outputHash.prefix(8)
        record.finished = Timestamp.now()
        let finished = state.runs.appending(path: record.id)
        do {
            try RunFile.write(JSONEncoder.stable.encode(record), to: "run.json", in: folder)
            try FileManager.default.moveItem(at: folder, to: finished)
        } catch {
            throw error as? AuroraError ?? .stateUnwritable(state.url, error)
        }
        do {
            try makeCurrent(record.id)
        } catch {
            try? FileManager.default.removeItem(at: finished)
            throw error as? AuroraError ?? .stateUnwritable(state.url, error)
        }
        return record
    }

    private func makeCurrent(_ id: String) throws {
        let link = state.url.appending(path: ".current-new")
        try? FileManager.default.removeItem(at: link)
        try FileManager.default.createSymbolicLink(
            atPath: link.path, withDestinationPath: "runs/" + id)
        guard rename(link.path, state.current.path) == 0 else {
            throw AuroraError(
                "state_unwritable", "the run can't be published in \(state.url.path)",
                cause: String(cString: strerror(errno)))
        }
    }

    /// Removes what the run wrote.
    package func discard() {
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A file of a run's folder.
package enum RunFile {
    /// Writes it down to the disk, so that a published run survives a crash of the machine.
    package static func write(
        _ data: Data, to path: String, in folder: URL
    ) throws(AuroraError) {
        let url = folder.appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
            let handle = try FileHandle(forUpdating: url)
            try handle.synchronize()
            try handle.close()
        } catch {
            throw .stateUnwritable(folder, error)
        }
    }
}

extension JSONEncoder {
    /// The same value always gives the same text.
    package static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
