import Columns
import Foundation

/// The directory of a zip archive. Nothing is unpacked but what is asked for.
struct ZipArchive: Sendable {
    struct Entry: Sendable {
        var name: String
        /// 0 stored, 8 deflated.
        var method: Int
        var isEncrypted: Bool
        var checksum: UInt32
        var compressedSize: Int
        var size: Int
        var headerOffset: Int
    }

    let url: URL
    /// By their names in lower case, since names of a workbook's parts are the same in any case.
    private let entries: [String: Entry]

    private static let mostEntries = 50_000
    private static let mostDirectoryBytes = 64 << 20

    var names: [String] { entries.values.map(\.name).sorted() }

    /// What all parts together state to unpack to.
    var unpackedBytes: Int {
        entries.values.reduce(0) { total, entry in
            let (sum, isOver) = total.addingReportingOverflow(max(0, entry.size))
            return isOver ? .max : sum
        }
    }

    subscript(name: String) -> Entry? { entries[name.lowercased()] }

    /// - Returns: nil where the file has no directory of a zip archive.
    /// - Throws: `workbook_damaged`, `workbook_too_large`, `file_unreadable`.
    init?(_ url: URL) throws(AuroraError) {
        self.url = url
        let file = try RandomAccessFile(url)
        guard let end = try DirectoryEnd(file) else { return nil }
        guard end.entryCount <= Self.mostEntries, end.size <= Self.mostDirectoryBytes else {
            throw .tooLarge("the archive", "states \(end.entryCount) parts")
        }
        guard end.offset >= 0, end.size >= 0, end.offset <= file.size - end.size else {
            throw .damaged("the archive", "states a directory outside the file; it is cut off")
        }
        let bytes = try file.bytes(at: end.offset, count: end.size)
        var entries: [String: Entry] = [:]
        var position = 0
        for _ in 0..<end.entryCount {
            guard let entry = Self.entry(bytes, &position) else {
                throw .damaged("the archive's directory", "is broken")
            }
            guard entries.updateValue(entry, forKey: entry.name.lowercased()) == nil else {
                throw .damaged("the archive", "has a part twice")
            }
        }
        self.entries = entries
    }

    private static func entry(_ bytes: [UInt8], _ position: inout Int) -> Entry? {
        let start = position
        guard bytes.count - start >= 46, bytes.number(at: start, bytes: 4) == 0x0201_4B50 else {
            return nil
        }
        func number(_ offset: Int, _ count: Int) -> Int {
            bytes.number(at: start + offset, bytes: count)
        }
        let nameEnd = start + 46 + number(28, 2)
        let extraEnd = nameEnd + number(30, 2)
        position = extraEnd + number(32, 2)
        guard position <= bytes.count else { return nil }
        let name = String(decoding: bytes[(start + 46)..<nameEnd], as: UTF8.self)
            .replacing("\\", with: "/")
        var sizes = [number(24, 4), number(20, 4), number(42, 4)]
        guard wide(bytes[nameEnd..<extraEnd], &sizes) else { return nil }
        return Entry(
            name: name.hasPrefix("/") ? String(name.dropFirst()) : name, method: number(10, 2),
            isEncrypted: number(8, 2) & 1 != 0, checksum: UInt32(number(16, 4)),
            compressedSize: sizes[1], size: sizes[0], headerOffset: sizes[2])
    }

    /// Takes the sizes that don't fit 32 bits from the extra field of zip64.
    private static func wide(_ extra: ArraySlice<UInt8>, _ sizes: inout [Int]) -> Bool {
        guard sizes.contains(0xFFFF_FFFF) else { return true }
        let extra = Array(extra)
        var position = 0
        while extra.count - position >= 4 {
            let length = extra.number(at: position + 2, bytes: 2)
            if extra.number(at: position, bytes: 2) == 1 {
                var field = position + 4
                for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
                    guard field + 8 <= min(extra.count, position + 4 + length) else { return false }
                    sizes[index] = extra.number(at: field, bytes: 8)
                    field += 8
                }
                return sizes.allSatisfy { $0 >= 0 }
            }
            position += 4 + length
        }
        return true
    }
}

/// Where an archive's directory lies, as its last bytes tell.
private struct DirectoryEnd {
    var entryCount: Int
    var size: Int
    var offset: Int

    private static let length = 22

    init?(_ file: RandomAccessFile) throws(AuroraError) {
        // A comment of up to 65,535 bytes may follow.
        let start = max(0, file.size - Self.length - 0xFFFF)
        let tail = try file.bytes(at: start, count: file.size - start)
        guard tail.count >= Self.length,
            let position = stride(from: tail.count - Self.length, through: 0, by: -1).first(where: {
                tail.number(at: $0, bytes: 4) == 0x0605_4B50
                    && $0 + Self.length + tail.number(at: $0 + 20, bytes: 2) <= tail.count
            })
        else { return nil }
        entryCount = tail.number(at: position + 10, bytes: 2)
        size = tail.number(at: position + 12, bytes: 4)
        offset = tail.number(at: position + 16, bytes: 4)
        guard entryCount == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else { return }
        let locator = try file.bytes(at: start + position - 20, count: 20)
        guard locator.count == 20, locator.number(at: 0, bytes: 4) == 0x0706_4B50 else { return }
        let record = try file.bytes(at: locator.number(at: 8, bytes: 8), count: 56)
        guard record.count == 56, record.number(at: 0, bytes: 4) == 0x0606_4B50 else {
            throw .damaged("the archive's directory", "is broken")
        }
        entryCount = record.number(at: 32, bytes: 8)
        size = record.number(at: 40, bytes: 8)
        offset = record.number(at: 48, bytes: 8)
        guard entryCount >= 0 else { throw .damaged("the archive's directory", "is broken") }
    }
}

extension [UInt8] {
    /// A number of which the lowest byte comes first. One of 64 bits may come out negative.
    fileprivate func number(at position: Int, bytes count: Int) -> Int {
        var result: UInt64 = 0
        for index in 0..<count { result |= UInt64(self[position + index]) << (8 * UInt64(index)) }
        return Int(truncatingIfNeeded: result)
    }

    /// The length of a part's own header, of which these are the first 30 bytes; nil where they are
    /// something else.
    var localHeaderLength: Int? {
        guard count == 30, number(at: 0, bytes: 4) == 0x0403_4B50 else { return nil }
        return 30 + number(at: 26, bytes: 2) + number(at: 28, bytes: 2)
    }
}
