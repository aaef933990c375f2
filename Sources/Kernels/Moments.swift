package import Columns

/// Mean and variance of each column of a matrix.
///
/// Two passes: values are taken relative to the first row, then to the mean, and the second pass
/// corrects what rounding left of the first (Chan, Golub & LeVeque 1983), so a large offset costs
/// no digits.
package struct Moments: Sendable, Equatable {
    package let means: [Double]
    /// Mean squared deviations from the mean (population variance); 0 for constant columns.
    package let variances: [Double]
    /// Columns whose values are all equal. Their mean is that value exactly.
    package let isConstant: [Bool]

    /// - Parameter matrix: at least one row, finite.
    ///
    /// Complexity: O(rows · columns).
    package init(of matrix: Matrix, threads: Int) {
        precondition(matrix.rows > 0, "moments of at least one row")
        let (columns, count) = (matrix.columns, Double(matrix.rows))
        let first = matrix.row(0)
        var sums = ChunkedSums(rows: matrix.rows, width: 2 * columns)
        Self.pass(matrix, around: first, &sums, threads) { difference, column, record in
            record[column] += difference
            if difference != 0 { record[columns + column] += 1 }
        }
        let means = (0..<columns).map { first[$0] + sums.totals[$0] / count }
        isConstant = (0..<columns).map { [sums] in sums.totals[columns + $0] == 0 }
        Self.pass(matrix, around: means, &sums, threads) { difference, column, record in
            record[column] += difference
            record[columns + column] += difference * difference
        }
        variances = (0..<columns).map { [sums] column in
            let left = sums.totals[column]
            return max(0, (sums.totals[columns + column] - left * left / count) / count)
        }
        self.means = means
    }

    @inline(__always)
    private static func pass(
        _ matrix: Matrix, around centre: [Double], _ sums: inout ChunkedSums, _ threads: Int,
        _ body: (Double, Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        let columns = matrix.columns
        matrix.storage.withUnsafeBufferPointer { values in
            centre.withUnsafeBufferPointer { centre in
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        for column in 0..<columns {
                            body(values[row * columns + column] - centre[column], column, record)
                        }
                    }
                }
            }
        }
    }
}
