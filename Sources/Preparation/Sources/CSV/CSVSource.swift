package import Columns
import Engine
import Foundation
package import Workspace

/// A text file of values with a delimiter between them and a header line.
package struct CSVSource: SourceReader {
    package static let name = "csv"
    package static let summary = "a text file of delimited values with a header line, in UTF-8"
    package static let fields = [
        Field("file", .text, required: true, "the file, relative to the data folder"),
        Field("delimiter", .text, "what stands between two values, a comma if not stated"),
        Field("quote", .text, "what surrounds a value that holds a delimiter, \" if not stated"),
        Field("missing", .list(.text), "texts that stand for a missing value, besides nothing"),
    ]

    private let file: Located<String>
    private let delimiter: String
    private let quote: String
    private let missing: [String]
    private let place: Diagnostic.Place

    package init(_ values: FieldValues) {
        place = values.place(of: values.text("delimiter") == nil ? "quote" : "delimiter")
        file = values.located("file") ?? Located("", at: values.place)
        delimiter = values.text("delimiter") ?? ","
        quote = values.text("quote") ?? "\""
        missing = values.texts("missing")?.map(\.value) ?? []
    }

    package var origin: Located<String> { file }

    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        if let problem = separatorProblem {
            context.diagnostics.append(problem)
            return nil
        }
        guard let files = context.files(file) else { return nil }
        let url = files[0].url
        let header = try CSVHeader(url, delimiter: delimiter, quote: quote)
        let problems = header.problems(in: file)
        context.diagnostics += problems
        guard problems.isEmpty else { return nil }
        let dialect = context.intake.dialect
        let relation = dialect.relation(
            of: DelimitedFile(
                path: url.path, columns: header.names, delimiter: delimiter, quote: quote,
                skippedRecords: 1, missing: missing))
        return RawTable(
            relation: relation, schema: Schema(header.names.map { .init($0, .text) }),
            files: files)
    }

    package func diagnostic(_ error: AuroraError, in files: [SourceFile]) -> Diagnostic? {
        guard ["ragged_rows", "malformed_file"].contains(error.code) else { return nil }
        return problem(error, in: files[0].url)
    }

    private var separatorProblem: Diagnostic? {
        let isSound =
            quote.utf8.count <= 1 && (1...4).contains(delimiter.utf8.count)
            && !(delimiter + quote).contains(where: \.isNewline)
            && (quote.isEmpty || !delimiter.contains(quote))
        guard !isSound else { return nil }
        return Diagnostic(
            "invalid_delimiter", at: place,
            "the delimiter is '\(delimiter)' and the quote '\(quote)', but a delimiter has 1 to 4 "
                + "characters, and a quote is another one or none",
            hint: "usual are ',', ';' and \"\\t\" between values, and '\"' around them")
    }

    private func problem(_ error: AuroraError, in url: URL) -> Diagnostic {
        var line: Int?
        var message = error.message
        // Engines count records, but editors count lines.
        if let record = error.context.first.flatMap({ Int($0.filter(\.isNumber)) }) {
            let first = CSVLines(url, delimiter: delimiter, quote: quote).first(ofRecord: record)
            line = first
            message = message.replacing("line \(record) ", with: "line \(first) ")
        }
        return Diagnostic(
            error.code, at: .init(file: url.path, line: line),
            [message, error.cause].compactMap { $0 }.joined(separator: ": "),
            hint: "mend that line, or state the delimiter and the quote in the source file")
    }
}
