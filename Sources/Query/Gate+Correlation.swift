package import Columns
import Engine
import Foundation
import Kernels
import Synchronization
import Workspace

/// How two numeric dimensions go together over the rows that have both.
package struct PairStatistics: Sendable, Equatable {
    /// A number that is the same in many rows, so that it has no rank of its own.
    package struct Tie: Sendable, Equatable {
        package var dimension: String
        package var rows: Int
    }

    /// What the rows with the largest values, 1 % of all, hold of the sum.
    package struct Concentration: Sendable, Equatable {
        package var dimension: String
        package var rows: Int
        package var share: Double
    }

    /// Rows with both values, and those that lack one; nil where privacy hides it.
    package var rows: Int?
    package var missing: Int?
    /// Nil where one of the two is the same in all rows, and where privacy hides it.
    package var pearson: Double?
    package var interval: ClosedRange<Double>?
    /// Nil too where there are too many rows to rank.
    package var spearman: Double?
    /// Dimensions of which all rows have the same number.
    package var constant: [String] = []
    /// The largest group of equal numbers of each dimension.
    package var ties: [Tie] = []
    /// Of dimensions that are nowhere negative, from 100 rows on.
    package var concentrations: [Concentration] = []
    /// True where privacy hides all of it.
    package var isHidden = false
}

extension Gate {
    /// Rows that are ranked; r is that of all rows, however many.
    private static let mostRanked = 1_000_000

    /// Pearson's r and Spearman's ρ of two numeric dimensions.
    ///
    /// Where small cells are hidden, what would tell of a few rows is left out, and r and ρ have
    /// three decimals, so that the values of one customer can't be solved for.
    ///
    /// - Parameter model: whose rows are counted; nil for that of `x`.
    package func correlation(
        x: String, y: String, of model: String? = nil, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> PairStatistics {
        let dimensions = [try numeric(x, for: reader), try numeric(y, for: reader)]
        let model = model ?? dimensions[0].model
        try check(filter, for: reader, over: [model], by: dimensions)
        let total = try await rowCount(of: model, filter: filter, for: reader)
        guard let used = total.used else { return PairStatistics(isHidden: true) }
        let compiler = SQLCompiler(catalogue, dialect, model: model)
        let double = dialect.typeName(.double)
        let items = zip(dimensions, ["x", "y"]).map { dimension, name in
            "CAST(\(compiler.column(of: dimension)) AS \(double)) AS \(name)"
        }
        let limit = dialect.literal(.double(.greatestFiniteMagnitude))
        let pairs =
            "FROM (SELECT \(items.joined(separator: ", ")) "
            + "\(compiler.rows(reading: dimensions, filter))) AS pairs "
            + "WHERE abs(x) <= \(limit) AND abs(y) <= \(limit)"
        let extent = try await engine.query(
            "SELECT count(*), min(x), max(x), min(y), max(y) \(pairs)"
        ).row(0).map { $0.doubleValue ?? 0 }
        let rows = Int(extent[0])
        let smallest = privacy.smallestCell
        guard rows >= smallest else { return PairStatistics(isHidden: true) }
        var result = PairStatistics(rows: rows, missing: used - rows)
        let isConstant = [extent[1] == extent[2], extent[3] == extent[4]]
        result.constant = zip([x, y], isConstant).filter { rows > 0 && $1 }.map(\.0)
        if rows > 1, result.constant.isEmpty {
            // Ordered by the numbers themselves: rows that are alike may change places.
            let sql = "SELECT x, y \(pairs) ORDER BY x, y"
            try await fill(&result, sql, extent, rows: rows, names: [x, y])
        }
        return result.guarded(smallest, used: used)
    }

    private func fill(
        _ result: inout PairStatistics, _ sql: String, _ extent: [Double], rows: Int,
        names: [String]
    ) async throws(AuroraError) {
        let scales = [extent[2] / 2 - extent[1] / 2, extent[4] / 2 - extent[3] / 2]
        let moments = PairwiseMoments(
            centres: [extent[1] + scales[0], extent[3] + scales[1]], scales: scales,
            mayMiss: [false, false])
        let isRanked = rows <= Self.mostRanked
        let box = Mutex((moments: moments, x: [Double](), y: [Double]()))
        try await engine.stream(sql) { batch throws(AuroraError) in
            let (x, y) = (batch.columns[0].doubles() ?? [], batch.columns[1].doubles() ?? [])
            box.withLock { box in
                if isRanked {
                    box.x += x
                    box.y += y
                } else {
                    box.moments.add([x, y])
                }
            }
        }
        var (streamed, x, y) = box.withLock { $0 }
        guard isRanked else {
            streamed.finish()
            result.pearson = streamed.correlation(0, 1).r
            result.interval = result.pearson.flatMap { Self.interval($0, rows: rows) }
            return
        }
        result.pearson = Correlation.pearson(x, y)
        result.interval = result.pearson.flatMap { Self.interval($0, rows: rows) }
        result.spearman = Correlation.spearman(x, y)
        y.sort()
        for (name, sorted) in zip(names, [x, y]) {
            result.ties.append(.init(dimension: name, rows: sorted.largestGroup))
            let top = (rows + 99) / 100
            guard rows >= 100, let share = sorted.share(ofLast: top) else { continue }
            result.concentrations.append(.init(dimension: name, rows: top, share: share))
        }
    }

    /// The interval that holds the true r in 95 of 100 samples (Fisher 1921), for pairs that are
    /// drawn independently and not too far from normal; nil for fewer than 4 rows.
    static func interval(_ r: Double, rows: Int) -> ClosedRange<Double>? {
        guard rows > 3 else { return nil }
        let margin = 1.959963984540054 / Double(rows - 3).squareRoot()
        let z = atanh(r)
        return tanh(z - margin)...tanh(z + margin)
    }
}

extension PairStatistics {
    /// Without what would tell of fewer rows than `smallest`.
    fileprivate func guarded(_ smallest: Int, used: Int) -> PairStatistics {
        guard smallest > 1, let rows else { return self }
        var result = self
        let isTold = CellSuppression.tellsOfFew(rows, of: used, smallest: smallest)
        if isTold { (result.rows, result.missing) = (nil, nil) }
        let rounded = { (value: Double) in (value * 1000).rounded() / 1000 }
        result.pearson = pearson.map(rounded)
        result.spearman = spearman.map(rounded)
        // Its width tells the number of rows.
        result.interval =
            isTold ? nil : interval.map { rounded($0.lowerBound)...rounded($0.upperBound) }
        result.ties.removeAll {
            isTold || CellSuppression.tellsOfFew($0.rows, of: rows, smallest: smallest)
        }
        result.concentrations.removeAll { isTold || $0.rows < smallest }
        return result
    }
}

extension [Double] {
    /// How many equal numbers stand side by side at most.
    fileprivate var largestGroup: Int {
        var (largest, start) = (0, 0)
        for index in indices where index + 1 == count || self[index + 1] != self[index] {
            largest = Swift.max(largest, index + 1 - start)
            start = index + 1
        }
        return largest
    }

    /// Their share of the sum; nil where a number is negative, or all are 0.
    fileprivate func share(ofLast rows: Int) -> Double? {
        guard let lowest = first, lowest >= 0, let highest = last, highest > 0 else { return nil }
        // Relative to the largest, so that no sum overflows.
        let sum = reduce(0) { $0 + $1 / highest }
        return suffix(rows).reduce(0) { $0 + $1 / highest } / sum
    }
}
