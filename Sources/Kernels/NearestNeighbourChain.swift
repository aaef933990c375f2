package import Columns

/// Distances between clusters that are merged one pair after another.
///
/// Clusters live in slots, at first one a row; a merged pair lives on in the higher slot.
package protocol MergeDistances {
    /// Slots, live or not.
    var slots: Int { get }

    /// The nearest live slot to a live one: `previous` if none is nearer, else the lowest.
    ///
    /// The distance of two slots is the same number to the bit from either side.
    ///
    /// - Returns: slot −1 where no distance is finite.
    func nearest(to slot: Int, previous: Int?) -> (slot: Int, distance: Double)

    mutating func merge(_ lower: Int, into higher: Int)
}

/// Two clusters that became one.
package struct ChainMerge: Sendable, Equatable {
    /// Slots; the merged cluster lives on in the higher one.
    package var lower: Int
    package var higher: Int
    package var distance: Double
}

/// Merges all clusters by following nearest neighbours until two are each other's.
///
/// Gives the hierarchy that merging the closest pair at each step gives, though in another order,
/// for every linkage under which a merged cluster is never nearer to others than its parts were.
///
/// Source: Murtagh 1983, "A survey of recent advances in hierarchical clustering algorithms";
/// Müllner 2011 for the order of equal heights.
package enum NearestNeighbourChain {
    /// - Returns: one merge fewer than slots, in the order in which they were found; nil where a
    ///   distance is not finite.
    /// - Throws: what `work` throws between merges.
    ///
    /// Complexity: O(slots) searches for a nearest slot.
    package static func merges(
        _ distances: inout some MergeDistances, work: Work
    ) throws(AuroraError) -> [ChainMerge]? {
        let slots = distances.slots
        var merges: [ChainMerge] = []
        merges.reserveCapacity(max(0, slots - 1))
        var isLive = [Bool](repeating: true, count: slots)
        var chain: [Int] = []
        /// Where a slot stands in the chain; −1 outside.
        var places = [Int](repeating: -1, count: slots)
        var lowest = 0
        while merges.count < slots - 1 {
            while !isLive[lowest] { lowest += 1 }
            let top = chain.last ?? lowest
            if chain.isEmpty {
                chain.append(top)
                places[top] = 0
            }
            let previous = chain.count > 1 ? chain[chain.count - 2] : nil
            let (next, distance) = distances.nearest(to: top, previous: previous)
            guard next >= 0 else { return nil }
            if next == previous {
                for slot in chain.suffix(2) { places[slot] = -1 }
                chain.removeLast(2)
                let (lower, higher) = (min(top, next), max(top, next))
                distances.merge(lower, into: higher)
                isLive[lower] = false
                if merges.count % 256 == 0 {
                    try work.report(
                        Double(merges.count) / Double(slots), "merging \(slots) clusters")
                }
                merges.append(ChainMerge(lower: lower, higher: higher, distance: distance))
            } else if places[next] >= 0 {
                // Rounding brought a merged cluster nearer than its parts: the chain goes on from
                // the slot that it has come back to, with a smaller distance than before.
                for slot in chain[(places[next] + 1)...] { places[slot] = -1 }
                chain.removeLast(chain.count - places[next] - 1)
            } else {
                places[next] = chain.count
                chain.append(next)
            }
        }
        return merges
    }
}
