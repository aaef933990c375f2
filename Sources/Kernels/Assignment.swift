package import Columns

/// The assignment step of k-means: each row's nearest centroid, and what the next update needs.
///
/// Holds the buffers of all iterations; a pass over tiles allocates nothing.
///
/// Labels are those of `reference`, to the last tie, whatever loops find them. Sums follow the
/// labels: only rows that change theirs are taken off one sum and added to another. Where rows are
/// many, sums come from tiles, whose values are rounded to `Float`; `settle` sums the matrix.
///
/// A pass leaves out rows whose label is sure to stay (see `TileCentres`): late passes look at few.
///
/// Memory: 4 bytes a row, a quarter more and, for each 8,192 rows, 16 · clusters · (columns + 1) bytes.
package struct Assignment: Sendable {
    package let clusters: Int
    package let columns: Int
    /// One a row; −1 before the first pass.
    package internal(set) var labels: [Int32]
    /// The squared distances of all rows to their centroids, summed; as of the last `assign` or
    /// `measure`.
    package internal(set) var inertia = 0.0
    var sums: ClusterSums
    var centres: TileCentres
    /// One for each 16 rows: by how much the nearest centre was nearer than the second.
    var gaps: [Float]
    private var corrections: [Double]
    /// What is added to the means: the offsets of the tiles whose rows the sums are of.
    private var offsets: [Double]
    private var sumsAre = SumsAre.untouched

    private enum SumsAre { case untouched, ofTiles, ofMatrix }

    /// Rows from which on sums are those of tiles until `settle`: beyond the caches, fetching a row
    /// of the matrix takes longer than assigning several.
    package static let manyRows = 1 << 18

    /// Rows of a gap.
    static let gapRows = 16
    /// Gaps are kept while fewer rows than one in so many change their label: before that, centres
    /// go so far that no gap lasts.
    static let restingShare = 64
    private var (hasLabels, keepsGaps) = (false, false)

    package init(rows: Int, columns: Int, clusters: Int) {
        self.clusters = clusters
        self.columns = columns
        labels = [Int32](repeating: -1, count: rows)
        sums = ClusterSums(rows: rows, columns: columns, clusters: clusters)
        centres = TileCentres(clusters: clusters, columns: columns)
        gaps = [Float](repeating: -.infinity, count: (rows + Self.gapRows - 1) / Self.gapRows)
        corrections = [Double](repeating: 0, count: clusters * (1 + columns))
        offsets = [Double](repeating: 0, count: columns)
    }

    /// Rows whose label differs from the one before the last pass.
    package var changed: Int { sums.changed }

    package func size(of cluster: Int) -> Int { Int(sums.totals[cluster] + corrections[cluster]) }

    package var sizes: [Int] { (0..<clusters).map { size(of: $0) } }

    /// Labels every row with its nearest centroid, ties go to the lowest index, and measures the
    /// inertia.
    ///
    /// - Parameters:
    ///   - matrix: rows × columns, finite.
    ///   - centroids: clusters × columns.
    ///
    /// Complexity: O(rows · clusters · columns).
    package mutating func assign(_ matrix: Matrix, to centroids: Matrix, threads: Int) {
        check(matrix, centroids)
        pass(matrix, centroids, threads: threads)
        measure(matrix, to: centroids, threads: threads)
    }

    /// One iteration: labels every row as the other `assign` does, without the inertia.
    ///
    /// - Parameter tiles: those of the matrix, which is the same one in every pass.
    package mutating func assign(
        _ matrix: Matrix, in tiles: Tiles, to centroids: Matrix, threads: Int
    ) {
        check(matrix, centroids)
        precondition(tiles.rows == matrix.rows && tiles.columns == columns, "one shape")
        pass(matrix, tiles, centroids, threads: threads)
    }

    /// Measures the inertia of the labels as they are.
    package mutating func measure(_ matrix: Matrix, to centroids: Matrix, threads: Int) {
        check(matrix, centroids)
        inertia = matrix.inertia(to: centroids, labels: labels, threads: threads)
    }

    private mutating func check(_ matrix: Matrix, _ centroids: Matrix) {
        precondition(matrix.rows == labels.count && matrix.columns == columns, "one shape")
        precondition(centroids.rows == clusters && centroids.columns == columns, "one shape")
        for index in corrections.indices { corrections[index] = 0 }
    }

    /// Whether the sums are those of tiles from now on.
    mutating func startTileSums(_ tiles: Tiles) -> Bool {
        if sumsAre == .untouched, labels.count >= Self.manyRows {
            (sumsAre, offsets) = (.ofTiles, tiles.offsets)
        }
        return sumsAre == .ofTiles
    }

    /// From now on the sums are those of the matrix.
    mutating func leaveTileSums() {
        if sumsAre == .ofTiles { sums.renew() }
        sumsAre = .ofMatrix
        for column in 0..<columns { offsets[column] = 0 }
    }

    /// Sums all rows anew, from the matrix, where sums were those of tiles or were updated row by
    /// row.
    ///
    /// - Returns: whether that was so: the next update may move centroids a little.
    package mutating func settle(_ matrix: Matrix, threads: Int) -> Bool {
        guard sums.areUpdated || sumsAre == .ofTiles else { return false }
        sum(matrix, threads: threads)
        return true
    }

    /// Writes the mean of each cluster's rows; a cluster without rows keeps its centroid.
    ///
    /// - Returns: the squared distances between old and new centroids, summed.
    package func update(_ centroids: inout Matrix) -> Double {
        var movement = 0.0
        for cluster in 0..<clusters {
            let size = Double(size(of: cluster))
            guard size > 0 else { continue }
            for column in 0..<columns {
                let index = clusters + cluster * columns + column
                let mean = (sums.totals[index] + corrections[index]) / size + offsets[column]
                let difference = mean - centroids[cluster, column]
                movement += difference * difference
                centroids[cluster, column] = mean
            }
        }
        return movement
    }

    /// Whether the next pass keeps gaps and leaves out what they allow.
    mutating func startGaps() -> Bool {
        defer { hasLabels = true }
        guard hasLabels, changed < labels.count / Self.restingShare else { return false }
        if !keepsGaps { centres.forgetWay() }
        keepsGaps = true
        return true
    }

    /// Moves one row to another cluster, in labels, sizes and sums, until the next pass.
    package mutating func move(_ row: Int, of matrix: Matrix, to cluster: Int) {
        let old = Int(labels[row])
        labels[row] = Int32(cluster)
        gaps[row / Self.gapRows] = -.infinity
        sums.renew(row: row)
        corrections[old] -= 1
        corrections[cluster] += 1
        for column in 0..<columns {
            let value = matrix[row, column] - offsets[column]
            corrections[clusters + old * columns + column] -= value
            corrections[clusters + cluster * columns + column] += value
        }
    }
}
