package import Columns

/// Means and covariance matrix of a matrix's columns.
package enum Covariance {
    /// - Parameter matrix: at least two rows, finite.
    /// - Returns: columns × columns, symmetric, divided by rows − 1.
    ///
    /// Complexity: O(rows · columns²).
    package static func of(_ matrix: Matrix, around means: [Double], threads: Int) -> Matrix {
        precondition(
            matrix.rows > 1 && means.count == matrix.columns, "two rows, one mean a column")
        let columns = matrix.columns
        // A record holds the upper triangle row by row, then the deviations themselves.
        let triangle = columns * (columns + 1) / 2
        var sums = ChunkedSums(rows: matrix.rows, width: triangle + columns)
        matrix.storage.withUnsafeBufferPointer { values in
            means.withUnsafeBufferPointer { means in
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        let point = row * columns
                        var place = 0
                        for a in 0..<columns {
                            let left = values[point + a] - means[a]
                            record[triangle + a] += left
                            for b in a..<columns {
                                record[place] += left * (values[point + b] - means[b])
                                place += 1
                            }
                        }
                    }
                }
            }
        }
        return matrixOf(sums.totals, columns: columns, rows: Double(matrix.rows))
    }

    private static func matrixOf(_ totals: [Double], columns: Int, rows: Double) -> Matrix {
        var result = Matrix(rows: columns, columns: columns)
        let left = totals.suffix(columns).map { $0 }
        var place = 0
        for a in 0..<columns {
            for b in a..<columns {
                let value = (totals[place] - left[a] * left[b] / rows) / (rows - 1)
                result[a, b] = value
                result[b, a] = value
                place += 1
            }
        }
        return result
    }
}
