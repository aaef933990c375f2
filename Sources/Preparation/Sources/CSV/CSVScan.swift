/// A place in the bytes that moves on.
struct CSVScan {
    let grammar: CSVGrammar
    let bytes: UnsafeBufferPointer<UInt8>
    let isComplete: Bool
    var position: Int

    enum Outcome {
        case found(CSVCell), broken(CSVRecord.Problem), needsMore
    }

    var isAtEnd: Bool { position >= bytes.count }
    var isAtLineEnd: Bool { bytes[position] == 10 || bytes[position] == 13 }

    private func isDelimiter(_ place: Int) -> Bool {
        guard bytes[place] == grammar.first else { return false }
        return grammar.width == 1 || bytes[place...].starts(with: grammar.delimiter)
    }

    private func skippingSpaces(from place: Int) -> Int {
        guard grammar.first != 32 else { return place }
        var place = place
        while place < bytes.count, bytes[place] == 32 { place += 1 }
        return place
    }

    mutating func cell(_ record: inout CSVRecord) -> Outcome {
        let start = position
        var place = start
        if let quote = grammar.quote {
            place = skippingSpaces(from: start)
            if place == bytes.count, !isComplete { return .needsMore }
            if place < bytes.count, bytes[place] == quote {
                return quoted(from: place + 1, quote, &record)
            }
        }
        let (bytes, first) = (bytes, grammar.first)
        while place < bytes.count {
            let byte = bytes[place]
            if byte == 10 || byte == 13 { break }
            if byte == first, isDelimiter(place) { break }
            place += 1
        }
        position = place
        // The delimiter's other bytes might be those that are not there yet.
        guard isComplete || position + grammar.width <= bytes.count else {
            return .needsMore
        }
        return .found(CSVCell(range: start..<position, isQuoted: false))
    }

    private mutating func quoted(
        from start: Int, _ quote: UInt8, _ record: inout CSVRecord
    ) -> Outcome {
        let bytes = bytes
        var place = start
        while true {
            while place < bytes.count, bytes[place] != quote {
                let byte = bytes[place]
                if byte == 10 || byte == 13 {
                    let isPair = byte == 13 && place + 1 < bytes.count && bytes[place + 1] == 10
                    if !isPair { record.quotedLines += 1 }
                }
                place += 1
            }
            guard place < bytes.count else { return isComplete ? .broken(.openQuote) : .needsMore }
            guard place + 1 < bytes.count || isComplete else { return .needsMore }
            guard place + 1 < bytes.count, bytes[place + 1] == quote else { break }
            place += 2
        }
        let end = place
        position = skippingSpaces(from: place + 1)
        guard isComplete || position + grammar.width <= bytes.count else {
            return .needsMore
        }
        guard isAtEnd || isAtLineEnd || isDelimiter(position) else {
            return .broken(.textAfterQuote)
        }
        return .found(CSVCell(range: start..<end, isQuoted: true))
    }

    /// Ends the record at the line end where it stands; false where more bytes are needed.
    mutating func endLine(_ record: inout CSVRecord) -> Bool {
        record.end = position
        var length = 1
        record.lineEnd = .feed
        if bytes[position] == 13 {
            guard isComplete || position + 2 < bytes.count else { return false }
            let next = bytes[(position + 1)...].prefix(2)
            if next.first == 10 {
                (length, record.lineEnd) = (2, .pair)
            } else if next.elementsEqual([13, 10]) {
                (length, record.lineEnd) = (3, .doubled)
            } else {
                record.lineEnd = .carriageReturn
            }
        }
        record.next = position + length
        return true
    }

    /// The record up to the first line end, quoted or not.
    mutating func line(_ record: CSVRecord) -> CSVRecord? {
        var record = record
        while !isAtEnd, !isAtLineEnd { position += 1 }
        if isAtEnd {
            record.end = position
            record.next = position
            return isComplete ? record : nil
        }
        return endLine(&record) ? record : nil
    }
}
