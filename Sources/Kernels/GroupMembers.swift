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
    package init(_ labels: [Int32], groups: Int, threads: Int = 1) {
        precondition(labels.allSatisfy { $0 < groups }, "labels are groups")
        let rows = labels.count
        let blocks = (rows + Self.blockRows - 1) / Self.blockRows
        var starts = [Int](repeating: 0, count: blocks * groups + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            nonisolated(unsafe) let starts = starts
            Self.forEachBlock(of: labels, threads) { block, labels in
                var counts = [Int](repeating: 0, count: groups)
                for label in labels where label >= 0 { counts[Int(label)] += 1 }
                for (group, count) in counts.enumerated() {
                    starts[block * groups + group + 1] = count
                }
            }
        }
        var sizes = [Int](repeating: 0, count: groups)
        for place in 1..<max(1, starts.count) {
            sizes[(place - 1) % groups] += starts[place]
            starts[place] += starts[place - 1]
        }
        let first = starts
        let members = [UInt16](unsafeUninitializedCapacity: starts[starts.count - 1]) {
            members, count in
            count = first[first.count - 1]
            nonisolated(unsafe) let members = members
            Self.forEachBlock(of: labels, threads) { block, labels in
                var next = Array(first[block * groups..<(block + 1) * groups])
                for (row, label) in labels.enumerated() where label >= 0 {
                    members[next[Int(label)]] = UInt16(row)
                    next[Int(label)] += 1
                }
            }
        }
        (self.rows, self.groups, self.sizes) = (rows, groups, sizes)
        (self.members, self.starts) = (members, starts)
    }

    private static func forEachBlock(
        of labels: [Int32], _ threads: Int, _ body: (Int, UnsafeBufferPointer<Int32>) -> Void
    ) {
        labels.withUnsafeBufferPointer { labels in
            let blocks = (labels.count + blockRows - 1) / blockRows
            Parallel.forEach(blocks, threads: threads) { block in
                let start = block * blockRows
                let end = min(start + blockRows, labels.count)
                body(block, UnsafeBufferPointer(rebasing: labels[start..<end]))
            }
        }
    }

    func members(_ block: Int, _ group: Int) -> Range<Int> {
        let place = block * groups + group
        return starts[place]..<starts[place + 1]
    }
}
