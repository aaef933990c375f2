package import Columns

import CKernels

extension Matrix {
    /// Each row's squared distance to the centroid that its label names.
    ///
    /// Complexity: O(rows · columns).
    package func squaredDistances(
        to centroids: Matrix, labels: [Int32], threads: Int
    ) -> [Double] {
        precondition(labels.count == rows && centroids.columns == columns, "one shape")
        return [Double](unsafeUninitializedCapacity: rows) { distances, count in
            storage.withUnsafeBufferPointer { values in
                centroids.storage.withUnsafeBufferPointer { centres in
                    guard let values = values.baseAddress, let centres = centres.baseAddress,
                        let distances = distances.baseAddress
                    else { return }
                    Parallel.forEachChunk(of: rows, threads: threads) { _, rows in
                        for row in rows {
                            let centre = centres + Int(labels[row]) * columns
                            distances[row] = squaredDistance(
                                values + row * columns, centre, columns)
                        }
                    }
                }
            }
            count = rows
        }
    }

    /// Every row's squared distance to every centroid, rows × centroids.
    ///
    /// Complexity: O(rows · centroids · columns).
    package func squaredDistances(toAll centroids: Matrix, threads: Int) -> Matrix {
        precondition(centroids.columns == columns, "one shape")
        let clusters = centroids.rows
        var result = Matrix(rows: rows, columns: clusters)
        storage.withUnsafeBufferPointer { values in
            centroids.storage.withUnsafeBufferPointer { centres in
                result.storage.withUnsafeMutableBufferPointer { distances in
                    guard let values = values.baseAddress, let centres = centres.baseAddress,
                        let distances = distances.baseAddress
                    else { return }
                    Parallel.forEachChunk(of: rows, threads: threads) { _, rows in
                        for row in rows {
                            for cluster in 0..<clusters {
                                distances[row * clusters + cluster] = squaredDistance(
                                    values + row * columns, centres + cluster * columns, columns)
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// How many rows hold a missing or infinite value, column by column.
    package func countNotFinite(threads: Int) -> (missing: [Int], infinite: [Int]) {
        let columns = self.columns
        var sums = ChunkedSums(rows: rows, width: 2 * columns)
        storage.withUnsafeBufferPointer { values in
            guard let first = values.baseAddress else { return }
            sums.pass(threads: threads) { rows, record in
                let start = first + rows.lowerBound * columns
                if loops.are_finite(start, rows.count * columns) { return }
                for row in rows {
                    for column in 0..<columns {
                        let value = values[row * columns + column]
                        if value.isFinite { continue }
                        record[value.isNaN ? column : columns + column] += 1
                    }
                }
            }
        }
        let counts = sums.totals.map { Int($0) }
        return (Array(counts.prefix(columns)), Array(counts.suffix(columns)))
    }
}
