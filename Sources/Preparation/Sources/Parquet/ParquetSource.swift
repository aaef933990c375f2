package import Columns
import Engine
import Foundation
package import Workspace

/// Parquet files of one schema, read one after another.
package struct ParquetSource: SourceReader {
    package static let name = "parquet"
    package static let summary = "Parquet files, whose columns have types already"
    package static let fields = [
        Field(
            "file", .text, required: true,
            "the file, relative to the data folder; * and ? in its last part name several")
    ]

    private let file: Located<String>

    package init(_ values: FieldValues) {
        file = values.located("file") ?? Located("", at: values.place)
    }

    package var origin: Located<String> { file }

    /// Numbers, dates and times keep their types. What Aurora has no type for becomes text that
    /// loses nothing: lists, structs and maps JSON, timestamps finer than a microsecond and bytes
    /// their texts.
    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        guard let files = context.files(file) else { return nil }
        let intake = context.intake
        var readables: [ReadableRelation] = []
        for file in files {
            do throws(AuroraError) {
                readables.append(
                    try await intake.readable(intake.dialect.relation(ofParquet: file.url.path)))
                context.diagnostics += problems(
                    try await names(in: file.url.path, intake), file.url)
            } catch {
                guard let diagnostic = diagnostic(error, in: [file]) else { throw error }
                context.diagnostics.append(diagnostic)
            }
        }
        guard context.diagnostics.isEmpty else { return nil }
        let schema = readables[0].schema
        for (file, other) in zip(files, readables).dropFirst() where other.schema != schema {
            context.diagnostics.append(difference(file, other.schema, files[0], schema))
        }
        guard context.diagnostics.isEmpty else { return nil }
        // One by one, since files may store the same numbers in different widths.
        let selections = readables.map { "SELECT * FROM \($0.relation)" }
        let relation =
            files.count == 1
            ? readables[0].relation : "(\(selections.joined(separator: " UNION ALL ")))"
        let rows = try await intake.query("SELECT count(*) FROM \(relation)")
        guard rows.columns[0][0].integerValue != 0 else {
            context.diagnostics.append(
                Diagnostic(
                    "no_rows", at: .init(file: files[0].url.path),
                    "the file has \(schema.fields.count) columns and no row",
                    hint: "export it again with its rows"))
            return nil
        }
        let several = files.count > 1 ? ", \(files.count) files in the order of their names" : ""
        return RawTable(
            relation: relation, schema: schema, files: files,
            facts: ["Parquet, in the order of the file" + several])
    }

    package func diagnostic(_ error: AuroraError, in files: [SourceFile]) -> Diagnostic? {
        let signs = [
            "magic bytes", "parquet", "Parquet", "Thrift", "Snappy", "ZSTD", "TProtocol",
            "footer", "too small", "decompress", "Out of buffer", "read more bytes",
        ]
        guard error.code == "engine_failed", let cause = error.cause,
            signs.contains(where: cause.contains), let file = files.first
        else { return nil }
        return Diagnostic(
            "malformed_file", at: .init(file: file.url.path),
            "the file can't be read as Parquet: "
                + String(cause.prefix { !$0.isNewline }.prefix(200)),
            hint: "export it again; another kind of file needs another key than 'parquet:'")
    }

    /// The names as they stand in the file: engines rename what they don't like.
    private func names(
        in path: String, _ intake: any Engine
    ) async throws(AuroraError) -> [String] {
        let tree = try await intake.query(
            "SELECT name, children FROM \(intake.dialect.schema(ofParquet: path))")
        var names: [String] = []
        var open: [Int] = []
        for row in 0..<tree.rowCount {
            let values = tree.row(row)
            if open.count == 1 { names.append(values[0].textValue ?? "") }
            if let last = open.indices.last { open[last] -= 1 }
            open.append(values[1].integerValue ?? 0)
            while open.last == 0 { open.removeLast() }
        }
        return names
    }

    private func problems(_ names: [String], _ url: URL) -> [Diagnostic] {
        let place = Diagnostic.Place(file: url.path)
        let unnamed = names.indices.filter { names[$0].allSatisfy(\.isWhitespace) }.map { index in
            Diagnostic(
                "unnamed_column", at: place, "column \(index + 1) of \(names.count) has no name",
                hint: "name it where the file is made")
        }
        let groups = Dictionary(grouping: names.indices) { names[$0].lowercased() }
        let repeated = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
            .map { indices in
                let positions = indices.map { String($0 + 1) }.joined(separator: ", ")
                return Diagnostic(
                    "duplicate_column", at: place,
                    "the columns \(positions) have the same name '\(names[indices[0]])'",
                    hint: "names must differ by more than the case of letters")
            }
        return unnamed + repeated
    }

    private func difference(
        _ file: SourceFile, _ schema: Schema, _ first: SourceFile, _ expected: Schema
    ) -> Diagnostic {
        func words(_ field: Schema.Field?) -> String {
            field.map { "'\($0.name)' (\($0.type))" } ?? "nothing"
        }
        let position =
            (0...).first { index in
                index >= min(schema.fields.count, expected.fields.count)
                    || schema.fields[index] != expected.fields[index]
            } ?? 0
        let (found, wanted) = (
            schema.fields.dropFirst(position).first, expected.fields.dropFirst(position).first
        )
        return Diagnostic(
            "files_differ", at: .init(file: file.url.path),
            "column \(position + 1) is \(words(found)), but \(words(wanted)) in \(first.path)",
            hint: "files of one pattern have the same columns; make sources of the others, and a "
                + "model that unites them")
    }
}
