package import Columns
package import Kernels
package import Learning
package import Workspace

/// K-Means: segments around their means, for number features on a common scale.
package struct KMeansMethod: ClusterMethod {
    package typealias Model = KMeans.Model

    package static let name = "k_means"
    package static let title = "K-Means"
    package static let summary = "K-Means: each customer belongs to the nearest of k means"
    package static let fields =
        CentroidOptions.fields + [
            Field(
                "start", .list(.scalar), "keys of the rows to start from, instead of random starts"),
            Field(
                "tolerance", .number,
                "stop after the update whose squared centre movement, summed, is at most this; "
                    + "without it, when no customer changes segment any more"),
            Field(
                "sample", .integer(1000...Int.max),
                "random starts run on so many rows, and the best of them goes on over all rows"),
            Field(
                "minimum_share", .number,
                "segments below this share of the customers are dissolved, like 0.03"),
        ]

    package let options: CentroidOptions
    package let start: [Located<Value>]?
    let tolerance: Double?
    let sample: Int?
    let minimumShare: Double?
    private let place: Diagnostic.Place

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        options = CentroidOptions(values)
        start = values.writtenList("start")?.map { $0.map(\.value) }
        tolerance = values.number("tolerance")
        sample = values.integer("sample")
        minimumShare = values.share("minimum_share", &diagnostics)
        place = values.place
        if let tolerance, tolerance < 0 {
            diagnostics.append(
                Diagnostic(
                    "tolerance_below_zero", at: values.place(of: "tolerance"),
                    "tolerance is \(tolerance) but must be 0 or more"))
        }
    }

    private init(_ other: KMeansMethod, _ options: CentroidOptions) {
        self.options = options
        (start, tolerance) = (nil, nil)
        (sample, minimumShare, place) = (other.sample, other.minimumShare, other.place)
    }

    package var announced: [String]? { numberedSegments(options.k) }

    package func repeated(_ replicate: Int) -> KMeansMethod {
        KMeansMethod(self, options.repeated(replicate))
    }

    package func check(_ spec: SegmentationSpec, _ diagnostics: inout [Diagnostic]) {
        if let start, start.count != options.k {
            diagnostics.append(
                Diagnostic(
                    "start_mismatch", at: start.first?.place ?? place,
                    "there are \(start.count) start rows for k = \(options.k)",
                    hint: "one row for each segment"))
        }
    }

    package func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> KMeans.Model {
        try configuration(rows).fit(rows.matrix, work: work)
    }

    /// The method as the mathematics has it.
    func configuration(_ rows: PreparedRows) -> KMeans {
        KMeans(
            k: options.k, seed: options.seed, restarts: options.restarts,
            start: rows.start.map { .centroids($0) } ?? .kMeansPlusPlus,
            stopping: tolerance.map { .tolerance($0) } ?? .converged,
            maxIterations: options.maxIterations, sample: sample,
            minimumSize: minimumShare.map { Int(($0 * Double(rows.matrix.rows)).rounded(.up)) } ?? 0
        )
    }
}

/// What methods around centroids have in common.
package struct CentroidOptions: Sendable {
    package var k: Int
    package var seed: UInt64
    package var restarts: Int
    package var maxIterations: Int

    static let fields = [
        Field("k", .integer(1...1000), required: true, "how many segments"),
        Field("seed", .integer(0...Int.max), "which random starts; 0 by default"),
        Field("restarts", .integer(1...10_000), "random starts, of which the best is kept; 10"),
        Field("max_iterations", .integer(1...1_000_000), "updates after which a start ends; 300"),
    ]

    init(_ values: FieldValues) {
        k = values.integer("k") ?? 1
        seed = UInt64(values.integer("seed") ?? 0)
        restarts = values.integer("restarts") ?? 10
        maxIterations = values.integer("max_iterations") ?? 300
    }

    /// For one of many repetitions: other starts, and few of them.
    func repeated(_ replicate: Int) -> CentroidOptions {
        var options = self
        options.restarts = min(restarts, 3)
        options.seed = RandomNumbers.derivedSeed(seed, purpose: 2, index: replicate)
        return options
    }
}
