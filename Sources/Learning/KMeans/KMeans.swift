package import Columns

/// K-Means: k groups of rows, each around its mean.
///
/// Use it for features on a common scale (see `Preprocessing`) when every row shall belong to a
/// group. This is the configuration; `fit` gives a `Model`, which never changes afterwards.
///
/// ```swift
/// let model = try KMeans(k: 4, seed: 1).fit(scaled)
/// model.labels  // the segment of each row
/// try model.predict(later)  // the nearest centroids of new rows
/// ```
///
/// A group can be too small to act on. `minimumSize` dissolves such groups one by one instead of
/// filling them up: the assignment under a size constraint (minimum-cost flow; Bradley, Bennett &
/// Demiriz 2000) puts rows into groups that aren't their nearest, so a customer scored tomorrow
/// would land elsewhere than an equal one did today, and the groups would need all rows at once.
///
/// Source: Lloyd 1982; start by Arthur & Vassilvitskii 2007 (METHODS.md section 2).
package struct KMeans: Clustering, Equatable {
    /// Where the centroids stand at first.
    package enum Start: Sendable, Equatable {
        /// k-means++; each centre is the best of 2 + ⌊ln k⌋ candidates, as in scikit-learn.
        case kMeansPlusPlus
        /// k × features, on the scale of the rows.
        case centroids(Matrix)
    }

    /// When the updates end.
    package enum Stopping: Sendable, Equatable {
        /// When no row changes its group any more.
        case converged
        /// After the update whose squared centre movement, summed, is at most this; the rows are
        /// then assigned once more.
        case tolerance(Double)
    }

    /// Groups, at least 1.
    package var k: Int
    package var seed: UInt64
    /// Starts of which the one with the smallest inertia is kept, ties to the first. Given
    /// centroids are tried once.
    package var restarts: Int
    package var start: Start
    package var stopping: Stopping
    /// Updates after which a restart ends in any case, with the notice `not_converged`.
    package var maxIterations: Int
    /// Rows, drawn at random, on which the restarts run; the best of them then goes on with all
    /// rows, where near ties are told apart by all rows too. Nil, or as many as there are: the restarts run on all rows. So they do where the drawn
    /// rows have fewer than k different values, and with given centroids.
    package var sample: Int?
    /// Rows that every group has at least. While a group has fewer, the smallest (ties to the
    /// first) is removed and the updates go on from the remaining centroids, so `k` may fall, to 1
    /// at last. 0: groups of any size stay.
    package var minimumSize: Int

    package init(
        k: Int, seed: UInt64 = 0, restarts: Int = 10, start: Start = .kMeansPlusPlus,
        stopping: Stopping = .converged, maxIterations: Int = 300, sample: Int? = nil,
        minimumSize: Int = 0
    ) {
        self.k = k
        self.seed = seed
        self.restarts = restarts
        self.start = start
        self.stopping = stopping
        self.maxIterations = maxIterations
        self.sample = sample
        self.minimumSize = minimumSize
    }

    /// Refuses a configuration that fits no data, or not these.
    func check(_ matrix: Matrix) throws(AuroraError) {
        try Self.require(k, named: "k", code: "k_below_one")
        try Self.require(restarts, named: "restarts", code: "restarts_below_one")
        try Self.require(maxIterations, named: "max_iterations", code: "max_iterations_below_one")
        if case .tolerance(let tolerance) = stopping, !(tolerance >= 0 && tolerance.isFinite) {
            throw AuroraError(
                "tolerance_below_zero", "tolerance is \(tolerance) but must be 0 or a number above")
        }
        guard k <= matrix.rows else {
            let rows = matrix.rows == 1 ? "is 1 row" : "are \(matrix.rows) rows"
            throw AuroraError("k_above_rows", "k is \(k) but there \(rows)")
        }
        if let sample, sample < k {
            throw AuroraError("sample_below_k", "sample is \(counted(sample, "row")) but k is \(k)")
        }
        guard minimumSize <= matrix.rows else {
            throw AuroraError(
                "minimum_size_above_rows",
                "minimum_size is \(minimumSize) but there are \(counted(matrix.rows, "row"))")
        }
        let distinct = matrix.distinctRows(upTo: k)
        guard distinct == k else { throw Self.tooFewDistinct(k, distinct, matrix.rows) }
        if case .centroids(let start) = start { try check(start, for: matrix) }
    }

    private func check(_ start: Matrix, for matrix: Matrix) throws(AuroraError) {
        guard start.rows == k, start.columns == matrix.columns else {
            throw AuroraError(
                "start_shape",
                "start has \(counted(start.rows, "centre")) of "
                    + "\(counted(start.columns, "feature")) but k is \(k) and the rows have "
                    + "\(counted(matrix.columns, "feature"))")
        }
        guard start.storage.allSatisfy(\.isFinite) else {
            throw AuroraError("start_not_finite", "a start centre has a value that is not a number")
        }
    }

    static func require(
        _ value: Int, named name: String, code: String
    ) throws(AuroraError) {
        guard value >= 1 else {
            throw AuroraError(code, "\(name) is \(value) but must be 1 or more")
        }
    }

    static func tooFewDistinct(_ k: Int, _ distinct: Int, _ rows: Int) -> AuroraError {
        AuroraError(
            "k_above_distinct_rows",
            "k is \(k) but the \(rows) rows have only \(distinct) different "
                + (distinct == 1 ? "value" : "values"),
            hint: "choose k up to \(distinct), or features that tell the rows apart")
    }
}

extension Matrix {
    /// The number of different rows, or `limit` as soon as there are so many.
    ///
    /// Complexity: O(rows · limit · columns) at worst; rows that differ end it early.
    func distinctRows(upTo limit: Int) -> Int {
        storage.withUnsafeBufferPointer { values in
            var found = [Int]()
            for row in 0..<rows where found.count < limit {
                let isNew = found.allSatisfy { other in
                    (0..<columns).contains { column in
                        values[row * columns + column] != values[other * columns + column]
                    }
                }
                if isNew { found.append(row) }
            }
            return found.count
        }
    }
}
