import Columns
import Foundation

/// Reads an XML part of a workbook tag by tag, in one pass and a fixed buffer.
///
/// It knows what workbooks use of XML: UTF-8, the predefined entities and character references,
/// CDATA, comments. A document type is refused, so that no entity can grow. Prefixes of names are
/// passed over, since programs choose them freely.
///
/// A piece of its own rather than Foundation's XMLParser, which makes a dictionary of strings for
/// each of a million cells.
struct XMLScanner: ~Copyable {
    enum Token { case open, close, text, end }

    let part: String
    private let stream: ZipEntryStream
    private(set) var buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var filled = 0
    private var isAtEnd = false

    /// Where the last tag's name without prefix stands.
    private var name = 0..<0
    private(set) var attributeRange = 0..<0
    private var textRange = 0..<0
    private var isVerbatim = false
    private var closesItself = false

    /// The open elements' names, one after another, and where each begins.
    private var openNames: [UInt8] = []
    private var openStarts: [Int] = []

    private static let firstCapacity = 256 << 10
    /// Of one tag or one text.
    private static let mostBytes = 32 << 20
    private static let mostDepth = 200

    /// How many elements are open.
    var depth: Int { openStarts.count }

    /// - Throws: what ``ZipEntryStream`` throws, and `workbook_damaged` for another encoding.
    static func open(
        _ entry: ZipArchive.Entry, of archive: ZipArchive
    ) throws(AuroraError) -> XMLScanner {
        var scanner = XMLScanner(try ZipEntryStream(entry, of: archive))
        try scanner.checkEncoding()
        return scanner
    }

    private init(_ stream: ZipEntryStream) {
        part = stream.name
        self.stream = stream
        buffer = .allocate(capacity: Self.firstCapacity)
    }

    private mutating func checkEncoding() throws(AuroraError) {
        _ = try refill()
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
        let isWide =
            filled >= 2
            && ([0xFE, 0xFF, 0].contains(buffer[0]) || (buffer[0] == 60 && buffer[1] == 0))
        if isWide { throw .damaged(part, "is not in UTF-8") }
    }

    deinit { buffer.deallocate() }

    // MARK: Tokens

    /// Moves on to the next tag or piece of text. What the last one gave is gone.
    mutating func next() throws(AuroraError) -> Token {
        if closesItself {
            closesItself = false
            forgetName()
            return .close
        }
        while true {
            if position == filled {
                guard try refill() else {
                    guard openStarts.isEmpty else { throw endsEarly }
                    return .end
                }
            }
            if buffer[position] != UInt8(ascii: "<") {
                try scanText()
                if !openStarts.isEmpty { return .text }
                guard isBlankText else { throw .damaged(part, "has text outside of its elements") }
                continue
            }
            try need(2)
            switch buffer[position + 1] {
            case UInt8(ascii: "/"):
                try scanClosingTag()
                return .close
            case UInt8(ascii: "?"):
                position += try distance(to: "?>", from: 2) + 2
            case UInt8(ascii: "!"):
                if try begins(with: "<!--") {
                    position += try distance(to: "-->", from: 4) + 3
                } else if try begins(with: "<![CDATA["), !openStarts.isEmpty {
                    let end = try distance(to: "]]>", from: 9)
                    textRange = (position + 9)..<(position + end)
                    isVerbatim = true
                    position += end + 3
                    return .text
                } else {
                    throw .damaged(part, "has a document type, which workbooks don't")
                }
            default:
                try scanOpeningTag()
                return .open
            }
        }
    }

    /// Passes over the rest of the innermost open element.
    mutating func skipElement() throws(AuroraError) {
        let outer = depth - 1
        while depth > outer {
            if try next() == .end { throw endsEarly }
        }
    }

    func isNamed(_ expected: StaticString) -> Bool { equals(name, expected) }

    /// The name of the last tag, without its prefix.
    var nameText: String { String(decoding: buffer[name], as: UTF8.self) }

    private func equals(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        range.count == expected.utf8CodeUnitCount
            && memcmp(buffer.baseAddress! + range.lowerBound, expected.utf8Start, range.count) == 0
    }

    // MARK: Text

    /// Adds the text of the token to `bytes`, its entities replaced.
    func appendText(to bytes: inout [UInt8]) throws(AuroraError) {
        let raw = UnsafeBufferPointer(rebasing: buffer[textRange])
        guard XMLText.append(raw, isVerbatim: isVerbatim, to: &bytes) else {
            throw .damaged(part, "has an entity that XML does not know")
        }
    }

    /// Adds all text that stands directly in the element just opened, and passes over its end.
    mutating func appendElementText(to bytes: inout [UInt8]) throws(AuroraError) {
        let inner = depth
        while true {
            switch try next() {
            case .text: if depth == inner { try appendText(to: &bytes) }
            case .open: continue
            case .close: if depth < inner { return }
            case .end: throw endsEarly
            }
        }
    }

