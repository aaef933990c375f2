/// Walks over the bytes of a JSON text, by RFC 8259, without building it in memory.
///
/// Where the structure itself is broken it throws. What leaves the structure whole but can't become
/// a value (NaN, half a character) is a complaint, so that one record can be set aside alone.
struct JSONScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int
    var end: Int
    /// The first complaint since it was last cleared.
    var complaint: String?
    /// True where a byte beyond ASCII was passed since it was last cleared.
    var hasHigh = false

    static let depthLimit = 200

    struct Failure: Error {
        var reason: String
        var position: Int
    }

    struct Token {
        enum Kind { case text, number, literal, missing, object, list }
        var kind: Kind
        /// A text's bytes are those between its quotes.
        var range: Range<Int>
        /// True for a text with a backslash in it.
        var hasEscapes = false

        var isNested: Bool { kind == .object || kind == .list }
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, to end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    var isAtEnd: Bool { position >= end }

    mutating func skipSpace() {
        while position < end {
            let byte = bytes[position]
            guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return }
            position += 1
        }
    }

    /// Passes a byte if it is the next one.
    mutating func pass(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    func failure(_ reason: String) -> Failure { Failure(reason: reason, position: position) }

    /// Passes one value, whatever it is.
    ///
    /// Complexity: O(bytes of the value).
    mutating func value(depth: Int = 0) throws(Failure) -> Token {
        skipSpace()
        guard position < end else { throw failure("it ends where a value is expected") }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "\""): return try text()
        case UInt8(ascii: "{"):
            try members(depth: depth) { _, _ in }
            return Token(kind: .object, range: start..<position)
        case UInt8(ascii: "["):
            guard depth < Self.depthLimit else { throw failure("it is nested too deep") }
            position += 1
            skipSpace()
            if !pass(UInt8(ascii: "]")) {
                repeat { _ = try value(depth: depth + 1) } while try hasNext(UInt8(ascii: "]"))
            }
            return Token(kind: .list, range: start..<position)
        default: return try word()
        }
    }

    /// Passes an object and hands over its members.
    mutating func members(
        depth: Int = 0, _ body: (_ key: Token, _ value: Token) -> Void
    ) throws(Failure) {
        guard depth < Self.depthLimit else { throw failure("it is nested too deep") }
        guard pass(UInt8(ascii: "{")) else { throw failure("an object is expected") }
        skipSpace()
        guard !pass(UInt8(ascii: "}")) else { return }
        repeat {
            skipSpace()
            guard position < end, bytes[position] == UInt8(ascii: "\"") else {
                throw failure("a key in double quotes is expected")
            }
            let key = try text()
            skipSpace()
            guard pass(UInt8(ascii: ":")) else { throw failure("a colon is expected after a key") }
            body(key, try value(depth: depth + 1))
        } while try hasNext(UInt8(ascii: "}"))
    }

    /// True behind a comma, false behind the closing byte.
    mutating func hasNext(_ close: UInt8) throws(Failure) -> Bool {
        skipSpace()
        if pass(UInt8(ascii: ",")) { return true }
        if pass(close) { return false }
        throw failure(
            position < end
                ? "a comma or the end of the list or object is expected"
                : "it ends within a list or object")
    }

    // MARK: Single values

    private mutating func text() throws(Failure) -> Token {
        let start = position + 1
        var hasEscapes = false
        position = start
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return Token(kind: .text, range: start..<(position - 1), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case ..<32:
                complain("a text holds a control character that is not escaped")
                position += 1
            default:
                if byte >= 0x80 { hasHigh = true }
                position += 1
            }
        }
        throw failure("it ends within a text")
    }

    private mutating func escape() throws(Failure) {
        guard position + 1 < end else { throw failure("it ends within a text") }
        let kind = bytes[position + 1]
        position += 2
        guard kind == UInt8(ascii: "u") else {
            if !"\"\\/bfnrt".utf8.contains(kind) { complain("a text holds an unknown escape") }
            return
        }
        guard let first = hexadecimal() else {
            return complain("a text holds an escape that is no character")
        }
        guard (0xD800...0xDFFF).contains(first) else { return }
        // Characters beyond the first 65,536 are written as two halves.
        guard first < 0xDC00, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return complain("a text holds half a character") }
        let retreat = position
        position += 2
        if let second = hexadecimal(), (0xDC00...0xDFFF).contains(second) { return }
        position = retreat
        complain("a text holds half a character")
    }

    private mutating func hexadecimal() -> UInt32? {
        guard position + 4 <= end else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = Self.digit(bytes[position + offset]) else { return nil }
            value = value << 4 | digit
        }
        position += 4
        return value
    }

    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// A number, true, false, null, or what other programs write in their place.
    private mutating func word() throws(Failure) -> Token {
        let start = position
        while position < end, Self.isWordByte(bytes[position]) { position += 1 }
        let range = start..<position
        guard !range.isEmpty else { throw failure("a value is expected") }
        func isWord(_ word: StaticString) -> Bool {
            range.count == word.utf8CodeUnitCount
                && range.allSatisfy { bytes[$0] == word.utf8Start[$0 - start] }
        }
        if isWord("null") { return Token(kind: .missing, range: range) }
        if isWord("true") || isWord("false") { return Token(kind: .literal, range: range) }
        if isNumber(range) { return Token(kind: .number, range: range) }
        for word: StaticString in ["NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"]
        where isWord(word) {
            complain("\(word) is no value in JSON")
            return Token(kind: .missing, range: range)
        }
        let first = bytes[start]
        guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || Self.isDigit(first) else {
            position = start
            throw failure("a value is expected")
        }
        complain("a number is written as JSON does not allow")
        return Token(kind: .number, range: range)
    }

    private func isNumber(_ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        let limit = range.upperBound
        func digits() -> Int {
            var end = place
            while end < limit, Self.isDigit(bytes[end]) { end += 1 }
            return end - place
        }
        if bytes[place] == UInt8(ascii: "-") { place += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[place] != UInt8(ascii: "0") else { return false }
        place += whole
        if place < limit, bytes[place] == UInt8(ascii: ".") {
            place += 1
            let decimals = digits()
            guard decimals > 0 else { return false }
            place += decimals
        }
        if place < limit, bytes[place] | 32 == UInt8(ascii: "e") {
            place += 1
            if place < limit, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+")
            {
                place += 1
            }
            let exponent = digits()
            guard exponent > 0 else { return false }
            place += exponent
        }
        return place == limit
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 32) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }

    private mutating func complain(_ reason: String) {
        if complaint == nil { complaint = reason }
    }
}
