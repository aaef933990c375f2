package import Columns
package import Engine
package import Foundation
package import Runs
import Workspace

/// Brings the sources into a database of typed tables, without changing or losing a value.
package struct Staging {
    private let intake: any Engine
    private let data: URL
    private let scratch: URL

    /// - Parameters:
    ///   - intake: an engine that may read files, and runs only SQL that Aurora wrote.
    ///   - data: the folder to which the sources' paths are relative.
    ///   - scratch: a folder for files that nobody needs afterwards.
    package init(intake: any Engine, data: URL, scratch: URL) {
        self.intake = intake
        self.data = data
        self.scratch = scratch
    }

    /// Stages one source as a table of its name.
    ///
    /// - Returns: what was read, or nil when diagnostics say why it could not be.
    package func stage(
        _ source: SourceSpec, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RunRecord.Input? {
        var context = SourceContext(
            source: source.name, data: data, scratch: scratch, intake: intake)
        let raw = try await source.reader.open(&context)
        diagnostics += context.diagnostics
        guard let raw, hasColumns(source, raw.schema, &diagnostics) else { return nil }
        do throws(AuroraError) {
            return try await stage(source, raw, &diagnostics)
        } catch {
            guard let diagnostic = source.reader.diagnostic(error, in: raw.files) else {
                throw error
            }
            diagnostics.append(diagnostic)
            return nil
        }
    }

    private func stage(
        _ source: SourceSpec, _ raw: RawTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RunRecord.Input? {
        let readings = try await table(source, raw)
        guard try await readsAsStated(source, raw, readings, &diagnostics) else { return nil }
        return try await input(source, raw, readings)
    }

    private func hasColumns(
        _ source: SourceSpec, _ schema: Schema, _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        let unknown = source.columns.map(\.column).filter { schema[$0.value] == nil }
        diagnostics += unknown.map {
            Diagnostic(
                "unknown_column", at: $0.place,
                "source '\(source.name)' has no column '\($0.value)'",
                hint: NearestName.hint(for: $0.value, among: schema.names))
        }
        return unknown.isEmpty
    }

    // MARK: The typed table

    /// Makes the typed table. The readings are guessed from some rows and tried on every row while
    /// the table is written; a guess that some row refutes, or that more rows may change, is settled
    /// by all rows.
    private func table(
        _ source: SourceSpec, _ raw: RawTable
    ) async throws(AuroraError) -> [ColumnReading] {
        var guess = ReadingGuess(intake, source, raw)
        try await guess.sample()
        while true {
            let readings = guess.readings
            try await write(source.name, raw, readings)
            let refuted = try await misfits(source.name, readings)
            guard try await guess.settle(refuted) else { return readings }
        }
    }

    /// The columns beside the data in which a bit for each column marks what could not be read.
    private func misfitColumns(_ readings: [ColumnReading]) -> [String] {
        stride(from: 0, to: readings.count, by: 32).map { ":misfits\($0 / 32)" }
    }

    /// The column that marks texts which stand for a missing value.
    private func missingMark(_ column: String) -> String { ":missing \(column)" }

    private func write(
        _ table: String, _ raw: RawTable, _ readings: [ColumnReading]
    ) async throws(AuroraError) {
        let dialect = intake.dialect
        let values = readings.map { "\($0.value(dialect)) AS \(dialect.quoted($0.column))" }
        let marks = misfitColumns(readings).enumerated().map { index, name in
            let bits = readings[(index * 32)..<min(index * 32 + 32, readings.count)].enumerated()
                .compactMap { bit, reading in
                    reading.isMisfit(dialect).map { "CASE WHEN \($0) THEN \(1 << bit) ELSE 0 END" }
                }
                let integer = dialect.typeName(.integer)
            return "CAST(\((bits + ["0"]).joined(separator: " + ")) AS \(integer)) AS "
                + dialect.quoted(name)
        }
        let missing = readings.compactMap { reading in
            reading.isMissing(dialect).map {
                "\($0) AS \(dialect.quoted(missingMark(reading.column)))"
            }
        }
        try await intake.execute("DROP TABLE IF EXISTS \(dialect.quoted(table))")
        try await intake.execute(
            "CREATE TABLE \(dialect.quoted(table)) AS "
                + "SELECT \((values + marks + missing).joined(separator: ", ")) FROM \(raw.relation)")
    }

    /// The columns of which some value could not be read.
    private func misfits(
        _ table: String, _ readings: [ColumnReading]
    ) async throws(AuroraError) -> [String] {
        let dialect = intake.dialect
        let items = misfitColumns(readings).map { "COALESCE(bit_or(\(dialect.quoted($0))), 0)" }
        let row = try await intake.query(
            "SELECT \(items.joined(separator: ", ")) FROM \(dialect.quoted(table))"
        ).row(0).map { $0.integerValue ?? 0 }
        return readings.indices.filter { row[$0 / 32] & (1 << ($0 % 32)) != 0 }
            .map { readings[$0].column }
    }

    // MARK: Values that are not of a stated type

    private func readsAsStated(
        _ source: SourceSpec, _ raw: RawTable, _ readings: [ColumnReading],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Bool {
        var isSound = true
        for name in try await misfits(source.name, readings) {
            guard let setting = source[column: name], setting.misfits == .stop,
                let reading = readings.first(where: { $0.column == name }),
                let failure = try await failure(reading, setting, source, raw)
            else { continue }
            diagnostics.append(failure)
            isSound = false
        }
        return isSound
    }

    /// The first value that can't be read.
    private func failure(
        _ reading: ColumnReading, _ setting: ColumnSetting, _ source: SourceSpec, _ raw: RawTable
    ) async throws(AuroraError) -> Diagnostic? {
        let dialect = intake.dialect
        guard let isMisfit = reading.isMisfit(dialect) else { return nil }
        let name = dialect.quoted(reading.column)
        let answer = try await intake.query(
            """
            SELECT count(*) OVER (), position, \(name) FROM (
                SELECT row_number() OVER () AS position, \(name) FROM \(raw.relation))
            WHERE \(isMisfit) ORDER BY position LIMIT 1
            """)
        guard answer.rowCount > 0 else { return nil }
        let row = answer.row(0)
        let shape = Redaction.shape(of: row[2].textValue ?? "")
        return Diagnostic(
            "wrong_value", at: .init(file: raw.files.first?.url.path ?? source.path),
            "row \(row[1]), column '\(reading.column)': a value like '\(shape)' is not of type "
                + "\(reading.type) (\(row[0]) such rows)",
            hint: "in \(setting.column.place) state another type, or list what stands for missing "
                + "values")
    }

    // MARK: The record

    /// How each column was read, in words, with the counts of what became missing by it.
    private func told(
        _ readings: [ColumnReading], _ source: SourceSpec
    ) async throws(AuroraError) -> [String: String] {
        let dialect = intake.dialect
        let items = readings.enumerated().map { index, reading in
            let bit = "\(dialect.quoted(misfitColumns(readings)[index / 32])) & \(1 << (index % 32))"
            let mark = dialect.quoted(missingMark(reading.column))
            return (reading.missing.isEmpty ? "0" : "count(*) FILTER (WHERE \(mark))")
                + (source[column: reading.column]?.misfits == .missing
                    ? ", count(*) FILTER (WHERE (\(bit)) <> 0)" : ", 0")
        }
        let counts = try await intake.query(
            "SELECT \(items.joined(separator: ", ")) FROM \(dialect.quoted(source.name))"
        ).row(0).map { $0.integerValue ?? 0 }
        var told: [String: String] = [:]
        for (index, reading) in readings.enumerated() {
            told[reading.column] = reading.summary(
                missing: counts[index * 2], misfits: counts[index * 2 + 1])
        }
        return told
    }

    private func input(
        _ source: SourceSpec, _ raw: RawTable, _ readings: [ColumnReading]
    ) async throws(AuroraError) -> RunRecord.Input {
        let dialect = intake.dialect
        let table = dialect.quoted(source.name)
        let told = try await told(readings, source)
        let marked = readings.filter { !$0.missing.isEmpty }.map { missingMark($0.column) }
        for name in misfitColumns(readings) + marked {
            try await intake.execute("ALTER TABLE \(table) DROP COLUMN \(dialect.quoted(name))")
        }
        let counts = readings.map { "count(*) - count(\(dialect.quoted($0.column)))" }
        let row = try await intake.query(
            "SELECT count(*), \(counts.joined(separator: ", ")) FROM \(table)"
        ).row(0).map { $0.integerValue ?? 0 }
        var files: [RunRecord.File] = []
        for file in raw.files {
            let size = (try? FileManager.default.attributesOfItem(atPath: file.url.path))?[.size]
            let isSynthetic = FileManager.default.fileExists(
                atPath: file.url.path + ".synthetic.json")
            files.append(
                .init(
                    path: file.path, bytes: size as? Int ?? 0,
                    sha256: try ContentHash.ofFile(file.url), isSynthetic: isSynthetic))
        }
        return RunRecord.Input(
            source: source.name, file: source.reader.origin.value, files: files, rows: row[0],
            columns: zip(readings, row.dropFirst()).map { reading, missing in
                .init(
                    name: reading.column, type: reading.type.description,
                    reading: told[reading.column], missing: missing)
            }, facts: raw.facts)
    }
}
