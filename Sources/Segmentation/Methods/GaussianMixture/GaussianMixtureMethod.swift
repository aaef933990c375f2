package import Columns
package import Kernels
package import Learning
package import Workspace

/// A mixture of normal distributions, which also tells how surely a customer belongs to a segment.
package struct GaussianMixtureMethod: ClusterMethod {
    package typealias Model = GaussianMixture.Model

    package static let name = "gaussian_mixture"
    package static let title = "Gaussian mixture"
    package static let summary =
        "Gaussian mixture: segments of their own width and direction, with soft membership"
    package static let fields =
        CentroidOptions.fields + [
            Field(
                "covariance", .choice(["full", "diagonal"]),
                "full (default), or diagonal for features that don't vary together in a segment")
        ]

    let options: CentroidOptions
    let shape: GaussianMixture.Shape

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        options = CentroidOptions(values)
        shape = values.text("covariance").flatMap(GaussianMixture.Shape.init) ?? .full
    }

    private init(_ options: CentroidOptions, _ shape: GaussianMixture.Shape) {
        (self.options, self.shape) = (options, shape)
    }

    package var announced: [String]? { numberedSegments(options.k) }

    package static let repeatedRows = 5_000

    package func repeated(_ replicate: Int) -> GaussianMixtureMethod {
        GaussianMixtureMethod(options.repeated(replicate), shape)
    }

    package func bic(
        _ rows: PreparedRows, k: Int, work: Work
    ) throws(AuroraError) -> Double? {
        var options = options
        options.k = k
        return try GaussianMixtureMethod(options, shape).fit(rows, work: work).bic
    }

    package func fit(
        _ rows: PreparedRows, work: Work
    ) throws(AuroraError) -> GaussianMixture.Model {
        try GaussianMixture(
            k: options.k, seed: options.seed, shape: shape, restarts: options.restarts,
            maxIterations: options.maxIterations
        ).fit(rows.matrix, work: work)
    }
}
