package import Columns
package import Kernels
package import Learning
package import Workspace

/// Factor analysis of mixed data, then K-Means on its components.
package struct FAMDMethod: ClusterMethod {
    package typealias Model = KMeans.Model

    package static let name = "famd"
    package static let title = "FAMD and K-Means"
    package static let summary =
        "FAMD and K-Means: numbers and categories together, each feature with the same weight; for "
        + "many rows"
    package static let fields = CentroidOptions.fields
    package static let usualEncoding: CategoryEncoding? = .famd

    let options: CentroidOptions

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        options = CentroidOptions(values)
    }

    private init(_ options: CentroidOptions) { self.options = options }

    package var announced: [String]? { numberedSegments(options.k) }

    package func repeated(_ replicate: Int) -> FAMDMethod {
        FAMDMethod(options.repeated(replicate))
    }

    package func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> KMeans.Model {
        try KMeans(
            k: options.k, seed: options.seed, restarts: options.restarts,
            maxIterations: options.maxIterations
        ).fit(rows.matrix, work: work)
    }
}
