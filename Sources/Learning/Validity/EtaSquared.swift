/// The share of a variable's variance that lies between groups: 0 where their means are equal, 1
/// where nothing varies within a group.
///
/// Source: Fisher 1925, the correlation ratio η² = SS_between / SS_total; METHODS.md section 8.
package enum EtaSquared {
    /// - Parameters:
    ///   - values: one a row; rows with NaN are left out.
    ///   - labels: a group for each row; rows below 0 are left out.
    ///   - groups: their number.
    /// - Returns: nil where nothing varies, or no row is left.
    ///
    /// Complexity: O(rows + groups).
    package static func measure(
        _ values: [Double], labels: [Int32], groups: Int
    ) -> Double? {
        precondition(values.count == labels.count, "a label for each value")
        var (sizes, sums) = ([Double](repeating: 0, count: groups), [Double]())
        sums = sizes
        let rows = values.indices.filter { labels[$0] >= 0 && !values[$0].isNaN }
        // Relative to the first value, so that a large offset costs no digits.
        guard let first = rows.first.map({ values[$0] }) else { return nil }
        for row in rows {
            sizes[Int(labels[row])] += 1
            sums[Int(labels[row])] += values[row] - first
        }
        let mean = sums.reduce(0, +) / Double(rows.count)
        let means = zip(sums, sizes).map { $1 > 0 ? $0 / $1 : 0 }
        var within = 0.0
        for row in rows {
            let difference = values[row] - first - means[Int(labels[row])]
            within += difference * difference
        }
        let between = zip(means, sizes).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
        let total = within + between
        // What rounding leaves of a constant isn't variance.
        guard total.isFinite, rows.contains(where: { values[$0] != first }) else { return nil }
        return between / total
    }
}
