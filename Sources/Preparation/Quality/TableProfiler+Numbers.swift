import Columns
import Engine

extension TableProfiler {
    private static let mostBins = 20
    private static let tukey = 1.5
    private static let shares = [
        0, 0.01, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.99, 1,
    ]

    func numbers(
        _ column: TableProfile.Column, _ type: ColumnType, _ relation: String, present: Int,
        since previous: TableProfile.Intervals?
    ) async throws(AuroraError) -> ColumnResult {
        let values = try await SortedNumbers(
            dialect.quoted(column.name), of: relation, present: present, engine)
        var column = column
        column.distinct = values.distinct
        var numbers = TableProfile.Numbers(
            zeros: values.zeros, negatives: values.negatives, notFinite: values.notFinite)
        let found = Dictionary(
            uniqueKeysWithValues: zip(Self.shares, try await values.quantiles(Self.shares)))
        guard let mean = values.sum.mean(of: values.rows), let quantiles = Self.quantiles(found)
        else {
            column.numbers = numbers
            return ColumnResult(profile: column)
        }
        numbers.mean = mean
        numbers.quantiles = quantiles
        let fences = Self.fences(quantiles)
        let bins = Self.bins(quantiles, isWhole: type.isWhole)
        let deciles = Self.deciles(found)
        let counts = try await values.counts(of: [
            .init(edges: fences.map { [$0.lower] } ?? [], closedAbove: false),
            .init(edges: fences.map { [$0.upper] } ?? [], closedAbove: true),
            .init(edges: bins ?? [], closedAbove: false),
            .init(edges: deciles, closedAbove: true),
            .init(edges: previous?.edges ?? [], closedAbove: true),
        ])
        numbers.outliers = fences.map { fences in
            .init(
                lowerFence: fences.lower, upperFence: fences.upper, below: counts[0][0],
                above: counts[1][1])
        }
        numbers.histogram = bins.map { edges in
            .init(
                edges: edges, counts: Array(counts[2].dropFirst().dropLast()), below: counts[2][0],
                above: counts[2][edges.count])
        }
        numbers.deciles = .init(edges: deciles, counts: counts[3])
        column.numbers = numbers
        let furthest = max(quantiles.maximum - mean, mean - quantiles.minimum)
        let mayMiss = column.missing > 0 || values.notFinite > 0
        return ColumnResult(
            profile: column, recounted: previous.map { _ in counts[4] },
            spread: column.distinct > 1 && furthest > 0 && furthest.isFinite
                ? Spread(mean: mean, furthest: furthest, mayMiss: mayMiss) : nil)
    }

    private static func quantiles(_ found: [Double: Double]) -> TableProfile.Numbers.Quantiles? {
        guard let minimum = found[0], let p1 = found[0.01], let p25 = found[0.25],
            let median = found[0.5], let p75 = found[0.75], let p99 = found[0.99],
            let maximum = found[1]
        else { return nil }
        return .init(
            minimum: minimum, p1: p1, p25: p25, median: median, p75: p75, p99: p99,
            maximum: maximum)
    }

    /// Nil where half of the values are the same, so that every other one would lie outside.
    private static func fences(
        _ quantiles: TableProfile.Numbers.Quantiles
    ) -> (lower: Double, upper: Double)? {
        let reach = tukey * (quantiles.p75 - quantiles.p25)
        let (lower, upper) = (quantiles.p25 - reach, quantiles.p75 + reach)
        return reach > 0 && lower.isFinite && upper.isFinite ? (lower, upper) : nil
    }

    private static func bins(
        _ quantiles: TableProfile.Numbers.Quantiles, isWhole: Bool
    ) -> [Double]? {
        let (low, high) = (quantiles.p1, quantiles.p99)
        // Round edges need powers of ten that a floating-point number can hold.
        let isUsual = high == low || (1e-250...1e250).contains(high - low)
        guard isUsual, max(abs(low), abs(high)) < 1e250 else { return nil }
        let scale = BinScale(from: low, to: high, atMost: mostBins, isWhole: isWhole)
        return (0...scale.count).map { scale.edge($0) }
    }

    /// Equal deciles are one edge.
    private static func deciles(_ found: [Double: Double]) -> [Double] {
        let edges = (1...9).compactMap { found[Double($0) / 10] }
        return edges.indices.filter { $0 == 0 || edges[$0 - 1] < edges[$0] }.map { edges[$0] }
    }
}
