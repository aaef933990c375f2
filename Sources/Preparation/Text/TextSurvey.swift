import Engine

/// What one pass over a whole text file finds out, at about the speed at which it can be read.
///
/// It answers whether the engine may read the file as it is and with several threads; what it can't
/// exclude is looked at record by record.
struct TextSurvey {
    private(set) var utf8 = UTF8Check()
    private(set) var hasNull = false
    private(set) var hasPair = false
    private(set) var hasLoneFeed = false
    private(set) var hasLoneReturn = false
    /// A line end where the number of quotes before it is odd: perhaps in a quoted value.
    private(set) var mayQuoteLineEnds = false
    /// A quote before a space, where values may be quoted in an unusual way.
    private(set) var hasQuoteBeforeSpace = false
    /// The last bytes of the text, at most four.
    private(set) var tail: [UInt8] = []
    private(set) var size = 0
    private(set) var startsWithMark = false

    private let quote: UInt8?
    private var isQuoted = false

    init(quote: UInt8?) { self.quote = quote }

    /// True where the last line is empty: two line ends, each of one character or two.
    var endsWithEmptyLine: Bool {
        guard let last = tail.last, last == 10 || last == 13 else { return false }
        let isPair = tail.suffix(2) == [13, 10]
        return tail.dropLast(isPair ? 2 : 1).last.map { $0 == 10 || $0 == 13 } ?? false
    }

    /// What ends the lines; of several kinds the most usual.
    var lineEnd: DelimitedFile.LineEnd {
        if hasPair { return .pair }
        return hasLoneReturn && !hasLoneFeed ? .carriageReturn : .feed
    }

    var hasMixedLineEnds: Bool {
        [hasPair, hasLoneFeed, hasLoneReturn].count { $0 } > 1
    }

    /// Complexity: O(bytes), eight at a time but for quotes and what is not ASCII.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if size == 0 { startsWithMark = bytes.starts(with: TextEncoding.utf8.mark) }
        let seen = MachineWord.kinds(in: bytes, quote: quote)
        hasNull = hasNull || seen.hasNull
        if seen.hasHigh || utf8.isAmidCharacter { utf8.add(bytes) }
        addLineEnds(bytes, hasReturn: seen.hasReturn || tail.last == 13, hasFeed: seen.hasFeed)
        if let quote, seen.hasQuote || isQuoted || tail.last == quote {
            addQuotes(bytes, quote)
        }
        tail = Array((tail + bytes.suffix(4)).suffix(4))
        size += bytes.count
    }

    /// Call after the last piece.
    mutating func end() {
        utf8.end()
        if tail.last == 13 { hasLoneReturn = true }
    }

    private mutating func addLineEnds(
        _ bytes: UnsafeRawBufferPointer, hasReturn: Bool, hasFeed: Bool
    ) {
        guard hasReturn else {
            hasLoneFeed = hasLoneFeed || hasFeed
            return
        }
        note(tail.last ?? 0, bytes[0])
        var (pair, feed, ret): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var position = 0
        while position + 9 <= bytes.count {
            let returns = MachineWord.places(of: 13, in: bytes.word(at: position))
            let feeds = MachineWord.places(of: 10, in: bytes.word(at: position + 1))
            pair |= returns & feeds
            ret |= returns & ~feeds
            feed |= feeds & ~returns
            position += 8
        }
        hasPair = hasPair || pair != 0
        hasLoneReturn = hasLoneReturn || ret != 0
        hasLoneFeed = hasLoneFeed || feed != 0
        while position + 1 < bytes.count {
            note(bytes[position], bytes[position + 1])
            position += 1
        }
    }

    private mutating func note(_ first: UInt8, _ second: UInt8) {
        switch (first, second) {
        case (13, 10): hasPair = true
        case (13, _): hasLoneReturn = true
        case (_, 10): hasLoneFeed = true
        default: break
        }
    }

    private mutating func addQuotes(_ bytes: UnsafeRawBufferPointer, _ quote: UInt8) {
        if tail.last == quote, bytes[0] == 32 { hasQuoteBeforeSpace = true }
        var position = 0
        while position < bytes.count, !(mayQuoteLineEnds && hasQuoteBeforeSpace) {
            if position + 8 <= bytes.count {
                let word = bytes.word(at: position)
                let isCalm =
                    MachineWord.places(of: quote, in: word) == 0
                    && (!isQuoted
                        || MachineWord.places(of: 10, in: word)
                            | MachineWord.places(of: 13, in: word) == 0)
                if isCalm {
                    position += 8
                    continue
                }
            }
            for index in position..<min(position + 8, bytes.count) {
                let byte = bytes[index]
                if byte == quote {
                    isQuoted.toggle()
                    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                    if next == 32 { hasQuoteBeforeSpace = true }
                } else if isQuoted, byte == 10 || byte == 13 {
                    mayQuoteLineEnds = true
                }
            }
            position += 8
        }
    }
}

/// Bytes compared eight at a time in ordinary registers.
private enum MachineWord {
    struct Kinds {
        var hasHigh, hasNull, hasReturn, hasFeed, hasQuote: Bool
    }

    /// The high bit of each byte of `word` that equals `byte`.
    @inline(__always)
    static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((difference & low) &+ low) | difference | low)
    }

    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Has a high bit if and only if some byte of `word` equals `byte`, though perhaps not in its
    /// place.
    @inline(__always)
    private static func traces(of byte: UInt8, in word: UInt64) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return (difference &- 0x0101_0101_0101_0101) & ~difference
    }

    static func kinds(in bytes: UnsafeRawBufferPointer, quote: UInt8?) -> Kinds {
        let mark = quote ?? 10
        var (high, null, ret, feed, quotes): (UInt64, UInt64, UInt64, UInt64, UInt64) =
            (0, 0, 0, 0, 0)
        let words = bytes.count / 8
        for index in 0..<words {
            let word = bytes.word(at: index * 8)
            high |= word
            null |= traces(of: 0, in: word)
            ret |= traces(of: 13, in: word)
            feed |= traces(of: 10, in: word)
            quotes |= traces(of: mark, in: word)
        }
        let position = words * 8
        var kinds = Kinds(
            hasHigh: high & highs != 0, hasNull: null & highs != 0, hasReturn: ret & highs != 0,
            hasFeed: feed & highs != 0, hasQuote: quotes & highs != 0)
        for byte in bytes[position...] {
            if byte >= 0x80 { kinds.hasHigh = true }
            if byte == 0 { kinds.hasNull = true }
            if byte == 13 { kinds.hasReturn = true }
            if byte == 10 { kinds.hasFeed = true }
            if byte == mark { kinds.hasQuote = true }
        }
        return kinds
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    fileprivate func word(at position: Int) -> UInt64 {
        loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }
}
