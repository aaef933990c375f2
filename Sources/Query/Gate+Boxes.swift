package import Columns
import Engine
import Workspace

/// How a numeric dimension lies in each group: quartiles of all rows, and whiskers.
package struct BoxTable: Sendable, Equatable {
    package struct Box: Sendable, Equatable {
        package var group: [Value]
        /// Rows with a value; nil where privacy hides the group.
        package var rows: Int?
        package var lowerWhisker: Double?
        package var lowerQuartile: Double?
        package var median: Double?
        package var upperQuartile: Double?
        package var upperWhisker: Double?
        /// Values beyond the whiskers; nil where whiskers end at shares of the rows.
        package var below: Int?
        package var above: Int?
    }

    package struct Outlier: Sendable, Equatable {
        package var group: [Value]
        package var value: Double
        package var rows: Int
    }

    /// Where whiskers end.
    package enum Whiskers: String, Sendable {
        /// The outermost values within 1.5 interquartile ranges of the box (Tukey 1977).
        case tukey
        /// The 5th and the 95th percentile: no single customer's value.
        case percentiles
    }

    package var whiskers: Whiskers
    package var boxes: [Box]
    /// Different values beyond the whiskers; empty where they are too many, or may not be seen.
    package var outliers: [Outlier]
    package var rowsUsed: Int?
    package var rowsTotal: Int
    package var suppressed: Int
}

extension Gate {
    /// Outliers that a chart can show as points; beyond, they are only counted.
    private static let mostOutliers = 2_000

    /// The quartiles of a numeric dimension in each group of another, exact over all rows.
    ///
    /// Readers who may not see customers, and all where small cells are hidden, get whiskers at
    /// the 5th and 95th percentile.
    ///
    /// - Parameters:
    ///   - by: the dimension whose levels are the groups; nil for one group.
    ///   - top: how many levels of it are told apart.
    ///
    /// Complexity: O(rows). Source of the quartiles: Hyndman & Fan 1996, type 7.
    package func boxes(
        of name: String, by group: String?, top: Int?, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> (table: BoxTable, fold: Fold?) {
        let number = try numeric(name, for: reader)
        var groups = try permitted([group].compactMap { $0 }, for: reader)
        try check(filter, for: reader, over: [number.model], by: groups)
        let compiler = SQLCompiler(catalogue, dialect, model: number.model)
        if let top, !groups.isEmpty {
            groups[0].fold = try await fold(groups[0], top, compiler, filter)
        }
        let sql = BoxSQL(of: number, by: groups, filter, compiler)
        let batch = try await engine.query(sql.boxes)
        let rows = try await rowCount(of: number.model, filter: filter, for: reader)
        let isExact = reader.may(.customers) && !hidesSmallCells
        let cells = (0..<batch.rowCount).map { batch.row($0) }
            .map { (key: Self.group($0, groups), row: $0) }
            .sorted { DimensionOrder.precedes($0.key, $1.key, groups) }
        let counts = cells.map { $0.row[2].integerValue ?? 0 }
        let hidden =
            rows.used == nil
            ? Set(cells.indices)
            : CellSuppression(
                keys: cells.map(\.key), counts: counts, smallest: privacy.smallestCell
            ).hidden
        let boxes = cells.indices.map { place in
            hidden.contains(place)
                ? BoxTable.Box(group: cells[place].key)
                : BoxTable.Box(cells[place].key, cells[place].row, isExact: isExact)
        }
        let beyond = boxes.reduce(0) { $0 + ($1.below ?? 0) + ($1.above ?? 0) }
        let table = BoxTable(
            whiskers: isExact ? .tukey : .percentiles, boxes: boxes,
            outliers: isExact && beyond > 0 ? try await outliers(sql, groups) : [],
            rowsUsed: rows.used, rowsTotal: rows.total, suppressed: hidden.count)
        return (table, groups.first?.fold)
    }

    /// None where they are too many to show.
    private func outliers(
        _ sql: BoxSQL, _ groups: [Catalogue.Dimension]
    ) async throws(AuroraError) -> [BoxTable.Outlier] {
        let points = try await engine.query(sql.outliers(limit: Self.mostOutliers + 1))
        guard points.rowCount <= Self.mostOutliers else { return [] }
        return (0..<points.rowCount).map { points.row($0) }
            .map { row in
                BoxTable.Outlier(
                    group: Self.group(row, groups), value: row[2].doubleValue ?? 0,
                    rows: row[3].integerValue ?? 0)
            }
            .sorted { left, right in
                left.group != right.group
                    ? DimensionOrder.precedes(left.group, right.group, groups)
                    : left.value < right.value
            }
    }

    private static func group(_ row: [Value], _ groups: [Catalogue.Dimension]) -> [Value] {
        guard let dimension = groups.first else { return [] }
        if let fold = dimension.fold, row[1] == .boolean(true) { return [fold.other] }
        return [row[0]]
    }

    /// The levels with the most rows are told apart. Where small cells are hidden, none is folded: a
    /// quartile of many small groups would tell of them.
    private func fold(
        _ dimension: Catalogue.Dimension, _ top: Int, _ compiler: SQLCompiler,
        _ filter: FilterContext
    ) async throws(AuroraError) -> Fold? {
        guard !hidesSmallCells, [.category, .number].contains(dimension.kind) else { return nil }
        let levels = try await PartialTable([], by: [dimension], filter, compiler, engine)
            .ranked(byRows: true).filter { !$0.isMissing }
        guard levels.count > top + 1 else { return nil }
        return Fold(
            kept: Array(levels.prefix(top)), folded: levels.count - top,
            other: dimension.kind == .number ? .text("") : .integer(0))
    }
}

extension BoxTable.Box {
    /// - Parameters:
    ///   - row: as ``BoxSQL/boxes`` gives it.
    ///   - isExact: whether whiskers and what lies beyond them may be seen.
    fileprivate init(_ group: [Value], _ row: [Value], isExact: Bool) {
        let numbers = row[3...9].map(\.doubleValue)
        self.init(
            group: group, rows: row[2].integerValue, lowerWhisker: numbers[isExact ? 5 : 0],
            lowerQuartile: numbers[1], median: numbers[2], upperQuartile: numbers[3],
            upperWhisker: numbers[isExact ? 6 : 4], below: isExact ? row[10].integerValue : nil,
            above: isExact ? row[11].integerValue : nil)
    }
}

/// The questions behind box plots. Groups are in the columns `level`, and `other`, which is true
/// where levels are folded into one.
private struct BoxSQL {
    private let source: String
    private static let low = "x < q1 - 1.5 * (q3 - q1)"
    private static let high = "x > q3 + 1.5 * (q3 - q1)"
    private static let meets =
        "FROM kept JOIN boxes ON kept.level IS NOT DISTINCT FROM boxes.level "
        + "AND kept.other = boxes.other"

