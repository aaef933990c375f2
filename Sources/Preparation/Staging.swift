package import Columns
package import Engine
package import Foundation
package import Runs
import Workspace

/// Brings the sources into a database of typed tables, without changing or losing a value.
package struct Staging {
    private let intake: any Engine
    private let data: URL

    /// - Parameters:
    ///   - intake: an engine that may read files, and runs only SQL that Aurora wrote.
    ///   - data: the folder to which the sources' paths are relative.
    package init(intake: any Engine, data: URL) {
        self.intake = intake
        self.data = data
    }

    /// Stages one source as a table of its name.
    ///
    /// - Returns: what was read, or nil when diagnostics say why it could not be.
    package func stage(
        _ source: SourceSpec, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RunRecord.Input? {
        let file = source.reader.files[0]
        let url = URL(filePath: file.value, relativeTo: data).absoluteURL
        guard isReadable(url, file, &diagnostics) else { return nil }
        let raw = source.name + ":raw"
        let problems = try await source.reader.stage(url, as: raw, in: intake)
        guard problems.isEmpty else {
            diagnostics += problems
            return nil
        }
        guard let rows = try await convert(source, raw: raw, url, &diagnostics) else { return nil }
        let size = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int
        return RunRecord.Input(
            source: source.name, file: file.value, bytes: size ?? 0,
            sha256: try ContentHash.ofFile(url), rows: rows,
            isSynthetic: FileManager.default.fileExists(atPath: url.path + ".synthetic.json"))
    }

    private func isReadable(
        _ url: URL, _ file: Located<String>, _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) {
            if !isFolder.boolValue { return true }
            diagnostics.append(
                Diagnostic("file_missing", at: file.place, "\(url.path) is a folder, not a file"))
            return false
        }
        let folder = url.deletingLastPathComponent().path
        let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let nearest = NearestName.of(url.lastPathComponent, among: neighbours)
        diagnostics.append(
            Diagnostic(
                "file_missing", at: file.place, "the file \(url.path) does not exist",
                hint: nearest.map { "did you mean '\($0)'?" }
                    ?? "state the data folder with --data DIR, or 'data:' in aurora.yaml"))
        return false
    }

    /// Makes the typed table out of the text one; returns its number of rows.
    private func convert(
        _ source: SourceSpec, raw: String, _ url: URL, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Int? {
        let dialect = intake.dialect
        let columns = try await intake.schema(of: "SELECT * FROM \(dialect.quoted(raw))").names
        var isSound = true
        for (column, _) in source.types where !columns.contains(column.value) {
            isSound = false
            diagnostics.append(
                Diagnostic(
                    "unknown_column", at: column.place,
                    "source '\(source.name)' has no column '\(column.value)'",
                    hint: NearestName.hint(for: column.value, among: columns)))
        }
        guard isSound else { return nil }
        var types = try await TypeInference(intake, table: raw).types(of: columns)
        for (column, type) in source.types {
            guard let index = columns.firstIndex(of: column.value) else { continue }
            types[index] = type
            if let failure = try await failure(column, type, raw: raw, url) {
                diagnostics.append(failure)
                isSound = false
            }
        }
        guard isSound else { return nil }
        let items = zip(columns, types).map { column, type in
            let name = dialect.quoted(column)
            return type == .text ? name : "CAST(\(name) AS \(dialect.typeName(type))) AS \(name)"
        }
        try await intake.execute(
            "CREATE TABLE \(dialect.quoted(source.name)) AS "
                + "SELECT \(items.joined(separator: ", ")) FROM \(dialect.quoted(raw))")
        try await intake.execute("DROP TABLE \(dialect.quoted(raw))")
        let count = try await intake.query("SELECT count(*) FROM \(dialect.quoted(source.name))")
        return count.columns[0][0].integerValue ?? 0
    }

    /// SQL that is true where a text is of the type, without rounding.
    private func fits(_ name: String, _ type: ColumnType) -> String {
        let dialect = intake.dialect
        func cast(_ type: ColumnType) -> String { "TRY_CAST(\(name) AS \(dialect.typeName(type)))" }
        let wholeDigits: Int
        switch type {
        case .integer: wholeDigits = 19
        case .decimal(let precision, let scale): wholeDigits = precision - scale
        default: return "\(cast(type)) IS NOT NULL"
        }
        // As many decimals as there is room for beside the type's own digits.
        let finest = ColumnType.decimal(precision: 38, scale: 38 - wholeDigits)
        return "COALESCE(\(cast(type)) = \(cast(finest)), FALSE)"
    }

    /// The first value that a stated type doesn't fit.
    private func failure(
        _ column: Located<String>, _ type: ColumnType, raw: String, _ url: URL
    ) async throws(AuroraError) -> Diagnostic? {
        let dialect = intake.dialect
        let name = dialect.quoted(column.value)
        let answer = try await intake.query(
            """
            SELECT count(*) OVER (), \(dialect.rowPosition) + 1, \(name) FROM \(dialect.quoted(raw))
            WHERE \(name) IS NOT NULL AND NOT (\(fits(name, type)))
            ORDER BY \(dialect.rowPosition) LIMIT 1
            """)
        guard answer.rowCount > 0 else { return nil }
        let row = answer.row(0)
        let shape = Redaction.shape(of: row[2].textValue ?? "")
        return Diagnostic(
            "wrong_value", at: .init(file: url.path),
            "row \(row[1]), column '\(column.value)': a value like '\(shape)' is not of type \(type)"
                + " (\(row[0]) such rows)",
            hint: "in \(column.place) state another type, or list what stands for missing values")
    }
}
