package import Columns

extension ContingencyTable {
    /// See `AdjustedRandIndex`.
    package var adjustedRandIndex: Double {
        AdjustedRandIndex.measure(
            table: (0..<rows).map { Array(counts[$0 * columns..<($0 + 1) * columns]) })
    }

    /// Pairs that are together in both groupings, over the geometric mean of those that are together
    /// in either; 0 where no pair is together in both. Source: Fowlkes & Mallows 1983.
    package var fowlkesMallows: Double {
        func pairs(_ counts: [Int]) -> Double {
            counts.reduce(0) { $0 + Double($1) * Double($1 - 1) }
        }
        let together = pairs(counts)
        guard together > 0 else { return 0 }
        return (together / pairs(rowTotals)).squareRoot()
            * (together / pairs(columnTotals)).squareRoot()
    }

    /// |C ∩ D| / |C ∪ D| of each group of one grouping and each of the other; 0 for a group without
    /// rows.
    package var jaccard: Matrix {
        cells { row, column in
            let union = rowTotals[row] + columnTotals[column] - self[row, column]
            return union > 0 ? Double(self[row, column]) / Double(union) : 0
        }
    }
}
