package import Columns
import Kernels

/// How columns go together with components: the arrows of a correlation biplot.
///
/// Unlike loadings, correlations can be compared between columns of unequal spread, and with
/// components of other columns. An arrow as long as 1 stands for a column that lies in the plane.
///
/// Source: Gabriel 1971.
package enum ComponentCorrelations {
    /// - Parameters:
    ///   - matrix: rows × columns, finite, at least one row.
    ///   - scores: the same rows × components.
    /// - Returns: columns × components, Pearson's r; 0 where either doesn't vary.
    ///
    /// Complexity: O(rows · columns · components).
    package static func of(_ matrix: Matrix, with scores: Matrix, threads: Int) -> Matrix {
        precondition(matrix.rows == scores.rows, "the same rows")
        let (columns, components) = (matrix.columns, scores.columns)
        let (own, other) = (
            Moments(of: matrix, threads: threads), Moments(of: scores, threads: threads)
        )
        var sums = ChunkedSums(rows: matrix.rows, width: columns * components)
        matrix.storage.withUnsafeBufferPointer { values in
            scores.storage.withUnsafeBufferPointer { scores in
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        for column in 0..<columns {
                            let difference = values[row * columns + column] - own.means[column]
                            for component in 0..<components {
                                record[column * components + component] +=
                                    difference
                                    * (scores[row * components + component]
                                        - other.means[component])
                            }
                        }
                    }
                }
            }
        }
        var result = Matrix(rows: columns, columns: components)
        for column in 0..<columns {
            for component in 0..<components {
                let spread = (own.variances[column] * other.variances[component]).squareRoot()
                let mean = sums.totals[column * components + component] / Double(matrix.rows)
                guard spread > 0, spread.isFinite, mean.isFinite else { continue }
                result[column, component] = max(-1, min(1, mean / spread))
            }
        }
        return result
    }
}