    init(
        of number: Catalogue.Dimension, by groups: [Catalogue.Dimension], _ filter: FilterContext,
        _ compiler: SQLCompiler
    ) {
        let dialect = compiler.dialect
        let limit = dialect.literal(.double(.greatestFiniteMagnitude))
        let flag = groups.first.flatMap { compiler.isFolded($0) } ?? "FALSE"
        let level = groups.first.map {
            "CASE WHEN NOT \(flag) THEN \(compiler.column(of: $0)) END"
        }
        let quantiles = [
            ("p5", 0.05), ("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("p95", 0.95),
        ].map { "\(dialect.quantile($1, of: "x")) AS \($0)" }
        source =
            "WITH cells AS (SELECT \(level ?? "NULL") AS level, \(flag) AS other, "
            + "CAST(\(compiler.column(of: number)) AS \(dialect.typeName(.double))) AS x "
            + "\(compiler.rows(reading: [number] + groups, filter))), "
            + "kept AS (SELECT * FROM cells WHERE abs(x) <= \(limit)), "
            + "boxes AS (SELECT level, other, count(*) AS n, "
            + "\(quantiles.joined(separator: ", ")) FROM kept GROUP BY 1, 2)"
    }

    /// A row for each group: rows, five quantiles, two whiskers, what lies below and above them.
    var boxes: String {
        "\(source) SELECT boxes.level, boxes.other, max(n), max(p5), max(q1), max(median), "
            + "max(q3), max(p95), min(x) FILTER (WHERE NOT \(Self.low)), "
            + "max(x) FILTER (WHERE NOT \(Self.high)), count(*) FILTER (WHERE \(Self.low)), "
            + "count(*) FILTER (WHERE \(Self.high)) \(Self.meets) GROUP BY 1, 2"
    }

    /// Each value beyond the whiskers of its group, and how many rows have it.
    func outliers(limit: Int) -> String {
        "\(source) SELECT boxes.level, boxes.other, x, count(*) \(Self.meets) "
            + "WHERE \(Self.low) OR \(Self.high) GROUP BY 1, 2, 3 ORDER BY x LIMIT \(limit)"
    }
}
