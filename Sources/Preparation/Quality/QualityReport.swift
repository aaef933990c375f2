package import Columns
package import Foundation
import Runs

/// The profile of one table of a run, and how it has changed since the run before.
package struct QualityReport: Sendable {
    package var profile: TableProfile
    /// Nil on the first run, and where the run before knew no such table.
    package var drift: TableDrift?

    package init(profile: TableProfile, drift: TableDrift?) {
        self.profile = profile
        self.drift = drift
    }

    /// The file of a run's folder that holds the profile.
    package static func path(_ kind: TableProfile.Kind, _ name: String) -> String {
        "quality/\(kind.rawValue)s/\(name).json"
    }

    /// The file of a run's folder that tells the drift. Unlike the profile it depends on an earlier
    /// run, so it is none of the outputs that another run of the same project must give again.
    package static func driftPath(_ kind: TableProfile.Kind, _ name: String) -> String {
        "quality/drift/\(kind.rawValue)s/\(name).json"
    }

    /// - Parameter run: the folder of a finished run.
    /// - Throws: `run_unreadable` where the run holds no such profile.
    package static func read(
        _ kind: TableProfile.Kind, _ name: String, from run: URL
    ) throws(AuroraError) -> QualityReport {
        let drift = run.appending(path: driftPath(kind, name))
        return QualityReport(
            profile: try decode(TableProfile.self, run.appending(path: path(kind, name))),
            drift: FileManager.default.fileExists(atPath: drift.path)
                ? try decode(TableDrift.self, drift) : nil)
    }

    private static func decode<Content: Decodable>(
        _ type: Content.Type, _ file: URL
    ) throws(AuroraError) -> Content {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: file))
        } catch {
            throw AuroraError("run_unreadable", "\(file.path) can't be read", cause: "\(error)")
        }
    }

    /// Writes it into a run's folder.
    ///
    /// - Returns: the profile's path and hash, as the run's record keeps them.
    package func write(to run: URL) throws(AuroraError) -> (path: String, hash: String) {
        let path = Self.path(profile.kind, profile.name)
        let text = try Self.encoded(profile)
        try RunFile.write(text, to: path, in: run)
        if let drift {
            let file = Self.driftPath(profile.kind, profile.name)
            try RunFile.write(try Self.encoded(drift), to: file, in: run)
        }
        return (path, ContentHash.of(text))
    }

    private static func encoded(_ content: some Encodable) throws(AuroraError) -> Data {
        do {
            return try JSONEncoder.stable.encode(content)
        } catch {
            throw AuroraError("unexpected", "a profile can't be written", cause: "\(error)")
        }
    }
}
