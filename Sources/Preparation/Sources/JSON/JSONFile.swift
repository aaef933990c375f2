import Columns
import Foundation
import Workspace

/// A JSON file and where its records stand in it.
struct JSONFile: Sendable {
    let file: SourceFile
    let data: Data
    let form: Form
    /// Where the first record may begin, and where the last one ends.
    let range: Range<Int>
    /// What is known of the file's form, in words.
    let fact: String

    enum Form: Sendable {
        /// The elements of a list.
        case list
        /// One object a line.
        case lines
        /// The members of one object.
        case members
    }

    /// What an author says of the file's form.
    struct Options: Sendable {
        /// True where the members of the file's object are the rows.
        var isMap: Bool
        /// The key of the list that holds the rows.
        var rows: Located<String>?
    }

    /// - Returns: nil with a diagnostic where the file can't be rows.
    static func open(
        _ file: SourceFile, _ options: Options, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> JSONFile? {
        let data: Data
        do {
            data = try Data(contentsOf: file.url, options: .mappedIfSafe)
        } catch {
            throw AuroraError(
                "file_unreadable", "\(file.url.path) can't be read",
                cause: error.localizedDescription)
        }
        let finding = data.withUnsafeBytes { raw in
            Form.find(raw.bindMemory(to: UInt8.self), file.url, options)
        }
        switch finding {
        case .success(let finding):
            return JSONFile(
                file: file, data: data, form: finding.form, range: finding.range,
                fact: finding.fact)
        case .failure(let problem):
            diagnostics.append(problem.diagnostic)
            return nil
        }
    }

    /// The line of a byte, counted from 1.
    func line(of position: Int) -> Int {
        data.prefix(position).reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    }
}

extension JSONFile.Form {
    fileprivate struct Finding {
        var form: JSONFile.Form
        var range: Range<Int>
        var fact: String
    }

    fileprivate struct Problem: Error {
        var diagnostic: Diagnostic

        init(_ code: String, _ url: URL, _ message: String, hint: String) {
            diagnostic = Diagnostic(code, at: .init(file: url.path, line: 1), message, hint: hint)
        }
    }

    fileprivate static func find(
        _ bytes: UnsafeBufferPointer<UInt8>, _ url: URL, _ options: JSONFile.Options
    ) -> Result<Finding, Problem> {
        let isUTF16 =
            bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || (bytes.count > 3 && (bytes[0] == 0) != (bytes[1] == 0))
        if isUTF16 {
            return .failure(
                Problem(
                    "encoding", url, "the file is UTF-16, but JSON is UTF-8",
                    hint: "save it as UTF-8"))
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let mark = hasMark ? ", with a byte order mark" : ""
        var scanner = JSONScanner(bytes, from: hasMark ? 3 : 0, to: bytes.count)
        scanner.skipSpace()
        let start = scanner.position
        guard start < bytes.count else {
            return .failure(
                Problem("empty_file", url, "the file is empty", hint: "export it again"))
        }
        func found(
            _ form: JSONFile.Form, _ range: Range<Int>, _ words: String
        ) -> Result<Finding, Problem> {
            .success(Finding(form: form, range: range, fact: "JSON, " + words + mark))
        }
        switch bytes[start] {
        case UInt8(ascii: "["):
            return found(.list, start..<bytes.count, "a list of objects")
        case UInt8(ascii: "{"):
            if options.isMap {
                return found(.members, start..<bytes.count, "one object whose members are rows")
            }
            if let rows = options.rows { return named(rows, &scanner, url, found) }
            // What follows a whole first object tells lines from a single object; so does a first
            // line that is broken, since only lines can be read without it.
            guard (try? scanner.value()) != nil else { break }
            scanner.skipSpace()
            guard scanner.isAtEnd, !["ndjson", "jsonl"].contains(url.pathExtension) else { break }
            return .failure(single(&scanner, from: start, url))
        default:
            return .failure(
                Problem(
                    "malformed_file", url, "the file begins with neither [ nor {, so it is no JSON",
                    hint: "another kind of file needs another key than 'json:'"))
        }
        return found(.lines, start..<bytes.count, "one object a line")
    }

    private static func named(
        _ rows: Located<String>, _ scanner: inout JSONScanner, _ url: URL,
        _ found: (JSONFile.Form, Range<Int>, String) -> Result<Finding, Problem>
    ) -> Result<Finding, Problem> {
        let text = JSONText(bytes: scanner.bytes)
        var lists: [(name: String, range: Range<Int>)] = []
        do {
            try scanner.members { key, value in
                guard value.kind == .list, let name = text.of(key) else { return }
                lists.append((name, value.range))
            }
        } catch {
            return .failure(
                Problem(
                    "malformed_file", url, "the file is not JSON: \(error.reason)",
                    hint: "export it again"))
        }
        guard let list = lists.first(where: { $0.name == rows.value }) else {
            var problem = Problem(
                "unknown_column", url, "the file's object has no list '\(rows.value)'",
                hint: NearestName.hint(for: rows.value, among: lists.map(\.name)))
            problem.diagnostic.place = rows.place
            return .failure(problem)
        }
        return found(.list, list.range, "a list of objects under '\(list.name)'")
    }

    /// What to do with a file that is one object.
    private static func single(
        _ scanner: inout JSONScanner, from start: Int, _ url: URL
    ) -> Problem {
        let text = JSONText(bytes: scanner.bytes)
        scanner.position = start
        var lists: [String] = []
        var members = 0
        try? scanner.members { key, value in
            members += 1
            if value.kind == .list, let name = text.of(key) { lists.append(name) }
        }
        let hint =
            lists.first.map { "if its list '\($0)' holds the rows, state 'rows: \($0)'" }
            ?? "if each of its keys is a row, name the two columns: 'map: [key, value]'"
        return Problem(
            "single_object", url,
            "the file is one object with \(members) keys, but a list of objects or one object a "
                + "line is expected",
            hint: hint)
    }
}
