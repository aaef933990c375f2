import Columns
import Query
import Workspace

/// Customers, and the features as arrows, in the plane of the first two principal components.
struct Biplot: Chart {
    static let name = "biplot"
    static let summary = "customers and features in the plane that shows most of the differences"
    static let fields = [ChartFields.segmentation]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    var segmentations: [Located<String>] { dimensions }
    let usualTitle: String? = "Biplot"

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
            .biplot, of: dimensions[0].value, "biplot",
            missing: "it takes two features at least that components can be taken of")
    }
}
