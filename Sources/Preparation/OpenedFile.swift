package import Columns
import Engine
package import Foundation
import Workspace

/// A file that no source of a project describes, opened to see which columns it has.
package struct OpenedFile: Sendable {
    package let file: URL
    package let columns: [String]
    let reader: any SourceReader
    let raw: RawTable

    /// What stands in cells, but has no value: formulas whose results the file lacks, errors.
    package var lost: [String] { raw.lost }
}

extension Staging {
    /// Opens a file as `aurora inspect` does, without looking at its values.
    ///
    /// - Parameters:
    ///   - table: what the file's table will be called; nothing else in the intake may begin with it.
    ///   - options: what a source file would state under the kind, besides `file`.
    /// - Returns: nil when diagnostics say why the file can't be read.
    /// - Throws: `file_unreadable` where no kind of source reads it.
    package func open(
        _ file: URL, as table: String, options: [(key: String, value: String)] = [],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> OpenedFile? {
        guard let kind = SourceKind.forFile(file) else {
            throw AuroraError(
                "file_unreadable", "\(file.path) can't be read, or is of no kind that Aurora reads",
                hint: "kinds are " + SourceKind.all.map(\.name).joined(separator: ", "))
        }
        guard let reader = kind.reader(of: file, options, &diagnostics) else { return nil }
        var context = SourceContext(source: table, data: data, scratch: scratch, intake: intake)
        let raw = try await reader.open(&context)
        diagnostics += context.diagnostics
        guard let raw else { return nil }
        return OpenedFile(file: file, columns: raw.schema.names, reader: reader, raw: raw)
    }

    /// Stages some columns of a file as a table, each read as its values say: every row is looked at.
    ///
    /// - Parameters:
    ///   - columns: of the file's; the others are not looked at.
    ///   - texts: those of them that stay texts whatever they look like.
    /// - Returns: the columns with their types, or nil when diagnostics say why there is no table.
    package func stage(
        _ opened: OpenedFile, as table: String, columns: [String], texts: Set<String>,
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Schema? {
        var raw = opened.raw
        let names = columns.map { dialect.quoted($0) }.joined(separator: ", ")
        raw.relation = "(SELECT \(names) FROM \(raw.relation))"
        raw.schema = Schema(columns.compactMap { raw.schema[$0] })
        raw.texts.formUnion(texts)
        let source = SourceSpec(table, reading: opened.reader, from: opened.file)
        do throws(AuroraError) {
            return try await stage(source, raw, &diagnostics)?.schema
        } catch {
            guard let diagnostic = opened.reader.diagnostic(error, in: raw.files) else {
                throw error
            }
            diagnostics.append(diagnostic)
            return nil
        }
    }
}
