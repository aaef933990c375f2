import CZlib
import Columns

/// One part of a zip archive, unpacked as it is read.
///
/// Memory: a fixed buffer, whatever the part's size.
final class ZipEntryStream {
    let name: String
    private let entry: ZipArchive.Entry
    private let file: RandomAccessFile
    private let zlib: czlib_api
    /// zlib keeps the stream's address, so it must not move.
    private let inflater: UnsafeMutablePointer<czlib_stream>
    private var isInflating = false
    private var input: [UInt8] = []
    private var inputOffset: Int
    private let inputEnd: Int
    private var produced = 0
    private var checksum: UInt = 0
    private var isAtEnd = false

    /// Deflate can't reach far above 1,000; sheets that repeat one row come to about 100.
    private static let mostRatio = 400
    private static let alwaysAllowed = 64 << 20
    private static let mostBytes = 16 << 30
    private static let inputSize = 128 << 10

    /// - Throws: `workbook_damaged`, `workbook_encrypted`, `zlib_missing`, `file_unreadable`.
    init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(AuroraError) {
        self.entry = entry
        name = entry.name
        file = try RandomAccessFile(archive.url)
        zlib = try Zlib.load()
        inflater = .allocate(capacity: 1)
        inflater.initialize(to: czlib_stream())
        guard let length = try file.bytes(at: entry.headerOffset, count: 30).localHeaderLength,
            entry.compressedSize >= 0, entry.headerOffset + length <= file.size,
            entry.compressedSize <= file.size - entry.headerOffset - length
        else {
            inputOffset = 0
            inputEnd = 0
            throw .damaged(entry.name, "is not where the archive's directory says")
        }
        inputOffset = entry.headerOffset + length
        inputEnd = inputOffset + entry.compressedSize
        guard !entry.isEncrypted else { throw .encrypted() }
        guard [0, 8].contains(entry.method) else {
            throw .damaged(
                entry.name, "is packed by method \(entry.method), but only 0 and 8 are in use")
        }
        guard entry.size <= Self.mostBytes else {
            throw .tooLarge(entry.name, "states a size of \(entry.size) bytes")
        }
        if entry.method == 8 {
            // Negative: deflated bytes without zlib's own header.
            let state = zlib.inflateInit2_(
                inflater, -15, zlib.zlibVersion(), Int32(MemoryLayout<czlib_stream>.size))
            guard state == CZLIB_OK else {
                throw AuroraError("zlib_missing", "zlib can't be started (\(state))")
            }
            isInflating = true
        }
    }

    deinit {
        if isInflating { _ = zlib.inflateEnd(inflater) }
        inflater.deallocate()
    }

    /// Fills the buffer as far as there are bytes.
    ///
    /// - Returns: how many bytes there were; fewer than there is room for only at the end, and then
    ///   the part's size and checksum were right.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(AuroraError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var filled = 0
        while filled < buffer.count, !isAtEnd {
            if input.isEmpty {
                input = try file.bytes(
                    at: inputOffset, count: min(Self.inputSize, inputEnd - inputOffset))
                inputOffset += input.count
            }
            let room = UnsafeMutableBufferPointer(
                start: base + filled, count: buffer.count - filled)
            let count = isInflating ? try inflate(into: room) : copy(into: room)
            checksum = zlib.crc32(checksum, room.baseAddress, UInt32(count))
            filled += count
            produced += count
            try checkSize()
        }
        if isAtEnd, filled < buffer.count {
            guard produced == entry.size, checksum == entry.checksum else {
                throw .damaged(entry.name, "is not what its checksum says")
            }
        }
        return filled
    }

    private func copy(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let count = min(room.count, input.count)
        _ = room.update(fromContentsOf: input[..<count])
        input.removeFirst(count)
        isAtEnd = input.isEmpty && inputOffset == inputEnd
        return count
    }

    private func inflate(into room: UnsafeMutableBufferPointer<UInt8>) throws(AuroraError) -> Int {
        let (state, used, count) = input.withUnsafeBufferPointer { bytes in
            inflater.pointee.next_in = bytes.baseAddress
            inflater.pointee.avail_in = UInt32(bytes.count)
            inflater.pointee.next_out = room.baseAddress
            inflater.pointee.avail_out = UInt32(clamping: room.count)
            let offered = inflater.pointee.avail_out
            let state = zlib.inflate(inflater, 0)
            return (
                state, bytes.count - Int(inflater.pointee.avail_in),
                Int(offered - inflater.pointee.avail_out)
            )
        }
        input.removeFirst(used)
        switch state {
        case Int32(CZLIB_STREAM_END): isAtEnd = true
        case Int32(CZLIB_OK) where used > 0 || count > 0: break
        case Int32(CZLIB_OK), Int32(CZLIB_BUFFER_ERROR):
            throw .damaged(name, "ends too early")
        default: throw .damaged(name, "can't be unpacked")
        }
        return count
    }

    private func checkSize() throws(AuroraError) {
        guard produced <= entry.size else {
            throw .damaged(name, "unpacks to more than the \(entry.size) bytes that it states")
        }
        guard
            produced <= Self.alwaysAllowed || produced / Self.mostRatio <= entry.compressedSize
        else {
            throw .tooLarge(name, "unpacks to over \(Self.mostRatio) times its size")
        }
    }
}
