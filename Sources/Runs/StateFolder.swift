package import Columns
package import Foundation

/// Where a project's runs are kept.
///
///     .aurora/
///       lock            held while a run is under way
///       progress.json   how far that run is
///       failure.json    why the last run gave nothing, if it did
///       current         link to the published run
///       link-key        what seals the filters in links to pages
///       memory/         what runs have worked out and later ones reuse
///       runs/0001-5f3ac2d1/
///         run.json      the record
///         data.duckdb   the tables, only ever read after publication
package struct StateFolder: Sendable {
    package let url: URL

    package init(_ url: URL) { self.url = url }

    package var runs: URL { url.appending(path: "runs") }
    var current: URL { url.appending(path: "current") }
    /// What runs have worked out and later ones may reuse; may be deleted at any time.
    package var memory: URL { url.appending(path: "memory") }
    /// A secret of 32 bytes.
    package var linkKey: URL { url.appending(path: "link-key") }
    var lock: URL { url.appending(path: "lock") }
    package var progress: URL { url.appending(path: "progress.json") }

    /// Makes the folder where there is none yet.
    ///
    /// - Throws: `state_unwritable`, naming the folder and the system's reason.
    package func create() throws(AuroraError) {
        var missing = [runs]
        while !FileManager.default.fileExists(atPath: missing[0].deletingLastPathComponent().path) {
            missing.insert(missing[0].deletingLastPathComponent(), at: 0)
        }
        // Foundation would keep the system's reason to itself.
        for folder in missing where mkdir(folder.path, 0o777) != 0 && errno != EEXIST {
            throw .stateUnwritable(url, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
        }
    }

    /// The folder of the published run, nil before the first one.
    package var published: URL? {
        guard let name = try? FileManager.default.destinationOfSymbolicLink(atPath: current.path)
        else { return nil }
        let folder = url.appending(path: name)
        return FileManager.default.fileExists(atPath: folder.appending(path: "run.json").path)
            ? folder : nil
    }

    /// The folder of a past run by its id or its number.
    package func run(_ id: String) throws(AuroraError) -> URL {
        let names = history
        let number = Int(id).map { RunID.padded($0) + "-" }
        let name = names.first { $0 == id } ?? names.first { $0.hasPrefix(number ?? id + "-") }
        guard let name else {
            throw AuroraError(
                "run_missing", "there is no run '\(id)' in \(runs.path)",
                hint: NearestName.hint(for: id, among: names))
        }
        return runs.appending(path: name)
    }

    /// The number of the run that comes next.
    package var nextNumber: Int { (history.map(RunID.number).max() ?? 0) + 1 }

    /// The ids of all finished runs, oldest first.
    package var history: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: runs.path)) ?? [])
            .filter { !$0.hasPrefix(".") }
            .sorted { (RunID.number(of: $0), $0) < (RunID.number(of: $1), $1) }
    }
}

/// A run's id: its number, then the beginning of the hash of what it gave.
package enum RunID {
    package static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    static func number(of id: String) -> Int { Int(id.prefix { $0 != "-" }) ?? 0 }
}

extension AuroraError {
    static func stateUnwritable(_ url: URL, _ error: any Error) -> AuroraError {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        let code =
            (error as? POSIXError ?? underlying as? POSIXError).map {
                Int($0.code.rawValue)
            } ?? underlying.map { ($0 as NSError).code }
        let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
        if isFull || code == Int(ENOSPC) || code == Int(EFBIG) {
            return AuroraError(
                "disk_full", "the disk that holds \(url.path) is full",
                hint: "free some space, or put the state elsewhere with --state DIR")
        }
        return AuroraError(
            "state_unwritable", "the state folder \(url.path) can't be written",
            cause: code.map { String(cString: strerror(Int32($0))) } ?? error.localizedDescription,
            hint: "make it writable, or put the state elsewhere with --state DIR")
    }
}
