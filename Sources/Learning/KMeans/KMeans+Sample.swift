import Columns
import Kernels

extension KMeans {
    /// The rows on which the restarts run; nil for all.
    func sampledRows(of matrix: Matrix) -> Matrix? {
        guard let sample, start == .kMeansPlusPlus else { return nil }
        return matrix.sampledRows(sample, seed: seed, groups: k)
    }

    /// The restart whose centroids are the best for all rows, ties to the first.
    ///
    /// A sample can't tell ends apart that are nearly as good as each other: those within 3 % of the
    /// best one's inertia are compared by a pass over all rows, each different one once.
    ///
    /// Complexity: O(ends compared · rows · k · features); at most one a restart.
    func bestOnAllRows(
        _ ends: [Restart], _ matrix: Matrix, _ tiles: Tiles?, _ work: Work
    ) throws(AuroraError) -> Int {
        let order = ends.indices.sorted {
            (ends[$0].inertia, $0) < (ends[$1].inertia, $1)
        }
        var rivals: [Int] = []
        for index in order where ends[index].inertia <= ends[order[0]].inertia * 1.03 {
            let before = rivals.last.map { ends[$0].inertia * (1 + 1e-9) }
            if before.map({ ends[index].inertia > $0 }) ?? true { rivals.append(index) }
        }
        guard rivals.count > 1 else { return order[0] }
        var assignment = Assignment(rows: matrix.rows, columns: matrix.columns, clusters: k)
        var (best, least) = (order[0], Double.infinity)
        for (done, index) in rivals.enumerated() {
            try work.report(Double(done) / Double(rivals.count), "comparing starts on all rows")
            try assignment.iterate(matrix, tiles, ends[index].centroids, work)
            assignment.measure(matrix, to: ends[index].centroids, threads: work.threads)
            if assignment.inertia < least { (best, least) = (index, assignment.inertia) }
        }
        return best
    }
}

extension Matrix {
    /// So many rows, drawn at random, in their order; nil where there are no more, or where the
    /// drawn ones have fewer different values than there are groups.
    ///
    /// The random numbers are those of restart −1, which no restart uses.
    ///
    /// Complexity: O(count · log count + count · columns).
    func sampledRows(_ count: Int, seed: UInt64, groups: Int) -> Matrix? {
        guard count < rows else { return nil }
        let chosen = RandomNumbers(seed: seed, restart: -1).sample(count, below: rows)
        let sample = gathered(chosen)
        return sample.distinctRows(upTo: groups) == groups ? sample : nil
    }
}
