/// What stands between the values, found by splitting a sample of the file in every usual way.
struct DelimiterGuess: Sendable {
    let delimiter: String
    /// Why another delimiter would be possible; nil where the guess is certain.
    let doubt: String?

    /// Where no delimiter splits the records, they have one value each; a character that texts don't
    /// hold stands for the missing delimiter.
    static let none = "\u{1F}"

    /// Rarer ones count only where no usual one will do: a colon is in every time of day.
    private static let candidates: [(delimiters: [String], leastAgreement: Double)] = [
        (["\t", ";", "|", ","], 0.9), ([":", "^"], 1),
    ]

    /// - Parameters:
    ///   - pieces: parts of the file, each of whole lines; the first begins with the header.
    ///   - comment: what begins a line that is no record.
    init(_ pieces: [[UInt8]], quote: String, comment: String?) {
        for (delimiters, least) in Self.candidates {
            let splits = delimiters.map { Split(pieces, $0, quote: quote, comment: comment) }
            let fits = Self.withoutDecimalCommas(
                splits.filter { $0.columns > 1 && $0.agreement >= least }, pieces)
            if let best = Self.best(of: fits) {
                delimiter = best.delimiter
                doubt =
                    fits.count > 1
                    ? "others would do, too"
                    : best.agreement < 1
                        ? "some of the first records have another number of values" : nil
                return
            }
        }
        // A header of several names whose rows are as many values, though not the same number.
        let usual = Self.candidates[0].delimiters
            .map { Split(pieces, $0, quote: quote, comment: comment) }
            .filter { $0.first > 1 && $0.several >= 0.5 }
        delimiter =
            usual.max { ($0.several, $0.first) < ($1.several, $1.first) }?.delimiter ?? Self.none
        doubt = usual.isEmpty ? nil : "many of the first records have another number of values"
    }

    private static func best(of splits: [Split]) -> Split? {
        // The first of those that are equal, in the order of the candidates.
        splits.reduce(nil) { best, split in
            guard let best else { return split }
            let isBetter =
                (split.isHeaded ? 1 : 0, split.columns)
                > (best.isHeaded ? 1 : 0, best.columns)
            return isBetter ? split : best
        }
    }

    /// A comma that stands between two digits wherever it stands is a decimal mark, if anything else
    /// can be the delimiter.
    private static func withoutDecimalCommas(_ splits: [Split], _ pieces: [[UInt8]]) -> [Split] {
        guard splits.count > 1, splits.contains(where: { $0.delimiter == "," }) else {
            return splits
        }
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        let isMark = pieces.allSatisfy { piece in
            piece.indices.allSatisfy { index in
                piece[index] != 44
                    || (index > 0 && index + 1 < piece.count && isDigit(piece[index - 1])
                        && isDigit(piece[index + 1]))
            }
        }
        return isMark ? splits.filter { $0.delimiter != "," } : splits
    }

    /// The sample's records under one delimiter.
    private struct Split {
        let delimiter: String
        /// The most frequent number of values.
        private(set) var columns = 0
        /// The share of records with that many.
        private(set) var agreement = 0.0
        /// The share of records with more than one value.
        private(set) var several = 0.0
        /// The first record's number of values.
        private(set) var first = 0

        var isHeaded: Bool { first == columns }

        init(_ pieces: [[UInt8]], _ delimiter: String, quote: String, comment: String?) {
            self.delimiter = delimiter
            let grammar = CSVGrammar(delimiter: delimiter, quote: quote, comment: comment)
            var counts: [Int: Int] = [:]
            for piece in pieces {
                piece.withUnsafeBufferPointer { bytes in
                    var position = 0
                    while position < bytes.count,
                        let record = grammar.record(in: bytes, at: position, isComplete: true)
                    {
                        position = record.next
                        guard record.kind == .row else { continue }
                        // The end of a piece may cut a quoted value.
                        if record.problem == .openQuote, pieces.count > 1 { break }
                        let values = record.problem == nil ? record.values : 0
                        if first == 0 { first = values }
                        counts[values, default: 0] += 1
                    }
                }
            }
            let total = counts.values.reduce(0, +)
            // The larger of two that are as frequent: values are lost more often than made.
            guard
                let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), total > 0
            else { return }
            columns = most.key
            agreement = Double(most.value) / Double(total)
            several = Double(total - (counts[1] ?? 0) - (counts[0] ?? 0)) / Double(total)
        }
    }
}
