import Columns
import Query
import Segmentation
import Workspace

/// A card for each group: its name, its share of the customers, what it holds of a measure, and
/// what sets it apart in plain words.
struct SegmentCards: Chart {
    static let name = "segment_cards"
    static let summary = "a card for each group: its size, its money, and what sets it apart"
    static let fields = [
        ChartFields.segmentation,
        Field("measure", .text, "the figure on the card; of a sum or a count its share, too"),
        Field("traits", .list(.text), "dimensions among which the traits are chosen"),
    ]
    static let usualSize = (width: 12, height: 3)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let segmentations: [Located<String>]
    let usualTitle: String? = "The groups"

    init(_ values: FieldValues) {
        measures = [values.located("measure")].compactMap { $0 }
        segmentations = [values.required("segmentation")]
        dimensions = segmentations + (values.texts("traits") ?? [])
    }

    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (segmentation, measure) = (segmentations[0].value, measures.first?.value)
        let catalogue = run.gate.catalogue
        let traits = dimensions.dropFirst().map(\.value)
        let shares = try await GroupShares(
            segmentation, measure, comparing: traits, run.gate, filter, for: reader)
        let finder = TraitFinder(shares.profile, traits, catalogue)
        let result = run.segmentations.first { $0.name == segmentation }
        let cards = shares.groups.indices.map { group -> JSON in
            let found = finder.traits(of: group)
            let name = shares.groups[group].value.textValue
            let segment = result?.groups.first { $0.name == name }
            // A group whose size is not told has no badge either.
            let isTold = shares.profile.groups[group].rows != nil
            let repeatable = segment.flatMap { isTold ? result?.repeatability(of: $0.id) : nil }
            return .object([
                "value": shares.groups[group].value.json, "segment": JSON(segment?.id),
                "repeatable": repeatable.map { $0.json } ?? .null,
                "traits": .array(
                    found.map { .object(["words": $0.words.json, "detail": $0.detail.json]) }),
                "rest": .string(finder.rest(of: group, after: found.count)),
            ])
        }
        let about =
            run.details(of: segmentation)
            + (traits.isEmpty ? [] : [TraitFinder.explanation])
            + shares.profile.omissionEntries { catalogue.dimensions[$0]?.label ?? $0 }
        return .object(
            shares.members(segmentation, measure) + [
                .init(name: "cards", value: .array(cards)),
                .init(name: "about", value: AboutEntry.json(about)),
            ])
    }
}
