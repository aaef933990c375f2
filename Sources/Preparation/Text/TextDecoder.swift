/// Turns the bytes of a text, chunk by chunk, into UTF-8.
struct TextDecoder {
    private let encoding: TextEncoding
    /// What the last chunk left undecided: half a unit, or the first half of a pair.
    private var rest: [UInt8] = []
    /// Places that stand for no character; each became U+FFFD.
    private(set) var damages = 0

    init(_ encoding: TextEncoding) { self.encoding = encoding }

    /// - Parameter isLast: true for the last chunk, which may be empty.
    mutating func decode(_ chunk: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        switch encoding {
        case .utf8: Array(chunk)
        case .windows1252: decodeBytes(chunk) { Self.windows1252[Int($0 & 0x1F)] }
        case .latin1: decodeBytes(chunk) { UInt16($0) }
        case .utf16LittleEndian: decodeUnits(chunk, low: 0, isLast: isLast)
        case .utf16BigEndian: decodeUnits(chunk, low: 1, isLast: isLast)
        }
    }

    /// 0x80–0x9F; the five places that the code page leaves free stand for themselves, as in every
    /// browser.
    private static let windows1252: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    /// - Parameter control: the scalar of a byte from 0x80 to 0x9F.
    private func decodeBytes(
        _ chunk: UnsafeRawBufferPointer, _ control: (UInt8) -> UInt16
    ) -> [UInt8] {
        // No character of these code pages takes more than three bytes.
        [UInt8](unsafeUninitializedCapacity: chunk.count * 3) { output, count in
            for byte in chunk {
                if byte < 0x80 {
                    output[count] = byte
                    count += 1
                } else {
                    let scalar = byte < 0xA0 ? control(byte) : UInt16(byte)
                    count += Self.write(UInt32(scalar), to: output, at: count)
                }
            }
        }
    }

    private mutating func decodeUnits(
        _ chunk: UnsafeRawBufferPointer, low: Int, isLast: Bool
    ) -> [UInt8] {
        let bytes = rest + chunk
        rest = []
        // A unit of two bytes becomes at most three.
        return [UInt8](unsafeUninitializedCapacity: bytes.count * 3 / 2 + 3) { output, count in
            var position = 0
            func unit(_ position: Int) -> UInt32 {
                UInt32(bytes[position + low]) | UInt32(bytes[position + 1 - low]) << 8
            }
            while position + 1 < bytes.count {
                let first = unit(position)
                var scalar = first
                var length = 2
                if first & 0xF800 == 0xD800 {
                    if position + 3 >= bytes.count, !isLast, first < 0xDC00 { break }
                    let second = position + 3 < bytes.count ? unit(position + 2) : 0
                    if first < 0xDC00, second & 0xFC00 == 0xDC00 {
                        scalar = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
                        length = 4
                    } else {
                        scalar = 0xFFFD
                        damages += 1
                    }
                }
                count += Self.write(scalar, to: output, at: count)
                position += length
            }
            guard isLast, position < bytes.count else {
                rest = Array(bytes[position...])
                return
            }
            damages += 1
            count += Self.write(0xFFFD, to: output, at: count)
        }
    }

    /// - Returns: the number of bytes written.
    private static func write(
        _ scalar: UInt32, to output: UnsafeMutableBufferPointer<UInt8>, at position: Int
    ) -> Int {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            output[position] = UInt8(scalar)
            return 1
        case ..<0x800:
            output[position] = UInt8(0xC0 | scalar >> 6)
            output[position + 1] = continuation(0)
            return 2
        case ..<0x10000:
            output[position] = UInt8(0xE0 | scalar >> 12)
            output[position + 1] = continuation(6)
            output[position + 2] = continuation(0)
            return 3
        default:
            output[position] = UInt8(0xF0 | scalar >> 18)
            output[position + 1] = continuation(12)
            output[position + 2] = continuation(6)
            output[position + 3] = continuation(0)
            return 4
        }
    }
}
