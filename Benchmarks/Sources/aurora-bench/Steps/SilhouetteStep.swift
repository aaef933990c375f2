import Columns
import Kernels
import Learning

/// Exact silhouettes of one labelling, or of one for each k of a range.
enum SilhouetteStep: Step {
    static let name = "silhouette"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let range = request.integer("from", 6)...request.integer("to", 6)
        let labels = range.map { request.labels(matrix, k: $0, threads: work.threads) }
        var means: [Double] = []
        let time = try seconds { () throws(AuroraError) in
            let silhouettes = try Silhouette.measureCurves(
                matrix, labellings: labels, groups: Array(range),
                options: .init(exactUpTo: matrix.rows), work: work)
            means = silhouettes.map { $0?.silhouette.mean ?? 0 }
        }
        return [.init("seconds", time), .init("silhouettes", means)]
    }
}
