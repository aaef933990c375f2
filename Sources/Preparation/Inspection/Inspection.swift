package import Columns
package import Engine
package import Foundation

/// What is found out about a file before a project says anything about it.
package struct Inspection: Sendable {
    /// The kind of source, as a source file names it, and what it would state below it.
    package var kind: String
    package var options: [(key: String, value: String)]
    /// How the file is written, in words.
    package var facts: [String]
    package var rows: Int
    /// Rows that are copies of another one in every column.
    package var duplicateRows: Int
    package var columns: [InspectedColumn]

    /// Reads a whole file and looks at every value of it.
    ///
    /// - Parameters:
    ///   - data: the folder to which the reader's path is relative.
    ///   - scratch: a folder for files that nobody needs afterwards.
    ///   - intake: an engine that may read files; tables whose names begin with `inspect:` are made
    ///     in it and taken away again.
    ///   - table: the name of a table that stays, with every column as it is read; none if nil.
    /// - Returns: nil where the diagnostics say why the file can't be read.
    ///
    /// Complexity: O(rows · columns · log rows), with all texts of the file in the engine's database.
    package static func of(
        _ reader: any SourceReader, _ kind: SourceKind, options: [(key: String, value: String)],
        data: URL, scratch: URL, intake: any Engine, keeping table: String? = nil,
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Inspection? {
        var context = SourceContext(
            source: "inspect", data: data, scratch: scratch, intake: intake)
        let raw = try await reader.open(&context)
        diagnostics += context.diagnostics
        guard let raw else { return nil }
        do throws(AuroraError) {
            let inspector = ColumnInspector(intake, raw.schema)
            try await inspector.load(raw.relation)
            let (columns, rows, duplicates) = try await inspector.inspect(keeping: table)
            return Inspection(
                kind: kind.name, options: options, facts: raw.facts, rows: rows,
                duplicateRows: duplicates, columns: columns)
        } catch {
            guard let diagnostic = reader.diagnostic(error, in: raw.files) else { throw error }
            diagnostics.append(diagnostic)
            return nil
        }
    }

    /// A source file that states what is not sure of itself, ready to be saved.
    package var sourceFile: String {
        var lines = ["type: source/v1", "\(kind):"]
        lines += options.map { "  \($0.key): \(ColumnProposal.written($0.value))" }
        if columns.contains(where: { $0.proposal != nil }) {
            lines.append("columns:")
            for column in columns {
                guard let proposal = column.proposal else { continue }
                let others = column.reading.alternatives.dropFirst()
                let doubt = others.isEmpty ? "" : "  # or " + others.joined(separator: ", ")
                lines.append("  \(proposal.name): \(proposal.setting)\(doubt)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `map` steps for levels that seem to mean the same; they belong to a model and are never
    /// applied without its author's word.
    package var steps: String {
        columns.filter { !$0.mappings.isEmpty }.map { column in
            let values = column.mappings.map {
                "\(ColumnProposal.written($0.from)): \(ColumnProposal.written($0.to))"
            }
            return "  - map: {column: \(ColumnProposal.written(column.name)), "
                + "values: {\(values.joined(separator: ", "))}}\n"
        }.joined()
    }

    package var json: JSON {
        .object([
            "kind": .string(kind), "facts": .array(facts.map { .string($0) }), "rows": JSON(rows),
            "duplicate_rows": JSON(duplicateRows), "columns": .array(columns.map(\.json)),
            "source_file": .string(sourceFile), "steps": .string(steps),
        ])
    }
}
