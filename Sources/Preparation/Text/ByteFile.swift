import Columns
import Foundation

/// A file that is read from its beginning in pieces.
final class ByteFile {
    private let handle: FileHandle
    private let url: URL

    static let chunk = 1 << 20

    init(_ url: URL) throws(AuroraError) {
        self.url = url
        do {
            handle = try FileHandle(forReadingFrom: url)
        } catch {
            throw Self.unreadable(url, error)
        }
    }

    deinit { try? handle.close() }

    /// - Returns: at most `count` bytes, none at the end of the file.
    func next(_ count: Int = ByteFile.chunk) throws(AuroraError) -> Data {
        do {
            return try handle.read(upToCount: count) ?? Data()
        } catch {
            throw Self.unreadable(url, error)
        }
    }

    /// Reads on from there; offsets are counted from 0.
    func seek(to offset: Int) throws(AuroraError) {
        do {
            try handle.seek(toOffset: UInt64(offset))
        } catch {
            throw Self.unreadable(url, error)
        }
    }

    var size: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return attributes?[.size] as? Int ?? 0
    }

    private static func unreadable(_ url: URL, _ error: any Error) -> AuroraError {
        AuroraError(
            "file_unreadable", "\(url.path) can't be read", cause: error.localizedDescription)
    }
}

/// A new file that is written from its beginning to its end.
final class ByteOutput {
    let url: URL
    private let handle: FileHandle
    private var pending: [UInt8] = []

    /// Makes the folder, too, where there is none.
    init(_ url: URL) throws(AuroraError) {
        self.url = url
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: url)
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw Self.unwritable(url, error)
        }
        pending.reserveCapacity(2 * ByteFile.chunk)
    }

    deinit { try? handle.close() }

    func write(_ bytes: some Collection<UInt8>) throws(AuroraError) {
        pending.append(contentsOf: bytes)
        if pending.count >= ByteFile.chunk { try flush() }
    }

    /// Nothing is in the file for sure before this.
    func flush() throws(AuroraError) {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw Self.unwritable(url, error)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func unwritable(_ url: URL, _ error: any Error) -> AuroraError {
        let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
        return AuroraError(
            isFull ? "disk_full" : "state_unwritable", "\(url.path) can't be written",
            cause: error.localizedDescription)
    }
}
