import Columns
import Workspace

/// What an author states of a text file of delimited values.
struct CSVOptions: Sendable {
    let delimiter: Located<String>?
    let quote: Located<String>
    let comment: Located<String>?
    let hasHeader: Bool
    let names: [Located<String>]?
    let namesPlace: Diagnostic.Place
    let encoding: Located<String>?
    /// Lines above the header.
    let skip: Int
    /// Texts that stand for a missing value, besides nothing.
    let missing: [String]
    let quarantines: Bool

    static let fields = [
        Field(
            "file", .text, required: true,
            "the file, relative to the data folder; or with * and ? all that fit, one after another "
                + "in the order of their names, all with the same header"),
        Field(
            "delimiter", .text,
            "what stands between two values; if not stated, the one of , ; | tab : ^ that gives the "
                + "records the same number of values"),
        Field("quote", .text, "what surrounds a value that holds a delimiter, \" if not stated"),
        Field(
            "comment", .text,
            "what begins a line that is left out; if not stated, no line is"),
        Field(
            "header", .boolean,
            "false where the first record is a row; columns are then column_1, column_2 …"),
        Field("names", .list(.text), "the columns' names, in place of those of the header"),
        Field(
            "encoding", .choice(TextEncoding.spellings),
            "how characters are written; if not stated, what the file's mark says, else UTF-8 if all "
                + "of it is, else Windows-1252 or Latin-1"),
        Field("skip", .integer(0...1000), "lines above the header, 0 if not stated"),
        Field("missing", .list(.text), "texts that stand for a missing value, besides nothing"),
        Field(
            "broken_rows", .choice(["stop", "quarantine"]),
            "what happens with rows that can't be split into the columns: stop, if not stated, or "
                + "quarantine, which sets them aside and counts them"),
    ]

    init(_ values: FieldValues) {
        delimiter = values.located("delimiter")
        quote = values.located("quote") ?? Located("\"", at: values.place)
        comment = values.located("comment")
        hasHeader = values.boolean("header") ?? true
        names = values.texts("names")
        namesPlace = values.place(of: "names")
        encoding = values.located("encoding")
        skip = values.integer("skip") ?? 0
        missing = values.texts("missing")?.map(\.value) ?? []
        quarantines = values.text("broken_rows") == "quarantine"
    }

    /// What no file can be read with.
    var problems: [Diagnostic] {
        [separatorProblem, commentProblem].compactMap { $0 } + nameProblems
    }

    private var separatorProblem: Diagnostic? {
        let (delimiter, quote) = (delimiter?.value ?? ",", quote.value)
        let isSound =
            quote.utf8.count <= 1 && (1...4).contains(delimiter.utf8.count)
            && !(delimiter + quote).contains(where: \.isNewline)
            && (quote.isEmpty || !delimiter.contains(quote))
        guard !isSound else { return nil }
        return Diagnostic(
            "invalid_delimiter", at: self.delimiter?.place ?? self.quote.place,
            "the delimiter is '\(delimiter)' and the quote '\(quote)', but a delimiter has 1 to 4 "
                + "characters, and a quote is another one or none",
            hint: "usual are ',', ';' and \"\\t\" between values, and '\"' around them")
    }

    private var commentProblem: Diagnostic? {
        guard let comment else { return nil }
        let isSound =
            !comment.value.isEmpty && !comment.value.contains(where: \.isNewline)
            && comment.value != quote.value && comment.value != delimiter?.value
        guard !isSound else { return nil }
        return Diagnostic(
            "invalid_delimiter", at: comment.place,
            "comments begin with '\(comment.value)', but that is nothing, the delimiter or the quote",
            hint: "usual is '#'")
    }

    private var nameProblems: [Diagnostic] {
        guard let names else { return [] }
        return ColumnNames.problems(names.map(\.value)) { index in
            index.map { names[$0].place } ?? namesPlace
        }
    }
}

/// What is wrong with the names of columns.
enum ColumnNames {
    /// - Parameter place: where a name stands, by its index, or all of them.
    static func problems(
        _ names: [String], at place: (Int?) -> Diagnostic.Place
    ) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for (index, name) in names.enumerated() where name.allSatisfy(\.isWhitespace) {
            problems.append(
                Diagnostic(
                    "unnamed_column", at: place(index),
                    "column \(index + 1) of \(names.count) has no name",
                    hint: "give it a name in the header line, or all of them under 'names:'"))
        }
        for (index, name) in names.enumerated() where name.contains("\0") {
            problems.append(
                Diagnostic(
                    "malformed_file", at: place(index),
                    "the name of column \(index + 1) holds the character NUL",
                    hint: "mend the header line, or give all columns names under 'names:'"))
        }
        // Engines compare names without regard to case, so Aurora must, too.
        let groups = Dictionary(grouping: names.indices) { names[$0].lowercased() }
        for indices in groups.values.sorted(by: { $0[0] < $1[0] }) where indices.count > 1 {
            let first = names[indices[0]]
            guard !first.allSatisfy(\.isWhitespace) else { continue }
            let positions = indices.map { String($0 + 1) }.joined(separator: ", ")
            problems.append(
                Diagnostic(
                    "duplicate_column", at: place(indices[1]),
                    "the columns \(positions) have the same name '\(first)'",
                    hint:
                        "names must differ by more than the case of letters; 'names:' gives others"
                ))
        }
        return problems
    }
}
