package import Columns
import Engine
package import Workspace

/// Segments that the author states, one condition each; the first that holds is a customer's.
package struct RulesMethod: ConditionMethod {
    package static let name = "rules"
    package static let title = "Rules"
    package static let summary =
        "rules: a condition for each segment, with and, or and not; the first that holds counts"
    package static let fields = [
        Field(
            "segments",
            .list(
                .object([
                    Field("name", .text, required: true, "what the segment is called"),
                    Field("when", .expression, required: true, "who belongs to it"),
                ])), required: true, "the segments, the first that holds first"),
        Field("otherwise", .text, "what all others are called; 'Others' by default"),
    ]

    private let segments: [(name: String, when: Located<String>)]
    private let otherwise: String

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        let stated = values.objects("segments") ?? []
        segments = stated.compactMap { segment in
            guard let name = segment.text("name"), let when = segment.located("when") else {
                return nil
            }
            return (name, when)
        }
        otherwise = values.text("otherwise") ?? "Others"
        if stated.isEmpty, values.list("segments")?.isEmpty == true {
            diagnostics.append(
                Diagnostic(
                    "no_segments", at: values.place(of: "segments"), "the rules state no segment",
                    hint: "segments: [{name: Young, when: age < 30}]"))
        }
        let rest = values.located("otherwise") ?? Located(otherwise, at: values.place)
        SegmentationSpec.checkNames(
            stated.compactMap { $0.located("name") } + [rest], &diagnostics)
    }

    package var announced: [String]? { segments.map(\.name) + [otherwise] }

    package func conditions(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> SegmentConditions? {
        var result = SegmentConditions(segments: [])
        for segment in segments {
            guard let condition = try await table.condition(segment.when, &diagnostics) else {
                continue
            }
            result.segments.append(.init(name: segment.name, condition: condition))
        }
        guard result.segments.count == segments.count else { return nil }
        let counts = try await table.counts(result.segments.compactMap(\.condition))
        for (segment, count) in zip(segments, counts) where count == 0 {
            result.notices.append(
                Notice(
                    "segment_empty", "nobody belongs to '\(segment.name)': \(segment.when.value)"))
        }
        result.segments.append(.init(name: otherwise, condition: nil))
        return result
    }
}
