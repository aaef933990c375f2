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

    /// How many rows a model has, for whoever may see them one by one.
    func exportedRows(of model: String) async throws(AuroraError) -> Int {
        let answer = try await engine.query("SELECT count(*) FROM \(dialect.quoted(model))")
        return answer.columns[0][0].integerValue ?? 0
    }
}

/// A model's table on its way to a file.
package struct TableExport: Sendable {
    /// SQL over the tables of the database `published`.
    package let sql: String
    package let rows: Int

    /// - Throws: `unknown_name`, `not_permitted`, or `too_many_rows` where one file can't hold them.
    package init(
        of model: String, as format: TableFormat, for reader: Reader, through gate: Gate
    ) async throws(AuroraError) {
        let columns = try gate.exportedColumns(of: model, for: reader)
        rows = try await gate.exportedRows(of: model)
        if let most = format.mostRows, rows > most {
            throw AuroraError(
                "too_many_rows",
                "'\(model)' has \(rows) rows, but one \(format.rawValue) sheet holds \(most)",
                hint: "export csv or parquet")
        }
        let dialect = gate.dialect
        let names = columns.map { dialect.quoted($0.name) }.joined(separator: ", ")
        let key = dialect.quoted(gate.catalogue.tables[model]?.key ?? "")
        sql =
            "SELECT \(names) FROM \(dialect.quoted("published")).\(dialect.quoted(model)) ORDER BY \(key)"
    }
}
