package import Columns
import Engine
import Foundation
package import Workspace

/// JSON: a list of objects, one object a line, or one object whose members are the rows.
package struct JSONSource: SourceReader {
    package static let name = "json"
    package static let summary = "JSON: a list of objects, or one object a line (NDJSON)"
    package static let fields = [
        Field(
            "file", .text, required: true,
            "the file, relative to the data folder; * and ? in its last part name several"),
        Field(
            "map", .list(.text),
            "two names of columns, for a file that is one object whose keys and values are the rows"
        ),
        Field(
            "rows", .text, "the key of the list that holds the rows, for a file that is one object"),
        Field(
            "broken_rows", .choice(["stop", "quarantine"]),
            "what happens with rows that can't be read: stop, if not stated, or quarantine, which "
                + "sets them aside and counts them"),
    ]

    private let file: Located<String>
    private let map: [Located<String>]?
    private let mapPlace: Diagnostic.Place
    private let rows: Located<String>?
    private let quarantines: Bool

    package init(_ values: FieldValues) {
        file = values.located("file") ?? Located("", at: values.place)
        map = values.texts("map")
        mapPlace = values.place(of: "map")
        rows = values.located("rows")
        quarantines = values.text("broken_rows") == "quarantine"
    }

    package var origin: Located<String> { file }

    /// All columns are texts in the file's own spelling, so that no number loses a digit. A missing
    /// key and null are missing; an empty text stays one.
    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        if let problem = mapProblem {
            context.diagnostics.append(problem)
            return nil
        }
        guard let found = context.files(file) else { return nil }
        var files: [JSONFile] = []
        for file in found {
            if let file = try JSONFile.open(
                file, .init(isMap: map != nil, rows: rows), &context.diagnostics)
            {
                files.append(file)
            }
        }
        guard context.diagnostics.isEmpty else { return nil }
        let reading = JSONReading(files: files, map: map?.map(\.value), quarantines: quarantines)
        guard let table = try reading.survey(&context.diagnostics) else { return nil }
        try await reading.write(table, context)
        let dialect = context.intake.dialect
        let names = JSONReading.Tables(context.source)
        return RawTable(
            relation: dialect.quoted(names.rows),
            schema: Schema(table.names.map { .init($0, .text) }), files: found,
            facts: facts(files, table),
            broken: quarantines ? dialect.quoted(names.broken) : nil)
    }

    private var mapProblem: Diagnostic? {
        guard let map else { return nil }
        let names = map.map { $0.value.lowercased() }
        let isSound =
            names.count == 2 && names[0] != names[1]
            && !names.contains { $0.allSatisfy(\.isWhitespace) }
        guard !isSound || rows != nil else { return nil }
        return Diagnostic(
            "wrong_type", at: mapPlace,
            isSound
                ? "both 'map' and 'rows' say where the rows are"
                : "'map' holds \(names.count) names, but two different ones are expected",
            hint: "map: [key, value]")
    }

    private func facts(_ files: [JSONFile], _ table: JSONReading.Survey) -> [String] {
        var facts: [String] = []
        for file in files where !facts.contains(file.fact) { facts.append(file.fact) }
        if files.count > 1 { facts.append("\(files.count) files in the order of their names") }
        let flattened = table.columns.flattened
        if map == nil, !flattened.isEmpty {
            let list = flattened.map { "'\($0)'" }.joined(separator: ", ")
            facts.append("objects under \(list) flattened to columns of their keys")
        }
        if !table.nested.isEmpty {
            let list = table.nested.map { "'\($0)'" }.joined(separator: ", ")
            facts.append("lists and objects in \(list) kept as JSON texts")
        }
        return facts
    }
}
