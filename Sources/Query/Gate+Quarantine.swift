package import Columns
package import Engine
import Workspace

extension Gate {
    /// A table of rows that were set aside: the first three of its columns say which and why, the
    /// last one holds the rows that could not be split into columns.
    package struct Quarantine: Sendable {
        /// The table's name.
        package var table: String
        /// The columns that no reader gets.
        package var hidden: Set<String>

        package init(table: String, hidden: Set<String>) {
            self.table = table
            self.hidden = hidden
        }
    }

    /// The first rows that were set aside. Each is a customer's: whoever may not see customers gets
    /// the shapes of the values.
    ///
    /// - Throws: `not_permitted`.
    package func rows(
        of quarantine: Quarantine, limit: Int, for reader: Reader
    ) async throws(AuroraError) -> (columns: [String], rows: [[Value]]) {
        guard reader.may(.aggregates) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see any figures")
        }
        let names = try await columns(of: quarantine)
        let answer = try await engine.query(
            "SELECT \(names.map { dialect.quoted($0) }.joined(separator: ", ")) "
                + "FROM \(dialect.quoted(quarantine.table)) ORDER BY 1 LIMIT \(limit)")
        let rows = (0..<answer.rowCount).map { row in
            answer.row(row).enumerated().map { index, value in
                guard index > 2, !reader.may(.customers), let text = value.textValue else {
                    return value
                }
                return .text(Redaction.shape(of: text))
            }
        }
        return (names, rows)
    }

    /// The columns that may be shown.
    func columns(of quarantine: Quarantine) async throws(AuroraError) -> [String] {
        var names = try await engine.schema(
            of: "SELECT * FROM \(dialect.quoted(quarantine.table))"
        ).names
        // A whole row has what is hidden somewhere in it.
        if !quarantine.hidden.isEmpty { names.removeLast() }
        return names.prefix(3) + names.dropFirst(3).filter { !quarantine.hidden.contains($0) }
    }
}

extension TableExport {
    /// The rows that were set aside, for whoever may see customers.
    ///
    /// - Throws: `not_permitted`, or `too_many_rows` where one file can't hold them.
    package init(
        of quarantine: Gate.Quarantine, as format: TableFormat, for reader: Reader,
        through gate: Gate
    ) async throws(AuroraError) {
        guard reader.may(.customers) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
        }
        let columns = try await gate.columns(of: quarantine)
        try await self.init(
            of: quarantine.table, columns, orderedBy: columns[0], as: format, through: gate)
    }
}