    private var isBlankText: Bool {
        buffer[textRange].allSatisfy { [9, 10, 13, 32].contains($0) }
    }

    var brokenTag: AuroraError { .damaged(part, "has a tag that is not XML") }
    private var endsEarly: AuroraError { .damaged(part, "ends in the middle") }

    // MARK: Scanning

    private mutating func scanText() throws(AuroraError) {
        var length = 0
        while true {
            let start = buffer.baseAddress! + position + length
            if let found = memchr(start, 60, filled - position - length) {
                let end = found - UnsafeMutableRawPointer(buffer.baseAddress!)
                textRange = position..<end
                position = end
                break
            }
            length = filled - position
            guard try refill() else {
                textRange = position..<filled
                position = filled
                break
            }
        }
        isVerbatim = false
    }

    private mutating func scanOpeningTag() throws(AuroraError) {
        var length = 1
        var quote: UInt8 = 0
        while true {
            if position + length == filled, !(try refill()) { throw endsEarly }
            let byte = buffer[position + length]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 34 || byte == 39 {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            } else if byte == UInt8(ascii: "<") {
                throw brokenTag
            }
            length += 1
        }
        var end = position + length
        closesItself = buffer[end - 1] == UInt8(ascii: "/") && end - 1 > position
        if closesItself { end -= 1 }
        let nameEnd = scanName(from: position + 1, to: end)
        attributeRange = nameEnd..<end
        guard !name.isEmpty, depth < Self.mostDepth else { throw brokenTag }
        openStarts.append(openNames.count)
        openNames.append(contentsOf: buffer[(position + 1)..<nameEnd])
        position += length + 1
    }

    private mutating func scanClosingTag() throws(AuroraError) {
        let length = try distance(to: ">", from: 2)
        let start = position + 2
        let nameEnd = scanName(from: start, to: position + length)
        guard let opened = openStarts.last,
            openNames[opened...].elementsEqual(buffer[start..<nameEnd])
        else {
            throw .damaged(part, "has an element that ends where another one is open")
        }
        forgetName()
        position += length + 1
    }

    /// - Returns: where the name ends; `name` is what follows its prefix.
    private mutating func scanName(from start: Int, to end: Int) -> Int {
        var index = start
        var local = start
        while index < end, buffer[index] > 32 {
            if buffer[index] == UInt8(ascii: ":") { local = index + 1 }
            index += 1
        }
        name = local..<index
        return index
    }

    private mutating func forgetName() {
        if let start = openStarts.popLast() { openNames.removeSubrange(start...) }
    }

    /// How far from here `terminator` begins.
    private mutating func distance(
        to terminator: StaticString, from offset: Int
    ) throws(AuroraError) -> Int {
        let count = terminator.utf8CodeUnitCount
        let last = terminator.utf8Start[count - 1]
        var length = offset + count - 1
        while true {
            while position + length >= filled { if !(try refill()) { throw endsEarly } }
            let start = buffer.baseAddress! + position + length
            guard let found = memchr(start, Int32(last), filled - position - length) else {
                length = filled - position
                continue
            }
            let end = found - UnsafeMutableRawPointer(buffer.baseAddress!) + 1
            if equals((end - count)..<end, terminator) { return end - count - position }
            length = end - position
        }
    }

    private mutating func begins(with text: StaticString) throws(AuroraError) -> Bool {
        while filled - position < text.utf8CodeUnitCount { if !(try refill()) { return false } }
        return equals(position..<(position + text.utf8CodeUnitCount), text)
    }

    private mutating func need(_ count: Int) throws(AuroraError) {
        while filled - position < count { if !(try refill()) { throw endsEarly } }
    }

    /// Moves what is not yet used to the buffer's beginning and reads on behind it.
    ///
    /// - Returns: false at the end.
    private mutating func refill() throws(AuroraError) -> Bool {
        guard !isAtEnd else { return false }
        let kept = filled - position
        if kept == buffer.count {
            guard kept < Self.mostBytes else {
                throw .tooLarge(part, "has a text of over \(Self.mostBytes >> 20) MB")
            }
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: kept * 2)
            memcpy(larger.baseAddress!, buffer.baseAddress!, kept)
            buffer.deallocate()
            buffer = larger
        } else if position > 0 {
            memmove(buffer.baseAddress!, buffer.baseAddress! + position, kept)
        }
        position = 0
        let count = try stream.read(
            into: UnsafeMutableBufferPointer(rebasing: buffer[kept...]))
        filled = kept + count
        isAtEnd = filled < buffer.count
        return count > 0
    }
}
