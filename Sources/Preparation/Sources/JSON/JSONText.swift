/// What stands in a token, as a text.
struct JSONText {
    let bytes: UnsafeBufferPointer<UInt8>

    /// - Returns: nil where the value is missing. Numbers keep all their digits, since nothing reads
    ///   them as floating point; lists and objects are their own JSON without spaces.
    func of(_ token: JSONScanner.Token) -> String? {
        switch token.kind {
        case .missing: nil
        case .number, .literal: plain(token.range)
        case .text: token.hasEscapes ? unescaped(token.range) : plain(token.range)
        case .object, .list: compact(token.range)
        }
    }

    private func plain(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private func unescaped(_ range: Range<Int>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var place = range.lowerBound
        func unit(at place: Int) -> UInt32 {
            (0..<4).reduce(0) { value, offset in
                let isThere = place + offset < range.upperBound
                return value << 4 | (isThere ? JSONScanner.digit(bytes[place + offset]) ?? 0 : 0)
            }
        }
        while place < range.upperBound {
            guard bytes[place] == UInt8(ascii: "\\"), place + 1 < range.upperBound else {
                text.append(bytes[place])
                place += 1
                continue
            }
            let kind = bytes[place + 1]
            place += 2
            guard kind == UInt8(ascii: "u") else {
                text.append(Self.control[kind] ?? kind)
                continue
            }
            var scalar = unit(at: place)
            place += 4
            if (0xD800..<0xDC00).contains(scalar) {
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(at: place + 2) & 0x3FF)
                place += 6
            }
            text += String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let control: [UInt8: UInt8] = [
        UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]

    private func compact(_ range: Range<Int>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var (isQuoted, isEscaped) = (false, false)
        for byte in bytes[range] {
            if !isQuoted, byte <= 32 { continue }
            text.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
