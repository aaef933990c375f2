import Columns
import Kernels
import Learning

/// Size, mean, median and quartiles of each column in each group, exactly.
enum ProfileStep: Step {
    static let name = "profile"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let k = request.integer("k", 6)
        let labels = request.labels(matrix, k: k, threads: work.threads)
        let columns = (0..<matrix.columns).map { matrix.column($0) }
        var groups: [GroupQuantiles.Group] = []
        let time = try seconds { () throws(AuroraError) in
            groups = try GroupQuantiles(labels: labels, groups: k, threads: work.threads)
                .measure(columns, fractions: [0.25, 0.5, 0.75], work: work).flatMap { $0 }
        }
        return [
            .init("seconds", time), .init("means", groups.map { $0.mean ?? 0 }),
            .init("quartiles", groups.flatMap(\.quantiles)),
        ]
    }
}
