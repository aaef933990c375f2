import Columns
import Query
import Workspace

/// How much nearer each customer is to its own segment than to the next.
struct Silhouettes: Chart {
    static let name = "silhouettes"
    static let summary = "how much nearer customers are to their own segment than to the next"
    static let fields = [ChartFields.segmentation]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    var segmentations: [Located<String>] { dimensions }
    let usualTitle: String? = "Silhouettes"

    init(_ values: FieldValues) {
        dimensions = [values.required("segmentation")]
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? { nil }

    /// Of the fitted run: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await SegmentationView(run, for: reader).drawing(
            .silhouettes, of: dimensions[0].value, "silhouettes",
            missing: "its method has no distances to measure them by, or there is only one segment")
    }
}
