package import Columns

/// How far rows are from centroids, told in the columns that the rows come in.
///
/// Distances are d²(x, c) = Σ w_j (z_j − c_j)², where z is the row itself or its scores along
/// components. The difference of two of them is linear in the row, which makes explanations exact.
package struct CentroidGeometry: Sendable, Equatable {
    /// A linear reduction of the rows before distances are taken: z = L (x − μ).
    package struct Reduction: Sendable, Equatable {
        /// L, components × columns.
        package let loadings: Matrix
        /// μ, one a column.
        package let means: [Double]

        package init(loadings: Matrix, means: [Double]) {
            precondition(loadings.columns == means.count, "a mean for each column")
            (self.loadings, self.means) = (loadings, means)
        }
    }

    /// groups × dimensions: columns, or components where there is a reduction.
    package let centroids: Matrix
    /// w, one a dimension.
    package let weights: [Double]
    package let reduction: Reduction?

    /// - Parameters:
    ///   - centroids: on the scale on which distances are taken.
    ///   - weights: one a dimension of the centroids; 1 without them.
    ///   - reduction: what rows pass before distances are taken.
    /// - Throws: `feature_count` where a row's components aren't as many as a centroid's numbers.
    package init(
        centroids: Matrix, weights: [Double]? = nil, reduction: Reduction? = nil
    ) throws(AuroraError) {
        if let reduction, reduction.loadings.rows != centroids.columns {
            throw AuroraError(
                "feature_count",
                "a centroid has \(counted(centroids.columns, "component")) but rows have "
                    + "\(reduction.loadings.rows)")
        }
        let weights = weights ?? Array(repeating: 1, count: centroids.columns)
        precondition(weights.count == centroids.columns, "a weight for each dimension")
        (self.centroids, self.weights, self.reduction) = (centroids, weights, reduction)
    }

    package var groups: Int { centroids.rows }

    /// Numbers that a row has.
    package var columns: Int { reduction?.means.count ?? centroids.columns }

    /// The squared distances of a row to all centroids.
    ///
    /// Complexity: O(groups · dimensions + dimensions · columns).
    package func distances(_ row: [Double]) -> [Double] {
        let place = scores(row)
        return (0..<groups).map { group in
            var sum = 0.0
            for dimension in place.indices {
                let difference = place[dimension] - centroids[group, dimension]
                sum += weights[dimension] * difference * difference
            }
            return sum
        }
    }

    /// d²(x, b) − d²(x, a): above 0 where the row is nearer to a.
    package func margin(_ row: [Double], own a: Int, other b: Int) -> Double {
        let place = scores(row)
        var sum = 0.0
        for dimension in place.indices {
            let (first, second) = (centroids[a, dimension], centroids[b, dimension])
            sum += weights[dimension] * (first - second) * (2 * place[dimension] - first - second)
        }
        return sum
    }

    /// What the margin gains for each unit of each column: 2 w_j (a_j − b_j), carried back through
    /// the reduction.
    package func gradient(own a: Int, other b: Int) -> [Double] {
        let slopes = weights.indices.map { 2 * weights[$0] * (centroids[a, $0] - centroids[b, $0]) }
        guard let loadings = reduction?.loadings else { return slopes }
        return (0..<columns).map { column in
            slopes.indices.reduce(0) { $0 + slopes[$1] * loadings[$1, column] }
        }
    }

    /// How far a row is from the nearest boundary of a group, in units of its columns: the smallest
    /// margin / ‖gradient‖ over all other groups. Below 0 where the row is beyond one. Nil where no
    /// other group has another centroid.
    ///
    /// Complexity: O(groups · dimensions · columns).
    package func boundaryDistance(_ row: [Double], own a: Int) -> Double? {
        (0..<groups).filter { $0 != a }.compactMap { other in
            let length = gradient(own: a, other: other).reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? margin(row, own: a, other: other) / length : nil
        }.min()
    }

    /// The row on the scale of the centroids.
    private func scores(_ row: [Double]) -> [Double] {
        precondition(row.count == columns, "a number for each column")
        guard let reduction else { return row }
        return (0..<reduction.loadings.rows).map { component in
            row.indices.reduce(0) {
                $0 + reduction.loadings[component, $1] * (row[$1] - reduction.means[$1])
            }
        }
    }
}
