import Columns
import Kernels

extension KMeans {
    /// Removes the smallest group and goes on with the others, until all are large enough.
    ///
    /// One group at a time: what it leaves may lift another over the minimum.
    ///
    /// Complexity: at most k − 1 times the updates of one restart.
    func dissolveSmall(
        _ run: inout Restart, _ matrix: Matrix, _ tiles: Tiles?, _ work: Work
    ) throws(AuroraError) {
        var done = 0.0
        while let smallest = run.sizes.indices.min(by: { run.sizes[$0] < run.sizes[$1] }),
            run.sizes[smallest] < minimumSize, run.sizes.count > 1
        {
            let kept = run.sizes.indices.filter { $0 != smallest }
            // How many groups will go nobody knows: each takes half of what remains.
            let end = (done + 1) / 2
            let next = try lloyd(
                matrix, tiles, from: Matrix(kept.map { run.centroids.row($0) }),
                work.part(done...end), name: "without a small group, k \(kept.count)")
            let updates = run.updates + next.updates
            run = next.numbered(run.index)
            run.updates = updates
            done = end
        }
    }
}
