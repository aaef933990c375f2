package import Columns

/// The assignment step of k-means: each row's nearest centroid, and what the next update needs.
///
/// Holds the buffers of all iterations; a pass allocates nothing.
package struct Assignment: Sendable {
    package let clusters: Int
    package let columns: Int
    /// One a row; −1 before the first pass.
    package private(set) var labels: [Int32]
    /// Inertia, changed rows, then `clusters` sizes and `clusters` · `columns` sums.
    private var sums: ChunkedSums
    private var corrections: [Double]

    package init(rows: Int, columns: Int, clusters: Int) {
        self.clusters = clusters
        self.columns = columns
        labels = [Int32](repeating: -1, count: rows)
        sums = ChunkedSums(rows: rows, width: 2 + clusters * (1 + columns))
        corrections = [Double](repeating: 0, count: clusters * (1 + columns))
    }

    /// The squared distances of all rows to their centroids, summed.
    package var inertia: Double { sums.totals[0] }

    /// Rows whose label differs from the one before the last pass.
    package var changed: Int { Int(sums.totals[1]) }

    package func size(of cluster: Int) -> Int {
        Int(sums.totals[2 + cluster] + corrections[cluster])
    }

    package var sizes: [Int] { (0..<clusters).map { size(of: $0) } }

    /// Labels every row with its nearest centroid; ties go to the lowest index.
    ///
    /// - Parameters:
    ///   - matrix: rows × columns, finite.
    ///   - centroids: clusters × columns.
    ///
    /// Complexity: O(rows · clusters · columns).
    package mutating func assign(_ matrix: Matrix, to centroids: Matrix, threads: Int) {
        precondition(matrix.rows == labels.count && matrix.columns == columns, "one shape")
        precondition(centroids.rows == clusters && centroids.columns == columns, "one shape")
        for index in corrections.indices { corrections[index] = 0 }
        Self.pass(matrix, centroids, &labels, &sums, threads)
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
                let mean = (sums.totals[2 + index] + corrections[index]) / size
                let difference = mean - centroids[cluster, column]
                movement += difference * difference
                centroids[cluster, column] = mean
            }
        }
        return movement
    }

    /// Moves one row to another cluster, in labels, sizes and sums, until the next pass.
    package mutating func move(_ row: Int, of matrix: Matrix, to cluster: Int) {
        let old = Int(labels[row])
        labels[row] = Int32(cluster)
        corrections[old] -= 1
        corrections[cluster] += 1
        for column in 0..<columns {
            corrections[clusters + old * columns + column] -= matrix[row, column]
            corrections[clusters + cluster * columns + column] += matrix[row, column]
        }
    }

    private static func pass(
        _ matrix: Matrix, _ centroids: Matrix, _ labels: inout [Int32], _ sums: inout ChunkedSums,
        _ threads: Int
    ) {
        let (clusters, columns) = (centroids.rows, matrix.columns)
        matrix.storage.withUnsafeBufferPointer { values in
            centroids.storage.withUnsafeBufferPointer { centres in
                labels.withUnsafeMutableBufferPointer { labels in
                    guard let values = values.baseAddress, let centres = centres.baseAddress,
                        let labels = labels.baseAddress
                    else { return }
                    sums.pass(threads: threads) { rows, record in
                        assign(
                            rows, values: values, centres: centres, clusters: clusters,
                            columns: columns, labels: labels, record: record)
                    }
                }
            }
        }
    }

    /// The reference loop over the rows of one chunk.
    private static func assign(
        _ rows: Range<Int>, values: UnsafePointer<Double>, centres: UnsafePointer<Double>,
        clusters: Int, columns: Int, labels: UnsafeMutablePointer<Int32>,
        record: UnsafeMutablePointer<Double>
    ) {
        var (inertia, changed) = (0.0, 0)
        let sums = record + 2 + clusters
        for row in rows {
            let point = values + row * columns
            var (nearest, best) = (0, Double.infinity)
            for cluster in 0..<clusters {
                let distance = squaredDistance(point, centres + cluster * columns, columns)
                if distance < best { (nearest, best) = (cluster, distance) }
            }
            inertia += best
            if labels[row] != Int32(nearest) {
                labels[row] = Int32(nearest)
                changed += 1
            }
            record[2 + nearest] += 1
            let sum = sums + nearest * columns
            for column in 0..<columns { sum[column] += point[column] }
        }
        record[0] = inertia
        record[1] = Double(changed)
    }
}
