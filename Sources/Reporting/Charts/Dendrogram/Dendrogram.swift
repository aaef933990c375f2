import Columns
import Query
import Workspace

/// The last merges of an agglomerative segmentation, and where it was cut.
struct Dendrogram: SegmentationChart {
    static let name = "dendrogram"
    static let summary = "the last merges of an agglomerative segmentation, and where it was cut"
    static let usualSize = (width: 6, height: 6)

    let segmentation: Located<String>
    let usualTitle: String? = "Tree of merges"

    init(_ values: FieldValues) { segmentation = values.required("segmentation") }

    /// Of the fitted run: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await SegmentationView(run, for: reader).drawing(
            .dendrogram, of: segmentation.value, "tree of merges",
            missing: "only agglomerative segmentations have one")
    }
}
