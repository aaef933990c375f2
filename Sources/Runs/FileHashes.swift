package import Columns
package import Foundation
import Synchronization

/// The hashes of files, each taken once for as long as its size and the time of its last change stay.
package final class FileHashes: Sendable {
    private struct Known {
        var size: Int
        var changed: Date
        var hash: String
    }

    private let known = Mutex<[String: Known]>([:])

    package init() {}

    /// - Throws: `file_unreadable`.
    package func hash(of file: URL) throws(AuroraError) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        guard let size = attributes?[.size] as? Int,
            let changed = attributes?[.modificationDate] as? Date
        else { return try ContentHash.ofFile(file) }
        if let known = known.withLock({ $0[file.path] }), known.size == size,
            known.changed == changed
        {
            return known.hash
        }
        let hash = try ContentHash.ofFile(file)
        known.withLock { $0[file.path] = Known(size: size, changed: changed, hash: hash) }
        return hash
    }
}
