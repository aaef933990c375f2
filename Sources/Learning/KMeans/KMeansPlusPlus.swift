import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension KMeans {
    /// Chooses k rows that lie far apart.
    ///
    /// The first is any row. Each further one is drawn with a chance in proportion to its squared
    /// distance to the nearest centre so far, 2 + ⌊ln k⌋ times; the candidate that leaves the
    /// smallest sum of squared distances is taken, ties to the first. Centre t of restart r uses
    /// the random numbers of (seed, r, t).
    ///
    /// Complexity: O(k · log k · rows · features).
    ///
    /// Source: Arthur & Vassilvitskii 2007, greedy variant of their section 5.
    ///
    /// - Parameter tiles: those of the matrix, where there are; distances are then measured in them,
    ///   unless rows lie too near to each other for that.
    /// - Returns: the chosen rows' indices.
    func plusPlusRows(
        _ matrix: Matrix, _ tiles: Tiles? = nil, restart: Int, work: Work
    ) throws(AuroraError) -> [Int] {
        let first = RandomNumbers(seed: seed, restart: restart).integer(0, below: matrix.rows)
        if let tiles {
            let distances = TiledClosestCentre(tiles, first: first, threads: work.threads)
            if let rows = try rows(from: first, distances, restart, matrix.rows, work) {
                return rows
            }
        }
        let distances = ExactClosestCentre(matrix, first: first, threads: work.threads)
        guard let rows = try rows(from: first, distances, restart, matrix.rows, work) else {
            throw Matrix.tooLarge("the inertia")
        }
        return rows
    }

    /// Nil where the distances aren't precise enough.
    private func rows(
        from first: Int, _ distances: some StartDistances, _ restart: Int, _ count: Int,
        _ work: Work
    ) throws(AuroraError) -> [Int]? {
        var (closest, rows) = (distances, [first])
        let trials = 2 + Int(log(Double(k)))
        while rows.count < k {
            guard closest.isReliable else { return nil }
            guard closest.potential.isFinite else { throw Matrix.tooLarge("the inertia") }
            // Rows may differ by so little that their squared distance is 0.
            guard closest.potential > 0 else { throw Self.tooFewDistinct(k, rows.count, count) }
            try work.report(0, "choosing centre \(rows.count + 1) of \(k)")
            let numbers = RandomNumbers(seed: seed, restart: restart, step: rows.count)
            let candidates = (0..<trials).map { closest.row(at: numbers.uniform($0)) }
            let potentials = closest.potentials(candidates)
            let best = potentials.indices.min { potentials[$0] < potentials[$1] } ?? 0
            rows.append(candidates[best])
            if rows.count < k { closest.add(candidates[best]) }
        }
        return rows
    }
}
