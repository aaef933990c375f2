package import Columns
package import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension GaussianMixture {
    /// Fitted groups: frozen weights, means and covariances, and how the fit went.
    package struct Model: ClusterModel {
        var parameters: MixtureParameters
        /// The likeliest group of each training row, below k.
        package internal(set) var labels: [Int32]
        /// Training rows in each group, by `labels`; the weights count rows by their membership.
        package internal(set) var sizes: [Int]
        /// The logarithms of the training rows' densities, summed.
        package let logLikelihood: Double
        /// Updates of the parameters after the start.
        package let iterations: Int
        /// Whether the log-likelihood settled.
        package let converged: Bool
        /// As in `KMeans.Model`: of equally likely groups the one that comes first here.
        package internal(set) var tieOrder: [Int]
        /// `not_converged`, `empty_cluster`, `flat_groups`.
        package let notices: [Notice]

        package var k: Int { parameters.k }
        package var shape: Shape { parameters.shape }
        /// The share of each group, counted by membership; they add up to 1.
        package var weights: [Double] { parameters.weights }
        /// The means, k × features: of all rows, weighted by their membership.
        package var centroids: Matrix { parameters.means }
        /// Each group's Cholesky factor: lower triangular, features × features; for diagonal
        /// covariances one row of standard deviations.
        package var factors: [Matrix] { parameters.factors }

        /// Numbers that the fit was free to choose.
        package var freeParameters: Int {
            let features = centroids.columns
            let spread = shape == .full ? features * (features + 1) / 2 : features
            return k * (features + spread) + k - 1
        }

        /// −2 log L + m · ln n for m free parameters and n rows: the smaller, the better.
        package var bic: Double {
            Double(freeParameters) * log(Double(sizes.reduce(0, +))) - 2 * logLikelihood
        }

        /// −2 log L + 2 m for m free parameters: the smaller, the better.
        package var aic: Double { 2 * Double(freeParameters) - 2 * logLikelihood }

        init(
            _ parameters: MixtureParameters, of method: GaussianMixture, _ matrix: Matrix,
            logLikelihood: Double, iterations: Int, converged: Bool, _ work: Work
        ) throws(AuroraError) {
            self.parameters = parameters
            (self.logLikelihood, self.iterations) = (logLikelihood, iterations)
            self.converged = converged
            tieOrder = Array(0..<parameters.k)
            labels = Self.likeliest(parameters, tieOrder, matrix, work)
            var sizes = [Int](repeating: 0, count: parameters.k)
            for label in labels { sizes[Int(label)] += 1 }
            self.sizes = sizes
            notices =
                try Self.flat(parameters, method.regularisation)
                + GroupNotices.all(
                    "the mixture", sizes: sizes, converged: converged,
                    maxIterations: method.maxIterations)
        }

        /// The covariance of one group, features × features.
        package func covariance(of group: Int) -> Matrix { parameters.covariance(group) }

        /// Each row's likeliest group. For the training rows these are `labels`.
        ///
        /// - Throws: as `ClusterModel.predict`; `values_too_large`.
        ///
        /// Complexity: O(rows · k · features²).
        package func predict(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> [Int32] {
            _ = try distances(matrix, work: work)
            return Self.likeliest(parameters, tieOrder, matrix, work)
        }

        /// −2 · log(weight · density) of each group, rows × k; negative where rows are dense.
        ///
        /// - Throws: as `predict`.
        package func distances(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> Matrix {
            try matrix.requireFeatures(centroids.columns, of: "the model")
            try matrix.requireComplete(work: work)
            let result = values(matrix, work) { log, _ in -2 * log }
            guard result.storage.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
            return result
        }

        /// How likely each row comes from each group, rows × k; a row's values add up to 1.
        ///
        /// - Throws: as `predict`.
        package func responsibilities(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> Matrix {
            _ = try distances(matrix, work: work)
            return values(matrix, work) { log, total in exp(log - total) }
        }

        /// A number for each row and group, from log(weight · density) and the groups' log Σ exp.
        private func values(
            _ matrix: Matrix, _ work: Work, _ value: (Double, Double) -> Double
        ) -> Matrix {
            let k = self.k
            var sums = ChunkedSums(rows: matrix.rows, width: 1)
            var result = Matrix(rows: matrix.rows, columns: k)
            result.storage.withUnsafeMutableBufferPointer { result in
                guard let result = result.baseAddress else { return }
                parameters.pass(matrix, &sums, threads: work.threads) { row, _, logs, _ in
                    let total = MixtureParameters.logSum(logs, k)
                    for group in 0..<k { result[row * k + group] = value(logs[group], total) }
                }
            }
            return result
        }

        private static func likeliest(
            _ parameters: MixtureParameters, _ order: [Int], _ matrix: Matrix, _ work: Work
        ) -> [Int32] {
            var sums = ChunkedSums(rows: matrix.rows, width: 1)
            var labels = [Int32](repeating: 0, count: matrix.rows)
            labels.withUnsafeMutableBufferPointer { labels in
                guard let labels = labels.baseAddress else { return }
                parameters.pass(matrix, &sums, threads: work.threads) { row, _, logs, _ in
                    var best = order[0]
                    for group in order where logs[group] > logs[best] { best = group }
                    labels[row] = Int32(best)
                }
            }
            return labels
        }

        /// Groups whose rows don't spread in some direction: what stands for it there is the
        /// regularisation.
        private static func flat(
            _ parameters: MixtureParameters, _ regularisation: Double
        ) throws(AuroraError) -> [Notice] {
            var flat = 0
            for group in 0..<parameters.k {
                let values = try SymmetricEigen(of: parameters.covariance(group)).values
                if let least = values.last, least < 2 * regularisation { flat += 1 }
            }
            guard flat > 0 else { return [] }
            return [
                Notice(
                    "flat_groups",
                    "\(flat) of \(counted(parameters.k, "group")) \(flat == 1 ? "has" : "have") no "
                        + "spread in some direction: there the regularisation of \(regularisation) "
                        + "stands for the variance")
            ]
        }

        package func renumbered(_ old: [Int]) -> Self {
            var model = self
            model.parameters = parameters.renumbered(old)
            model.sizes = old.map { sizes[$0] }
            model.tieOrder = tieOrder.map { Int32($0) }.renumbered(old).map { Int($0) }
            model.labels = labels.renumbered(old)
            return model
        }

        package func withoutLabels() -> Self {
            var model = self
            model.labels = []
            return model
        }
    }
}
