package import Columns
package import Kernels

/// How well rows fit their own group compared with the next one, from −1 to 1.
///
/// Exact where every row is measured; otherwise the mean of a random sample, each row of it
/// measured against all rows, with its 95 % interval. Above 0.7 is strong, 0.5 reasonable, 0.25
/// weak; behaviour data of banks usually lies at 0.2 to 0.4 (Kaufman & Rousseeuw 1990).
///
/// Source: Rousseeuw 1987 (METHODS.md section 4).
package struct Silhouette: Sendable, Equatable, Codable {
    package struct Options: Sendable, Equatable {
        /// Up to so many rows all are measured.
        package var exactUpTo: Int
        /// Rows that are measured when there are more.
        package var sampleSize: Int
        package var seed: UInt64

        package init(exactUpTo: Int = 100_000, sampleSize: Int = 5_000, seed: UInt64 = 0) {
            self.exactUpTo = exactUpTo
            self.sampleSize = sampleSize
            self.seed = seed
        }
    }

    package let mean: Double
    /// 1.96 standard errors; 0 where the mean is exact.
    package let margin: Double
    package let measured: Int
    package let rows: Int
    /// Each group's mean over its measured rows; nil where none was measured.
    package let byGroup: [Double?]

    package var isExact: Bool { measured == rows }
    package var interval: ClosedRange<Double> { mean - margin...mean + margin }

    /// - Parameters:
    ///   - matrix: rows × features, no missing value.
    ///   - labels: one a row, below `groups`.
    /// - Returns: nil where fewer than two groups have rows.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`,
    ///   `sample_below_one`, `values_too_large`; what `work` throws between blocks.
    ///
    /// Complexity: O(measured · rows · features) time, O(rows · features) memory.
    package static func measure(
        _ matrix: Matrix, labels: [Int32], groups: Int, options: Options = Options(),
        work: Work = Work()
    ) throws(AuroraError) -> Silhouette? {
        try measureCurves(
            matrix, labellings: [labels], groups: [groups], options: options, work: work)[0]?
            .silhouette
    }

    /// Several labellings of the same rows, with the curve of each group: distances are worked out
    /// once for all.
    ///
    /// - Parameter groups: their number in each labelling.
    /// - Returns: one for each labelling, the same as alone but for the last digits; nil as above.
    ///
    /// Complexity: that of one labelling, unless they have hardly a row's labels in common.
    package static func measureCurves(
        _ matrix: Matrix, labellings: [[Int32]], groups: [Int], options: Options = Options(),
        work: Work = Work()
    ) throws(AuroraError) -> [(silhouette: Silhouette, curves: [SilhouetteCurve])?] {
        precondition(labellings.count == groups.count, "a number of groups for each labelling")
        try matrix.requireComplete(work: work)
        guard options.sampleSize >= 1 else {
            throw AuroraError(
                "sample_below_one", "sample is \(options.sampleSize) but must be 1 or more")
        }
        let used = labellings.indices.filter { index in
            labellings[index].contains { $0 != labellings[index][0] }
        }
        var result = [(silhouette: Silhouette, curves: [SilhouetteCurve])?](
            repeating: nil, count: labellings.count)
        guard !used.isEmpty else { return result }
        let isExact = matrix.rows <= max(options.exactUpTo, options.sampleSize)
        let points =
            isExact
            ? Array(0..<matrix.rows)
            : RandomNumbers(seed: options.seed).sample(options.sampleSize, below: matrix.rows)
        let values = try SilhouetteValues(matrix, labellings: used.map { labellings[$0] })
            .values(of: points, work: work)
        for (index, values) in zip(used, values) {
            guard values.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
            let (labels, groups) = (labellings[index], groups[index])
            var parts = [[Double]](repeating: [], count: groups)
            for (point, value) in zip(points, values) { parts[Int(labels[point])].append(value) }
            result[index] = (
                Silhouette(values, of: points, labels: labels, groups: groups),
                parts.map { SilhouetteCurve($0) }
            )
        }
        return result
    }

    private init(_ values: [Double], of points: [Int], labels: [Int32], groups: Int) {
        var sums = [Double](repeating: 0, count: groups)
        var sizes = [Int](repeating: 0, count: groups)
        for (point, value) in zip(points, values) {
            sums[Int(labels[point])] += value
            sizes[Int(labels[point])] += 1
        }
        let moments = Moments(of: Matrix(columns: [values]), threads: 1)
        (measured, rows) = (values.count, labels.count)
        mean = moments.means[0]
        let freedom = Double(max(1, values.count - 1))
        margin =
            values.count == labels.count ? 0 : 1.96 * (moments.variances[0] / freedom).squareRoot()
        byGroup = zip(sums, sizes).map { $1 == 0 ? nil : $0 / Double($1) }
    }
}
