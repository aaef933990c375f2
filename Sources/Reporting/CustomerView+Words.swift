import Columns
import Segmentation

extension CustomerView {
    /// What there is to say, a sentence each.
    package var sentences: [String] {
        [place] + [nearness, reasons, hiding].compactMap { $0 } + ways
    }

    private var place: String {
        guard explanation.segment != FrozenSegments.outlierID else {
            return result.frozen == nil
                ? "No condition of \(result.label) holds, so the customer belongs to no segment."
                : "The customer is far from every segment and belongs to none."
        }
        let segment = "The customer belongs to '\(name(of: explanation.segment))'"
        guard explanation.unexplained == .stated, let statement else { return segment + "." }
        return statement == "all others"
            ? segment + ", since no condition of another segment holds."
            : segment + ", the first segment whose condition holds: \(statement)."
    }

    private var nearness: String? {
        guard let runnerUp = explanation.runnerUp else { return nil }
        let other = "'\(name(of: runnerUp))'"
        guard explanation.segment != FrozenSegments.outlierID else {
            return "The nearest segment is \(other)."
        }
        guard let isBorderline = explanation.isBorderline else {
            return "The next segment is \(other)."
        }
        return isBorderline
            ? "It is borderline: \(other) is hardly farther."
            : "It is not borderline; the next segment is \(other)."
    }

    private var reasons: String? {
        switch explanation.unexplained {
        case .noCentroids:
            return "There is no exact attribution for \(result.methodName): its segments are not "
                + "told apart by distances to centroids."
        case .oneSegment: return "There is no other segment, so nothing speaks for this one."
        case .outside:
            return "No feature speaks for a segment where the customer belongs to none."
        case .stated: return nil
        case nil: break
        }
        guard let runnerUp = explanation.runnerUp else { return nil }
        let speaking = explanation.features.filter { ($0.contribution ?? 0) > 0 }.prefix(3)
        let against = explanation.features.first { ($0.contribution ?? 0) < 0 }
        guard !speaking.isEmpty else { return nil }
        let words =
            "Compared with the average customer, what speaks most for this segment and not for "
            + "'\(name(of: runnerUp))': \(listed(speaking.map(words)))."
        return words + (against.map { " Most against it: \(self.words($0))." } ?? "")
    }

    private func words(_ feature: CustomerExplanation.Feature) -> String {
        guard let segment = feature.segment else { return label(feature.column) }
        let value = feature.value.doubleValue.map(Self.number) ?? feature.value.description
        let typical = Self.number(feature.isCategory ? segment * 100 : segment)
        return "\(label(feature.column)) \(value) (the segment's "
            + (feature.isCategory ? "share \(typical) %)" : "mean \(typical))")
    }

    private var hiding: String? {
        guard featuresHidden > 0 else { return nil }
        let features = featuresHidden == 1 ? "1 feature" : "\(featuresHidden) features"
        return "\(features) that no reader gets take\(featuresHidden == 1 ? "s" : "") part, so "
            + "neither distances nor boundaries are told."
    }

    private var ways: [String] {
        let boundaries = explanation.boundaries.map { boundary in
            let changes = boundary.changes.map {
                "\(label($0.column)) from \(Self.number($0.from)) to \(Self.number($0.to))"
            }
            let along = boundary.changes.count > 1 ? "Together, by the same share" : "Alone"
            return "The nearest boundary, that of '\(name(of: boundary.segment))': "
                + "\(listed(changes)). \(along); nothing else changes."
        }
        return boundaries + explanation.refusals.map(words)
    }

    private func words(_ refusal: CustomerExplanation.Refusal) -> String {
        let features = listed(refusal.columns.map(label))
        let isOne = refusal.columns.count == 1
        return switch refusal.reason {
        case .outOfReach:
            "No boundary lies along \(features) within what customers have"
                + (isOne ? "." : ", where they change by the same share.")
        case .linked: "\(features) change together, and not all of them can be changed."
        case .noShare:
            "\(features) change together by a share of themselves, and one of them is 0 or less: no "
                + "boundary is told."
        case .category: "\(features): between levels there is no boundary."
        case .missing: "\(features) is missing, so no boundary is told along it."
        }
    }

    private func listed(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Four digits, or all of them before the point.
    package static func number(_ value: Double) -> String {
        let magnitude = abs(value)
        guard magnitude > 0, magnitude.isFinite else { return value == 0 ? "0" : "\(value)" }
        var scale = 1.0
        while magnitude * scale < 1000, scale < 1e6 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
