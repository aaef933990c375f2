package import Columns
import Engine
package import Workspace

/// Segments by recency, frequency and monetary scores, as the recipe step `rfm` gives them.
///
/// The map below is over the recency score and the mean of the other two, rounded up; a file can
/// state another one with the method `rules`.
package struct RFMMethod: ConditionMethod {
    package static let name = "rfm"
    package static let title = "RFM"
    package static let summary =
        "RFM: champions, loyal customers, those at risk and others, by the scores of the step 'rfm'"
    package static let fields = [
        Field("recency", .text, "the column of the recency score 1–5; 'r' by default"),
        Field("frequency", .text, "the column of the frequency score 1–5; 'f' by default"),
        Field("monetary", .text, "the column of the monetary score 1–5; 'm' by default"),
    ]

    /// By name, which recency scores with which value scores.
    private static let map:
        [(name: String, recency: ClosedRange<Int64>, value: ClosedRange<Int64>)] = [
            ("Champions", 5...5, 4...5),
            ("Loyal", 3...4, 4...5),
            ("Potential loyalists", 4...5, 2...3),
            ("New", 5...5, 1...1),
            ("Promising", 4...4, 1...1),
            ("Need attention", 3...3, 3...3),
            ("About to sleep", 3...3, 1...2),
            ("Can't lose", 1...2, 5...5),
            ("At risk", 1...2, 3...4),
            ("Hibernating", 1...2, 1...2),
        ]
    private static let unscored = "No purchases"

    private let scores: [Located<String>]

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        scores = [("recency", "r"), ("frequency", "f"), ("monetary", "m")].map { key, usual in
            values.located(key) ?? Located(usual, at: values.place)
        }
    }

    package var announced: [String]? { Self.map.map(\.name) + [Self.unscored] }

    package func conditions(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> SegmentConditions? {
        let columns = scores.compactMap { table.number($0, &diagnostics)?.name }
        guard columns.count == scores.count else { return nil }
        let score = columns.map { CheckedExpression.named($0) }
        let outside = score.map { score in
            CheckedExpression.not(
                .isIn(score, options: (1...5).map { .literal(.integer($0)) }, negated: false))
        }
        let counts = try await table.counts(outside)
        guard counts.allSatisfy({ $0 == 0 }) else {
            for (name, count) in zip(scores, counts) where count > 0 {
                diagnostics.append(
                    Diagnostic(
                        "invalid_scores", at: name.place,
                        "'\(name.value)' is none of the scores 1 to 5 in \(count) "
                            + (count == 1 ? "row" : "rows"),
                        hint: "the step 'rfm' gives such scores"))
            }
            return nil
        }
        let sum = CheckedExpression.call(function: "+", arguments: [score[1], score[2]])
        var result = SegmentConditions(segments: [])
        for (name, recency, value) in Self.map {
            let condition = CheckedExpression.all([
                .between(
                    score[0], lower: .literal(.integer(recency.lowerBound)),
                    upper: .literal(.integer(recency.upperBound))),
                // The mean, rounded up, is v where the sum is 2v − 1 or 2v.
                .between(
                    sum, lower: .literal(.integer(2 * value.lowerBound - 1)),
                    upper: .literal(.integer(2 * value.upperBound))),
            ])
            result.segments.append(.init(name: name, condition: condition))
        }
        result.segments.append(.init(name: Self.unscored, condition: nil))
        return result
    }
}
