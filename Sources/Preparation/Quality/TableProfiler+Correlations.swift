import Columns
import Engine
import Kernels
import Synchronization

extension TableProfiler {
    /// Beyond this, nobody reads the pairs.
    private static let mostColumns = 100
    private static let mostRankedColumns = 30
    private static let mostRankedRows = 200_000
    private static let nearlySame = 0.9

    /// Pearson's r, and Spearman's ρ where there are not too many values to rank.
    ///
    /// Complexity: O(rows · columns²), and O(rows · log rows · columns) for the ranks.
    func correlations(
        of results: [ColumnResult], _ relation: StepInput.Relation, rows: Int,
        _ limits: inout [String]
    ) async throws(AuroraError) -> TableProfile.Correlations {
        var columns = results.filter {
            $0.spread != nil && !$0.profile.isPrivate && $0.profile.name != relation.key
        }
        if columns.count > Self.mostColumns {
            limits.append(
                "correlations are those of the first \(Self.mostColumns) of \(columns.count) "
                    + "numeric columns")
            columns.removeLast(columns.count - Self.mostColumns)
        }
        guard columns.count > 1 else { return .init(pairs: []) }
        var ranked = rows <= Self.mostRankedRows ? columns.count : 0
        if ranked == 0 {
            limits.append(
                "Spearman's ρ is left out: \(rows) rows are more than \(Self.mostRankedRows)")
        } else if ranked > Self.mostRankedColumns {
            limits.append(
                "Spearman's ρ is that of the first \(Self.mostRankedColumns) of \(ranked) "
                    + "numeric columns")
            ranked = Self.mostRankedColumns
        }
        let (moments, held) = try await pass(over: columns, relation.sql, holding: ranked)
        let ranks = RankCorrelations(held, missing: columns.map { $0.spread?.mayMiss ?? true })
        var pairs: [TableProfile.Correlations.Pair] = []
        for a in columns.indices {
            for b in columns.indices.dropFirst(a + 1) {
                let (rows, r) = moments.correlation(a, b)
                guard let r else { continue }
                pairs.append(
                    .init(
                        x: columns[a].profile.name, y: columns[b].profile.name, rows: rows,
                        pearson: r, spearman: max(a, b) < ranked ? ranks.spearman(a, b) : nil,
                        isNearlySame: abs(r) > Self.nearlySame))
            }
        }
        // Stable: pairs that are equally strong stay in the order of the columns.
        let order = pairs.indices.sorted {
            (-abs(pairs[$0].pearson), $0) < (-abs(pairs[$1].pearson), $1)
        }
        return .init(pairs: order.map { pairs[$0] })
    }

    /// Streams the columns once, in the stored order of the rows.
    ///
    /// - Returns: what correlations follow from, and the values of the first `held` columns.
    private func pass(
        over columns: [ColumnResult], _ relation: String, holding held: Int
    ) async throws(AuroraError) -> (PairwiseMoments, [[Double]]) {
        let double = dialect.typeName(.double)
        let items = columns.map { "CAST(\(dialect.quoted($0.profile.name)) AS \(double))" }
        let spreads = columns.compactMap(\.spread)
        let moments = PairwiseMoments(
            centres: spreads.map(\.mean), scales: spreads.map(\.furthest),
            mayMiss: spreads.map(\.mayMiss))
        let box = Mutex(
            (moments: moments, held: [[Double]](repeating: [], count: held)))
        try await engine.stream(
            "SELECT \(items.joined(separator: ", ")) FROM \(relation) ORDER BY \(dialect.rowPosition)"
        ) { batch throws(AuroraError) in
            let values = batch.columns.map { $0.doubles() ?? [] }
            box.withLock { box in
                box.moments.add(values)
                for index in 0..<held { box.held[index] += values[index] }
            }
        }
        return box.withLock { box in
            box.moments.finish()
            return (box.moments, box.held)
        }
    }
}

/// Spearman's ρ of pairs of columns that are sorted once each.
private struct RankCorrelations {
    private let columns: [[Double]]
    private let missing: [Bool]
    /// The rows that have a value, from the smallest up.
    private let orders: [[Int]]
    /// Of columns without missing values.
    private let ranks: [[Double]]

    init(_ columns: [[Double]], missing: [Bool]) {
        self.columns = columns
        self.missing = missing
        orders = columns.map { values in
            Ranks.order(of: values.map { $0.isFinite ? $0 : .infinity })
                .filter { values[$0].isFinite }
        }
        ranks = zip(columns, orders).map { Ranks.mean(of: $0, inOrder: $1) }
    }

    /// Over the rows that have both values, ranked among these rows.
    func spearman(_ a: Int, _ b: Int) -> Double? {
        guard missing[a] || missing[b] else { return Correlation.pearson(ranks[a], ranks[b]) }
        let both = columns[a].indices.filter { columns[a][$0].isFinite && columns[b][$0].isFinite }
        let left = Ranks.mean(of: columns[a], inOrder: orders[a].filter { columns[b][$0].isFinite })
        let right = Ranks.mean(
            of: columns[b], inOrder: orders[b].filter { columns[a][$0].isFinite })
        return Correlation.pearson(both.map { left[$0] }, both.map { right[$0] })
    }
}
