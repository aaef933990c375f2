import Columns

/// The lower triangular L with L · Lᵀ = A.
///
/// Source: Golub & Van Loan, Matrix Computations, section 4.2.
enum Cholesky {
    /// - Parameter matrix: symmetric; only its lower triangle is read.
    /// - Returns: the factor, or the first column whose pivot isn't a positive number, and it.
    ///
    /// Complexity: O(columns³).
    static func factor(of matrix: Matrix) -> Result<Matrix, Failure> {
        var factor = Matrix(rows: matrix.rows, columns: matrix.columns)
        for column in 0..<matrix.columns {
            var pivot = matrix[column, column]
            for before in 0..<column { pivot -= factor[column, before] * factor[column, before] }
            guard pivot > 0 && pivot.isFinite else {
                return .failure(Failure(column: column, pivot: pivot))
            }
            let root = pivot.squareRoot()
            factor[column, column] = root
            for row in column + 1..<max(column + 1, matrix.rows) {
                var value = matrix[row, column]
                for before in 0..<column { value -= factor[row, before] * factor[column, before] }
                factor[row, column] = value / root
            }
        }
        return .success(factor)
    }

    struct Failure: Error, Equatable {
        let column: Int
        let pivot: Double
    }
}
