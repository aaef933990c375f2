package import Columns
package import Workspace

/// A file of `sources/`: where data lies and how it is to be read.
package struct SourceSpec: Sendable {
    package let name: String
    package let path: String
    package let reader: any SourceReader
    /// Types that the author states; all others are found by looking at every row.
    package let types: [(column: Located<String>, type: ColumnType)]
    package let place: Diagnostic.Place

    package static let kind = FileKind(
        folder: "sources", type: "source/v1", summary: "Where data lies and how to read it.",
        fields: [
            Field("description", .text, "what the file is and where it comes from"),
            Field(
                "columns", .map(.text),
                "types that are not to be guessed, by column: "
                    + ColumnType.spellings),
        ] + SourceKind.all.map { Field($0.name, .object($0.fields), $0.summary) })

    package init?(_ file: ProjectFile, diagnostics: inout [Diagnostic]) {
        let stated = SourceKind.all.filter { file.values.object($0.name) != nil }
        guard stated.count == 1, let values = file.values.object(stated[0].name) else {
            diagnostics.append(
                Diagnostic(
                    "source_kind", at: file.values.place,
                    "source '\(file.name)' states \(stated.count) kinds, but exactly one is expected",
                    hint: "one of the keys " + SourceKind.all.map(\.name).joined(separator: ", ")))
            return nil
        }
        name = file.name
        path = file.path
        place = file.values.place
        reader = stated[0].reader(values)
        types = file.values.columnTypes("columns", &diagnostics)
    }
}

extension FieldValues {
    /// Column types under a map of names.
    func columnTypes(
        _ key: String, _ diagnostics: inout [Diagnostic]
    ) -> [(column: Located<String>, type: ColumnType)] {
        (textMap(key) ?? []).compactMap { column, text in
            if let type = ColumnType(text.value) { return (column, type) }
            diagnostics.append(
                Diagnostic(
                    "unknown_type", at: text.place, "'\(text.value)' is not a column type",
                    hint: ColumnType.spellings))
            return nil
        }
    }
}

extension ColumnType {
    package static let spellings =
        "boolean, integer, decimal(18,2), double, text, date, time, timestamp"

    /// Reads a type as project files spell it.
    package init?(_ text: String) {
        switch text {
        case "boolean": self = .boolean
        case "integer": self = .integer
        case "huge integer": self = .hugeInteger
        case "double": self = .double
        case "text": self = .text
        case "date": self = .date
        case "time": self = .time
        case "timestamp": self = .timestamp(zoned: false)
        case "timestamp with time zone": self = .timestamp(zoned: true)
        default:
            guard text.hasPrefix("decimal("), text.hasSuffix(")") else { return nil }
            let numbers = text.dropFirst(8).dropLast().split(separator: ",")
                .map { Int($0.trimmingPrefix { $0 == " " }) }
            guard numbers.count == 2, let precision = numbers[0], let scale = numbers[1],
                (1...38).contains(precision), (0...precision).contains(scale)
            else { return nil }
            self = .decimal(precision: precision, scale: scale)
        }
    }
}
