package import Columns

/// The distance of k-prototypes: Σ(x − c)² over the first columns, γ · Σ[x ≠ c] over the others.
///
/// Source: Huang 1998.
package struct MixedMeasure: Sendable, Equatable {
    /// Columns of numbers, which come first; the others hold category codes.
    package let numbers: Int
    package let gamma: Double

    package init(numbers: Int, gamma: Double) {
        self.numbers = numbers
        self.gamma = gamma
    }

    @inline(__always)
    func mismatches(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
    ) -> Int {
        var count = 0
        for column in numbers..<columns where a[column] != b[column] { count += 1 }
        return count
    }

    @inline(__always)
    func distance(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
    ) -> Double {
        squaredDistance(a, b, numbers) + gamma * Double(mismatches(a, b, columns))
    }
}

extension Matrix {
    /// Every row's distance to every centroid, rows × centroids.
    ///
    /// Complexity: O(rows · centroids · columns).
    package func mixedDistances(
        toAll centroids: Matrix, measure: MixedMeasure, threads: Int
    ) -> Matrix {
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
                                distances[row * clusters + cluster] = measure.distance(
                                    values + row * columns, centres + cluster * columns, columns)
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}
