import Columns
import Query
import Workspace

/// One sentence: how many customers there are, into how many groups they fall, and whether a group
/// holds much more than its share of a measure.
struct Finding: Chart {
    static let name = "finding"
    static let summary = "one sentence with the main finding about the groups"
    static let fields = [
        ChartFields.segmentation,
        Field(
            "measure", .text, "a sum or a count of which groups hold shares; without it sizes only"),
    ]
    static let usualSize = (width: 12, height: 1)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    var sums: [Located<String>] { measures }
    var segmentations: [Located<String>] { dimensions }
    let usualTitle: String? = "Main finding"

    init(_ values: FieldValues) {
        measures = [values.located("measure")].compactMap { $0 }
        dimensions = [values.required("segmentation")]
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (segmentation, measure) = (dimensions[0].value, measures.first?.value)
        let shares = try await GroupShares(segmentation, measure, gate, filter, for: reader)
        let sentence = FindingSentence(
            shares, of: measure.map { gate.catalogue.measures[$0]?.label ?? $0 })
        return .object(
            shares.members(segmentation, measure) + [
                .init(name: "sentence", value: sentence.phrase.json),
                .init(name: "about", value: AboutEntry.json(about)),
            ])
    }

    private var about: [AboutEntry] {
        var entries = [
            AboutEntry(term: "Share of customers", words: "rows of the group / all rows")
        ]
        guard !measures.isEmpty else { return entries }
        entries += [
            AboutEntry(term: "Share held", words: "the group's figure / that of all rows"),
            AboutEntry(
                term: "Named",
                words: "the group, or the two, whose share held is furthest above their share of "
                    + "customers; much more means 10 points and a quarter above it at least"),
        ]
        return entries
    }
}
