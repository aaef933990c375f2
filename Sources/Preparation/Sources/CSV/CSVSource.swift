package import Columns
import Engine
import Foundation
package import Workspace

/// Text files of values with a delimiter between them.
package struct CSVSource: SourceReader {
    package static let name = "csv"
    package static let summary =
        "text files of delimited values; what is not stated of their form is found by looking"
    package static let fields = CSVOptions.fields

    private let file: Located<String>
    private let options: CSVOptions

    package init(_ values: FieldValues) {
        file = values.located("file") ?? Located("", at: values.place)
        options = CSVOptions(values)
    }

    package var origin: Located<String> { file }

    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        let problems = options.problems
        context.diagnostics += problems
        guard problems.isEmpty, let files = context.files(file) else { return nil }
        let scratch = Scratch(folder: context.scratch, source: context.source)
        guard var tables = try examined(files, scratch, &context.diagnostics) else { return nil }
        let aside = options.quarantines ? try BrokenRows(scratch.file("broken", 0)) : nil
        var relations: [String] = []
        for index in tables.indices {
            if let relation = try tables[index].relation(
                context.intake.dialect, copy: scratch.file("rows", index), aside: aside,
                &context.diagnostics)
            {
                relations.append(relation)
            }
        }
        guard relations.count == tables.count else { return nil }
        try aside?.flush()
        var table = RawTable(
            relation: relations.count == 1
                ? relations[0]
                : "(" + relations.map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL ")
                    + ")",
            schema: Schema(tables[0].names.map { .init($0, .text) }), files: files,
            facts: Self.facts(tables), broken: aside.flatMap { broken($0, context.intake.dialect) })
        // A byte at least stands behind each value.
        table.mostRows = tables.reduce(0) { $0 + $1.size } / max(1, tables[0].names.count)
        return table
    }

    package func diagnostic(_ error: AuroraError, in files: [SourceFile]) -> Diagnostic? {
        guard ["ragged_rows", "malformed_file"].contains(error.code) else { return nil }
        // The engine tells of one record; where it begins and how many are like it is seen by
        // looking again. It reads itself only what is in UTF-8, of which there are no copies.
        let nowhere = URL(filePath: "/nonexistent/copy")
        for file in files where !options.quarantines {
            var diagnostics: [Diagnostic] = []
            let table = try? CSVFile.examine(file, options, copy: nowhere, &diagnostics)
            if let problem = try? table?.problem() { return problem }
        }
        return Diagnostic(
            error.code, at: .init(file: files[0].url.path),
            [error.message, error.cause].compactMap { $0 }.joined(separator: ": "),
            hint: "mend that line, or state the delimiter and the quote in the source file")
    }

    // MARK: Several files

    private struct Scratch {
        let folder: URL
        let source: String

        func file(_ purpose: String, _ index: Int) -> URL {
            folder.appending(path: "\(source).\(index).\(purpose).csv")
        }
    }

    /// - Returns: nil with diagnostics where one can't be used, or they are not alike.
    private func examined(
        _ files: [SourceFile], _ scratch: Scratch, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> [CSVFile]? {
        var tables: [CSVFile] = []
        for (index, file) in files.enumerated() {
            if let table = try CSVFile.examine(
                file, options, copy: scratch.file("utf8", index), &diagnostics)
            {
                tables.append(table)
            }
        }
        guard let first = tables.first, tables.count == files.count else { return nil }
        let differences = tables.dropFirst().compactMap { Self.difference($0, from: first) }
        diagnostics += differences
        if !tables.contains(where: \.hasRows) {
            diagnostics.append(
                Diagnostic(
                    "no_rows", at: .init(file: first.file.url.path, line: 1),
                    "the file has a header of \(first.names.count) columns and no row below it",
                    hint: "export it again with its rows"))
            return nil
        }
        return differences.isEmpty ? tables : nil
    }

    private static func difference(_ table: CSVFile, from first: CSVFile) -> Diagnostic? {
        guard table.names != first.names else { return nil }
        let lacking = first.names.filter { !table.names.contains($0) }
        let added = table.names.filter { !first.names.contains($0) }
        func list(_ names: [String], _ verb: String) -> String? {
            guard !names.isEmpty else { return nil }
            let shown = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
            return "\(verb) \(shown)" + (names.count > 5 ? " and \(names.count - 5) more" : "")
        }
        let difference = [list(lacking, "lacks"), list(added, "has")].compactMap { $0 }
        return Diagnostic(
            "files_differ", at: .init(file: table.file.url.path, line: 1),
            "the file has other columns than \(first.file.path): it "
                + (difference.isEmpty
                    ? "has them in another order" : difference.joined(separator: " and ")),
            hint: "name files with the same header only; others are a source of their own")
    }

    /// What is so in all files, and what in some of them only.
    private static func facts(_ tables: [CSVFile]) -> [String] {
        guard tables.count > 1 else { return tables[0].facts }
        var seen: [String] = []
        for fact in tables.flatMap(\.facts) where !seen.contains(fact) { seen.append(fact) }
        return ["\(tables.count) files, one after another in the order of their names"]
            + seen.map { fact in
                let those = tables.filter { $0.facts.contains(fact) }
                guard those.count < tables.count else { return fact }
                let names = those.prefix(3).map(\.file.path).joined(separator: ", ")
                return "\(fact), in \(those.count) of the files: \(names)"
                    + (those.count > 3 ? " …" : "")
            }
    }

    private func broken(_ rows: BrokenRows, _ dialect: any Dialect) -> String? {
        guard rows.count > 0 else { return nil }
        let file = DelimitedFile(
            path: rows.url.path, columns: BrokenRows.columns, delimiter: ",", quote: "\"",
            skippedRecords: 0, missing: [], mayHoldLineEnds: true, lineEnd: .feed)
        let row = dialect.quoted("row")
        return "(SELECT CAST(\(row) AS \(dialect.typeName(.integer))) AS \(row), reason, text FROM "
            + dialect.relation(of: file) + ")"
    }
}
