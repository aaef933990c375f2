package import Columns

/// A mixture of k normal distributions, fitted by expectation-maximisation (EM).
///
/// Use it where groups have different widths or directions, or where it matters how surely a row
/// belongs to its group: `Model.responsibilities` tells borderline customers from clear ones, and
/// `Model.bic` compares numbers of groups. Features should be on a common scale, since the
/// regularisation is the same for all.
///
/// ```swift
/// let model = try GaussianMixture(k: 4, seed: 1).fit(scaled)
/// model.labels  // the likeliest group of each row
/// try model.responsibilities(scaled)  // how likely each group is, row by row
/// ```
///
/// Source: Dempster, Laird & Rubin 1977; BIC: Schwarz 1978 (METHODS.md section 2).
package struct GaussianMixture: Clustering, Equatable {
    /// What the covariance of a group may be.
    package enum Shape: String, Sendable, Codable {
        /// Any: the features of a group may go together.
        case full
        /// Variances only: features are independent within a group. Fewer parameters, for many
        /// features or few rows.
        case diagonal
    }

    /// Where the first means are.
    package enum Start: Sendable, Equatable {
        /// The groups of `KMeans`, on at most 30,000 rows until the best start is known.
        case kMeans
        /// k × features. The first covariances are those of the rows nearest to each.
        case means(Matrix)
    }

    /// Groups, at least 1.
    package var k: Int
    package var seed: UInt64
    package var shape: Shape
    /// Starts of K-Means.
    package var restarts: Int
    package var start: Start
    /// Added to every variance, at least 0: it keeps a group alive whose rows are equal in some
    /// direction. 1e-6 as in scikit-learn, for features with variances near 1.
    package var regularisation: Double
    /// The fit ends when an update raises the mean log-likelihood of a row by no more than this.
    /// scikit-learn's 1e-3 adds up to more than what BIC weighs once rows are many.
    package var tolerance: Double
    /// Updates after which it ends in any case, with the notice `not_converged`.
    package var maxIterations: Int

    package init(
        k: Int, seed: UInt64 = 0, shape: Shape = .full, restarts: Int = 10, start: Start = .kMeans,
        regularisation: Double = 1e-6, tolerance: Double = 1e-5, maxIterations: Int = 300
    ) {
        self.k = k
        self.seed = seed
        self.shape = shape
        self.restarts = restarts
        self.start = start
        self.regularisation = regularisation
        self.tolerance = tolerance
        self.maxIterations = maxIterations
    }

    /// The K-Means whose groups are the start.
    var kMeans: KMeans {
        var method = KMeans(
            k: k, seed: seed, restarts: restarts, maxIterations: maxIterations,
            sample: max(k, 30_000))
        if case .means(let means) = start { method.start = .centroids(means) }
        return method
    }

    /// Refuses a configuration that fits no data, or not these.
    func check(_ matrix: Matrix) throws(AuroraError) {
        try kMeans.check(matrix)
        guard regularisation >= 0 && regularisation.isFinite else {
            throw AuroraError(
                "regularisation_below_zero",
                "regularisation is \(regularisation) but must be 0 or a number above")
        }
        guard tolerance >= 0 && tolerance.isFinite else {
            throw AuroraError(
                "tolerance_below_zero", "tolerance is \(tolerance) but must be 0 or a number above")
        }
    }
}
