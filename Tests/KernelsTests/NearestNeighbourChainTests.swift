import Columns
import Kernels
import Testing

@Suite("Nearest-neighbour chain")
struct NearestNeighbourChainTests {
    /// Centroid linkage: a merged cluster may come nearer to others than its parts were, which
    /// with Ward's distances only rounding does, and which may lead the chain back to itself.
    private struct CentroidDistances: MergeDistances {
        var centroids: [SIMD2<Double>?]
        var slots: Int { centroids.count }

        func nearest(to slot: Int, previous: Int?) -> (slot: Int, distance: Double) {
            guard let own = centroids[slot], previous.map({ centroids[$0] != nil }) ?? true else {
                Issue.record("slot \(slot) or the one before was merged")
                return (-1, .infinity)
            }
            func distance(_ other: SIMD2<Double>) -> Double {
                ((own - other) * (own - other)).sum()
            }
            var nearest = previous ?? -1
            var best = previous.flatMap { centroids[$0] }.map(distance) ?? .infinity
            for (other, centroid) in centroids.enumerated() where other != slot {
                if let centroid, distance(centroid) < best {
                    (nearest, best) = (other, distance(centroid))
                }
            }
            return (nearest, best)
        }

        mutating func merge(_ lower: Int, into higher: Int) {
            guard let a = centroids[lower], let b = centroids[higher] else {
                Issue.record("slots \(lower) and \(higher) are not both live")
                return
            }
            (centroids[lower], centroids[higher]) = (nil, (a + b) / 2)
        }
    }

    @Test("ends in one cluster even where merged clusters come nearer", arguments: 0..<20)
    func inversions(seed: Int) throws {
        let random = RandomNumbers(seed: UInt64(seed))
        var distances = CentroidDistances(
            centroids: (0..<150).map { SIMD2(random.uniform(2 * $0), random.uniform(2 * $0 + 1)) })
        let merges = try #require(try NearestNeighbourChain.merges(&distances, work: Work()))
        #expect(merges.count == 149)
        #expect(Set(merges.map(\.lower)).count == 149)
        #expect(distances.centroids.count { $0 != nil } == 1)
    }

    @Test("a chain that comes back to one of its slots goes on from there")
    func comesBack() throws {
        // 0 → 1 → 2 ↔ 3; then the mean of 2 and 3 is nearest to 1, but nearer to 0 than to 1.
        var distances = CentroidDistances(
            centroids: [[0, 0], [0, 1], [0.7041, 0.7115], [0.9765, 0.2201]])
        let merges = try #require(try NearestNeighbourChain.merges(&distances, work: Work()))
        #expect(merges.map(\.lower) == [2, 0, 1])
        #expect(merges.map(\.higher) == [3, 3, 3])
    }
}
