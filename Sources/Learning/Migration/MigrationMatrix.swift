package import Columns

/// How many rows went from each group to each group.
package struct MigrationMatrix: Sendable, Equatable, Codable {
    /// The groups of both sides, under the numbers that the labels use, in ascending order;
    /// `Noise.label` first where it occurs.
    package let groups: [Int32]
    /// From (outer) and to (inner), in the order of `groups`.
    package let counts: [[Int]]

    /// - Parameters:
    ///   - from: the group of each row, under any numbers that mean the same on both sides.
    ///   - to: the group that it went to.
    ///   - groups: groups to show in any case; all that occur are shown.
    /// - Throws: `rows_differ`.
    ///
    /// Complexity: O(rows · log groups).
    package init(
        from: [Int32], to: [Int32], groups: [Int32] = []
    ) throws(AuroraError) {
        try requireSameRows(from.count, to.count)
        self.init(groups: groups, aligned: from, to)
    }

    /// Labels that are known to be of the same rows.
    init(groups: [Int32], aligned from: [Int32], _ to: [Int32]) {
        let groups = Set(groups).union(from).union(to).sorted()
        var places: [Int32: Int] = [:]
        for (place, group) in groups.enumerated() { places[group] = place }
        var counts = [Int](repeating: 0, count: groups.count * groups.count)
        for (from, to) in zip(from, to) {
            if let source = places[from], let target = places[to] {
                counts[source * groups.count + target] += 1
            }
        }
        self.groups = groups
        self.counts = groups.indices.map {
            Array(counts[$0 * groups.count..<($0 + 1) * groups.count])
        }
    }

    /// M_ij: the share of group i's rows that are now in j; zeros for a group without rows.
    package var shares: [[Double]] {
        counts.map { row in
            let total = row.reduce(0, +)
            return row.map { total > 0 ? Double($0) / Double(total) : 0 }
        }
    }

    package var total: Int { counts.joined().reduce(0, +) }

    /// Rows that are in another group than before.
    package var moved: Int { total - groups.indices.reduce(0) { $0 + counts[$1][$1] } }
}
