package import Columns

/// How far two groupings of the same rows agree: 1 where they are the same, 0 on average where they
/// have nothing to do with each other. What the groups are called doesn't matter.
///
/// Source: Hubert & Arabie 1985; METHODS.md section 5.
package enum AdjustedRandIndex {
    /// - Parameters:
    ///   - first: a group for each row, from 0; rows of `Noise.label` aren't counted.
    ///   - second: another group for each row, likewise.
    /// - Throws: `rows_differ` where one has more rows than the other, `no_rows`.
    /// - Complexity: O(rows + groups²).
    package static func measure(
        _ first: [Int32], _ second: [Int32]
    ) throws(AuroraError) -> Double {
        try ContingencyTable(first, second).adjustedRandIndex
    }

    /// - Parameter table: how many rows are in each group of one grouping and of the other.
    package static func measure(table: [[Int]]) -> Double {
        let rows = table.map { $0.reduce(0, +) }
        let columns = (table.first ?? []).indices.map { column in
            table.reduce(0) { $0 + $1[column] }
        }
        let together = pairs(table.joined())
        let first = pairs(rows)
        let second = pairs(columns)
        let all = pairs([rows.reduce(0, +)])
        let expected = all > 0 ? first * second / all : 0
        let most = (first + second) / 2
        // Both have one group, or both a group for each row.
        if most == expected { return 1 }
        return (together - expected) / (most - expected)
    }

    /// Σ n (n − 1) / 2.
    private static func pairs(_ counts: some Sequence<Int>) -> Double {
        counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
}
