package import Columns
import Engine

/// A point on the earth, in degrees.
package struct MapPlace: Sendable, Equatable {
    /// North of the equator, −90 to 90.
    package var latitude: Double
    /// East of Greenwich, −180 to 360, since files that cross the date line go on beyond 180.
    package var longitude: Double

    /// - Returns: nil where either is missing or no such number of degrees.
    package init?(_ latitude: Double?, _ longitude: Double?) {
        guard let latitude, let longitude, (-90...90).contains(latitude),
            (-180...360).contains(longitude)
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }
}

extension Gate {
    /// Where each value of a dimension lies, for values that lie at one place each.
    ///
    /// It says as much as a table by the three dimensions: the caller leaves out the values whose
    /// figures privacy hides.
    ///
    /// - Parameters:
    ///   - latitude: a numeric dimension, in degrees.
    ///   - longitude: likewise.
    ///   - measure: the measure whose rows have the values.
    /// - Returns: the places of the values that have one; values without one are left out.
    /// - Throws: `place_ambiguous` where a value lies at several places, `unknown_name`,
    ///   `not_a_number`, `unrelated`, `not_permitted`, or the engine's own error.
    ///
    /// Complexity: O(rows).
    package func places(
        of name: String, latitude: String, longitude: String, measuredBy measure: String,
        filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> [Value: MapPlace] {
        let model = try measures([measure], for: reader)[0].model
        let dimensions =
            try permitted([name], for: reader) + [
                try numeric(latitude, for: reader), try numeric(longitude, for: reader),
            ]
        try check(filter, for: reader, over: [model], by: dimensions)
        let compiler = SQLCompiler(catalogue, dialect, model: model)
        let columns = dimensions.map { compiler.column(of: $0) }
        let bounds = columns.dropFirst().flatMap { column in
            ["min", "max"].map {
                "CAST(\($0)(\(column)) AS \(dialect.typeName(.double)))"
            }
        }
        let batch = try await engine.query(
            "SELECT \(columns[0]), \(bounds.joined(separator: ", ")) "
                + "\(compiler.rows(reading: dimensions, filter)) GROUP BY 1")
        var places: [Value: MapPlace] = [:]
        for row in (0..<batch.rowCount).map({ batch.row($0) }) {
            guard row[1] == row[2], row[3] == row[4] else {
                throw AuroraError(
                    "place_ambiguous",
                    "a value of '\(name)' lies at several places: \(latitude) and \(longitude) are "
                        + "not the same in all its rows",
                    hint: "give each value of '\(name)' one place in the model")
            }
            places[row[0]] = MapPlace(row[1].doubleValue, row[3].doubleValue)
        }
        return places
    }
}
