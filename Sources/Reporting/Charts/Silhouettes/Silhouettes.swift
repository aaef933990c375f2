import Columns
import Query
import Workspace

/// How much nearer each customer is to its own segment than to the next.
struct Silhouettes: SegmentationChart {
    static let name = "silhouettes"
    static let summary = "how much nearer customers are to their own segment than to the next"
    static let usualSize = (width: 6, height: 6)

    let segmentation: Located<String>
    let usualTitle: String? = "Silhouettes"

    init(_ values: FieldValues) { segmentation = values.required("segmentation") }

    /// Of the fitted run: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await SegmentationView(run, for: reader).drawing(
            .silhouettes, of: segmentation.value, "silhouettes",
            missing: "its method has no distances to measure them by, or there is only one segment")
    }
}
