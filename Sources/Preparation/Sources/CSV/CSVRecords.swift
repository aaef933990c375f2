import Columns
import Foundation

/// The records of a file in UTF-8, one after another.
///
/// Reads through a window that grows with the longest record only, so that memory stays small
/// whatever the file's size.
final class CSVRecords {
    /// Bytes of the longest record that the engine takes, too, with a margin.
    static let longest = 16_000_000

    private let file: ByteFile
    private let grammar: CSVGrammar
    private let longest: Int
    private var window = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * ByteFile.chunk)
    private var filled = 0
    private var position = 0
    private var isComplete = false

    /// The line on which the next record begins, from 1.
    private(set) var line = 1
    /// Byte order marks that stood before records; they belong to no value.
    private(set) var marks = 0

    init(
        _ url: URL, _ grammar: CSVGrammar, longest: Int = CSVRecords.longest
    ) throws(AuroraError) {
        file = try ByteFile(url)
        self.grammar = grammar
        self.longest = longest
        try fill()
        skipMark()
        // The mark of the whole file is none of those in its midst.
        marks = 0
    }

    deinit { window.deallocate() }

    /// - Returns: nil at the end. The record's places are valid until the next call.
    func next(keepsCells: Bool = false) throws(AuroraError) -> CSVRecord? {
        try fill()
        skipMark()
        while position < filled {
            let bytes = UnsafeBufferPointer(rebasing: window[..<filled])
            if let record = grammar.record(
                in: bytes, at: position, isComplete: isComplete, keepsCells: keepsCells)
            {
                return pass(record)
            }
            if filled - position >= longest { return try tooLong(bytes) }
            try grow()
        }
        return nil
    }

    /// The next line, whatever is in it; nil at the end.
    func nextLine() throws(AuroraError) -> CSVRecord? {
        try fill()
        while position < filled {
            let bytes = UnsafeBufferPointer(rebasing: window[..<filled])
            if var line = grammar.line(
                in: bytes, at: position, isComplete: isComplete, .textAfterQuote)
            {
                line.problem = nil
                return pass(line)
            }
            if filled - position >= longest { return try tooLong(bytes) }
            try grow()
        }
        return nil
    }

    /// The bytes from which the last record's places are counted.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: window[..<filled]) }

    private func pass(_ record: CSVRecord) -> CSVRecord {
        position = record.next
        line += record.quotedLines + (record.next > record.end ? 1 : 0)
        return record
    }

    /// A record for which there is no room: the line on which its quote opens, or what there is of
    /// an endless line.
    private func tooLong(_ bytes: UnsafeBufferPointer<UInt8>) throws(AuroraError) -> CSVRecord {
        if let line = grammar.line(in: bytes, at: position, isComplete: false, .openQuote) {
            return pass(line)
        }
        var record = CSVRecord(start: 0)
        record.problem = .tooLong
        // As much as a person may want to see of it; the rest is passed over.
        record.end = min(filled - position, 1 << 16)
        window.baseAddress?.update(from: window.baseAddress! + position, count: record.end)
        record.next = record.end
        (position, filled) = (record.end, record.end)
        while true {
            let more = try file.next()
            if more.isEmpty {
                isComplete = true
                return record
            }
            guard let end = more.firstIndex(where: { $0 == 10 || $0 == 13 }) else { continue }
            line += 1
            let isPair =
                more[end] == 13 && more.index(after: end) < more.endIndex
                && more[more.index(after: end)] == 10
            append(more[more.index(end, offsetBy: isPair ? 2 : 1)...])
            return record
        }
    }

    // MARK: The window

    /// Moves on when little is left, so that most records are there at once.
    private func fill() throws(AuroraError) {
        while !isComplete, filled - position < 1 << 16 { try grow() }
    }

    /// Reads on. What is there doubles at least, so that a long record isn't looked at too often.
    private func grow() throws(AuroraError) {
        if position > 0 {
            let base = window.baseAddress!
            base.update(from: base + position, count: filled - position)
            filled -= position
            position = 0
        }
        let more = try file.next(max(ByteFile.chunk, filled))
        isComplete = more.isEmpty
        append(more)
    }

    private func append(_ more: Data) {
        if filled + more.count > window.count {
            let larger = UnsafeMutableBufferPointer<UInt8>
                .allocate(capacity: max(2 * window.count, filled + more.count))
            larger.baseAddress?.update(from: window.baseAddress!, count: filled)
            window.deallocate()
            window = larger
        }
        _ = more.copyBytes(to: UnsafeMutableBufferPointer(rebasing: window[filled...]))
        filled += more.count
    }

    private func skipMark() {
        let mark = TextEncoding.utf8.mark
        while filled - position >= mark.count,
            window[position..<(position + mark.count)].elementsEqual(mark)
        {
            position += mark.count
            marks += 1
        }
    }
}
