package import Foundation

/// A zip archive, written byte by byte so that any field of it can be wrong.
package struct TestArchive: Sendable {
    package struct Entry: Sendable {
        package var name: String
        package var stored: [UInt8]
        /// 0 stored, 8 deflated.
        package var method = 0
        package var flags = 0
        package var size: Int
        package var checksum: UInt32

        package init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            stored = bytes
            size = bytes.count
            checksum = TestArchive.checksum(of: bytes)
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    package var data: Data {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let shared =
                number(20, 2) + number(entry.flags, 2) + number(entry.method, 2) + number(0, 4)
                + number(Int(entry.checksum), 4) + number(entry.stored.count, 4)
                + number(entry.size, 4) + number(entry.name.utf8.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + shared + number(0, 10)
            directory += number(bytes.count, 4) + Array(entry.name.utf8)
            bytes += number(0x0403_4B50, 4) + shared + Array(entry.name.utf8) + entry.stored
        }
        let end =
            number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2)
            + number(entries.count, 2) + number(directory.count, 4) + number(bytes.count, 4)
            + number(0, 2)
        return Data(bytes + directory + end)
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> (8 * $0) : 0) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    package static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}
