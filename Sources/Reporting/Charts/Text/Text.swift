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
                    Field("text", .text, required: true, "plain text"),
                ])), required: true, "in order")
    ]
    static let usualSize = (width: 4, height: 4)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>] = []
    let options: JSON
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
        let paragraphs = stated.map { paragraph in
            JSON.object([
                "heading": JSON(paragraph.text("heading")),
                "segment": JSON(paragraph.text("segment")),
                "text": JSON(paragraph.text("text")),
            ])
        }
        options = .object(["paragraphs": .array(paragraphs)])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? { nil }
}
