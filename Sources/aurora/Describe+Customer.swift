import Columns
import Foundation
import Reporting
import Segmentation

/// Why one customer is in its segment, as text.
extension Describe {
    static func text(_ view: CustomerView) -> String {
        let explanation = view.explanation
        var lines = ["\(explanation.key) in \(view.result.name):"]
        lines += view.sentences.map { "  " + $0 }
        if !explanation.features.isEmpty {
            lines += ["", features(view)]
        }
        if let attribution = explanation.attribution {
            lines.append(
                "Contributions add up to \(number(attribution.customer - attribution.baseline)): the "
                    + "customer's margin of \(number(attribution.customer)) less that of the mean "
                    + "customer, \(number(attribution.baseline)), in squared units of the scaled features."
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func features(_ view: CustomerView) -> String {
        let explanation = view.explanation
        guard explanation.unexplained != .stated else {
            return Terminal.table(
                ["feature", "value"],
                explanation.features.map { [.text($0.column), .text($0.value.description)] })
        }
        let hasContributions = explanation.attribution != nil
        let rows = explanation.features.map { feature -> [Value] in
            [
                .text(feature.column),
                feature.value.doubleValue.map { .text(number($0)) } ?? feature.value,
                typical(feature.segment, feature), typical(feature.runnerUp, feature),
                typical(feature.overall, feature),
            ]
                + (hasContributions
                    ? [feature.contribution.map { .text(number($0)) } ?? .missing] : [])
        }
        return Terminal.table(
            ["feature", "value", "segment", "runner-up", "all"]
                + (hasContributions ? ["contribution"] : []), rows)
    }

    /// A mean, or how many of the customers have the same level.
    private static func typical(_ value: Double?, _ feature: CustomerExplanation.Feature) -> Value {
        guard let value else { return .missing }
        return .text(feature.isCategory ? "\(number(value * 100)) %" : number(value))
    }

    private static func number(_ value: Double) -> String { CustomerView.number(value) }
}
