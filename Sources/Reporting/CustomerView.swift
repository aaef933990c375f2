package import Columns
import Query
import Runs
package import Segmentation

/// Why one customer is in its segment, in the form of docs/http-api.md and in plain sentences.
///
/// Nothing is told of columns that no reader gets; where one of them takes part, neither are distances
/// and ways to boundaries, which would give it away.
package struct CustomerView: Sendable {
    package let explanation: CustomerExplanation
    package let result: SegmentationResult
    private let guarded: GuardedSegments
    private let run: String
    private let hidden: Set<String>
    /// The condition that holds for a customer whose segment is stated.
    let statement: String?

    init(
        _ explanation: CustomerExplanation, of result: SegmentationResult, in run: PublishedRun
    ) {
        var explanation = explanation
        hidden = Set(
            result.formedBy.filter {
                run.isHidden($0, of: result.model, withIdentifying: false)
            })
        guarded = GuardedSegments(result, run)
        self.result = result
        self.run = run.record.id
        let isWhole = hidden.isEmpty
        statement =
            explanation.unexplained == .stated && isWhole
            ? result.segments.first { $0.id == explanation.segment && !$0.isOutliers }?.rule : nil
        if !isWhole {
            explanation.features.removeAll { [hidden] in hidden.contains($0.column) }
            explanation.remarks.removeAll { [hidden] in hidden.contains($0.column) }
            (explanation.distance, explanation.margin, explanation.attribution) = (nil, nil, nil)
            (explanation.boundaries, explanation.refusals) = ([], [])
        }
        // Of a segment of few customers nothing is told as a whole.
        let few = guarded.hidden.map { result.segments[$0].id }
        for index in explanation.features.indices {
            if few.contains(explanation.segment) { explanation.features[index].segment = nil }
            if explanation.runnerUp.map(few.contains) == true {
                explanation.features[index].runnerUp = nil
            }
            guard explanation.features[index].isCategory else { continue }
            explanation.features[index].hideFew(explanation, result, guarded)
        }
        self.explanation = explanation
    }

    /// How many features no reader gets.
    package var featuresHidden: Int { hidden.count }

    package func label(_ column: String) -> String { guarded.label(column) }

    package func name(of segment: Int) -> String {
        result.segments.first { $0.id == segment }?.name
            ?? (result.frozen == nil ? "None" : "Outliers")
    }

    package var json: JSON {
        let explanation = explanation
        return .object([
            "run": .string(run), "segmentation": .string(result.name),
            "label": .string(result.label), "model": .string(result.model),
            "method": .string(result.methodName), "key": explanation.key.json,
            "segment": json(explanation.segment),
            "runner_up": explanation.runnerUp.map(json) ?? .null,
            "measure": .string(explanation.measure.rawValue),
            "distance": JSON(explanation.distance), "margin": JSON(explanation.margin),
            "borderline": explanation.isBorderline.map { .bool($0) } ?? .null,
            "statement": JSON(statement),
            "attribution": explanation.attribution.map {
                .object(["margin": JSON($0.customer), "baseline": JSON($0.baseline)])
            } ?? .null, "unexplained": JSON(explanation.unexplained?.rawValue),
            "features": .array(explanation.features.map(json)),
            "features_hidden": JSON(featuresHidden),
            "boundaries": .array(
                explanation.boundaries.map { boundary in
                    .object([
                        "changes": .array(boundary.changes.map(json)),
                        "segment": json(boundary.segment), "size": JSON(boundary.size),
                    ])
                }),
            "refused": .array(
                explanation.refusals.map { refusal in
                    .object([
                        "columns": .array(refusal.columns.map { .string($0) }),
                        "labels": .array(refusal.columns.map { .string(label($0)) }),
                        "reason": .string(refusal.reason.rawValue),
                    ])
                }),
            "sentences": .array(sentences.map { .string($0) }),
        ])
    }

    private func json(_ segment: Int) -> JSON {
        let place = result.segments.firstIndex { $0.id == segment }
        return .object([
            "id": JSON(segment), "name": .string(name(of: segment)),
            "colour": JSON(place.map { $0 + 1 }),
            "is_outliers": .bool(segment == FrozenSegments.outlierID),
        ])
    }

    private func json(_ feature: CustomerExplanation.Feature) -> JSON {
        let remark = explanation.remarks.first { $0.column == feature.column }
        return .object([
            "column": .string(feature.column), "label": .string(label(feature.column)),
            "format": guarded.format(feature.column), "is_category": .bool(feature.isCategory),
            "value": feature.value.json, "segment": JSON(feature.segment),
            "runner_up": JSON(feature.runnerUp), "overall": JSON(feature.overall),
            "contribution": JSON(feature.contribution),
            "standing": JSON(remark?.standing.rawValue),
        ])
    }

    private func json(_ change: CustomerExplanation.Boundary.Change) -> JSON {
        .object([
            "column": .string(change.column), "label": .string(label(change.column)),
            "format": guarded.format(change.column), "from": JSON(change.from),
            "to": JSON(change.to),
        ])
    }
}

extension CustomerExplanation.Feature {
    /// Leaves out shares that tell of few customers.
    fileprivate mutating func hideFew(
        _ explanation: CustomerExplanation, _ result: SegmentationResult,
        _ guarded: GuardedSegments
    ) {
        func isFew(_ share: Double?, of rows: Int?) -> Bool {
            guard let share, let rows else { return false }
            return guarded.isFew((share * Double(rows)).rounded())
        }
        func size(_ id: Int?) -> Int? { result.segments.first { $0.id == id }?.size }
        let tellsFew =
            isFew(segment, of: size(explanation.segment))
            || isFew(runnerUp, of: size(explanation.runnerUp)) || isFew(overall, of: result.rows)
        if tellsFew { (segment, runnerUp, overall) = (nil, nil, nil) }
    }
}
