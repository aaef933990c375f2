import Columns
import Engine
import Foundation
import Workspace

/// One text file, looked at and described so completely that the engine has nothing to guess.
struct CSVFile {
    let file: SourceFile
    let names: [String]
    /// What was found out about its form, in words.
    private(set) var facts: [String]
    let hasRows: Bool
    private let text: UTF8Text
    private let options: CSVOptions
    private let delimiter: String
    private let grammar: CSVGrammar
    private let header: CSVHeader

    /// - Parameter copy: where a copy in UTF-8 would be.
    /// - Returns: nil with diagnostics where the file can't be used.
    static func examine(
        _ file: SourceFile, _ options: CSVOptions, copy: URL, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> CSVFile? {
        let quote = options.quote.value.utf8.first
        let controls = Array((options.delimiter?.value ?? "").utf8)
        guard
            let text = try UTF8Text.of(
                file.url, stated: options.encoding, quote: quote, controls: controls, copy: copy,
                &diagnostics)
        else { return nil }
        let sample = try CSVSample(text, skip: options.skip)
        let stated = options.delimiter?.value ?? sample.statedDelimiter
        let guess =
            stated == nil
            ? DelimiterGuess(
                sample.pieces, quote: options.quote.value, comment: options.comment?.value) : nil
        let delimiter = stated ?? guess?.delimiter ?? DelimiterGuess.none
        let grammar = CSVGrammar(
            delimiter: delimiter, quote: options.quote.value, comment: options.comment?.value)
        let header = try CSVHeader(
            text.url, grammar, skip: options.skip + (sample.statedDelimiter == nil ? 0 : 1),
            hasHeader: options.hasHeader)
        let problems = header.problems(
            in: file.url, hasNames: options.hasHeader && options.names == nil)
        diagnostics += problems
        guard problems.isEmpty else { return nil }
        if let names = options.names, names.count != header.names.count {
            diagnostics.append(
                Diagnostic(
                    "names_mismatch", at: options.namesPlace,
                    "\(names.count) names are stated, but \(file.url.path) has "
                        + "\(header.names.count) columns",
                    hint: "state one name for each column, in the order of the file"))
            return nil
        }
        return CSVFile(
            file: file, names: options.names?.map(\.value) ?? header.names,
            facts: [text.fact] + delimiterFacts(delimiter, guess) + header.facts(options),
            hasRows: header.hasRows, text: text, options: options, delimiter: delimiter,
            grammar: grammar, header: header)
    }

    private static func delimiterFacts(_ delimiter: String, _ guess: DelimiterGuess?) -> [String] {
        let words = [
            ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", ":": "colons",
            "^": "carets",
        ]
        let fact =
            delimiter == DelimiterGuess.none
            ? "one value on each line" : "\(words[delimiter] ?? "'\(delimiter)'") between values"
        return [fact + (guess?.doubt.map { " (not certain: \($0))" } ?? "")]
    }

    /// Bytes, in UTF-8.
    var size: Int { text.survey.size }

    // MARK: Reading

    /// Gives the relation of the rows: over the file itself wherever the engine can take it as it
    /// is, else over a copy of the rows that it can read.
    ///
    /// - Parameters:
    ///   - copy: where the rows would be copied to.
    ///   - aside: takes the rows that can't be split, where the author wants them set aside.
    /// - Returns: nil with a diagnostic where such rows stop the run.
    mutating func relation(
        _ dialect: any Dialect, copy: URL, aside: BrokenRows?, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> String? {
        var described = DelimitedFile(
            path: text.url.path, columns: names, delimiter: delimiter, quote: options.quote.value,
            skippedRecords: header.linesAbove + (options.hasHeader ? 1 : 0),
            missing: options.missing, lineEnd: text.survey.lineEnd)
        guard needsTally else { return dialect.relation(of: described) }
        let tally = try tally()
        if aside == nil, let problem = problem(tally) {
            diagnostics.append(problem)
            return nil
        }
        facts += Self.facts(tally)
        described.mayHoldLineEnds = tally.hasQuotedLineEnds
        described.lineEnd = tally.lineEnd
        if needsCopy(tally) {
            let split = try CSVSplit(good: copy, aside: aside)
            _ = try self.tally(into: split)
            try split.flush()
            described.path = copy.path
            described.skippedRecords = 0
            described.lineEnd = .feed
        } else {
            aside?.pass(tally.kept)
        }
        return dialect.relation(of: described)
    }

    /// The first row that can't be split, and how many there are; nil where there is none.
    func problem() throws(AuroraError) -> Diagnostic? { problem(try tally()) }

    private func problem(_ tally: CSVTally) -> Diagnostic? {
        guard let first = tally.firstBroken else { return nil }
        let others = tally.broken - 1
        let verb = first.problem.code == "ragged_rows" ? "has" : "can't be read:"
        return Diagnostic(
            first.problem.code, at: .init(file: file.url.path, line: first.line),
            "line \(first.line) \(verb) \(first.problem.reason)"
                + (others > 0 ? " (and \(others) more rows can't be split)" : ""),
            hint:
                "mend that line, state the delimiter and the quote in the source file, or set such "
                + "rows aside with 'broken_rows: quarantine'")
    }

    private func tally(into split: CSVSplit? = nil) throws(AuroraError) -> CSVTally {
        try CSVTally(
            text.url, grammar, below: header, hasHeader: options.hasHeader, columns: names.count,
            checksUTF8: text.survey.utf8.strays > 0, into: split)
    }

    /// Whether something may be in the file that has to be looked at record by record.
    private var needsTally: Bool {
        let survey = text.survey
        let ownMarks = survey.startsWithMark ? 1 : 0
        return options.quarantines || options.comment != nil || text.isCopy
            || survey.hasMixedLineEnds || survey.hasQuoteBeforeSpace || survey.utf8.strays > 0
            || survey.utf8.marks > ownMarks || header.hasQuoteAbove
            // On one thread, which line ends in values ask for, the engine leaves out the rows
            // behind a quote that never ends, and says nothing.
            || survey.mayQuoteLineEnds
            // For the engine an empty line is a row where there is one column.
            || (names.count == 1 && survey.endsWithEmptyLine)
    }

    private func needsCopy(_ tally: CSVTally) -> Bool {
        tally.broken > 0 || tally.comments > 0 || tally.marks > 0 || tally.hasMixedLineEnds
            || header.hasQuoteAbove || tally.endsWithEmptyLines
            // Pairs can't be stated: the engine goes by the first line end of the file.
            || (tally.lineEnd == .pair && tally.firstHoldsLineEnds)
    }

    private static func facts(_ tally: CSVTally) -> [String] {
        func count(_ number: Int, _ one: String, _ many: String) -> [String] {
            number == 0 ? [] : ["\(number) \(number == 1 ? one : many)"]
        }
        return count(tally.comments, "line of comment left out", "lines of comment left out")
            + (tally.hasMixedLineEnds ? ["line ends of several kinds"] : [])
            + count(
                tally.marks, "byte order mark amid the rows left out",
                "byte order marks amid the rows left out")
            + count(
                tally.broken, "row set aside that can't be split into the columns",
                "rows set aside that can't be split into the columns")
    }
}

extension CSVHeader {
    fileprivate func facts(_ options: CSVOptions) -> [String] {
        (linesAbove == 0
            ? []
            : [
                "\(linesAbove) \(linesAbove == 1 ? "line" : "lines") above the first record left out"
            ])
            + (options.hasHeader ? [] : ["no header"])
            + (endsWithDelimiter ? ["lines end with a delimiter"] : [])
    }
}
