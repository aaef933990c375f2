package import Columns

/// How far the rows of each cluster lie from their mean.
package struct Dispersion: Sendable, Equatable {
    package let sizes: [Int]
    /// clusters × columns: the means of the rows by label, zeros for a cluster without rows.
    package let means: Matrix
    /// Each cluster's mean distance to its mean.
    package let meanDistances: [Double]
    /// Each cluster's squared distances to its mean, summed.
    package let squares: [Double]

    /// - Parameters:
    ///   - matrix: rows × columns, finite.
    ///   - labels: one a row, below `clusters`.
    ///
    /// Complexity: O(rows · columns).
    package init(of matrix: Matrix, labels: [Int32], clusters: Int, threads: Int) {
        precondition(labels.count == matrix.rows, "one label a row")
        precondition(labels.allSatisfy { (0..<clusters).contains(Int($0)) }, "labels are clusters")
        let columns = matrix.columns
        var sums = ChunkedSums(rows: matrix.rows, width: clusters * (1 + columns))
        Self.pass(matrix, labels, &sums, threads) { point, label, record in
            record[label] += 1
            let sum = record + clusters + label * columns
            for column in 0..<columns { sum[column] += point[column] }
        }
        let sizes = sums.totals.prefix(clusters).map { Int($0) }
        var means = Matrix(rows: clusters, columns: columns)
        for cluster in 0..<clusters where sizes[cluster] > 0 {
            for column in 0..<columns {
                means[cluster, column] =
                    sums.totals[clusters + cluster * columns + column] / Double(sizes[cluster])
            }
        }
        var spread = ChunkedSums(rows: matrix.rows, width: 2 * clusters)
        means.storage.withUnsafeBufferPointer { centres in
            guard let centres = centres.baseAddress else { return }
            Self.pass(matrix, labels, &spread, threads) { point, label, record in
                let square = squaredDistance(point, centres + label * columns, columns)
                record[label] += square.squareRoot()
                record[clusters + label] += square
            }
        }
        meanDistances = (0..<clusters).map { spread.totals[$0] / Double(max(1, sizes[$0])) }
        squares = Array(spread.totals.suffix(clusters))
        (self.sizes, self.means) = (sizes, means)
    }

    @inline(__always)
    private static func pass(
        _ matrix: Matrix, _ labels: [Int32], _ sums: inout ChunkedSums, _ threads: Int,
        _ body: (UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        let columns = matrix.columns
        matrix.storage.withUnsafeBufferPointer { values in
            labels.withUnsafeBufferPointer { labels in
                guard let values = values.baseAddress else { return }
                sums.pass(threads: threads) { rows, record in
                    for row in rows { body(values + row * columns, Int(labels[row]), record) }
                }
            }
        }
    }
}
