#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ContingencyTable {
    /// I = Σ n_ij/n · ln(n · n_ij / (a_i · b_j)), in nats: what one grouping tells about the other.
    ///
    /// Complexity: O(rows · columns), as for all measures here but the adjusted one.
    package var mutualInformation: Double {
        let n = Double(total)
        var sum = 0.0
        for row in 0..<rows {
            for column in 0..<columns where self[row, column] > 0 {
                let count = Double(self[row, column])
                let expected = Double(rowTotals[row]) * Double(columnTotals[column]) / n
                sum += count / n * log(count / expected)
            }
        }
        return max(0, sum)
    }

    /// H of the first grouping, in nats.
    package var rowEntropy: Double { entropy(rowTotals) }
    /// H of the second grouping.
    package var columnEntropy: Double { entropy(columnTotals) }

    /// I over the arithmetic mean of both entropies: 0 where neither grouping tells anything about
    /// the other, 1 where each tells the other. The same number as the V-measure. Grows with the
    /// number of groups by chance alone: compare groupings of different k by the adjusted one.
    package var normalizedMutualInformation: Double {
        let mean = (rowEntropy + columnEntropy) / 2
        return mean > 0 ? min(1, mutualInformation / mean) : 1
    }

    /// (I − E[I]) / (mean of both entropies − E[I]): 0 on average for groupings that have nothing to
    /// do with each other, whatever their numbers of groups.
    ///
    /// Complexity: O(rows · columns · √total).
    ///
    /// Source: Vinh, Epps & Bailey 2010.
    package var adjustedMutualInformation: Double {
        if isOneToOne { return 1 }
        let expected = expectedMutualInformation
        let left = (rowEntropy + columnEntropy) / 2 - expected
        // Each row a group of its own, in one grouping: chance tells as much as any grouping can.
        guard abs(left) > 1e-14 else { return 0 }
        return (mutualInformation - expected) / left
    }

    /// The mean of I over all tables with these totals: each count is then hypergeometric.
    package var expectedMutualInformation: Double {
        let n = Double(total)
        var sum = 0.0
        for a in rowTotals where a > 0 {
            for b in columnTotals where b > 0 {
                let expected = Double(a) * Double(b) / n
                let chance = Hypergeometric(total: total, marked: a, drawn: b)
                sum += chance.mean { $0 > 0 ? Double($0) / n * log(Double($0) / expected) : 0 }
            }
        }
        return max(0, sum)
    }

    /// h = 1 − H(first | second) / H(first): 1 where each group of the second grouping holds rows of
    /// one group of the first. Source: Rosenberg & Hirschberg 2007.
    package var homogeneity: Double { share(of: rowEntropy) }

    /// c = 1 − H(second | first) / H(second): 1 where the rows of each group of the first grouping
    /// stay together in the second.
    package var completeness: Double { share(of: columnEntropy) }

    /// 2hc / (h + c).
    package var vMeasure: Double {
        let (h, c) = (homogeneity, completeness)
        return h + c > 0 ? 2 * h * c / (h + c) : 0
    }

    /// Whether both groupings are the same but for the groups' names.
    private var isOneToOne: Bool {
        let filled = counts.count { $0 > 0 }
        return filled == usedRows && filled == usedColumns
    }

    private func share(of entropy: Double) -> Double {
        entropy > 0 ? min(1, mutualInformation / entropy) : 1
    }

    private func entropy(_ totals: [Int]) -> Double {
        let n = Double(total)
        return totals.reduce(0) { $1 > 0 ? $0 - Double($1) / n * log(Double($1) / n) : $0 }
    }
}
