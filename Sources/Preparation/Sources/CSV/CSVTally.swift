import Columns
import Engine
import Foundation

/// The rows of one file, counted record by record: those that can be split into the columns and
/// those that can't. Together they are all that is in the file.
struct CSVTally {
    private(set) var kept = 0
    private(set) var broken = 0
    private(set) var firstBroken: BrokenRow?
    private(set) var comments = 0
    private(set) var marks = 0
    private(set) var lineEnds: CSVRecord.LineEnds = []
    private(set) var hasQuotedLineEnds = false
    /// Of the first record, be it the header or a row.
    private(set) var firstHoldsLineEnds = false
    private(set) var endsWithEmptyLines = false

    struct BrokenRow {
        let line: Int
        let problem: Problem
    }

    enum Problem {
        case unreadable(CSVRecord.Problem)
        case values(Int, expected: Int)

        var code: String {
            if case .values = self { "ragged_rows" } else { "malformed_file" }
        }

        var reason: String {
            switch self {
            case .unreadable(let problem): problem.reason
            case .values(let values, let expected): "\(values) values, but \(expected) are expected"
            }
        }
    }

    /// What ends the records where they all end alike.
    var lineEnd: DelimitedFile.LineEnd {
        if lineEnds.contains(.pair) { return .pair }
        return lineEnds.contains(.carriageReturn) ? .carriageReturn : .feed
    }

    var hasMixedLineEnds: Bool {
        lineEnds.contains(.doubled) || lineEnds.rawValue.nonzeroBitCount > 1
    }

    /// - Parameters:
    ///   - columns: how many values a row has.
    ///   - checksUTF8: false where all of the text is known to be.
    ///   - split: takes the rows, where wanted.
    ///
    /// Complexity: O(bytes) of time; memory for the longest record only.
    init(
        _ text: URL, _ grammar: CSVGrammar, below header: CSVHeader, hasHeader: Bool, columns: Int,
        checksUTF8: Bool, into split: CSVSplit? = nil
    ) throws(AuroraError) {
        let records = try CSVRecords(text, grammar)
        for _ in 0..<header.linesAbove {
            if let line = try records.nextLine() { lineEnds.formUnion(line.lineEnd) }
        }
        if hasHeader, let record = try records.next() {
            lineEnds.formUnion(record.lineEnd)
            firstHoldsLineEnds = record.quotedLines > 0
        }
        // With one column an empty line is a row without a value, but not at the end of the file.
        var emptyLines = 0
        while true {
            let line = records.line
            guard let record = try records.next() else { break }
            lineEnds.formUnion(record.lineEnd)
            if record.quotedLines > 0 {
                hasQuotedLineEnds = true
                if !hasHeader, kept + broken == 0 { firstHoldsLineEnds = true }
            }
            if record.kind == .comment {
                comments += 1
                continue
            }
            if record.kind == .empty {
                if columns == 1 { emptyLines += 1 }
                continue
            }
            for _ in 0..<emptyLines {
                kept += 1
                try split?.keep([])
            }
            emptyLines = 0
            let bytes = UnsafeRawBufferPointer(
                UnsafeBufferPointer(rebasing: records.bytes[record.start..<record.end]))
            if let problem = Self.problem(record, bytes, columns, checksUTF8) {
                broken += 1
                if firstBroken == nil { firstBroken = BrokenRow(line: line, problem: problem) }
                try split?.setAside(bytes, because: problem.reason)
            } else {
                kept += 1
                try split?.keep(bytes)
            }
        }
        marks = records.marks
        endsWithEmptyLines = emptyLines > 0
    }

    private static func problem(
        _ record: CSVRecord, _ bytes: UnsafeRawBufferPointer, _ columns: Int, _ checksUTF8: Bool
    ) -> Problem? {
        if let problem = record.problem { return .unreadable(problem) }
        if checksUTF8, !UTF8Check.isSound(bytes) { return .unreadable(.notUTF8) }
        return record.isShaped(columns) ? nil : .values(record.values, expected: columns)
    }
}
