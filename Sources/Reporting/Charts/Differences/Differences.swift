import Columns
import Query
import Workspace

/// Differences between two groups that a test has found, in plain words; a tie where it has not.
struct Differences: Chart {
    static let name = "differences"
    static let summary = "tested differences between two groups, and ties"
    static let fields = [
        ChartFields.segmentation,
        Field("of", .list(.text), required: true, "dimensions in which the groups are compared"),
    ]
    static let usualSize = (width: 12, height: 2)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    let segmentations: [Located<String>]
    let usualTitle: String? = "Tested differences"

    init(_ values: FieldValues) {
        segmentations = [values.required("segmentation")]
        dimensions = segmentations + (values.texts("of") ?? [])
    }

    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let segmentation = segmentations[0].value
        let names = dimensions.dropFirst().map(\.value)
        let catalogue = run.gate.catalogue
        let profile = try await run.gate.groups(
            by: segmentation, comparing: names, filter: filter, for: reader)
        let found = GroupComparisons(
            profile, names, forming: Set(names.filter { run.formed($0, segmentation) }))
        let writer = DifferenceWriter(catalogue, isRounded: run.gate.hidesSmallCells)
        let isExploratory = filter != FilterContext()
        let tests = found.all.map { writer.row($0) }
        let about = [
            AboutEntry(
                term: "Tests", words: "\(found.tried) comparisons were tried. " + Self.method),
            AboutEntry(term: "Verdicts", words: Self.verdicts),
            AboutEntry(term: "Not tested", words: Self.forming),
        ]
        return .object(
            profile.members + [
                .init(name: "columns", value: DifferenceWriter.columns),
                .init(name: "rows", value: .array(tests)),
                .init(name: "items", value: .array(found.shown.map { writer.json($0) })),
                .init(name: "tried", value: JSON(found.tried)),
                .init(name: "exploratory", value: .bool(isExploratory)),
                .init(name: "nothing", value: .string(found.nothing)),
                .init(
                    name: "about",
                    value: AboutEntry.json(
                        about + run.details(of: segmentation)
                            + profile.omissionEntries { catalogue.dimensions[$0]?.label ?? $0 })),
            ])
    }

    private static let method =
        "Numbers: Welch's t-test of the means. Texts: two-proportion z-test of each value. p is "
        + "corrected by Holm's method for all that were tried, over every pair of groups."
    private static let verdicts =
        "A difference is significant (p below 0.05 after the correction) and at least "
        + "\(TrivialDifference.effect) standard deviations, or 5 points. Smaller ones are practically "
        + "the same; where none was found it is a tie."
    private static let forming =
        "What formed the groups differs by design, also in noise: it is described, not tested."
}
