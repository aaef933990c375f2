import Columns
import Kernels
import Learning

/// Principal components through the covariance matrix, from the rows to the loadings.
enum CovarianceStep: Step {
    static let name = "covariance"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        var model: PCA.Model?
        let time = try seconds { () throws(AuroraError) in
            model = try PCA().fit(matrix, work: work)
        }
        return [.init("seconds", time), .init("variances", model?.explainedVariance ?? [])]
    }
}
