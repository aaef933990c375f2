package import Columns

extension ContingencyTable {
    /// E_ij = a_i · b_j / n: the counts that two groupings without any connection would give.
    package var expected: Matrix {
        cells { Double(rowTotals[$0]) * Double(columnTotals[$1]) / Double(total) }
    }

    /// n_ij / E_ij: how many times as many rows as without a connection. Missing (NaN) in the row
    /// and the column of a group without rows.
    package var lift: Matrix {
        let expected = expected
        return cells { expected[$0, $1] > 0 ? Double(self[$0, $1]) / expected[$0, $1] : .nan }
    }

    /// (n_ij − E_ij) / √(E_ij · (1 − a_i/n) · (1 − b_j/n)): standard normal without a connection,
    /// notable beyond 2. Missing (NaN) where a group has no rows or all of them.
    ///
    /// Source: Haberman 1973.
    package var adjustedResiduals: Matrix {
        let (expected, n) = (expected, Double(total))
        return cells { row, column in
            let variance =
                expected[row, column] * (1 - Double(rowTotals[row]) / n)
                * (1 - Double(columnTotals[column]) / n)
            guard variance > 0 else { return .nan }
            return (Double(self[row, column]) - expected[row, column]) / variance.squareRoot()
        }
    }
}
