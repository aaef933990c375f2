package import Columns
import Engine
import Workspace

/// How the values of a numeric dimension spread.
package struct Histogram: Sendable, Equatable {
    package struct Bin: Sendable, Equatable {
        package var from: Double
        package var to: Double
        /// Nil where privacy hides it.
        package var count: Int?
    }

    /// Of equal width, from the lowest to the highest value of all rows, whatever the filter.
    package var bins: [Bin]
    /// Rows without a value; nil where privacy hides it.
    package var missing: Int?
    package var rowsUsed: Int?
    package var rowsTotal: Int
    package var suppressed: Int
}

/// Rows as points, each with a category where one was asked for.
package struct PointCloud: Sendable {
    package var x: [Double]
    package var y: [Double]
    package var codes: [Int]?
    package var categories: [Value]
    package var rowsUsed: Int
    package var rowsTotal: Int
}

/// Counts of rows in fields of equal size; empty fields and hidden ones are left out.
package struct Raster: Sendable {
    package struct Field: Sendable {
        package var x: ClosedRange<Double>
        package var y: ClosedRange<Double>
        package var count: Int
    }

    package var fields: [Field]
    package var rowsUsed: Int?
    package var rowsTotal: Int
    package var suppressed: Int
}

extension Gate {
    /// A range that holds every value of a numeric dimension; nil where there is none.
    ///
    /// It ends at the lowest and highest value, which are single customers': where those may not be
    /// shown, at the round numbers around them.
    package func extent(
        of name: String, for reader: Reader
    ) async throws(AuroraError) -> (lowest: Double, highest: Double)? {
        let dimension = try numeric(name, for: reader)
        guard let extent = try await extremes(of: dimension) else { return nil }
        if reader.may(.customers), privacy.smallestCell <= 1 { return extent }
        let scale = BinScale(
            from: extent.lowest, to: extent.highest, atMost: 20, isWhole: dimension.type.isWhole)
        return (scale.edge(0), scale.edge(scale.count))
    }

    private func extremes(
        of dimension: Catalogue.Dimension
    ) async throws(AuroraError) -> (lowest: Double, highest: Double)? {
        let compiler = SQLCompiler(catalogue, dialect, model: dimension.model)
        let sql = compiler.column(of: dimension)
        let row = try await engine.query(
            "SELECT min(\(sql)), max(\(sql)) \(compiler.rows(reading: [dimension], .init()))"
        ).row(0)
        guard let lowest = row[0].doubleValue, let highest = row[1].doubleValue else { return nil }
        return (lowest, highest)
    }

    /// The values of a dimension in their order; nil where there are more than `limit`.
    package func values(
        of name: String, limit: Int, for reader: Reader
    ) async throws(AuroraError) -> [Value]? {
        let dimension = try permitted([name], for: reader)[0]
        let compiler = SQLCompiler(catalogue, dialect, model: dimension.model)
        let sql = compiler.column(of: dimension)
        let batch = try await engine.query(
            "SELECT DISTINCT \(sql) \(compiler.rows(reading: [dimension], .init())) LIMIT \(limit + 1)"
        )
        guard batch.rowCount <= limit else { return nil }
        return (0..<batch.rowCount).map { batch.columns[0][$0] }
            .sorted { DimensionOrder.precedes($0, $1, dimension) }
    }

