package import Columns
import Engine
import Kernels
import Workspace

extension Gate {
    /// Values of a text dimension beyond which no plain word tells of it.
    private static let mostLevels = 100

    /// Counts the rows of each group that a dimension makes, and measures how others spread in them.
    ///
    /// Small groups and small cells of a group are hidden, with as many others as it takes that
    /// nothing gives them away. Sums are exact, so no order of rows changes a digit.
    ///
    /// - Parameters:
    ///   - name: the dimension that makes the groups; rows are those of its model.
    ///   - dimensions: numeric, text or boolean ones of that model or up its references.
    /// - Throws: `unknown_name`, `unrelated`, `not_permitted`, or the engine's own error.
    package func groups(
        by name: String, comparing dimensions: [String] = [], filter: FilterContext,
        for reader: Reader
    ) async throws(AuroraError) -> GroupProfile {
        let grouping = try permitted([name], for: reader)[0]
        let others = try permitted(dimensions, for: reader)
        let model = grouping.model
        try check(filter, for: reader, over: [model], by: [grouping] + others)
        let (used, total) = try await rowCount(of: model, filter: filter, for: reader)
        var profile = GroupProfile(rowsUsed: used, rowsTotal: total)
        guard used != nil else { return profile }
        let rows = GroupedRows(
            grouping, others, SQLCompiler(catalogue, dialect, model: model), filter, engine)
        let counts = try await rows.counts()
        let hidden = hiddenCells(counts.map { [$0.value] }, counts.map(\.rows))
        profile.groups = counts.indices.map {
            .init(value: counts[$0].value, rows: hidden.contains($0) ? nil : counts[$0].rows)
        }
        profile.suppressed = hidden.count
        for (index, dimension) in others.enumerated() {
            switch dimension.kind {
            case .number:
                guard let sums = try await rows.sums(index, counts.map(\.value)) else {
                    profile.omissions.append(.init(dimension: dimension.name, reason: "no values"))
                    continue
                }
                profile.numbers.append(numbers(sums, dimension.name, hidden, counts.map(\.value)))
            case .category, .boolean:
                guard let cells = try await rows.levels(index, atMost: Self.mostLevels) else {
                    let reason = "it has more than \(Self.mostLevels) values"
                    profile.omissions.append(.init(dimension: dimension.name, reason: reason))
                    continue
                }
                profile.levels.append(levels(cells, dimension, hidden, counts.map(\.value)))
            case .date:
                profile.omissions.append(.init(dimension: dimension.name, reason: "it is a date"))
            }
        }
        return profile
    }

    func hiddenCells(_ keys: [[Value]], _ counts: [Int]) -> Set<Int> {
        guard privacy.smallestCell > 1, !keys.isEmpty else { return [] }
        return CellSuppression(keys: keys, counts: counts, smallest: privacy.smallestCell).hidden
    }

    func numbers(
        _ sums: GroupedRows.Sums, _ name: String, _ hidden: Set<Int>, _ groups: [Value]
    ) -> GroupProfile.Numbers {
        let hidden = hidden.union(hiddenCells(groups.map { [$0] }, sums.counts))
        return GroupProfile.Numbers(
            dimension: name,
            groups: groups.indices.map { hidden.contains($0) ? nil : sums.spread(of: [$0]) },
            all: sums.spread(of: Array(groups.indices)),
            isNowhereNegative: sums.isNowhereNegative)
    }

    private func levels(
        _ cells: [GroupedRows.Cell], _ dimension: Catalogue.Dimension, _ hiddenGroups: Set<Int>,
        _ groups: [Value]
    ) -> GroupProfile.Levels {
        let hidden = hiddenCells(cells.map { [$0.group, $0.level] }, cells.map(\.rows))
        var shown: [Value: [Value: Int]] = [:]
        for (index, cell) in cells.enumerated() where !hidden.contains(index) {
            shown[cell.level, default: [:]][cell.group] = cell.rows
        }
        let present: Set<[Value]> = Set(cells.map { [$0.group, $0.level] })
        let values = cells.map(\.level).unique.sorted {
            DimensionOrder.precedes($0, $1, dimension)
        }
        let totals = values.map { value in
            cells.filter { $0.level == value }.map(\.rows).reduce(0, +)
        }
        let hiddenTotals = hiddenCells(values.map { [$0] }, totals)
        let levels = values.indices.filter { !values[$0].isMissing }.map { place in
            let value = values[place]
            return GroupProfile.Levels.Level(
                value: value,
                rows: groups.indices.map { group in
                    guard !hiddenGroups.contains(group) else { return nil }
                    // No row at all is a cell that hides nobody, where small cells are not hidden.
                    guard present.contains([groups[group], value]) else {
                        return privacy.smallestCell > 1 ? nil : 0
                    }
                    return shown[value]?[groups[group]]
                }, all: hiddenTotals.contains(place) ? nil : totals[place])
        }
        return GroupProfile.Levels(dimension: dimension.name, levels: levels)
    }
}

/// The queries behind a ``GroupProfile``, over the rows that a filter keeps.
struct GroupedRows {
    struct Cell {
        var group: Value
        var level: Value
        var rows: Int
    }

