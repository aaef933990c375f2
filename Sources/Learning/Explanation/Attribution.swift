import Columns

/// Why a row is in its group and not in the one that it is second nearest to.
///
/// The margin d²(x, b) − d²(x, a) is linear in the row, so each column's Shapley value is exactly
/// φ_j = 2 w_j (a_j − b_j)(x_j − x̄_j): nothing is sampled, and the sum is margin(x) − margin(x̄).
///
/// Source: METHODS.md section 8; Lundberg & Lee 2017 for linear models.
package struct Attribution: Sendable, Equatable, Codable {
    /// a, the row's group.
    package let own: Int
    /// b, the nearest other group.
    package let runnerUp: Int
    /// Of the row, in squared units of the model's scale.
    package let margin: Double
    /// The margin of the mean of all rows between the same two groups.
    package let baseline: Double
    /// φ, one a column (or a feature): above 0 what speaks for the row's own group.
    package let contributions: [Double]

    private enum CodingKeys: String, CodingKey {
        case own, margin, baseline, contributions
        case runnerUp = "runner_up"
    }

    /// - Parameters:
    ///   - row: one number for each column, on the scale of the model.
    ///   - means: x̄, of all rows on the same scale.
    ///   - own: the row's group; the nearest one without it.
    /// - Returns: nil where there is only one group.
    ///
    /// Complexity: O(groups · dimensions + dimensions · columns).
    package init?(
        of row: [Double], means: [Double], own: Int? = nil, in geometry: CentroidGeometry
    ) {
        guard geometry.groups > 1 else { return nil }
        let distances = geometry.distances(row)
        func nearest(without group: Int?) -> Int {
            distances.indices.filter { $0 != group }
                .min { (distances[$0], $0) < (distances[$1], $1) } ?? 0
        }
        let a = own ?? nearest(without: nil)
        let b = nearest(without: a)
        (self.own, runnerUp) = (a, b)
        margin = geometry.margin(row, own: a, other: b)
        baseline = geometry.margin(means, own: a, other: b)
        let gradient = geometry.gradient(own: a, other: b)
        contributions = gradient.indices.map { gradient[$0] * (row[$0] - means[$0]) }
    }

    /// The same by feature: contributions of columns that belong to one feature (the indicators of a
    /// category's levels) are added.
    ///
    /// - Parameters:
    ///   - features: the feature of each column, below `count`.
    ///   - count: how many features there are.
    package func byFeature(_ features: [Int], count: Int) -> Attribution {
        precondition(features.count == contributions.count, "a feature for each column")
        var sums = [Double](repeating: 0, count: count)
        for (column, feature) in features.enumerated() { sums[feature] += contributions[column] }
        return Attribution(self, contributions: sums)
    }

    private init(_ other: Attribution, contributions: [Double]) {
        (own, runnerUp) = (other.own, other.runnerUp)
        (margin, baseline) = (other.margin, other.baseline)
        self.contributions = contributions
    }
}
