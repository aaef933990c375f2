package import Columns

/// How much a row's margin to the boundary usually changes from one period to the next, without
/// anything having happened.
///
/// A margin here is signed: above 0 inside the group that it is measured for, below 0 beyond its
/// boundary, so that a change is a difference of two margins for the same group.
package enum Wobble {
    /// The standard deviation of a normal distribution over its median absolute deviation.
    private static let normal = 1.482602218505602
    /// The same over its mean absolute deviation.
    private static let normalMean = 1.2533141373155003

    /// The robust standard deviation of all rows' changes: 1.4826 times their median absolute
    /// deviation from the median, so that what all rows have in common (a season) isn't wobble.
    ///
    /// Where more than half of the rows didn't change, 1.2533 times the mean absolute deviation.
    ///
    /// - Parameter changes: of the margin, one a row.
    /// - Returns: 0 without rows, and where nothing changes.
    ///
    /// Complexity: O(rows · log rows).
    ///
    /// Source: Rousseeuw & Croux 1993; the mean of deviations as in Iglewicz & Hoaglin 1993.
    package static func ofAll(_ changes: [Double]) -> Double {
        guard !changes.isEmpty else { return 0 }
        let middle = median(changes)
        let deviations = changes.map { abs($0 - middle) }
        let robust = median(deviations)
        if robust > 0 { return normal * robust }
        return normalMean * deviations.reduce(0, +) / Double(deviations.count)
    }

    /// Each row's own wobble: 1.4826 times the median of its absolute changes.
    ///
    /// - Parameters:
    ///   - margins: rows × periods in order of time, each row's for one group; NaN where a row
    ///     wasn't there yet.
    ///   - fewest: changes below which a row takes the wobble of all rows instead.
    ///
    /// Complexity: O(rows · periods · log(rows · periods)).
    package static func ofEach(_ margins: Matrix, fewest: Int = 3) -> [Double] {
        let changes = (0..<margins.rows).map { row in
            let values = margins.row(row)
            return zip(values.dropFirst(), values).map { $0 - $1 }.filter(\.isFinite)
        }
        let common = ofAll(changes.flatMap { $0 })
        return changes.map { $0.count < max(1, fewest) ? common : normal * median($0.map(abs)) }
    }

    /// The mean of both middle ones for an even number of values.
    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2
    }
}
