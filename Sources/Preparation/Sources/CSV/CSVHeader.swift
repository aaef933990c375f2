import Columns
import Foundation
import Workspace

/// The top of a file: what stands above its rows, and how many columns they have.
///
/// Read by ourselves, since engines rename what they don't like in it.
struct CSVHeader {
    /// The values of the first record; without those, where it has no names in it.
    private(set) var names: [String]
    /// Lines above the first record.
    let linesAbove: Int
    /// The line on which the first record begins, from 1.
    let line: Int
    let hasRows: Bool
    /// True where a line above the first record holds a quote, at which an engine would stumble.
    let hasQuoteAbove: Bool
    /// True where every record ends with a delimiter and nothing behind it.
    private(set) var endsWithDelimiter = false
    private let isEmpty: Bool
    private let problem: CSVRecord.Problem?

    /// Rows that are looked at to tell a column without a name from no column.
    private static let firstRows = 1000

    /// - Parameter skip: lines to leave out before the first record, whatever is in them.
    init(
        _ text: URL, _ grammar: CSVGrammar, skip: Int, hasHeader: Bool
    ) throws(AuroraError) {
        let records = try CSVRecords(text, grammar)
        var hasQuote = false
        func note(_ record: CSVRecord) {
            guard let quote = grammar.quote else { return }
            hasQuote = hasQuote || records.bytes[record.start..<record.end].contains(quote)
        }
        var above = 0
        while above < skip, let line = try records.nextLine() {
            note(line)
            above += 1
        }
        var first: CSVRecord?
        var line = records.line
        while let record = try records.next(keepsCells: true) {
            if record.kind == .row {
                first = record
                break
            }
            note(record)
            above += 1
            line = records.line
        }
        linesAbove = above
        hasQuoteAbove = hasQuote
        self.line = line
        let bytes = records.bytes
        isEmpty = first == nil
        let cells = first?.cells.map { grammar.value($0, in: bytes) } ?? []
        let isSound = cells.allSatisfy { cell in cell.withUnsafeBytes(UTF8Check.isSound) }
        problem = first?.problem ?? (isSound ? nil : .notUTF8)
        names = cells.map { String(decoding: $0, as: UTF8.self) }
        guard hasHeader else {
            hasRows = first != nil
            names = names.indices.map { "column_\($0 + 1)" }
            return
        }
        var rows = 0
        var lastFilled = 0
        while rows < Self.firstRows, let record = try records.next() {
            guard record.kind == .row else { continue }
            rows += 1
            lastFilled = max(lastFilled, record.lastFilled)
        }
        hasRows = rows > 0
        if names.count > 1, names.last == "", lastFilled < names.count {
            names.removeLast()
            endsWithDelimiter = true
        }
    }

    /// What makes the file unusable, before any row of it is read.
    ///
    /// - Parameter hasNames: false where the names are stated elsewhere.
    func problems(in file: URL, hasNames: Bool) -> [Diagnostic] {
        let place = Diagnostic.Place(file: file.path, line: isEmpty ? 1 : line)
        if isEmpty {
            return [
                Diagnostic(
                    "empty_file", at: place, "the file is empty",
                    hint: "export it again, with a header line")
            ]
        }
        switch problem {
        case .notUTF8:
            return [
                Diagnostic(
                    "encoding", at: place, "the header line is not UTF-8",
                    hint: "state another encoding in the source file, or save the file as UTF-8")
            ]
        case .some(let problem):
            return [
                Diagnostic(
                    "malformed_file", at: place,
                    "the first record can't be read: \(problem.reason)",
                    hint: "mend that line, or state the quote in the source file")
            ]
        case nil: return hasNames ? ColumnNames.problems(names) { _ in place } : []
        }
    }
}

extension CSVRecord.Problem {
    var reason: String {
        switch self {
        case .openQuote: "a quote opens a value and never ends"
        case .textAfterQuote: "a quoted value goes on after its quote"
        case .tooLong: "it is longer than \(CSVRecords.longest / 1_000_000) million bytes"
        case .notUTF8: "it holds bytes that are not UTF-8"
        }
    }
}
