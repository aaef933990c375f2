package import Columns
package import Engine
import Workspace

extension Gate {
    /// The columns of a model that its export holds: all but hidden ones, in their order.
    ///
    /// - Throws: `unknown_name`, `not_permitted`.
    package func exportedColumns(
        of model: String, for reader: Reader
    ) throws(AuroraError) -> [Schema.Field] {
        guard let table = catalogue.tables[model] else {
            throw AuroraError(
                "unknown_name", "there is no model '\(model)'",
                hint: NearestName.hint(for: model, among: catalogue.tables.keys.sorted()))
        }
        guard reader.may(.customers) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
        }
        let hidden = Set(privacy.hidden.map(\.value))
        return table.schema.fields.filter {
            !hidden.contains($0.name) && !hidden.contains("\(model).\($0.name)")
        }
    }

    /// How many rows a table has, for whoever may see them one by one.
    func exportedRows(of table: String) async throws(AuroraError) -> Int {
        let answer = try await engine.query("SELECT count(*) FROM \(dialect.quoted(table))")
        return answer.columns[0][0].integerValue ?? 0
    }
}

/// A table on its way to a file.
package struct TableExport: Sendable {
    /// SQL over the tables of the database `published`.
    package let sql: String
    package let rows: Int

    /// - Throws: `unknown_name`, `not_permitted`, or `too_many_rows` where one file can't hold them.
    package init(
        of model: String, as format: TableFormat, for reader: Reader, through gate: Gate
    ) async throws(AuroraError) {
        let columns = try gate.exportedColumns(of: model, for: reader)
        try await self.init(
            of: model, columns.map(\.name), orderedBy: gate.catalogue.tables[model]?.key ?? "",
            as: format, through: gate)
    }

    /// - Parameter columns: those that the reader may have.
    init(
        of table: String, _ columns: [String], orderedBy key: String, as format: TableFormat,
        through gate: Gate
    ) async throws(AuroraError) {
        rows = try await gate.exportedRows(of: table)
        if let most = format.mostRows, rows > most {
            throw AuroraError(
                "too_many_rows",
                "'\(table)' has \(rows) rows, but one \(format.rawValue) sheet holds \(most)",
                hint: "export csv or parquet")
        }
        let dialect = gate.dialect
        let names = columns.map { dialect.quoted($0) }.joined(separator: ", ")
        let origin = "\(dialect.quoted("published")).\(dialect.quoted(table))"
        sql = "SELECT \(names) FROM \(origin) ORDER BY \(dialect.quoted(key))"
    }
}