    /// By group: how many numbers, and the sums of them and of their squares, as (x − centre) / scale.
    struct Sums {
        var counts: [Int]
        var first: [Double]
        var second: [Double]
        var centre: Double
        var scale: Double
        var isNowhereNegative: Bool

        /// Of some groups together; nil where they have no value.
        func spread(of groups: [Int]) -> Spread? {
            let count = groups.map { counts[$0] }.reduce(0, +)
            guard count > 0 else { return nil }
            let n = Double(count)
            let sum = groups.map { first[$0] }.reduce(0, +)
            let squares = groups.map { second[$0] }.reduce(0, +)
            let variance = count > 1 ? max(0, (squares - sum * sum / n) / (n - 1)) : 0
            return Spread(
                count: count, mean: centre + scale * (sum / n), variance: scale * scale * variance)
        }
    }

    /// Fine enough for scaled numbers, which lie between −1 and 1, with room for 10^20 of them.
    private static let exact = ColumnType.decimal(precision: 38, scale: 18)

    private let grouping: Catalogue.Dimension
    private let others: [Catalogue.Dimension]
    private let compiler: SQLCompiler
    private let filter: FilterContext
    private let engine: any Engine

    init(
        _ grouping: Catalogue.Dimension, _ others: [Catalogue.Dimension], _ compiler: SQLCompiler,
        _ filter: FilterContext, _ engine: any Engine
    ) {
        self.grouping = grouping
        self.others = others
        self.compiler = compiler
        self.filter = filter
        self.engine = engine
    }

    private var group: String { compiler.column(of: grouping) }

    /// The groups that have rows, in their order.
    func counts() async throws(AuroraError) -> [(value: Value, rows: Int)] {
        let batch = try await engine.query(
            "SELECT \(group), count(*) \(compiler.rows(reading: [grouping], filter)) GROUP BY 1")
        return (0..<batch.rowCount).map {
            (value: batch.columns[0][$0], rows: batch.columns[1][$0].integerValue ?? 0)
        }.sorted { DimensionOrder.precedes($0.value, $1.value, grouping) }
    }

    /// Nil where there is no number at all, or the numbers are too far apart to be added up.
    func sums(_ index: Int, _ groups: [Value]) async throws(AuroraError) -> Sums? {
        let dialect = engine.dialect
        let double = dialect.typeName(.double)
        let column = "CAST(\(compiler.column(of: others[index])) AS \(double))"
        let limit = dialect.literal(.double(.greatestFiniteMagnitude))
        let values =
            "FROM (SELECT \(group) AS g, \(column) AS x "
            + "\(compiler.rows(reading: [grouping, others[index]], filter))) AS numbers "
            + "WHERE abs(x) <= \(limit)"
        let extent = try await engine.query("SELECT min(x), max(x) \(values)").row(0)
        guard let lowest = extent[0].doubleValue, let highest = extent[1].doubleValue,
            (highest - lowest).isFinite
        else { return nil }
        let scale = highest > lowest ? highest - lowest : 1
        let exact = dialect.typeName(Self.exact)
        func scaled(from centre: Double) -> String {
            "((x - \(dialect.literal(.double(centre)))) / \(dialect.literal(.double(scale))))"
        }
        // Around the mean no digits cancel in the variance.
        let mean = try await engine.query(
            "SELECT sum(CAST(\(scaled(from: lowest)) AS \(exact))), count(*) \(values)"
        ).row(0).map { $0.doubleValue ?? 0 }
        let centre = lowest + scale * (mean[0] / mean[1])
        let z = scaled(from: centre)
        let batch = try await engine.query(
            "SELECT g, count(*), sum(CAST(\(z) AS \(exact))), "
                + "sum(CAST(\(z) * \(z) AS \(exact))) \(values) GROUP BY 1")
        var sums = Sums(
            counts: groups.map { _ in 0 }, first: groups.map { _ in 0 },
            second: groups.map { _ in 0 }, centre: centre, scale: scale,
            isNowhereNegative: lowest >= 0)
        for row in 0..<batch.rowCount {
            guard let group = groups.firstIndex(of: batch.columns[0][row]) else { continue }
            sums.counts[group] = batch.columns[1][row].integerValue ?? 0
            sums.first[group] = batch.columns[2][row].doubleValue ?? 0
            sums.second[group] = batch.columns[3][row].doubleValue ?? 0
        }
        return sums
    }

    /// The rows of each value in each group; nil where there are more than `most` values.
    func levels(_ index: Int, atMost most: Int) async throws(AuroraError) -> [Cell]? {
        let column = compiler.column(of: others[index])
        let rows = compiler.rows(reading: [grouping, others[index]], filter)
        let distinct = try await engine.query("SELECT count(DISTINCT \(column)) \(rows)")
        guard (distinct.columns[0][0].integerValue ?? 0) <= most else { return nil }
        let batch = try await engine.query(
            "SELECT \(group), \(column), count(*) \(rows) GROUP BY 1, 2 ORDER BY 1, 2")
        return (0..<batch.rowCount).map {
            Cell(
                group: batch.columns[0][$0], level: batch.columns[1][$0],
                rows: batch.columns[2][$0].integerValue ?? 0)
        }
    }
}

extension Gate {
    /// Whether cells of few customers are hidden at all.
    package var hidesSmallCells: Bool { privacy.smallestCell > 1 }
}
