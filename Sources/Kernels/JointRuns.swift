/// Rows sorted by their labels in several labellings at once: rows that have all labels in common
/// form one run.
///
/// What is summed over a run then serves every labelling, however many there are.
struct JointRuns: Sendable {
    /// Rows by the first labelling's label, then the second's …, then by index.
    let order: [Int32]
    /// Where each run ends in `order`.
    let ends: [Int]
    /// The groups of each run, one a labelling; groups are numbered through all labellings.
    let groups: [Int32]
    /// Rows of each group.
    let sizes: [Int]
    /// The groups of each labelling.
    let ranges: [Range<Int>]

    var labellings: Int { ranges.count }

    /// - Parameter labellings: each with one label a row, from 0.
    ///
    /// Complexity: O(labellings · (rows + groups)).
    init(_ labellings: [[Int32]], rows: Int) {
        precondition(labellings.allSatisfy { $0.count == rows }, "one label a row")
        precondition(labellings.allSatisfy { $0.allSatisfy { $0 >= 0 } }, "labels are from 0 on")
        var (order, sizes, ranges) = ((0..<Int32(rows)).map { $0 }, [Int](), [Range<Int>]())
        for labels in labellings {
            let first = sizes.count
            sizes += [Int](repeating: 0, count: Int((labels.max() ?? -1) + 1))
            for label in labels { sizes[first + Int(label)] += 1 }
            ranges.append(first..<sizes.count)
        }
        // Each sort keeps the order of the later labellings among equals.
        var sorted = order
        for (labels, range) in zip(labellings, ranges).reversed() {
            var place = 0
            var places = sizes[range].map { size in
                defer { place += size }
                return place
            }
            for row in order {
                let label = Int(labels[Int(row)])
                sorted[places[label]] = row
                places[label] += 1
            }
            swap(&order, &sorted)
        }
        var (ends, groups) = ([Int](), [Int32]())
        for place in order.indices {
            let row = Int(order[place])
            let isLast =
                place == rows - 1
                || labellings.contains { $0[row] != $0[Int(order[place + 1])] }
            guard isLast else { continue }
            ends.append(place + 1)
            for (labels, range) in zip(labellings, ranges) {
                groups.append(Int32(range.lowerBound) + labels[row])
            }
        }
        (self.order, self.ends, self.groups) = (order, ends, groups)
        (self.sizes, self.ranges) = (sizes, ranges)
    }
}
