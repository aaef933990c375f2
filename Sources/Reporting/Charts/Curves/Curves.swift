import Columns
import Query
import Workspace

/// Inertia and silhouette by the number of segments, with the number in use marked.
struct Curves: SegmentationChart {
    static let name = "curves"
    static let summary = "inertia and silhouette by the number of segments, with the number in use"
    static let usualSize = (width: 6, height: 5)

    let segmentation: Located<String>
    let usualTitle: String? = "Number of segments"

    init(_ values: FieldValues) { segmentation = values.required("segmentation") }

    /// Of the fitted run: no filter applies.
    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let name = segmentation.value
        let view = try SegmentationView(run, for: reader)
        guard let (choice, rows, current) = try view.choice(named: name) else {
            throw AuroraError(
                "no_plot", "'\(name)' has no curves: other numbers of segments were not compared",
                hint: "evidence: {from: 2, to: 8} in segments/\(name).yaml compares them")
        }
        return .object(
            try view.frame(named: name) + [
                .init(name: "columns", value: ["segments", "inertia", "silhouette"]),
                .init(name: "rows", value: rows), .init(name: "choice", value: choice),
                .init(name: "current", value: JSON(current)),
                .init(name: "about", value: AboutEntry.json(run.details(of: name))),
            ])
    }
}
