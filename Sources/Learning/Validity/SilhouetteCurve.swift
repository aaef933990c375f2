/// The silhouettes of a group's rows in ascending order, at evenly spaced ranks: what a silhouette
/// plot draws.
///
/// Source: Rousseeuw 1987.
package struct SilhouetteCurve: Sendable, Equatable, Codable {
    /// Rows of the group that were measured.
    package let measured: Int
    /// Of these, rows that lie nearer to another group than to their own.
    package let below: Int
    /// The values at the shares 0, 0.01, …, 1 of the measured rows, by linear interpolation between
    /// neighbours (Hyndman & Fan 1996, type 7); empty where none was measured.
    package let quantiles: [Double]

    /// Values that a curve holds.
    package static let points = 101

    /// - Parameter values: in any order.
    ///
    /// Complexity: O(values · log values).
    package init(_ values: [Double]) {
        measured = values.count
        below = values.count { $0 < 0 }
        quantiles = EvenRanks.values(of: values.sorted(), count: Self.points)
    }
}

/// A long ascending list by values at evenly spaced ranks, the ends among them.
package enum EvenRanks {
    /// - Parameter sorted: ascending; empty gives nothing.
    package static func values(of sorted: [Double], count: Int) -> [Double] {
        guard !sorted.isEmpty, count > 1 else { return [] }
        return (0..<count).map { rank in
            let place = Double(rank) * Double(sorted.count - 1) / Double(count - 1)
            let below = Int(place)
            let (low, high) = (sorted[below], sorted[min(below + 1, sorted.count - 1)])
            return low == high ? low : low + (high - low) * (place - Double(below))
        }
    }
}
