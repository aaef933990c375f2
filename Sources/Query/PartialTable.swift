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
    /// Rows that privacy hides.
    private var hidden: Set<Int> = []
    private var isTooFew = false

    init(
        _ measures: [Catalogue.Measure], by dimensions: [Catalogue.Dimension],
        _ filter: FilterContext, _ compiler: SQLCompiler, _ engine: any Engine
    ) async throws(AuroraError) {
        let rows = compiler.rows(reading: dimensions, filter)
        let folds = dimensions.map { compiler.isFolded($0) }
        let flags = folds.compactMap { $0 }
        let keyColumns = zip(dimensions, folds).map { dimension, isFolded in
            let column = compiler.column(of: dimension)
            return isFolded.map { "CASE WHEN NOT \($0) THEN \(column) END" } ?? column
        }
        let parts = keyColumns + flags
        let items = parts + measures.map { compiler.sql($0.expression) } + ["count(*)"]
        let positions = parts.indices.map { String($0 + 1) }.joined(separator: ", ")
        let group = dimensions.isEmpty ? "" : " GROUP BY \(positions)"
        let batch = try await engine.query(
            "SELECT \(items.joined(separator: ", ")) \(rows)\(group)")
        let total = try await engine.query(
            "SELECT count(*) FROM \(engine.dialect.quoted(compiler.model))")
        self.measures = measures.map(\.name)
        dimensionOrder = dimensions.indices.sorted { dimensions[$0].name < dimensions[$1].name }
        let order = (0..<batch.rowCount).map {
            (row: $0, key: Self.key(Array(batch.row($0).prefix(parts.count)), dimensions))
        }
        .sorted { DimensionOrder.precedes($0.key, $1.key, dimensions) }
        keys = order.map(\.key)
        values = order.map { Array(batch.row($0.row)[parts.count..<batch.columns.count - 1]) }
        counts = order.map { batch.columns[batch.columns.count - 1][$0.row].integerValue ?? 0 }
        rowsUsed = counts.reduce(0, +)
        rowsTotal = total.columns[0][0].integerValue ?? 0
    }

    /// The dimensions' values, with what stands for the levels that are folded into one.
    private static func key(_ parts: [Value], _ dimensions: [Catalogue.Dimension]) -> [Value] {
        var key = Array(parts.prefix(dimensions.count))
        var flag = dimensions.count
        for place in dimensions.indices {
            guard let fold = dimensions[place].fold else { continue }
            if parts[flag] == .boolean(true) { key[place] = fold.other }
            flag += 1
        }
        return key
    }

    /// The first dimension's levels, those with most first: by the first measure, or by their rows.
    /// Those that privacy hides are last.
    func ranked(byRows: Bool) -> [Value] {
        let sizes = keys.indices.map { row in
            hidden.contains(row)
                ? -Double.infinity
                : byRows ? Double(counts[row]) : values[row][0].doubleValue ?? -.infinity
        }
        return keys.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }.map { keys[$0][0] }
    }

    /// Hides what would tell of cells that privacy hides where no levels are folded.
    ///
    /// A folded cell shows only if all its parts are shown. By one dimension, it shows too if all
    /// that is hidden lies in it: then it says no more than the total does.
    mutating func hide(partsOf unfolded: PartialTable, folding dimensions: [Catalogue.Dimension]) {
        var unseen: Set<[Value]> = []
        var areAllFolded = true
        for row in unfolded.hidden {
            let key = zip(unfolded.keys[row], dimensions).map { value, dimension in
                guard let fold = dimension.fold, !value.isMissing, !fold.kept.contains(value)
                else { return value }
                areAllFolded = areAllFolded && dimensions.count == 1
                return fold.other
            }
            if key == unfolded.keys[row] { areAllFolded = false }
            unseen.insert(key)
        }
        guard !areAllFolded || isTooFew else { return }
        for row in keys.indices where unseen.contains(keys[row]) && !hidden.contains(row) {
            hidden.insert(row)
            values[row] = values[row].map { _ in .missing }
            suppressed += measures.count
        }
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
        (result.hidden, result.isTooFew) = (hidden, isTooFew)
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
        if let other = dimension.fold?.other, left == other || right == other {
            return right == other && left != other
        }
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
