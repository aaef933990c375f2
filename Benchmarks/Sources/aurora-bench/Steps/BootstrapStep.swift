import Columns
import Kernels
import Learning

/// How well each group is found again: K-Means, one start by k-means++, on resampled rows.
enum BootstrapStep: Step {
    static let name = "bootstrap"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let k = request.integer("k", 6)
        let labels = request.labels(matrix, k: k, threads: work.threads)
        var result: ClusterwiseJaccard.Result?
        let time = try seconds { () throws(AuroraError) in
            result = try ClusterwiseJaccard(replicates: request.integer("refits", 100)).measure(
                labels: labels, groups: k, work: work
            ) { (rows, replicate) throws(AuroraError) in
                try KMeans(k: k, seed: UInt64(replicate), restarts: 1)
                    .fit(matrix.gathered(rows)).labels
            }
        }
        return [.init("seconds", time), .init("jaccard", result?.mean ?? 0)]
    }
}
