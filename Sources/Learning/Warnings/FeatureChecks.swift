package import Columns
import Kernels

/// Features that count more in a distance than their author may know.
package enum FeatureChecks {
    /// |r| above which two features say the same.
    package static let correlation = 0.9
    /// The share of the total variance above which one column is all that a distance sees.
    package static let variance = 0.8

    /// `features_correlated` for each pair with |r| > 0.9: what they share is counted twice.
    ///
    /// - Parameters:
    ///   - matrix: rows × features, finite.
    ///   - features: their names.
    ///
    /// Complexity: O(rows · features²).
    package static func correlated(
        _ matrix: Matrix, features: [String], threads: Int = 1
    ) -> [Finding] {
        guard matrix.rows > 1 else { return [] }
        let moments = Moments(of: matrix, threads: threads)
        let covariance = Covariance.of(matrix, around: moments.means, threads: threads)
        var found = [Finding]()
        for a in 0..<matrix.columns where !moments.isConstant[a] {
            for b in a + 1..<max(a + 1, matrix.columns) where !moments.isConstant[b] {
                let deviations = covariance[a, a].squareRoot() * covariance[b, b].squareRoot()
                let r = covariance[a, b] / deviations
                guard abs(r) > correlation else { continue }
                found.append(
                    Finding(
                        "features_correlated",
                        "'\(features[a])' and '\(features[b])' are counted twice: their "
                            + "correlation is \(r.fixed(2)), beyond \(correlation.fixed(2))",
                        values: [("r", r)]))
            }
        }
        return found
    }

    /// `one_column_rules_distance` where one column has more than 80 % of the total variance: the
    /// others hardly matter, as happens without scaling.
    ///
    /// - Parameter matrix: rows × features, at least two, as distances see them: scaled and weighted
    ///   if the method scales and weighs.
    ///
    /// Complexity: O(rows · features).
    package static func scale(
        _ matrix: Matrix, features: [String], threads: Int = 1
    ) -> [Finding] {
        guard matrix.columns > 1, matrix.rows > 0 else { return [] }
        let variances = Moments(of: matrix, threads: threads).variances
        let total = variances.reduce(0, +)
        guard total > 0,
            let column = variances.firstIndex(where: { $0 > variance * total })
        else { return [] }
        let share = variances[column] / total
        return [
            Finding(
                "one_column_rules_distance",
                "'\(features[column])' has \(share.percent) of the total variance, so that the "
                    + "other \(counted(features.count - 1, "feature")) hardly matter; scale them",
                values: [("share", share), ("limit", variance)])
        ]
    }
}
