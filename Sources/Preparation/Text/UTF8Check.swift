/// Follows the bytes of a text and tells where they are not UTF-8; a text may come in pieces.
///
/// Source: Unicode 16.0, table 3-7 (well-formed byte sequences).
struct UTF8Check {
    /// Characters beyond ASCII.
    private(set) var characters = 0
    /// Bytes that belong to no character.
    private(set) var strays = 0
    /// A stray from 0x80 to 0x9F: a letter or sign in Windows-1252, a control character in Latin-1.
    private(set) var hasStrayControl = false
    /// U+FEFF: at its very beginning it marks a text as UTF-8.
    private(set) var marks = 0

    /// How many bytes the present character still needs, and what the next of them may be.
    private var open = 0
    private var length = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF
    private var character: UInt32 = 0

    /// True where the last piece ended within a character.
    var isAmidCharacter: Bool { open > 0 }

    /// Complexity: O(bytes); eight at a time where they are ASCII.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        let count = bytes.count
        while position < count {
            if open == 0, position + 8 <= count,
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                    & 0x8080_8080_8080_8080 == 0
            {
                position += 8
                continue
            }
            add(bytes[position])
            position += 1
        }
    }

    private mutating func add(_ byte: UInt8) {
        if open > 0 {
            if allowed.contains(byte) {
                allowed = 0x80...0xBF
                character = character << 6 | UInt32(byte & 0x3F)
                open -= 1
                if open == 0 {
                    characters += 1
                    if character & 0xFFFF == 0xFEFF, length == 3 { marks += 1 }
                }
                return
            }
            strays += length - open
            open = 0
        }
        switch byte {
        case ..<0x80: return
        case 0xC2...0xDF: begin(2, byte & 0x1F, 0x80...0xBF)
        case 0xE0: begin(3, 0, 0xA0...0xBF)
        case 0xED: begin(3, byte & 0x0F, 0x80...0x9F)
        case 0xE1...0xEF: begin(3, byte & 0x0F, 0x80...0xBF)
        case 0xF0: begin(4, 0, 0x90...0xBF)
        case 0xF1...0xF3: begin(4, byte & 0x07, 0x80...0xBF)
        case 0xF4: begin(4, byte & 0x07, 0x80...0x8F)
        default:
            strays += 1
            if byte < 0xA0 { hasStrayControl = true }
        }
    }

    private mutating func begin(_ length: Int, _ bits: UInt8, _ next: ClosedRange<UInt8>) {
        self.length = length
        open = length - 1
        allowed = next
        character = UInt32(bits)
    }

    /// Call after the last piece: a character that is cut off counts as strays.
    mutating func end() {
        if open > 0 { strays += length - open }
        open = 0
    }

    static func isSound(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var check = UTF8Check()
        check.add(bytes)
        check.end()
        return check.strays == 0
    }
}
