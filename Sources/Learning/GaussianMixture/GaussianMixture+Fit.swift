package import Columns
package import Kernels

extension GaussianMixture {
    /// Finds weights, means and covariances.
    ///
    /// The result is the same to the bit for any number of threads.
    ///
    /// - Parameter matrix: rows × features, no missing value.
    /// - Throws: as `KMeans`; `covariance_not_positive` where the regularisation is too small to
    ///   keep a group from being flat; `regularisation_below_zero`.
    ///
    /// Complexity: O(iterations · rows · k · features²) time, O(rows) memory and, per 1,024 rows,
    /// O(k · features²); for diagonal covariances features instead of features². The start as in
    /// `KMeans`.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try matrix.requireComplete(work: work)
        try check(matrix)
        var moments = MixtureMoments(matrix, k: k, shape: shape)
        var parameters = try firstParameters(matrix, &moments, work.part(0...0.3))
        let rest = work.part(0.3...1)
        var (updates, converged, before) = (0, false, -Double.infinity)
        while true {
            moments.expect(matrix, parameters, threads: work.threads)
            let likelihood = moments.logLikelihood
            guard likelihood.isFinite else { throw Matrix.tooLarge("the log-likelihood") }
            converged = abs(likelihood - before) <= tolerance * Double(matrix.rows)
            if converged || updates >= maxIterations { break }
            // Nobody knows how many updates are left: each takes a twentieth of what remains.
            let left = (0..<min(updates, 100)).reduce(1) { share, _ in share * 0.95 }
            try rest.report(1 - left, "mixture, update \(updates + 1)")
            parameters = try moments.maximised(from: parameters, regularisation: regularisation)
            before = likelihood
            updates += 1
        }
        return try Model(
            parameters, of: self, matrix, logLikelihood: moments.logLikelihood,
            iterations: updates, converged: converged, work)
    }

    /// The parameters that the groups of the start have.
    private func firstParameters(
        _ matrix: Matrix, _ moments: inout MixtureMoments, _ work: Work
    ) throws(AuroraError) -> MixtureParameters {
        let (means, labels): (Matrix, [Int32])
        switch start {
        case .kMeans:
            let model = try kMeans.fit(matrix, work: work)
            (means, labels) = (model.centroids, model.labels)
        case .means(let given):
            var assignment = Assignment(rows: matrix.rows, columns: matrix.columns, clusters: k)
            assignment.assign(matrix, to: given, threads: work.threads)
            (means, labels) = (given, assignment.labels)
        }
        moments.expect(matrix, labels: labels, means: means, threads: work.threads)
        // What a group without rows begins with.
        let variances = Moments(of: matrix, threads: work.threads).variances
        let deviations = variances.map { ($0 + regularisation).squareRoot() }
        var factor = Matrix(rows: shape == .full ? matrix.columns : 1, columns: matrix.columns)
        for (column, deviation) in deviations.enumerated() {
            factor[shape == .full ? column : 0, column] = deviation
        }
        let parameters = MixtureParameters(
            shape: shape, weights: [Double](repeating: 1 / Double(k), count: k), means: means,
            factors: [Matrix](repeating: factor, count: k))
        return try moments.maximised(from: parameters, regularisation: regularisation)
    }
}
