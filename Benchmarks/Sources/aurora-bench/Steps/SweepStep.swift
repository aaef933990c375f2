import Columns
import Kernels
import Learning

/// K-Means for each k of a range, from several starts by k-means++ until labels repeat; with
/// `sample` the starts run on so many rows.
enum SweepStep: Step {
    static let name = "sweep"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let sample = request.integer("sample", 0)
        var inertias: [Double] = []
        let time = try seconds { () throws(AuroraError) in
            for k in request.integer("from", 2)...request.integer("to", 10) {
                let kMeans = KMeans(
                    k: k, seed: UInt64(request.integer("seed", 1)),
                    restarts: request.integer("starts", 10),
                    maxIterations: request.integer("updates", 300),
                    sample: sample > 0 ? sample : nil)
                inertias.append(try kMeans.fit(matrix, work: work).inertia)
            }
        }
        return [.init("seconds", time), .init("inertias", inertias)]
    }
}
