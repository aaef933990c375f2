import Columns
import Query
import Workspace

/// Paragraphs for readers; one may belong to a segment and takes its colour.
struct Text: Chart {
    static let name = "text"
    static let summary = "paragraphs for readers"
    static let fields = [
        Field(
            "paragraphs",
            .list(
                .object([
                    Field("heading", .text, "above the paragraph"),
                    Field("segment", .text, "the name of the segment that it is about"),
                    Field(
                        "text", .text, required: true,
                        "plain text; `{measure}` is that figure, of the segment where there is one"),
                ])), required: true, "in order")
    ]
    static let usualSize = (width: 4, height: 4)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>] = []
    let otherMeasures: [Located<String>]
    let options: JSON
    let paragraphs: [(text: FigureText, segment: String?, heading: String?)]
    let statedValues: [StatedValue]

    init(_ values: FieldValues) {
        let stated = values.objects("paragraphs") ?? []
        statedValues = stated.flatMap { paragraph in
            guard let segment = paragraph.located("segment") else { return [StatedValue]() }
            // A heading that is the segment's name says of whom the paragraph is.
            let heading = paragraph.located("heading").flatMap {
                $0.value == segment.value ? $0 : nil
            }
            return [segment, heading].compactMap { $0 }.map { StatedValue($0, of: nil) }
        }
        paragraphs = stated.map {
            (FigureText($0.required("text")), $0.text("segment"), $0.text("heading"))
        }
        otherMeasures = paragraphs.flatMap(\.text.measures)
        let paragraphs = stated.map { paragraph in
            JSON.object([
                "heading": JSON(paragraph.text("heading")),
                "segment": JSON(paragraph.text("segment")),
                "text": JSON(paragraph.text("text")),
            ])
        }
        options = .object([
            "paragraphs": .array(paragraphs), "live": .bool(!otherMeasures.isEmpty),
        ])
    }

    /// Nil where no paragraph names a figure.
    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        guard let first = otherMeasures.first?.value else { return nil }
        let table = try await gate.answer(
            FigureQuery(measures: [first], filter: filter), for: reader)
        let phrases = try await phrases(gate, filter, for: reader)
        return .object(
            table.members([:]) + [
                .init(name: "paragraphs", value: .array(phrases.map(\.json)))
            ])
    }

    /// The paragraphs with their figures.
    ///
    /// - Throws: as `Gate.answer`.
    func phrases(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> [Phrase] {
        var phrases: [Phrase] = []
        for (text, segment, _) in paragraphs {
            var own = filter
            own.selections += selections(segment, gate.catalogue)
            phrases.append(try await text.phrase(gate, own, for: reader))
        }
        return phrases
    }

    /// What keeps a segment's customers, where one segmentation alone has a segment of that name.
    private func selections(
        _ segment: String?, _ catalogue: Catalogue
    ) -> [FilterContext.Selection] {
        guard let segment else { return [] }
        let owners = catalogue.dimensions.values.filter {
            $0.isSegmentation && $0.order?.contains(segment) == true
        }
        guard owners.count == 1 else { return [] }
        return [.init(dimension: owners[0].name, .values([.text(segment)]))]
    }
}
