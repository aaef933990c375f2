import Columns
import Kernels
import Learning

extension FrozenSegments {
    /// How far each row is from the boundary of its segment; at least 0, and 0 where the model has
    /// no boundary or can't tell where it is.
    ///
    /// Around means it is the distance to the nearest of the planes half-way between two of them, in
    /// units of the scale on which segments were formed, or to the limit of outliers where that is
    /// nearer: `CentroidGeometry.boundaryDistance` with weights of 1, for all rows at once. For the
    /// other methods it is what the second smallest of `distances` has more than the smallest: not a
    /// length, but in one unit for all rows, which is all that a comparison with their wobble needs.
    /// Where density decides who belongs to none, the boundary is not known: 0, so that nobody is
    /// told as having moved there.
    ///
    /// Complexity: O(rows · groups).
    func margins(_ assigned: Assigned, work: Work) -> [Double] {
        let boundaries = Boundaries(self)
        let distances = assigned.distances
        let groups = distances.columns
        var places = [Int](repeating: -1, count: (ids.max() ?? 0) + 1)
        for (place, id) in ids.enumerated() { places[id] = place }
        return [Double](unsafeUninitializedCapacity: distances.rows) { margins, count in
            distances.storage.withUnsafeBufferPointer { distances in
                assigned.ids.withUnsafeBufferPointer { ids in
                    guard let values = distances.baseAddress, let margins = margins.baseAddress
                    else { return }
                    Parallel.forEachChunk(of: ids.count, threads: work.threads) { _, rows in
                        for row in rows {
                            let own = places[ids[row]]
                            let margin = boundaries.margin(values + row * groups, own: own)
                            margins[row] = margin.isFinite ? max(0, margin) : 0
                        }
                    }
                }
            }
            count = distances.rows
        }
    }
}

/// Where a frozen model's groups end, in the measure of its distances.
private struct Boundaries {
    private let groups: Int
    /// Groups × groups: what turns the difference of two squared distances into the distance to the
    /// plane between two centroids, 1 / (2 ‖a − b‖); infinite where they are the same. Nil where
    /// differences stand for themselves.
    private let scales: [Double]?
    private let limits: [Double?]?

    init(_ frozen: FrozenSegments) {
        groups = frozen.model.k
        limits = frozen.outliers?.limits
        guard let model = frozen.model as? KMeans.Model else {
            scales = nil
            return
        }
        let centroids = model.centroids
        let among = centroids.squaredDistances(toAll: centroids, threads: 1)
        scales = among.storage.map { 1 / (2 * $0.squareRoot()) }
    }

    /// - Parameters:
    ///   - distances: of one row to all groups.
    ///   - own: its group; below 0 for none.
    func margin(_ distances: UnsafePointer<Double>, own: Int) -> Double {
        guard own >= 0 else { return outside(distances) }
        var smallest = Double.infinity
        for other in 0..<groups where other != own {
            let scale = scales?[own * groups + other] ?? 1
            guard scale.isFinite else { continue }
            smallest = min(smallest, (distances[other] - distances[own]) * scale)
        }
        guard let limit = limits?[own] else { return smallest }
        return min(smallest, beyond(limit, distances[own], sign: -1))
    }

    /// Of a row without a group: how far it is beyond the limit of the nearest.
    private func outside(_ distances: UnsafePointer<Double>) -> Double {
        var nearest = 0
        for group in 1..<max(1, groups) where distances[group] < distances[nearest] {
            nearest = group
        }
        guard groups > 0, let limit = limits?[nearest] else { return 0 }
        return beyond(limit, distances[nearest], sign: 1)
    }

    /// Limits are roots of distances; where differences of squares are measured, this is one, too.
    private func beyond(_ limit: Double, _ distance: Double, sign: Double) -> Double {
        scales == nil
            ? sign * (distance - limit * limit)
            : sign * (max(0, distance).squareRoot() - limit)
    }
}
