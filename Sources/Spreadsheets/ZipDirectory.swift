/// The headers of a zip archive whose parts are stored as they are.
package struct ZipDirectory: Sendable {
    private var entries: [UInt8] = []
    private var count = 0
    private var offset = 0

    package init() {}

    /// The header that stands before a part.
    package mutating func header(_ name: String, _ checksum: UInt32, _ size: Int) -> [UInt8] {
        let name = Array(name.utf8)
        // Version 2.0, no flags, stored, 1 January 1980: the earliest time there is.
        let shared =
            Self.number(20, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2)
            + Self.number(33, 2) + Self.number(Int(checksum), 4) + Self.number(size, 4)
            + Self.number(size, 4) + Self.number(name.count, 2) + Self.number(0, 2)
        entries += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + shared + Self.number(0, 10)
        entries += Self.number(offset, 4) + name
        let header = Self.number(0x0403_4B50, 4) + shared + name
        offset += header.count + size
        count += 1
        return header
    }

    /// What stands behind all parts.
    package func end() -> [UInt8] {
        entries + Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2)
            + Self.number(count, 2) + Self.number(entries.count, 4) + Self.number(offset, 4)
            + Self.number(0, 2)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }
}

/// A CRC-32, as zip archives have it.
package struct Checksum: Sendable {
    private var state = ~UInt32(0)

    package init() {}

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    package mutating func add(_ bytes: [UInt8]) {
        var state = state
        Self.table.withUnsafeBufferPointer { table in
            for byte in bytes {
                state = table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8)
            }
        }
        self.state = state
    }

    package var value: UInt32 { ~state }
}
