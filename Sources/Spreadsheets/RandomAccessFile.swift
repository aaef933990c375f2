import Columns
import Foundation

/// A file that is read in pieces, wherever they lie.
final class RandomAccessFile {
    let size: Int
    private let handle: FileHandle
    private let path: String

    /// - Throws: `file_unreadable`.
    init(_ url: URL) throws(AuroraError) {
        path = url.path
        do {
            handle = try FileHandle(forReadingFrom: url)
            size = Int(try handle.seekToEnd())
        } catch {
            throw Self.unreadable(url.path, error)
        }
    }

    deinit { try? handle.close() }

    /// The bytes that lie there: fewer than asked for only at the file's end.
    func bytes(at offset: Int, count: Int) throws(AuroraError) -> [UInt8] {
        guard offset >= 0, count > 0, offset < size else { return [] }
        do {
            try handle.seek(toOffset: UInt64(offset))
            return Array(try handle.read(upToCount: min(count, size - offset)) ?? Data())
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    private static func unreadable(_ path: String, _ error: any Error) -> AuroraError {
        AuroraError("file_unreadable", "\(path) can't be read", cause: error.localizedDescription)
    }
}
