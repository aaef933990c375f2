package import Columns
package import Kernels

/// Indices of how well groups separate, from the rows and their labels alone.
///
/// Groups without rows are left out. An index is nil where it isn't defined: all of them below two
/// groups, and each where its denominator is 0. One formula serves every algorithm, so that their
/// figures can be compared.
package struct Validity: Sendable, Equatable, Codable {
    package let silhouette: Silhouette?
    /// Of each group; empty where there is no silhouette.
    package let silhouetteCurves: [SilhouetteCurve]
    /// Mean over groups of the worst (S_i + S_j) / d(c_i, c_j), S the mean distance to the mean;
    /// lower is better. Source: Davies & Bouldin 1979.
    package let daviesBouldin: Double?
    /// [B / (k − 1)] / [W / (n − k)], between and within groups; higher is better.
    /// Source: Caliński & Harabasz 1974.
    package let calinskiHarabasz: Double?
    /// W: squared distances of the rows to the means of their groups, summed.
    package let within: Double
    /// B: squared distances of the groups' means to the overall mean, each times its rows.
    package let between: Double

    /// - Parameters:
    ///   - matrix: rows × features, no missing value; on the scale on which groups were formed.
    ///   - labels: one a row, below `groups`.
    /// - Throws: as `Silhouette.measure`; `values_too_large`.
    ///
    /// Complexity: that of the silhouette, and O(rows · features + k² · features).
    package static func measure(
        _ matrix: Matrix, labels: [Int32], groups: Int,
        silhouette options: Silhouette.Options = .init(), work: Work = Work()
    ) throws(AuroraError) -> Validity {
        try measure(
            matrix, labellings: [labels], groups: [groups], silhouette: options, work: work)[0]
    }

    /// Several labellings of the same rows; the silhouettes' distances are worked out once.
    ///
    /// - Parameter groups: their number in each labelling.
    /// - Returns: one for each labelling; silhouettes are the same as alone but for the last digits.
    package static func measure(
        _ matrix: Matrix, labellings: [[Int32]], groups: [Int],
        silhouette options: Silhouette.Options = .init(), work: Work = Work()
    ) throws(AuroraError) -> [Validity] {
        try matrix.requireComplete(work: work)
        let mean = Moments(of: matrix, threads: work.threads).means
        let parts = zip(labellings, groups).map { labels, groups in
            Parts(matrix, labels, groups, mean: mean, threads: work.threads)
        }
        guard parts.allSatisfy({ $0.within.isFinite && $0.between.isFinite }) else {
            throw Matrix.tooLarge("a sum of squares")
        }
        let silhouettes = try Silhouette.measureCurves(
            matrix, labellings: labellings, groups: groups, options: options, work: work)
        return zip(parts, silhouettes).map { parts, measured in
            Validity(
                silhouette: measured?.silhouette, silhouetteCurves: measured?.curves ?? [],
                daviesBouldin: daviesBouldin(parts.spread, parts.used),
                calinskiHarabasz: calinskiHarabasz(
                    within: parts.within, between: parts.between, groups: parts.used.count,
                    rows: matrix.rows),
                within: parts.within, between: parts.between)
        }
    }

    /// What one labelling's indices are made of, silhouettes apart.
    private struct Parts {
        let spread: Dispersion
        /// Groups that have rows.
        let used: [Int]
        let within: Double
        let between: Double

        init(_ matrix: Matrix, _ labels: [Int32], _ groups: Int, mean: [Double], threads: Int) {
            let spread = Dispersion(of: matrix, labels: labels, clusters: groups, threads: threads)
            let used = (0..<groups).filter { spread.sizes[$0] > 0 }
            within = used.reduce(0) { $0 + spread.squares[$1] }
            between = used.reduce(0) {
                $0 + Double(spread.sizes[$1]) * squaredDistance(spread.means.row($1), mean)
            }
            (self.spread, self.used) = (spread, used)
        }
    }

    private static func calinskiHarabasz(
        within: Double, between: Double, groups: Int, rows: Int
    ) -> Double? {
        guard groups > 1, rows > groups, within > 0 else { return nil }
        return (between / Double(groups - 1)) / (within / Double(rows - groups))
    }

    private static func daviesBouldin(_ spread: Dispersion, _ used: [Int]) -> Double? {
        guard used.count > 1 else { return nil }
        var sum = 0.0
        for group in used {
            var worst = 0.0
            for other in used where other != group {
                let distance = squaredDistance(spread.means.row(group), spread.means.row(other))
                    .squareRoot()
                guard distance > 0 else { return nil }
                let scatter = spread.meanDistances[group] + spread.meanDistances[other]
                worst = max(worst, scatter / distance)
            }
            sum += worst
        }
        return sum / Double(used.count)
    }

    private static func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
}
