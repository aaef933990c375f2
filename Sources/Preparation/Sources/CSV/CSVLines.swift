import Foundation

/// The lines of a CSV file, to tell a person where to look. Quoted values may hold line ends, so
/// that a record is not always a line.
struct CSVLines {
    private let bytes: Data
    private let delimiter: UInt8?
    private let quote: UInt8?

    init(_ url: URL, delimiter: String, quote: String) {
        bytes = (try? Data(contentsOf: url, options: .mappedIfSafe)) ?? Data()
        self.delimiter = delimiter.utf8.last
        self.quote = quote.utf8.first
    }

    /// The line on which a record begins; both are counted from 1.
    ///
    /// Complexity: O(bytes before the record).
    func first(ofRecord record: Int) -> Int {
        var (line, current) = (1, 1)
        var isQuoted = false
        var previous: UInt8 = 10
        for byte in bytes {
            if current == record { break }
            if byte == quote {
                // A quote opens a value at its beginning; two of them are one inside a value.
                let opens = [10, 13, delimiter, quote].contains(previous)
                if isQuoted || opens { isQuoted.toggle() }
            } else if byte == 10 {
                line += 1
                if !isQuoted { current += 1 }
            }
            previous = byte
        }
        return line
    }
}
