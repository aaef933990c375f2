package import Columns
package import Engine
package import Foundation
package import Runs
package import Workspace

/// Brings the sources into a database of typed tables, without changing or losing a value.
///
/// Each source is staged by itself; then all of them are finished together, since a row may be set
/// aside because of another source. Until then a table holds every row in the order of the source,
/// so that the position of a row tells it.
package struct Staging {
    let intake: any Engine
    let data: URL
    let scratch: URL
    let settings: ProjectSettings
    let parser: any ExpressionParser & QueryParser
    let previous: [RunRecord.Input]
    let hashes: FileHashes

    /// - Parameters:
    ///   - intake: an engine that may read files, and runs only SQL that Aurora wrote.
    ///   - data: the folder to which the sources' paths are relative.
    ///   - scratch: a folder for files that nobody needs once all sources are finished.
    ///   - parser: checks the expressions of rules.
    ///   - previous: the sources as the last published run read them, none before the first run.
    ///   - hashes: those of files that are known already.
    package init(
        intake: any Engine, data: URL, scratch: URL, settings: ProjectSettings,
        parser: any ExpressionParser & QueryParser, previous: [RunRecord.Input] = [],
        hashes: FileHashes = FileHashes()
    ) {
        self.intake = intake
        self.data = data
        self.scratch = scratch
        self.settings = settings
        self.parser = parser
        self.previous = previous
        self.hashes = hashes
    }

    var dialect: any Dialect { intake.dialect }

    /// Stages one source as a table of its name.
    ///
    /// - Returns: what was read, or nil when diagnostics say why it could not be.
    package func stage(
        _ source: SourceSpec, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> StagedSource? {
        var context = SourceContext(
            source: source.name, data: data, scratch: scratch, intake: intake)
        let raw = try await source.reader.open(&context)
        diagnostics += context.diagnostics
        guard let raw, hasColumns(source, raw.schema, &diagnostics) else { return nil }
        do throws(AuroraError) {
            return try await stage(source, raw, &diagnostics)
        } catch {
            guard let diagnostic = source.reader.diagnostic(error, in: raw.files) else {
                throw error.code == "interrupted" ? error : error.within("source '\(source.name)'")
            }
            diagnostics.append(diagnostic)
            return nil
        }
    }

    func stage(
        _ source: SourceSpec, _ raw: RawTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> StagedSource? {
        let readings = try await table(source, raw)
        var staged = StagedSource(
            spec: source, raw: raw, readings: readings,
            misfits: try await misfits(source.name, readings),
            told: try await told(readings, source))
        try await makeQuarantine(for: &staged)
        guard try await readsAsStated(staged, &diagnostics) else { return nil }
        staged.notices = try await misfitsMadeMissing(staged)
        try await checkOwnRules(&staged, &diagnostics)
        return staged
    }

    private func hasColumns(
        _ source: SourceSpec, _ schema: Schema, _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        let unknown = source.columns.map(\.column).filter { schema[$0.value] == nil }
        guard !unknown.isEmpty else { return true }
        var mistakes = unknown.map {
            Diagnostic(
                "unknown_column", at: $0.place,
                "source '\(source.name)' has no column '\($0.value)'",
                hint: NearestName.hint(for: $0.value, among: schema.names))
        }
        drift(of: source, to: schema.names)?.explain(&mistakes)
        diagnostics += mistakes
        return false
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

    /// All columns beside the data.
    func marks(_ readings: [ColumnReading]) -> [String] {
        misfitColumns(readings)
            + readings.filter { $0.isMissing(dialect) != nil }.map { missingMark($0.column) }
    }

    private func write(
        _ table: String, _ raw: RawTable, _ readings: [ColumnReading]
    ) async throws(AuroraError) {
        let dialect = intake.dialect
        let marks = misfitColumns(readings).enumerated().map { index, name in
            let places = (index * 32)..<min(index * 32 + 32, readings.count)
            let bits = places.filter { readings[$0].readText(dialect) != nil }.map { place in
                "CASE WHEN \(dialect.quoted(readText(place))) IS NOT NULL AND "
                    + "\(dialect.quoted(readings[place].column)) IS NULL "
                    + "THEN \(1 << (place % 32)) ELSE 0 END"
            }
            let integer = dialect.typeName(.integer)
            return "CAST(\((bits + ["0"]).joined(separator: " + ")) AS \(integer)) AS "
                + dialect.quoted(name)
        }
        let missing = readings.filter { $0.isMissing(dialect) != nil }.map {
            dialect.quoted(missingMark($0.column))
        }
        let items = readings.map { dialect.quoted($0.column) } + marks + missing
        try await intake.execute("DROP TABLE IF EXISTS \(dialect.quoted(table))")
        try await intake.execute(
            "CREATE TABLE \(dialect.quoted(table)) AS "
                + "SELECT \(items.joined(separator: ", ")) FROM (\(values(raw, readings)))")
    }

    /// SQL of the values, with the texts that they were read from and the marks of missing ones. What
    /// an engine makes of a text is worked out once for all that is asked about it.
    private func values(_ raw: RawTable, _ readings: [ColumnReading]) -> String {
        let dialect = intake.dialect
        var conversions: [String] = []
        var items: [String] = []
        for (place, reading) in readings.enumerated() {
            let converted = dialect.quoted(":converted\(place)")
            let conversion = reading.conversion(dialect)
            if let conversion { conversions.append("\(conversion) AS \(converted)") }
            let value = reading.value(dialect, converted: conversion.map { _ in converted })
            items.append("\(value) AS \(dialect.quoted(reading.column))")
            if let text = reading.readText(dialect) {
                items.append("\(text) AS \(dialect.quoted(readText(place)))")
            }
            if let isMissing = reading.isMissing(dialect) {
                items.append("\(isMissing) AS \(dialect.quoted(missingMark(reading.column)))")
            }
        }
        let relation =
            conversions.isEmpty
            ? raw.relation
            : "(SELECT *, \(conversions.joined(separator: ", ")) FROM \(raw.relation))"
        return "SELECT \(items.joined(separator: ", ")) FROM \(relation)"
    }

    /// The text that the column at a place was read from, while the table is made.
    private func readText(_ place: Int) -> String { ":text\(place)" }

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

    /// How each column was read, in words, with the counts of what became missing by it.
    private func told(
        _ readings: [ColumnReading], _ source: SourceSpec
    ) async throws(AuroraError) -> [String: String] {
        let never = dialect.count(where: "FALSE")
        let items = readings.enumerated().flatMap { index, reading in
            let bit =
                "\(dialect.quoted(misfitColumns(readings)[index / 32])) & \(1 << (index % 32))"
            let mark = dialect.quoted(missingMark(reading.column))
            return [
                reading.isMissing(dialect) == nil ? never : dialect.count(where: mark),
                source[column: reading.column]?.misfits == .missing
                    ? dialect.count(where: "(\(bit)) <> 0") : never,
            ]
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
}
