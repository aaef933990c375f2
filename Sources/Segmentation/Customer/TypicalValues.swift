import Columns
import Engine
import Kernels
import Learning
import Query

/// What a customer's values are held against: those of all customers, and of each segment's.
struct TypicalValues: Sendable {
    /// The mean of all rows in each column of the designed matrix.
    let designed: [Double]
    private let all: Summary
    private let segments: [Int: Summary]

    /// Of some customers.
    private struct Summary: Sendable {
        /// By feature, for numbers, without missing ones.
        var sums: [Double]
        var counts: [Int]
        /// By feature, for categories: the customers of each level.
        var levels: [[Int]]

        init(_ sources: [FeatureTable.Source]) {
            sums = sources.map { _ in 0 }
            counts = sources.map { _ in 0 }
            levels = sources.map { Array(repeating: 0, count: $0.levels?.count ?? 0) }
        }

        mutating func add(_ value: Double, feature: Int) {
            guard !value.isNaN else { return }
            counts[feature] += 1
            if levels[feature].isEmpty {
                sums[feature] += value
            } else if levels[feature].indices.contains(Int(value)) {
                levels[feature][Int(value)] += 1
            }
        }

        func typical(_ feature: Int, beside value: Double) -> Double? {
            guard counts[feature] > 0 else { return nil }
            let count = Double(counts[feature])
            if levels[feature].isEmpty { return sums[feature] / count }
            guard levels[feature].indices.contains(Int(value.isNaN ? -1 : value)) else {
                return nil
            }
            return Double(levels[feature][Int(value)]) / count
        }
    }

    /// Reads the customers of a run with the segments that they have in it.
    ///
    /// Complexity: O(rows · features).
    init(
        _ result: SegmentationResult, _ frozen: FrozenSegments, of table: Catalogue.Table,
        in engine: any Engine
    ) async throws(AuroraError) {
        let sources = frozen.sources
        let features = try await FeatureTable.read(sources, of: table, in: engine)
        let dialect = engine.dialect
        let column = dialect.quoted(SegmentTable.segmentColumn(result.name))
        let answer = try await engine.query(
            "SELECT \(column) FROM \(dialect.quoted(table.name)) "
                + "ORDER BY \(dialect.quoted(table.key))")
        let ids = (0..<answer.rowCount).map {
            answer.columns[0][$0].integerValue ?? FrozenSegments.outlierID
        }
        self = try await Blocking.run { (_) throws(AuroraError) in
            try TypicalValues(features, ids, frozen)
        }
    }

    private init(
        _ features: FeatureTable, _ ids: [Int], _ frozen: FrozenSegments
    ) throws(AuroraError) {
        let matrix = features.matrix
        designed = Moments(of: try frozen.preprocessing.designed(matrix), threads: 1).means
        let empty = Summary(features.sources)
        var all = empty
        var segments: [Int: Summary] = [:]
        for row in 0..<matrix.rows {
            for feature in 0..<matrix.columns {
                let value = matrix[row, feature]
                all.add(value, feature: feature)
                segments[ids[row], default: empty].add(value, feature: feature)
            }
        }
        (self.all, self.segments) = (all, segments)
    }

    /// The mean of a number, or the share of customers with the same level as `value` has.
    ///
    /// - Parameter segment: by its number; nil for all customers.
    /// - Returns: nil where nobody has a value.
    func typical(_ feature: Int, beside value: Double, in segment: Int? = nil) -> Double? {
        guard let segment else { return all.typical(feature, beside: value) }
        return segments[segment]?.typical(feature, beside: value)
    }
}
