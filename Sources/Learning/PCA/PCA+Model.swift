package import Columns
package import Kernels

extension PCA {
    /// Fitted components.
    package struct Model: Sendable, Hashable {
        package let means: [Double]
        /// components × features: unit vectors, the largest loading of each positive.
        package let components: Matrix
        /// The variance along each component (divided by rows − 1), largest first.
        package let explainedVariance: [Double]

        init(means: [Double], components: Matrix, variances: [Double]) {
            self.means = means
            self.components = components
            // Rounding can leave a variance of 0 slightly below it.
            explainedVariance = variances.map { max(0, $0) }
        }

        /// Each component's share of the total variance; zeros where nothing varies.
        package var explainedVarianceRatio: [Double] {
            let total = explainedVariance.reduce(0, +)
            return explainedVariance.map { total > 0 ? $0 / total : 0 }
        }

        /// The rows' coordinates along the first components.
        ///
        /// - Parameters:
        ///   - matrix: rows × features, scaled as the fitted rows were.
        ///   - count: components to use; all without it.
        /// - Returns: rows × components.
        /// - Throws: `feature_count`, `no_rows`, `missing_values`, `infinite_values`;
        ///   `component_count` when there are fewer components.
        ///
        /// Complexity: O(rows · features · components).
        package func project(
            _ matrix: Matrix, components count: Int? = nil, work: Work = Work()
        ) throws(AuroraError) -> Matrix {
            try matrix.requireFeatures(means.count, of: "the model")
            try matrix.requireComplete(work: work)
            let count = count ?? components.rows
            guard (1...components.rows).contains(count) else {
                throw AuroraError(
                    "component_count",
                    "\(counted(count, "component")) asked for, but 1 to \(components.rows) "
                        + "can be given")
            }
            return scores(matrix, count, threads: work.threads)
        }

        private func scores(_ matrix: Matrix, _ count: Int, threads: Int) -> Matrix {
            let columns = matrix.columns
            var result = Matrix(rows: matrix.rows, columns: count)
            result.storage.withUnsafeMutableBufferPointer { scores in
                guard let scores = scores.baseAddress else { return }
                Parallel.forEachChunk(of: matrix.rows, threads: threads) { _, rows in
                    for row in rows {
                        for component in 0..<count {
                            var sum = 0.0
                            for column in 0..<columns {
                                sum +=
                                    (matrix.storage[row * columns + column] - means[column])
                                    * components.storage[component * columns + column]
                            }
                            scores[row * count + component] = sum
                        }
                    }
                }
            }
            return result
        }
    }
}

extension PCA.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case means, components
        case explainedVariance = "explained_variance"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(means, forKey: .means)
        try values.encode(StoredMatrix(components), forKey: .components)
        try values.encode(explainedVariance, forKey: .explainedVariance)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        means = try values.decode([Double].self, forKey: .means)
        explainedVariance = try values.decode([Double].self, forKey: .explainedVariance)
        components = try values.decode(StoredMatrix.self, forKey: .components).matrix(
            rows: explainedVariance.count, columns: means.count, for: CodingKeys.components,
            path: decoder.codingPath)
    }
}
