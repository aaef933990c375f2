/// Rows counted by group and level: contingency tables, and histograms within groups.
///
/// Counts are whole numbers, so that threads can't change them; each chunk of rows still counts
/// for itself.
package enum GroupCounts {
    /// Rows of a chunk. A chunk's record is as large as the result, so chunks are long.
    private static let chunkRows = 1 << 17

    /// - Parameters:
    ///   - labels: one a row, below `groups`; rows below 0 count nowhere.
    ///   - codes: one a row, below `levels`; rows below 0 count nowhere.
    /// - Returns: groups × levels, group by group.
    ///
    /// Complexity: O(rows + rows / 131,072 · groups · levels).
    package static func table(
        labels: [Int32], groups: Int, codes: [Int32], levels: Int, threads: Int
    ) -> [Int] {
        precondition(labels.count == codes.count, "one code a row")
        return labels.withUnsafeBufferPointer { labels in
            codes.withUnsafeBufferPointer { codes in
                counts(rows: labels.count, groups: groups, levels: levels, threads: threads) {
                    rows, record in
                    for row in rows {
                        let (label, code) = (Int(labels[row]), Int(codes[row]))
                        guard label >= 0, code >= 0 else { continue }
                        precondition(label < groups && code < levels, "labels and codes exist")
                        record[label * levels + code] += 1
                    }
                }
            }
        }
    }

    /// Counts a column's values between edges within each group.
    ///
    /// - Parameters:
    ///   - values: one a row.
    ///   - edges: rising, at least two. An interval holds its lower edge, the last one both.
    /// - Returns: groups × (intervals + 3), group by group: below the first edge, each interval,
    ///   above the last edge, missing (NaN).
    ///
    /// Complexity: O(rows) where the edges are equally far apart, O(rows · log edges) at worst.
    package static func histogram(
        _ values: [Double], edges: [Double], labels: [Int32], groups: Int, threads: Int
    ) -> [Int] {
        precondition(values.count == labels.count, "one label a row")
        precondition(edges.count > 1 && edges == edges.sorted(), "edges rise")
        let levels = edges.count + 2
        let places = Edges(edges)
        return labels.withUnsafeBufferPointer { labels in
            values.withUnsafeBufferPointer { values in
                counts(rows: values.count, groups: groups, levels: levels, threads: threads) {
                    rows, record in
                    places.edges.withUnsafeBufferPointer { edges in
                        for row in rows where labels[row] >= 0 {
                            precondition(Int(labels[row]) < groups, "labels exist")
                            let place = places.place(of: values[row], edges)
                            record[Int(labels[row]) * levels + place] += 1
                        }
                    }
                }
            }
        }
    }

    private static func counts(
        rows: Int, groups: Int, levels: Int, threads: Int,
        _ body: (Range<Int>, UnsafeMutablePointer<Int>) -> Void
    ) -> [Int] {
        let chunks = (rows + chunkRows - 1) / chunkRows
        let size = groups * levels
        // Records of different threads share no cache line.
        let stride = (size + 7) / 8 * 8 + 8
        var records = [Int](repeating: 0, count: chunks * stride)
        records.withUnsafeMutableBufferPointer { records in
            guard let first = records.baseAddress else { return }
            Parallel.forEach(chunks, threads: threads) { chunk in
                let start = chunk * chunkRows
                body(start..<min(start + chunkRows, rows), first + chunk * stride)
            }
        }
        return (0..<size).map { place in
            (0..<chunks).reduce(0) { $0 + records[$1 * stride + place] }
        }
    }
}

/// Finds the interval of a value: guesses as if all were equally wide, then looks at the edges.
private struct Edges: Sendable {
    let edges: [Double]
    private let first: Double
    private let last: Double
    /// Intervals per unit; 0 where guessing makes no sense.
    private let density: Double

    init(_ edges: [Double]) {
        self.edges = edges
        (first, last) = (edges[0], edges[edges.count - 1])
        let density = Double(edges.count - 1) / (last - first)
        self.density = density.isFinite ? density : 0
    }

    /// - Returns: 0 below the first edge, 1 … intervals, then above the last edge, then missing.
    @inline(__always)
    func place(of value: Double, _ edges: UnsafeBufferPointer<Double>) -> Int {
        let intervals = edges.count - 1
        guard value >= first else { return value.isNaN ? intervals + 2 : 0 }
        guard value < last else { return value == last ? intervals : intervals + 1 }
        // Not a number where an edge is infinite.
        let guess = (value - first) * density
        var interval = guess < Double(intervals - 1) ? Int(guess) : intervals - 1
        if value >= edges[interval], value < edges[interval + 1] { return interval + 1 }
        // An edge's rounding, or intervals of unequal width.
        var (low, high) = (0, intervals)
        while high - low > 1 {
            interval = (low + high) / 2
            if value >= edges[interval] { low = interval } else { high = interval }
        }
        return low + 1
    }
}
