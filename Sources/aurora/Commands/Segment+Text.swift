import Columns
import Foundation
import Learning
import Segmentation

/// What is known of each number of segments, for a terminal.
struct ChoiceText {
    private let choice: ChoiceEvidence

    init(_ choice: ChoiceEvidence) { self.choice = choice }

    var text: String {
        let header = [
            "k", "inertia", "silhouette", "gap", "prediction", "repeatable", "smallest", "verdict",
        ]
        let verdicts = Dictionary(
            choice.structure.map { ($0.k, $0.verdict.rawValue) }, uniquingKeysWith: { $1 })
        let rows: [[Value]] = choice.table.rows.map { row in
            [
                .integer(Int64(row.k)), .text(Self.number(row.inertia, 1)),
                .text(Self.number(row.silhouette?.mean, 3)), .text(Self.number(row.gap?.gap, 3)),
                .text(Self.number(row.predictionStrength, 2)),
                .text(Self.number(row.repeatability, 2)),
                .text(Self.number(row.smallestShare * 100, 1) + " %"),
                .text(verdicts[row.k] ?? ""),
            ]
        }
        let opinions = choice.jury.opinions.map { opinion in
            "  \(opinion.criterion.name): \(opinion.k.map { "\($0)" } ?? "none") (\(opinion.reason))"
        }
        return Terminal.table(header, rows) + "\n"
            + "\(choice.rows) rows\(samples)\n"
            + opinions.joined(separator: "\n") + "\nRecommended: \(choice.jury.summary)"
            + (choice.jury.dissent.isEmpty ? "" : "\nDissent: \(choice.jury.dissent)")
    }

    /// What was measured on fewer rows than there are.
    private var samples: String {
        let table = choice.table
        let parts = [
            ("silhouettes of", table.rows.compactMap(\.silhouette).first?.measured),
            ("gap on", table.gapRows), ("prediction strength on", table.predictionRows),
            ("repeatability on", table.repeatedRows),
        ]
        let sampled = parts.compactMap { words, rows -> String? in
            guard let rows, rows < choice.rows else { return nil }
            return "\(words) \(rows)"
        }
        return sampled.isEmpty ? "" : "; at random: " + sampled.joined(separator: ", ")
    }

    /// The same, row by row.
    var json: JSON {
        .array(
            choice.table.rows.map { row in
                .object([
                    "k": JSON(row.k), "inertia": JSON(row.inertia),
                    "silhouette": JSON(row.silhouette?.mean), "gap": JSON(row.gap?.gap),
                    "prediction_strength": JSON(row.predictionStrength),
                    "repeatability": JSON(row.repeatability),
                    "smallest_share": JSON(row.smallestShare),
                ])
            })
    }

    private static func number(_ value: Double?, _ digits: Int) -> String {
        value.map { String(format: "%.\(digits)f", $0) } ?? "–"
    }
}

/// The segments of a fit, for a terminal.
struct SegmentText {
    private let result: SegmentationResult
    private let profile: SegmentProfile

    init(_ result: SegmentationResult, _ profile: SegmentProfile) {
        self.result = result
        self.profile = profile
    }

    var text: String {
        let rows: [[Value]] = result.groups.map { segment in
            [
                .text(segment.name), .integer(Int64(segment.size)),
                .text(result.repeatability(of: segment.id)?.badge ?? ""),
                .text(segment.rule ?? ""),
            ]
        }
        return "\n" + Terminal.table(["name", "size", "", "in short"], rows) + "\n"
            + (result.evidence?.structure.map { $0.reason + "\n" } ?? "") + "\n" + medians
    }

    /// Where half of each segment lies in every number.
    private var medians: String {
        let header =
            ["median", "all"] + profile.segments.map { "\($0.id)" }
        let rows: [[Value]] = profile.columns.compactMap { column in
            guard column.kind == .number, let numbers = column.numbers else { return nil }
            let values = [numbers.all.median] + numbers.groups.map(\.median)
            return [.text(column.isForming ? column.name : "\(column.name) (not a feature)")]
                + values.map { .text($0.map { String(format: "%.4g", $0) } ?? "–") }
        }
        return Terminal.table(header, rows)
    }

    /// Every column in every segment, in the order of the segments.
    var profileJSON: JSON {
        .array(
            profile.columns.map { column in
                .object([
                    "name": .string(column.name), "kind": .string(column.kind.rawValue),
                    "is_forming": .bool(column.isForming), "missing": JSON(column.missing),
                    "all": column.numbers.map { Self.json($0.all) } ?? .null,
                    "segments": column.numbers.map { .array($0.groups.map(Self.json)) } ?? .null,
                    "levels": column.levels.map(Self.json) ?? .null,
                ])
            })
    }

    private static func json(_ part: NumberSummary.Part) -> JSON {
        .object([
            "count": JSON(part.count), "mean": JSON(part.mean),
            "lower_quartile": JSON(part.lowerQuartile), "median": JSON(part.median),
            "upper_quartile": JSON(part.upperQuartile), "lift": JSON(part.lift),
            "effect": JSON(part.effect),
        ])
    }

    private static func json(_ levels: SegmentProfile.Levels) -> JSON {
        .object([
            "names": .array(levels.names.map { .string($0) }),
            "counts": .array(levels.counts.map { .array($0.map { JSON($0) }) }),
            "others": .array(levels.others.counts.map { JSON($0) }),
        ])
    }
}
