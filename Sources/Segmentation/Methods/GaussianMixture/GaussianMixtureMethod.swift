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
    let covariance: GaussianMixture.Covariance

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        options = CentroidOptions(values)
        covariance = values.text("covariance") == "diagonal" ? .diagonal : .full
    }

    private init(_ options: CentroidOptions, _ covariance: GaussianMixture.Covariance) {
        (self.options, self.covariance) = (options, covariance)
    }

    package var announced: [String]? { numberedSegments(options.k) }

    package func with(k: Int) -> GaussianMixtureMethod? {
        GaussianMixtureMethod(options.with(k: k), covariance)
    }

    package func fit(
        _ rows: PreparedRows, work: Work
    ) throws(AuroraError) -> GaussianMixture.Model {
        try GaussianMixture(
            k: options.k, seed: options.seed, restarts: options.restarts,
            maxIterations: options.maxIterations, covariance: covariance
        ).fit(rows.matrix, work: work)
    }
}
