package import Columns

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How the levels of a category are spread over groups.
package struct CategoryProfile: Sendable, Equatable, Codable {
    /// One level in one group.
    package struct Level: Sendable, Equatable, Codable {
        package let count: Int
        /// Of the group's rows; nil without any.
        package let share: Double?
        /// Share in the group over share in all rows; nil where either has no rows.
        package let lift: Double?
        /// How unlikely as many or as few rows are in a random draw of the group's size
        /// (hypergeometric, the smaller tail taken twice), as the z of a standard normal number: above
        /// 0 for more rows than in all. Nil where the level or the group has no rows or all.
        /// Source: Lebart, Morineau & Piron 1995.
        package let vTest: Double?

        private enum CodingKeys: String, CodingKey {
            case count, share, lift
            case vTest = "v_test"
        }
    }

    /// Rows with a group and a level.
    package let count: Int
    /// Rows without a group or without a level.
    package let leftOut: Int
    /// Each level's share of all rows.
    package let shares: [Double]
    /// V of levels and groups; nil with a single level or group.
    package let cramersV: Double?
    /// groups × levels.
    package let groups: [[Level]]

    private enum CodingKeys: String, CodingKey {
        case count, shares, groups
        case leftOut = "left_out"
        case cramersV = "cramers_v"
    }

    /// - Parameters:
    ///   - codes: the level of each row, below `levels`; -1 where missing.
    ///   - labels: the group of each row, below `groups`; `Noise.label` for none.
    /// - Throws: `rows_differ`, `no_rows`.
    ///
    /// Complexity: O(rows + groups · levels · √rows).
    package init(
        _ codes: [Int32], levels: Int, labels: [Int32], groups: Int
    ) throws(AuroraError) {
        self.init(try ContingencyTable(labels, codes, rows: groups, columns: levels))
    }

    /// - Parameter table: groups × levels.
    package init(_ table: ContingencyTable) {
        (count, leftOut) = (table.total, table.leftOut)
        shares = table.columnTotals.map { Double($0) / Double(table.total) }
        cramersV = table.chiSquaredTest(replicates: 0).cramersV
        groups = (0..<table.rows).map { group in
            (0..<table.columns).map { Level(table, group, $0) }
        }
    }
}

extension CategoryProfile.Level {
    fileprivate init(_ table: ContingencyTable, _ group: Int, _ level: Int) {
        let (rows, marked) = (table.rowTotals[group], table.columnTotals[level])
        count = table[group, level]
        share = rows > 0 ? Double(count) / Double(rows) : nil
        let expected = Double(rows) * Double(marked) / Double(table.total)
        lift = expected > 0 ? Double(count) / expected : nil
        guard rows > 0, marked > 0, rows < table.total, marked < table.total else {
            vTest = nil
            return
        }
        let chance = Hypergeometric(total: table.total, marked: marked, drawn: rows)
        let (upper, lower) = (chance.logUpperTail(count), chance.logLowerTail(count))
        let tail = min(upper, lower)
        // Taken twice, the smaller tail is p; a normal number has half of p on each side again.
        let z = tail < log(0.5) ? Tails.normalQuantile(logTail: tail) : 0
        vTest = upper < lower ? z : -z
    }
}
