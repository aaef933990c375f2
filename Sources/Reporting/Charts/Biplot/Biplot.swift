import Columns
import Query
import Workspace

/// Customers, and the features as arrows, in the plane of the first two principal components.
struct Biplot: SegmentationChart {
    static let name = "biplot"
    static let summary = "customers and features in the plane that shows most of the differences"
    static let usualSize = (width: 6, height: 6)

    let segmentation: Located<String>
    let usualTitle: String? = "Biplot"

    init(_ values: FieldValues) { segmentation = values.required("segmentation") }

    /// Of the fitted run: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        try await SegmentationView(run, for: reader).drawing(
            .biplot, of: segmentation.value, "biplot",
            missing: "it takes two features at least that components can be taken of")
    }
}
