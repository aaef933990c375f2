package import Columns
import Engine
import Learning
import Query
import Workspace

/// The features of a segmentation as they stand in the model's table, row by row of the key.
struct FeatureTable: Sendable {
    /// A column that is read, and for a category the levels that are known of it.
    struct Source: Sendable, Hashable {
        var column: String
        /// nil for a number.
        var levels: [String]?
    }

    /// Rows × features: numbers, or the codes of levels; NaN where missing or not known.
    let matrix: Matrix
    let sources: [Source]
    let keys: Column

    /// Levels beyond which a category tells customers apart rather than what they have in common.
    private static let mostLevels = 200

    /// Reads columns in the order of the key; texts that are no known level are missing.
    static func read(
        _ sources: [Source], of table: Catalogue.Table, in engine: any Engine
    ) async throws(AuroraError) -> FeatureTable {
        let dialect = engine.dialect
        let columns = sources.map { source in
            let column = dialect.quoted(source.column)
            return source.levels == nil
                ? column : "CAST(\(column) AS \(dialect.typeName(.text))) AS \(column)"
        }
        let codes = sources.map { source in
            source.levels.map { levels in
                Dictionary(
                    levels.enumerated().map { ($1, Double($0)) },
                    uniquingKeysWith: { first, _ in first })
            }
        }
        let read = try await KeyedColumns.read(columns, of: table, in: engine) { place, column in
            codes[place].map { Self.codes(of: column, $0) } ?? column.doubles() ?? []
        }
        return FeatureTable(
            matrix: Matrix(columns: read.columns), sources: sources, keys: read.keys)
    }

    /// The levels of a category in a table, in their order.
    ///
    /// - Throws: `too_many_levels`, and `no_values` where all are missing.
    static func levels(
        of column: String, in table: Catalogue.Table, _ engine: any Engine
    ) async throws(AuroraError) -> [String] {
        let dialect = engine.dialect
        let name = dialect.quoted(column)
        let batch = try await engine.query(
            "SELECT DISTINCT CAST(\(name) AS \(dialect.typeName(.text))) "
                + "FROM \(dialect.quoted(table.name)) "
                + "WHERE \(name) IS NOT NULL ORDER BY 1 LIMIT \(mostLevels + 1)")
        guard batch.rowCount <= mostLevels else {
            throw AuroraError(
                "too_many_levels",
                "'\(column)' has more than \(mostLevels) levels, which make nobody alike",
                hint: "map them to fewer first, or leave the feature out")
        }
        guard batch.rowCount > 0 else {
            throw AuroraError(
                "no_values", "'\(column)' has no value in any row, so it makes nobody alike",
                hint: "leave the feature out")
        }
        return (0..<batch.rowCount).map { batch.columns[0][$0].textValue ?? "" }
    }

    private static func codes(of column: Column, _ codes: [String: Double]) -> [Double] {
        guard case .texts(let texts) = column.values else { return [] }
        return texts.indices.map { row in
            column.present?[row] == false ? .nan : codes[texts[row]] ?? .nan
        }
    }

    /// The positions of the rows with these keys, or nil with a diagnostic for each that is not there.
    func rows(
        of keys: [Located<Value>], in model: String, _ diagnostics: inout [Diagnostic]
    ) -> [Int]? {
        var positions: [String: Int] = [:]
        for row in 0..<self.keys.count { positions[self.keys[row].description] = row }
        let rows = keys.compactMap { key -> Int? in
            if let row = positions[key.value.description] { return row }
            diagnostics.append(
                Diagnostic(
                    "start_missing", at: key.place,
                    "model '\(model)' has no row with the key '\(key.value)'",
                    hint: "name rows of this data, or leave 'start' out"))
            return nil
        }
        return rows.count == keys.count ? rows : nil
    }
}

/// Rows on the scale on which segments are formed.
package struct PreparedRows: Sendable {
    /// Rows × columns; categories as the file says.
    package var matrix: Matrix
    /// Columns that hold codes of levels, with how many levels there are.
    package var categories: [Int: Int]
    /// Where the segments start, if the file says so.
    package var start: Matrix?
}
