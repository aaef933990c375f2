import Columns
import Foundation
import Learning

extension ClusterFit {
    /// Writes each segment's rule in words: "spending ≥ 1200 and products < 3".
    func describe(_ result: inout SegmentationResult) {
        guard let explanation = result.explanation else { return }
        let places = result.segments.indices.filter { !result.segments[$0].isOutliers }
        for (place, group) in zip(places, explanation.groups) {
            guard let rule = group.rule else { continue }
            result.segments[place].rule = rule.parts.map { part in
                part.conditions.map(words).joined(separator: " and ")
            }.joined(separator: ", or ")
        }
    }

    private func words(_ condition: SurrogateTree.Condition) -> String {
        if let levels = condition.levels {
            let all = features.sources[condition.feature].levels ?? []
            let names = levels.map { all.indices.contains($0) ? all[$0] : "missing" }
            return names.count == 1
                ? "\(condition.name) = \(names[0])"
                : "\(condition.name) in (\(names.joined(separator: ", ")))"
        }
        switch (condition.atLeast, condition.below) {
        case (let low?, let high?):
            return "\(Self.number(low)) ≤ \(condition.name) < \(Self.number(high))"
        case (let low?, nil): return "\(condition.name) ≥ \(Self.number(low))"
        case (nil, let high?): return "\(condition.name) < \(Self.number(high))"
        case (nil, nil): return condition.name
        }
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}

extension SegmentationResult {
    /// The levels of a feature that is a category, by their codes in a rule.
    package func levels(of feature: String) -> [String]? {
        frozen?.sources.first { $0.column == feature }?.levels
    }
}

extension Finding {
    var notice: Notice { Notice(code, message) }
}
