package import Columns
package import Kernels
package import Learning
package import Workspace

/// k-prototypes: means of number features beside the most frequent levels of categories.
package struct KPrototypesMethod: ClusterMethod {
    package typealias Model = KPrototypes.Model

    package static let name = "k_prototypes"
    package static let title = "k-prototypes"
    package static let summary =
        "k-prototypes: numbers and categories together, each segment a mean and its usual levels"
    package static let fields =
        CentroidOptions.fields + [
            Field(
                "gamma", .number,
                "what a differing category counts; half the mean standard deviation by default")
        ]
    package static let usualEncoding: CategoryEncoding? = .codes

    let options: CentroidOptions
    let gamma: Double?

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        options = CentroidOptions(values)
        gamma = values.number("gamma")
        if let gamma, gamma < 0 {
            diagnostics.append(
                Diagnostic(
                    "gamma_below_zero", at: values.place(of: "gamma"),
                    "gamma is \(gamma) but must be 0 or more"))
        }
    }

    private init(_ options: CentroidOptions, _ gamma: Double?) {
        (self.options, self.gamma) = (options, gamma)
    }

    package var announced: [String]? { numberedSegments(options.k) }

    package static let repeatedRows = 5_000

    package func repeated(_ replicate: Int) -> KPrototypesMethod {
        KPrototypesMethod(options.repeated(replicate), gamma)
    }

    package func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> KPrototypes.Model {
        try KPrototypes(
            k: options.k, seed: options.seed, restarts: options.restarts,
            maxIterations: options.maxIterations, categories: rows.categories, gamma: gamma
        ).fit(rows.matrix, work: work)
    }
}
