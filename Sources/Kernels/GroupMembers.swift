/// Rows by group, block by block: for passes over a column that take one group at a time while
/// the block stays in the second-level cache.
///
/// Memory: 2 bytes a row.
package struct GroupMembers: Sendable {
    package let rows: Int
    package let groups: Int
    /// Rows of each group, whatever their values.
    package let sizes: [Int]
    /// Rows relative to their block's first, by block, then group.
    let members: [UInt16]
    /// Where the members of (block, group) start, at block · groups + group; one more at the end.
    let starts: [Int]

    static let blockRows = 1 << 15
    var blocks: Int { (rows + Self.blockRows - 1) / Self.blockRows }

    /// - Parameter labels: one a row, below `groups`; rows below 0 are in no group.
    ///
    /// Complexity: O(rows + rows / 32,768 · groups).
    package init(_ labels: [Int32], groups: Int) {
        precondition(labels.allSatisfy { $0 < groups }, "labels are groups")
        let rows = labels.count
        let blocks = (rows + Self.blockRows - 1) / Self.blockRows
        var starts = [Int](repeating: 0, count: blocks * groups + 1)
        var sizes = [Int](repeating: 0, count: groups)
        for (row, label) in labels.enumerated() where label >= 0 {
            starts[row / Self.blockRows * groups + Int(label) + 1] += 1
            sizes[Int(label)] += 1
        }
        for place in 1..<max(1, starts.count) { starts[place] += starts[place - 1] }
        var members = [UInt16](repeating: 0, count: starts[starts.count - 1])
        var next = starts
        for (row, label) in labels.enumerated() where label >= 0 {
            let place = row / Self.blockRows * groups + Int(label)
            members[next[place]] = UInt16(row % Self.blockRows)
            next[place] += 1
        }
        (self.rows, self.groups, self.sizes) = (rows, groups, sizes)
        (self.members, self.starts) = (members, starts)
    }

    func members(_ block: Int, _ group: Int) -> Range<Int> {
        let place = block * groups + group
        return starts[place]..<starts[place + 1]
    }
}
