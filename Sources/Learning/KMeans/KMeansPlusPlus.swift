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
    /// - Returns: the chosen rows' indices.
    func plusPlusRows(
        _ matrix: Matrix, restart: Int, work: Work
    ) throws(AuroraError) -> [Int] {
        let random = { RandomNumbers(seed: seed, restart: restart, step: $0) }
        var rows = [random(0).integer(0, below: matrix.rows)]
        var closest = ClosestCentre(matrix, first: rows[0], threads: work.threads)
        let trials = 2 + Int(log(Double(k)))
        while rows.count < k {
            guard closest.potential.isFinite else { throw Matrix.tooLarge("the inertia") }
            // Rows may differ by so little that their squared distance is 0.
            guard closest.potential > 0 else {
                throw Self.tooFewDistinct(k, rows.count, matrix.rows)
            }
            try work.report(0, "choosing centre \(rows.count + 1) of \(k)")
            let numbers = random(rows.count)
            let candidates = (0..<trials).map { closest.row(at: numbers.uniform($0)) }
            let potentials = closest.potentials(candidates, of: matrix)
            let best = potentials.indices.min { potentials[$0] < potentials[$1] } ?? 0
            rows.append(candidates[best])
            closest.add(candidates[best], of: matrix)
        }
        return rows
    }
}
