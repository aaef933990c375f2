package import Columns

import CKernels

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
    package init(of matrix: Matrix, threads: Int, path: KernelPath = .current) {
        precondition(matrix.rows > 0, "moments of at least one row")
        let (columns, count) = (matrix.columns, Double(matrix.rows))
        let functions = path.functions ?? loops
        let first = matrix.row(0)
        // A record holds the sums of the deviations, of their squares, and which columns vary.
        var sums = ChunkedSums(rows: matrix.rows, width: 3 * columns)
        Self.pass(matrix, around: first, &sums, functions, threads)
        let means = (0..<columns).map { first[$0] + sums.totals[$0] / count }
        isConstant = (0..<columns).map { [sums] in sums.totals[2 * columns + $0] == 0 }
        Self.pass(matrix, around: means, &sums, functions, threads)
        variances = (0..<columns).map { [sums] column in
            let left = sums.totals[column]
            return max(0, (sums.totals[columns + column] - left * left / count) / count)
        }
        self.means = means
    }

    private static func pass(
        _ matrix: Matrix, around centre: [Double], _ sums: inout ChunkedSums,
        _ functions: ckernels_functions, _ threads: Int
    ) {
        let columns = matrix.columns
        matrix.storage.withUnsafeBufferPointer { values in
            centre.withUnsafeBufferPointer { centre in
                guard let values = values.baseAddress, let centre = centre.baseAddress else {
                    return
                }
                sums.pass(threads: threads) { rows, record in
                    functions.column_moments(
                        values + rows.lowerBound * columns, rows.count, columns, centre, record,
                        record + columns, record + 2 * columns)
                }
            }
        }
    }
}
