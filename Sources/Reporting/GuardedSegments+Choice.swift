import Columns
import Learning
import Segmentation

extension GuardedSegments {
    /// What is known of each number of segments.
    func json(_ choice: ChoiceEvidence) -> JSON {
        let verdicts = Dictionary(
            choice.structure.map { ($0.k, $0.verdict.rawValue) }, uniquingKeysWith: { $1 })
        return .object([
            "rows": JSON(choice.rows),
            "silhouette_rows": JSON(choice.table.rows.compactMap(\.silhouette).first?.measured),
            "repeated_rows": JSON(choice.table.repeatedRows),
            "gap_rows": JSON(choice.table.gapRows),
            "prediction_rows": JSON(choice.table.predictionRows),
            "table": .array(
                choice.table.rows.map { row in
                    let smallestGroup = row.smallestShare * Double(choice.rows)
                    return .object([
                        "k": JSON(row.k), "inertia": JSON(row.inertia),
                        "silhouette": JSON(row.silhouette?.mean), "gap": JSON(row.gap?.gap),
                        "gap_deviation": JSON(row.gap?.deviation),
                        "prediction_strength": JSON(row.predictionStrength),
                        "calinski_harabasz": JSON(row.calinskiHarabasz),
                        "davies_bouldin": JSON(row.daviesBouldin), "bic": JSON(row.bic),
                        "repeatability": JSON(row.repeatability),
                        "smallest_share": isFew(smallestGroup.rounded())
                            ? .null : JSON(row.smallestShare),
                        "explained": .array(
                            row.explained.map {
                                .object([
                                    "name": .string($0.name), "label": .string(label($0.name)),
                                    "share": JSON($0.share),
                                ])
                            }), "verdict": JSON(verdicts[row.k]),
                    ])
                }),
            "jury": .object([
                "recommendation": JSON(choice.jury.recommendation),
                "support": JSON(choice.jury.support), "summary": .string(choice.jury.summary),
                "dissent": .string(choice.jury.dissent),
                "opinions": .array(
                    choice.jury.opinions.map {
                        .object([
                            "criterion": .string($0.criterion.rawValue),
                            "name": .string($0.criterion.name), "k": JSON($0.k),
                            "reason": .string($0.reason), "weight": JSON($0.weight),
                        ])
                    }),
            ]),
        ])
    }

    /// What became of the last fit's segments.
    func json(_ identity: SegmentIdentity) -> JSON {
        let matching = identity.matching
        let now = Dictionary(
            result.segments.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        func name(_ id: Int, _ names: [Int: String]) -> JSON {
            .string(names[id] ?? "Segment \(id)")
        }
        func flows(_ flows: [IdentityMatching.Flow], _ names: [Int: String]) -> JSON {
            let tellsFew = flows.contains { isFew(Double($0.rows)) }
            return .array(
                flows.map {
                    .object([
                        "id": JSON($0.id), "name": name($0.id, names),
                        "share": tellsFew ? .null : JSON($0.share),
                    ])
                })
        }
        let kept = matching.groups.filter(\.isKept)
        return .object([
            "basis": .string(matching.basis.rawValue), "rows": JSON(matching.commonRows),
            "kept": .array(
                kept.map { group in
                    .object([
                        "id": JSON(group.id), "name": name(group.id, now),
                        "was": name(group.id, identity.names),
                        "jaccard": isFew(Double(group.rows - group.overlap))
                            || isFew(Double(group.overlap)) ? .null : JSON(group.jaccard),
                    ])
                }),
            "new": .array(
                matching.groups.filter { !$0.isKept }.map { group in
                    .object([
                        "id": JSON(group.id), "name": name(group.id, now),
                        "nearest": group.nearest.map { name($0, identity.names) } ?? .null,
                    ])
                }),
            "splits": .array(
                matching.splits.map {
                    .object([
                        "id": JSON($0.id), "name": name($0.id, identity.names),
                        "flows": flows($0.flows, now),
                    ])
                }),
            "merges": .array(
                matching.merges.map {
                    .object([
                        "id": JSON($0.id), "name": name($0.id, now),
                        "flows": flows($0.flows, identity.names),
                    ])
                }),
            "gone": .array(
                matching.gone.map {
                    .object([
                        "id": JSON($0.id), "name": name($0.id, identity.names),
                        "flows": flows($0.flows, now),
                    ])
                }),
        ])
    }
}
