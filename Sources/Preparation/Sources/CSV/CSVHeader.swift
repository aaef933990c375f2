import Columns
import Foundation
import Workspace

/// The first record of a CSV file, read by ourselves: engines rename what they don't like in it.
struct CSVHeader {
    let names: [String]
    private let url: URL
    private let hasRows: Bool
    private let isUTF8: Bool
    private let isWellQuoted: Bool

    private static let sizeLimit = 1 << 20

    init(_ url: URL, delimiter: String, quote: String) throws(AuroraError) {
        self.url = url
        var bytes: [UInt8]
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            bytes = Array(try handle.read(upToCount: Self.sizeLimit) ?? Data())
        } catch {
            throw AuroraError(
                "file_unreadable", "\(url.path) can't be read", cause: error.localizedDescription)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var parser = Parser(delimiter: Array(delimiter.utf8), quote: quote.utf8.first)
        let end = parser.parse(bytes)
        names = parser.values.map { String(decoding: $0, as: UTF8.self) }
        isUTF8 = parser.values.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
        isWellQuoted = parser.isWellQuoted
        hasRows = bytes[end...].contains { $0 != 10 && $0 != 13 }
    }

    /// What makes the file unusable, before any row of it is read.
    func problems(in file: Located<String>) -> [Diagnostic] {
        func problem(_ code: String, _ message: String, _ hint: String) -> Diagnostic {
            Diagnostic(code, at: .init(file: url.path, line: 1), message, hint: hint)
        }
        guard !names.isEmpty, names != [""] else {
            return [
                problem("empty_file", "the file is empty", "export it again, with a header line")
            ]
        }
        guard isUTF8 else {
            return [
                problem(
                    "encoding", "the header line is not UTF-8",
                    "save the file as UTF-8, in Excel as 'CSV UTF-8'")
            ]
        }
        guard isWellQuoted else {
            return [
                problem(
                    "malformed_file", "a quoted name of the header goes on after its quote",
                    "mend that line, or state the quote in the source file")
            ]
        }
        var problems: [Diagnostic] = []
        for (index, name) in names.enumerated() where name.allSatisfy(\.isWhitespace) {
            problems.append(
                problem(
                    "unnamed_column", "column \(index + 1) of \(names.count) has no name",
                    "give it a name in the header line"))
        }
        // Engines compare names without regard to case, so Aurora must, too.
        let groups = Dictionary(grouping: names.indices) { names[$0].lowercased() }
        for indices in groups.values.sorted(by: { $0[0] < $1[0] }) where indices.count > 1 {
            let first = names[indices[0]]
            guard !first.allSatisfy(\.isWhitespace) else { continue }
            let positions = indices.map { String($0 + 1) }.joined(separator: ", ")
            problems.append(
                problem(
                    "duplicate_column", "the columns \(positions) have the same name '\(first)'",
                    "names must differ by more than the case of letters"))
        }
        if !hasRows, problems.isEmpty {
            problems.append(
                problem(
                    "no_rows",
                    "the file has a header of \(names.count) columns and no row below it",
                    "export it again with its rows"))
        }
        return problems
    }

    /// Reads one record of delimited values.
    private struct Parser {
        let delimiter: [UInt8]
        let quote: UInt8?
        var values: [[UInt8]] = []
        /// False where something follows a quoted value other than a delimiter or a line end.
        var isWellQuoted = true

        /// - Returns: where the record after this one begins.
        mutating func parse(_ bytes: [UInt8]) -> Int {
            guard !bytes.isEmpty else { return 0 }
            var value: [UInt8] = []
            var isQuoted = false
            var position = 0
            while position < bytes.count {
                let byte = bytes[position]
                if isQuoted {
                    if byte == quote, position + 1 < bytes.count, bytes[position + 1] == quote {
                        value.append(byte)
                        position += 1
                    } else if byte == quote {
                        isQuoted = false
                        let rest = bytes[(position + 1)...]
                        isWellQuoted =
                            isWellQuoted
                            && ([nil, 10, 13].contains(rest.first) || rest.starts(with: delimiter))
                    } else {
                        value.append(byte)
                    }
                } else if byte == quote, value.isEmpty {
                    isQuoted = true
                } else if bytes[position...].starts(with: delimiter) {
                    values.append(value)
                    value = []
                    position += delimiter.count - 1
                } else if byte == 10 || byte == 13 {
                    let isPair =
                        byte == 13 && position + 1 < bytes.count && bytes[position + 1] == 10
                    position += isPair ? 2 : 1
                    break
                } else {
                    value.append(byte)
                }
                position += 1
            }
            values.append(value)
            return min(position, bytes.count)
        }
    }
}
