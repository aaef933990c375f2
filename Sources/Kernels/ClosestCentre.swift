package import Columns

/// The state of a k-means++ start: each row's squared distance to the nearest centre so far.
package struct ClosestCentre: Sendable {
    private let threads: Int
    private var distances: [Double]
    private var sums: ChunkedSums

    /// Starts with one row as the only centre.
    package init(_ matrix: Matrix, first row: Int, threads: Int) {
        self.threads = threads
        distances = [Double](repeating: .infinity, count: matrix.rows)
        sums = ChunkedSums(rows: matrix.rows, width: 1)
        add(row, of: matrix)
    }

    /// The squared distances of all rows, summed.
    package var potential: Double { sums.totals[0] }

    /// Makes a row one of the centres. Complexity: O(rows · columns).
    package mutating func add(_ row: Int, of matrix: Matrix) {
        Self.add(row, of: matrix, &distances, &sums, threads)
    }

    private static func add(
        _ row: Int, of matrix: Matrix, _ distances: inout [Double], _ sums: inout ChunkedSums,
        _ threads: Int
    ) {
        let columns = matrix.columns
        matrix.storage.withUnsafeBufferPointer { values in
            distances.withUnsafeMutableBufferPointer { distances in
                guard let values = values.baseAddress, let distances = distances.baseAddress else {
                    return
                }
                let centre = values + row * columns
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        let distance = squaredDistance(values + row * columns, centre, columns)
                        distances[row] = min(distances[row], distance)
                        record[0] += distances[row]
                    }
                }
            }
        }
    }

    /// The potential that would be left if each of these rows, alone, became the next centre.
    ///
    /// Complexity: O(rows · candidates · columns).
    package func potentials(_ candidates: [Int], of matrix: Matrix) -> [Double] {
        let columns = matrix.columns
        var sums = ChunkedSums(rows: matrix.rows, width: candidates.count)
        matrix.storage.withUnsafeBufferPointer { values in
            distances.withUnsafeBufferPointer { distances in
                guard let values = values.baseAddress, let distances = distances.baseAddress else {
                    return
                }
                sums.pass(threads: threads) { rows, record in
                    for (index, candidate) in candidates.enumerated() {
                        let centre = values + candidate * columns
                        for row in rows {
                            let distance = squaredDistance(values + row * columns, centre, columns)
                            record[index] += min(distances[row], distance)
                        }
                    }
                }
            }
        }
        return sums.totals
    }

    /// The row at which the running sum of distances passes `fraction` of the potential.
    ///
    /// A row that coincides with a centre is never chosen while another is left.
    package func row(at fraction: Double) -> Int {
        sums.row(at: fraction * potential) { distances[$0] }
    }
}
