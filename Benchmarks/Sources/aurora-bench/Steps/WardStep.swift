import Columns
import Kernels
import Learning

/// Ward's tree of all rows, by centroids and without a matrix of distances.
enum WardStep: Step {
    static let name = "ward"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        var heights: [Double] = []
        let time = try seconds { () throws(AuroraError) in
            let model = try Agglomerative(k: 6, limit: matrix.rows).fit(matrix, work: work)
            heights = model.dendrogram.merges.suffix(9).map(\.height)
        }
        return [.init("seconds", time), .init("heights", heights)]
    }
}
