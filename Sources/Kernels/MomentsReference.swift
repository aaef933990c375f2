package import Columns

/// The reference of `Moments` and `Covariance`: two plain passes, rows in order.
package enum MomentsReference {
    /// - Parameter matrix: at least two rows, finite.
    package static func means(_ matrix: Matrix) -> [Double] {
        let first = matrix.row(0)
        return (0..<matrix.columns).map { column in
            var sum = 0.0
            for row in 0..<matrix.rows { sum += matrix[row, column] - first[column] }
            return first[column] + sum / Double(matrix.rows)
        }
    }

    /// Divided by rows − 1.
    package static func covariance(_ matrix: Matrix) -> Matrix {
        let (means, count) = (means(matrix), Double(matrix.rows))
        var result = Matrix(rows: matrix.columns, columns: matrix.columns)
        for a in 0..<matrix.columns {
            for b in 0..<matrix.columns {
                var (products, left, right) = (0.0, 0.0, 0.0)
                for row in 0..<matrix.rows {
                    let (x, y) = (matrix[row, a] - means[a], matrix[row, b] - means[b])
                    products += x * y
                    left += x
                    right += y
                }
                result[a, b] = (products - left * right / count) / (count - 1)
            }
        }
        return result
    }
}