    /// Counts the rows in at most `bins` bins of a round width.
    package func histogram(
        of name: String, bins: Int, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> Histogram {
        let dimension = try numeric(name, for: reader)
        try check(filter, for: reader, over: [dimension.model], by: [])
        let extent = try await extremes(of: dimension)
        let scale = extent.map {
            BinScale(
                from: $0.lowest, to: $0.highest, atMost: bins, isWhole: dimension.type.isWhole)
        }
        let compiler = SQLCompiler(catalogue, dialect, model: dimension.model)
        let value = compiler.column(of: dimension)
        let bin = scale.map { $0.position(of: value, dialect) }
        let rows = compiler.rows(reading: [dimension], filter)
        let batch = try await engine.query(
            "SELECT \(bin ?? "NULL") AS bin, count(*) \(rows) GROUP BY 1")
        let total = try await engine.query(
            "SELECT count(*) FROM \(dialect.quoted(dimension.model))")
        var counts = [Int](repeating: 0, count: (scale?.count ?? 0) + 1)
        for row in 0..<batch.rowCount {
            let position = batch.columns[0][row].integerValue ?? counts.count - 1
            counts[min(max(position, 0), counts.count - 1)] +=
                batch.columns[1][row].integerValue ?? 0
        }
        let used = counts.reduce(0, +)
        let rowsTotal = total.columns[0][0].integerValue ?? 0
        let smallest = privacy.smallestCell
        let keys = counts.indices.map { [Value.integer(Int64($0))] }
        let isTooFew = CellSuppression.tellsOfFew(used, of: rowsTotal, smallest: smallest)
        let hidden =
            isTooFew
            ? Set(counts.indices)
            : CellSuppression(keys: keys, counts: counts, smallest: smallest).hidden
        return Histogram(
            bins: (0..<(scale?.count ?? 0)).map { position in
                .init(
                    from: scale?.edge(position) ?? 0, to: scale?.edge(position + 1) ?? 0,
                    count: hidden.contains(position) ? nil : counts[position])
            },
            missing: hidden.contains(counts.count - 1) ? nil : counts[counts.count - 1],
            rowsUsed: isTooFew ? nil : used, rowsTotal: rowsTotal, suppressed: hidden.count)
    }

    /// Every row as a point. Only for readers who may see customers; others get a ``density``.
    ///
    /// - Parameter model: whose rows are the points; nil for that of `x`.
    package func points(
        x: String, y: String, category: String? = nil, of model: String? = nil,
        filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> PointCloud {
        guard reader.may(.customers) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
        }
        let colour = try permitted([category].compactMap { $0 }, for: reader)
        let dimensions = [try numeric(x, for: reader), try numeric(y, for: reader)] + colour
        let model = model ?? dimensions[0].model
        try check(filter, for: reader, over: [model], by: dimensions)
        let compiler = SQLCompiler(catalogue, dialect, model: model)
        let items = dimensions.map { compiler.column(of: $0) }.joined(separator: ", ")
        let key = dialect.quoted(catalogue.tables[model]?.key ?? "")
        let batch = try await engine.query(
            "SELECT \(items) \(compiler.rows(reading: dimensions, filter)) "
                + "ORDER BY \(dialect.quoted("of:" + model)).\(key)")
        let total = try await engine.query("SELECT count(*) FROM \(dialect.quoted(model))")
        let values = colour.isEmpty ? [] : (0..<batch.rowCount).map { batch.columns[2][$0] }
        let categories = colour.first.map { colour in
            Set(values).sorted { DimensionOrder.precedes($0, $1, colour) }
        }
        let codes = Dictionary(
            uniqueKeysWithValues: (categories ?? []).enumerated().map { ($1, $0) })
        return PointCloud(
            x: batch.columns[0].doubles() ?? [], y: batch.columns[1].doubles() ?? [],
            codes: colour.isEmpty ? nil : values.map { codes[$0] ?? 0 },
            categories: categories ?? [], rowsUsed: batch.rowCount,
            rowsTotal: total.columns[0][0].integerValue ?? 0)
    }

    /// The number of rows in each field of a raster between two numeric dimensions.
    ///
    /// - Parameter model: whose rows are counted; nil for that of `x`.
    package func density(
        x: String, y: String, of model: String? = nil, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> Raster {
        let dimensions = [try numeric(x, for: reader), try numeric(y, for: reader)]
        let model = model ?? dimensions[0].model
        try check(filter, for: reader, over: [model], by: dimensions)
        var scales: [BinScale] = []
        for dimension in dimensions {
            let extent = try await extremes(of: dimension) ?? (0, 0)
            scales.append(
                BinScale(
                    from: extent.lowest, to: extent.highest, atMost: 40,
                    isWhole: dimension.type.isWhole))
        }
        let compiler = SQLCompiler(catalogue, dialect, model: model)
        let positions = zip(dimensions, scales).map {
            $1.position(of: compiler.column(of: $0), dialect)
        }
        let batch = try await engine.query(
            "SELECT \(positions.joined(separator: ", ")), count(*) "
                + "\(compiler.rows(reading: dimensions, filter)) GROUP BY 1, 2 ORDER BY 1, 2")
        let rows = (0..<batch.rowCount).map { batch.row($0) }.filter { !$0.contains(.missing) }
        let counts = rows.map { $0[2].integerValue ?? 0 }
        let total = try await rowCount(of: model, filter: filter, for: reader)
        let hidden =
            total.used == nil
            ? Set(rows.indices)
            : CellSuppression(
                keys: rows.map { Array($0.prefix(2)) }, counts: counts,
                smallest: privacy.smallestCell
            ).hidden
        let fields = rows.indices.filter { !hidden.contains($0) }.map { row in
            let place = rows[row].prefix(2).map { $0.integerValue ?? 0 }
            return Raster.Field(
                x: scales[0].edge(place[0])...scales[0].edge(place[0] + 1),
                y: scales[1].edge(place[1])...scales[1].edge(place[1] + 1), count: counts[row])
        }
        return Raster(
            fields: fields, rowsUsed: total.used, rowsTotal: total.total, suppressed: hidden.count)
    }

    /// How many rows of a model the filter keeps; nil where privacy hides it.
    package func rowCount(
        of model: String, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> (used: Int?, total: Int) {
        try check(filter, for: reader, over: [model], by: [])
        let compiler = SQLCompiler(catalogue, dialect, model: model)
        let used = try await engine.query("SELECT count(*) \(compiler.rows(reading: [], filter))")
        let total = try await engine.query("SELECT count(*) FROM \(dialect.quoted(model))")
        let rows = [used, total].map { $0.columns[0][0].integerValue ?? 0 }
        let isTooFew = CellSuppression.tellsOfFew(
            rows[0], of: rows[1], smallest: privacy.smallestCell)
        return (isTooFew ? nil : rows[0], rows[1])
    }

    func numeric(
        _ name: String, for reader: Reader
    ) throws(AuroraError) -> Catalogue.Dimension {
        let dimension = try permitted([name], for: reader)[0]
        guard dimension.type.isNumeric else {
            throw AuroraError(
                "not_a_number", "the dimension '\(name)' is \(dimension.type), not a number")
        }
        return dimension
    }
}
