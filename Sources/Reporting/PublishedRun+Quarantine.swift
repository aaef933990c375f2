package import Columns
package import Engine
package import Foundation
import Preparation
package import Query
import Runs
import Workspace

/// The rows of a source that were set aside, as a reader may see them.
package struct QuarantineListing: Sendable {
    package var source: String
    /// The row's number, its rules and reasons, then the source's columns.
    package var columns: [String]
    /// The first rows, in the order of the source.
    package var rows: [[Value]]
    /// How many rows were set aside.
    package var total: Int

    package var json: JSON {
        .object([
            "source": .string(source), "quarantined": JSON(total),
            "columns": .array(columns.map { .string($0) }),
            "rows": .array(rows.map { .array($0.map(\.json)) }),
        ])
    }
}

extension PublishedRun {
    /// The first rows of a source that were set aside; as shapes for whoever may not see customers.
    ///
    /// - Throws: `unknown_name`, `not_permitted`.
    package func quarantine(
        of source: String, limit: Int = 100, for reader: Reader
    ) async throws(AuroraError) -> QuarantineListing {
        let total = try quarantined(source)
        guard total > 0 else {
            return QuarantineListing(source: source, columns: [], rows: [], total: 0)
        }
        let answer = try await gate.rows(of: table(of: source), limit: limit, for: reader)
        return QuarantineListing(
            source: source, columns: answer.columns, rows: answer.rows, total: total)
    }

    /// Writes the rows of a source that were set aside to a file, as they stood in the source.
    ///
    /// - Returns: how many rows were written.
    /// - Throws: `unknown_name`, `not_permitted`, `too_many_rows`, `file_unwritable`, or
    ///   `nothing_quarantined`.
    package func exportQuarantine(
        of source: String, to file: URL, as format: TableFormat, for reader: Reader
    ) async throws(AuroraError) -> Int {
        guard try quarantined(source) > 0 else {
            throw AuroraError(
                "nothing_quarantined", "no row of source '\(source)' was set aside in this run")
        }
        let export = try await TableExport(
            of: table(of: source), as: format, for: reader, through: gate)
        try await write(export, to: file, as: format)
        return export.rows
    }

    private func quarantined(_ source: String) throws(AuroraError) -> Int {
        guard let input = record.inputs.first(where: { $0.source == source }) else {
            throw AuroraError(
                "unknown_name", "there is no source '\(source)'",
                hint: NearestName.hint(for: source, among: record.inputs.map(\.source)))
        }
        return input.quarantined
    }

    private func table(of source: String) throws(AuroraError) -> Gate.Quarantine {
        .init(table: Staging.quarantine(of: source), hidden: try hiddenColumns(of: source))
    }

    /// The columns of a source from which hidden columns are made, and those that are called so.
    private func hiddenColumns(of source: String) throws(AuroraError) -> Set<String> {
        var hidden: Set<String> = []
        for name in project.settings.privacy.hidden.map(\.value) {
            hidden.insert(name)
            for table in tables {
                for column in table.schema.names
                where [column, "\(table.name).\(column)"].contains(name) {
                    let origins = try lineage(of: "\(table.name).\(column)").columns
                        .flatMap(\.origins)
                    hidden.formUnion(origins.filter { $0.source == source }.map(\.column))
                }
            }
        }
        return hidden
    }
}
