import Columns
import Engine

/// The measures of one model by dimensions, with the number of rows behind each cell.
struct PartialTable {
    private var measures: [String]
    private var keys: [[Value]]
    private var values: [[Value]]
    /// The dimensions' positions by their names: an order that no query decides.
    private let dimensionOrder: [Int]
    /// How many rows of the model stand behind each row.
    private var counts: [Int]
    private var rowsUsed: Int?
    private let rowsTotal: Int
    private var suppressed = 0

    init(
        _ measures: [Catalogue.Measure], by dimensions: [Catalogue.Dimension],
        _ filter: FilterContext, _ compiler: SQLCompiler, _ engine: any Engine
    ) async throws(AuroraError) {
        let rows = compiler.rows(reading: dimensions, filter)
        let keyColumns = dimensions.map { compiler.column(of: $0) }
        let items = keyColumns + measures.map { compiler.sql($0.expression) } + ["count(*)"]
        let positions = dimensions.indices.map { String($0 + 1) }.joined(separator: ", ")
        let group = dimensions.isEmpty ? "" : " GROUP BY \(positions)"
        let batch = try await engine.query(
            "SELECT \(items.joined(separator: ", ")) \(rows)\(group)")
        let total = try await engine.query(
            "SELECT count(*) FROM \(engine.dialect.quoted(compiler.model))")
        self.measures = measures.map(\.name)
        dimensionOrder = dimensions.indices.sorted { dimensions[$0].name < dimensions[$1].name }
        let order = (0..<batch.rowCount).map {
            (row: $0, key: Array(batch.row($0).prefix(dimensions.count)))
        }
        .sorted { DimensionOrder.precedes($0.key, $1.key, dimensions) }
        keys = order.map(\.key)
        values = order.map { Array(batch.row($0.row)[dimensions.count..<batch.columns.count - 1]) }
        counts = order.map { batch.columns[batch.columns.count - 1][$0.row].integerValue ?? 0 }
        rowsUsed = counts.reduce(0, +)
        rowsTotal = total.columns[0][0].integerValue ?? 0
    }

    /// Hides cells with fewer rows than `smallest`, and as many more as it takes that no total
    /// gives them away.
    func suppressed(below smallest: Int) -> PartialTable {
        guard smallest > 1, let used = rowsUsed else { return self }
        var result = self
        let isTooFew = CellSuppression.tellsOfFew(used, of: rowsTotal, smallest: smallest)
        let hidden =
            isTooFew
            ? Set(keys.indices)
            : CellSuppression(
                keys: keys.map { key in dimensionOrder.map { key[$0] } }, counts: counts,
                smallest: smallest
            ).hidden
        for row in hidden {
            result.values[row] = result.values[row].map { _ in .missing }
        }
        if isTooFew { result.rowsUsed = nil }
        result.suppressed = hidden.count * measures.count
        return result
    }

    static func joined(
        _ tables: [PartialTable], measures: [String], by dimensions: [Catalogue.Dimension]
    ) -> FigureTable {
        var keys = tables[0].keys
        if tables.count > 1 {
            keys = tables.flatMap(\.keys).unique
                .sorted { DimensionOrder.precedes($0, $1, dimensions) }
        }
        var columns: [String: [[Value]: Value]] = [:]
        for table in tables {
            for (index, measure) in table.measures.enumerated() {
                for (key, values) in zip(table.keys, table.values) {
                    columns[measure, default: [:]][key] = values[index]
                }
            }
        }
        var result = FigureTable(
            columns: dimensions.map(\.name) + measures,
            rows: keys.map { key in key + measures.map { columns[$0]?[key] ?? .missing } },
            rowsUsed: tables[0].rowsUsed, rowsTotal: tables[0].rowsTotal)
        result.suppressed = tables.map(\.suppressed).reduce(0, +)
        return result
    }
}

/// Rows in the dimensions' own order, then by value, missing last.
enum DimensionOrder {
    static func precedes(
        _ left: [Value], _ right: [Value], _ dimensions: [Catalogue.Dimension]
    ) -> Bool {
        for (index, dimension) in dimensions.enumerated() where left[index] != right[index] {
            return precedes(left[index], right[index], dimension)
        }
        return false
    }

    static func precedes(_ left: Value, _ right: Value, _ dimension: Catalogue.Dimension) -> Bool {
        if left.isMissing || right.isMissing { return right.isMissing && !left.isMissing }
        if let order = dimension.order {
            let positions = [left, right].map {
                order.firstIndex(of: $0.description) ?? order.count
            }
            if positions[0] != positions[1] { return positions[0] < positions[1] }
        }
        return left.precedes(right)
    }
}

extension Value {
    /// Numbers by size, texts by code points, dates by time.
    fileprivate func precedes(_ other: Value) -> Bool {
        switch (self, other) {
        case (.boolean(let a), .boolean(let b)): return !a && b
        case (.integer(let a), .integer(let b)): return a < b
        case (.hugeInteger(let a), .hugeInteger(let b)): return a < b
        case (.decimal(let a), .decimal(let b)): return a.unscaled < b.unscaled
        case (.double(let a), .double(let b)): return a < b
        case (.date(let a), .date(let b)): return a < b
        case (.time(let a), .time(let b)): return a < b
        case (.timestamp(let a, _), .timestamp(let b, _)): return a < b
        default:
            return description.unicodeScalars.lexicographicallyPrecedes(
                other.description.unicodeScalars)
        }
    }
}
