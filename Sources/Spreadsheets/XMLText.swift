/// The text of XML as it is meant: entities, line ends, and Excel's own escapes.
enum XMLText {
    /// Adds `raw` to `bytes` with its entities replaced and its line ends made LF.
    ///
    /// - Returns: false where an entity is unknown.
    static func append(
        _ raw: UnsafeBufferPointer<UInt8>, isVerbatim: Bool, to bytes: inout [UInt8]
    ) -> Bool {
        guard raw.contains(where: { $0 == UInt8(ascii: "&") || $0 == 13 }) else {
            bytes.append(contentsOf: raw)
            return true
        }
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            index += 1
            if byte == 13 {
                bytes.append(10)
                if index < raw.count, raw[index] == 10 { index += 1 }
            } else if byte == UInt8(ascii: "&"), !isVerbatim {
                guard let end = raw[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                    let scalar = scalar(raw[index..<end])
                else { return false }
                bytes.append(contentsOf: UTF8.encode(scalar)!)
                index = end + 1
            } else {
                bytes.append(byte)
            }
        }
        return true
    }

    private static func scalar(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case let text where text.hasPrefix("#x"):
            return UInt32(text.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) }
        case let text where text.hasPrefix("#"):
            return UInt32(text.dropFirst()).flatMap { Unicode.Scalar($0) }
        default: return nil
        }
    }

    /// Replaces Excel's `_x000D_` from `start` on: a character that XML can't hold, by the four
    /// hexadecimal digits of its UTF-16 unit.
    static func unescape(_ bytes: inout [UInt8], from start: Int) {
        guard let first = nextEscape(bytes, from: start) else { return }
        var result: [UInt8] = []
        var index = first
        while index < bytes.count {
            guard let unit = escape(bytes, at: index) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += 7
            var units = [unit]
            if UTF16.isLeadSurrogate(unit), let trail = escape(bytes, at: index),
                UTF16.isTrailSurrogate(trail)
            {
                units.append(trail)
                index += 7
            }
            result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        }
        bytes.replaceSubrange(first..., with: result)
    }

    private static func nextEscape(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= 7 else { return nil }
        return (start...(bytes.count - 7)).first {
            bytes[$0] == UInt8(ascii: "_") && escape(bytes, at: $0) != nil
        }
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"),
            bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
