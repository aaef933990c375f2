import Columns
import Query
import Workspace

/// The last merges of an agglomerative segmentation, and where it was cut.
struct Dendrogram: Chart {
    static let name = "dendrogram"
    static let summary = "the last merges of an agglomerative segmentation, and where it was cut"
    static let fields = [ChartFields.segmentation]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    var segmentations: [Located<String>] { dimensions }
    let usualTitle: String? = "Tree of merges"

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
            .dendrogram, of: dimensions[0].value, "tree of merges",
            missing: "only agglomerative segmentations have one")
    }
}
