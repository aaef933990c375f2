package import Columns
import Foundation
package import Workspace

/// A file of `sources/`: where data lies and how it is to be read.
package struct SourceSpec: Sendable {
    package let name: String
    package let path: String
    package let summary: String?
    package var reader: any SourceReader
    /// What the author states of columns; all else is found by looking at every row.
    package let columns: [ColumnSetting]
    /// What has to be true of the rows.
    package let expect: [StatedRule]
    package let place: Diagnostic.Place

    package static let kind = FileKind(
        folder: "sources", type: "source/v1", summary: "Where data lies and how to read it.",
        fields: [
            Field("description", .text, "what the file is and where it comes from"),
            Field(
                "columns", .map(.shorthand(for: "type", ColumnSetting.fields)),
                "what is not to be guessed, by column: a type, or more"),
            Field(
                "expect", .list(.variant(ContractKinds.variants)),
                "what has to be true of the rows, and what becomes of those that break it"),
        ] + SourceKind.all.map { Field($0.name, .object($0.fields), $0.summary) },
        alternatives: SourceKind.all.map(\.name))

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
        summary = file.values.text("description")
        place = file.values.place
        reader = stated[0].reader(values)
        columns = (file.values.objectMap("columns") ?? []).compactMap { column, values in
            ColumnSetting(column, values, &diagnostics)
        }
        expect = ContractKinds.rules(file.values)
    }

    /// A source that states nothing of its file.
    init(_ name: String, reading reader: any SourceReader, from file: URL) {
        self.name = name
        self.reader = reader
        path = file.path
        summary = nil
        columns = []
        expect = []
        place = .init(file: file.path)
    }
}

extension FieldValues {
    /// Column types under a map of names.
    func columnTypes(
        _ key: String, _ diagnostics: inout [Diagnostic]
    ) -> [(column: Located<String>, type: ColumnType)] {
        (textMap(key) ?? []).compactMap { column, text in
            if let type = ColumnType(text.value) { return (column, type) }
            diagnostics.append(.unknownType(text))
            return nil
        }
    }
}

extension Diagnostic {
    static func unknownType(_ text: Located<String>) -> Diagnostic {
        Diagnostic(
            "unknown_type", at: text.place, "'\(text.value)' is not a column type",
            hint: ColumnType.spellings)
    }
}
