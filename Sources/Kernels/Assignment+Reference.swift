import CKernels
package import Columns

extension Assignment {
    /// The reference loop over the rows of one block: what every other one must agree with.
    ///
    /// - Returns: the number of labels that changed.
    package static func reference(
        _ values: UnsafePointer<Double>, _ rows: Int, columns: Int,
        centres: UnsafePointer<Double>, clusters: Int, labels: UnsafeMutablePointer<Int32>,
        record: UnsafeMutablePointer<Double>?
    ) -> Int {
        var changed = 0
        record?.update(repeating: 0, count: 2 + clusters * (1 + 2 * columns))
        for row in 0..<rows {
            let point = values + row * columns
            var (nearest, best) = (0, Double.infinity)
            for cluster in 0..<clusters {
                let distance = squaredDistance(point, centres + cluster * columns, columns)
                if distance < best { (nearest, best) = (cluster, distance) }
            }
            if labels[row] != Int32(nearest) {
                labels[row] = Int32(nearest)
                changed += 1
            }
            guard let record else { continue }
            record[2 + nearest] += 1
            // Those of 1,024 rows are taken together before they are added to others'.
            let sums = record + 2 + clusters
            let low = sums + clusters * columns
            for column in 0..<columns { low[nearest * columns + column] += point[column] }
            guard row % Parallel.chunkRows == Parallel.chunkRows - 1 || row == rows - 1 else {
                continue
            }
            for index in 0..<clusters * columns {
                sums[index] += low[index]
                low[index] = 0
            }
        }
        return changed
    }
}

extension Matrix {
    /// The squared distances of all rows to the centroids that their labels name, summed.
    ///
    /// Complexity: O(rows · columns).
    package func inertia(to centroids: Matrix, labels: [Int32], threads: Int) -> Double {
        precondition(labels.count == rows && centroids.columns == columns, "one shape")
        var sums = ChunkedSums(rows: rows, width: 1)
        let columns = self.columns
        storage.withUnsafeBufferPointer { values in
            centroids.storage.withUnsafeBufferPointer { centres in
                labels.withUnsafeBufferPointer { labels in
                    guard let values = values.baseAddress, let centres = centres.baseAddress,
                        let labels = labels.baseAddress
                    else { return }
                    sums.pass(threads: threads) { rows, record in
                        record[0] = loops.inertia(
                            values + rows.lowerBound * columns, columns, centroids.rows,
                            rows.count, labels + rows.lowerBound, centres)
                    }
                }
            }
        }
        return sums.totals[0]
    }
}
