package import Columns

import CKernels

/// Means and covariance matrix of a matrix's columns.
package struct Covariance: Sendable {
    package let means: [Double]
    /// Columns × columns, symmetric, divided by rows − 1.
    package let matrix: Matrix

    /// Rows whose products one record holds.
    private static let chunkRows = 16 * Parallel.chunkRows
    /// Rows that the first guess at the means looks at.
    private static let sample = 1000

    /// One pass over the rows, around a guess at the means that rows from everywhere give; a
    /// second one around what the first found where the guess was too far off to keep the digits.
    ///
    /// - Parameter matrix: at least two rows, finite: otherwise a diagonal element isn't.
    ///
    /// Complexity: O(rows · columns²) time, O(rows / 16,384 · columns²) memory.
    package init(of matrix: Matrix, threads: Int, path: KernelPath = .current) {
        let guess = Self.guess(matrix)
        let first = Self.pass(matrix, around: guess, threads, path)
        let isClose =
            matrix.columns == 0
            || (0..<matrix.columns).allSatisfy { column in
                let miss = first.means[column] - guess[column]
                return !(miss * miss > first.matrix[column, column])
            }
        self = isClose ? first : Self.pass(matrix, around: first.means, threads, path)
    }

    /// - Parameters:
    ///   - matrix: at least two rows, finite.
    ///   - means: the columns' means, or nearly so; what they miss is corrected.
    /// - Returns: columns × columns, symmetric, divided by rows − 1.
    ///
    /// Complexity: O(rows · columns²).
    package static func of(
        _ matrix: Matrix, around means: [Double], threads: Int, path: KernelPath = .current
    ) -> Matrix {
        precondition(means.count == matrix.columns, "one mean a column")
        return pass(matrix, around: means, threads, path).matrix
    }

    private init(means: [Double], matrix: Matrix) { (self.means, self.matrix) = (means, matrix) }

    private static func guess(_ matrix: Matrix) -> [Double] {
        let rows = Array(stride(from: 0, to: matrix.rows, by: max(1, matrix.rows / sample)))
        let first = matrix.row(0)
        var sums = [Double](repeating: 0, count: matrix.columns)
        // Relative to the first row: a constant is guessed exactly.
        for row in rows {
            for column in 0..<matrix.columns { sums[column] += matrix[row, column] - first[column] }
        }
        return zip(first, sums).map { $0 + $1 / Double(rows.count) }
    }

    private static func pass(
        _ matrix: Matrix, around centre: [Double], _ threads: Int, _ path: KernelPath
    ) -> Self {
        precondition(matrix.rows > 1, "covariance of at least two rows")
        let (columns, functions) = (matrix.columns, path.functions ?? loops)
        let width = (columns + 7) / 8 * 8
        // A record holds a row of products for each column, then the deviations themselves.
        var sums = ChunkedSums(
            rows: matrix.rows, width: (columns + 1) * width, chunkRows: chunkRows)
        matrix.storage.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            sums.pass(threads: threads) { rows, record in
                let needed = Int(CKERNELS_PRODUCT_ROWS) * width
                // A vector that lies across two cache lines costs two accesses.
                withUnsafeTemporaryAllocation(byteCount: needed * 8, alignment: 64) { scratch in
                    functions.column_products(
                        values + rows.lowerBound * columns, rows.count, columns, centre,
                        scratch.bindMemory(to: Double.self).baseAddress, record,
                        record + columns * width)
                }
            }
        }
        return result(sums.totals, around: centre, width: width, rows: Double(matrix.rows))
    }

    private static func result(
        _ totals: [Double], around centre: [Double], width: Int, rows: Double
    ) -> Self {
        let columns = centre.count
        var result = Matrix(rows: columns, columns: columns)
        let left = totals.suffix(width).map { $0 }
        for a in 0..<columns {
            for b in 0...a {
                let value = (totals[a * width + b] - left[a] * left[b] / rows) / (rows - 1)
                result[a, b] = value
                result[b, a] = value
            }
        }
        return Self(means: (0..<columns).map { centre[$0] + left[$0] / rows }, matrix: result)
    }
}
