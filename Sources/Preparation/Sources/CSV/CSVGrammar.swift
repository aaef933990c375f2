/// What is between and around the values of a text file, and how its records are told apart.
///
/// A record ends at a line end outside quotes. A quote opens a value at its beginning, spaces before
/// it left out; two quotes are one inside. That is also how the engine reads: a file that is good
/// here is read there into the same rows.
struct CSVGrammar: Sendable {
    let delimiter: [UInt8]
    let quote: UInt8?
    /// What begins a line that is no record; nothing where empty.
    let comment: [UInt8]
    /// Of the delimiter; kept apart because each byte of a file is compared with it.
    let first: UInt8
    let width: Int

    init(delimiter: String, quote: String, comment: String?) {
        self.delimiter = Array(delimiter.utf8)
        self.quote = quote.utf8.first
        first = self.delimiter.first ?? 0
        width = self.delimiter.count
        self.comment = Array((comment ?? "").utf8)
    }

    /// - Parameters:
    ///   - start: where it begins; less than the number of bytes.
    ///   - isComplete: true where nothing follows the bytes.
    ///   - keepsCells: true where the record is to hold the places of its values.
    /// - Returns: nil where more bytes are needed.
    ///
    /// Complexity: O(bytes of the record).
    func record(
        in bytes: UnsafeBufferPointer<UInt8>, at start: Int, isComplete: Bool,
        keepsCells: Bool = false
    ) -> CSVRecord? {
        var scan = CSVScan(grammar: self, bytes: bytes, isComplete: isComplete, position: start)
        var record = CSVRecord(start: start)
        if !comment.isEmpty, bytes[start...].starts(with: comment) {
            record.kind = .comment
            return scan.line(record)
        }
        while true {
            let cell: CSVCell
            switch scan.cell(&record) {
            case .needsMore: return nil
            case .broken(let problem):
                return line(in: bytes, at: start, isComplete: isComplete, problem)
            case .found(let found): cell = found
            }
            if keepsCells { record.cells.append(cell) }
            record.values += 1
            if !cell.range.isEmpty { record.lastFilled = record.values }
            if scan.isAtEnd {
                record.end = scan.position
                record.next = scan.position
                break
            }
            if scan.isAtLineEnd {
                guard scan.endLine(&record) else { return nil }
                break
            }
            scan.position += width
        }
        if record.end == start, record.values == 1 { record.kind = .empty }
        return record
    }

    /// The line that begins there, whatever is in it. It stands for a record with a quote out of
    /// place, which would otherwise swallow what follows.
    func line(
        in bytes: UnsafeBufferPointer<UInt8>, at start: Int, isComplete: Bool,
        _ problem: CSVRecord.Problem
    ) -> CSVRecord? {
        var scan = CSVScan(grammar: self, bytes: bytes, isComplete: isComplete, position: start)
        var record = CSVRecord(start: start)
        record.problem = problem
        return scan.line(record)
    }

    /// The text of a value, without its quotes.
    func value(_ cell: CSVCell, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard cell.isQuoted, let quote else { return Array(bytes[cell.range]) }
        var value: [UInt8] = []
        var isEscape = false
        for byte in bytes[cell.range] {
            isEscape = byte == quote && !isEscape
            if !isEscape { value.append(byte) }
        }
        return value
    }
}

/// The place of a value, without the quotes around it.
struct CSVCell {
    var range: Range<Int>
    var isQuoted: Bool
}

struct CSVRecord {
    enum Kind { case row, empty, comment }

    enum Problem: Hashable { case openQuote, textAfterQuote, tooLong, notUTF8 }

    struct LineEnds: OptionSet {
        let rawValue: Int
        static let feed = LineEnds(rawValue: 1)
        static let pair = LineEnds(rawValue: 2)
        static let carriageReturn = LineEnds(rawValue: 4)
        /// CR CR LF: a pair that was written in text mode.
        static let doubled = LineEnds(rawValue: 8)
    }

    var kind = Kind.row
    var problem: Problem?
    /// From `start` to `end` are its bytes without the line end; the next one begins at `next`.
    var start: Int
    var end = 0
    var next = 0
    var values = 0
    /// The last value, counted from 1, that is not empty.
    var lastFilled = 0
    var lineEnd: LineEnds = []
    /// Line ends inside of quotes.
    var quotedLines = 0
    var cells: [CSVCell] = []

    init(start: Int) { self.start = start }

    /// Empty values beyond the last column are no values; some systems end each line with one.
    func isShaped(_ columns: Int) -> Bool { values >= columns && lastFilled <= columns }
}
