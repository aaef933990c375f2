import Columns
import Query

/// Comparisons in plain words.
struct DifferenceWriter {
    private let catalogue: Catalogue
    private let isRounded: Bool

    static let columns: JSON = [
        "dimension", "value", "higher", "lower", "figure_higher", "figure_lower", "interval_low",
        "interval_high", "effect", "p", "verdict",
    ]

    /// - Parameter isRounded: to three digits, so that no number of rows can be solved for.
    init(_ catalogue: Catalogue, isRounded: Bool) {
        self.catalogue = catalogue
        self.isRounded = isRounded
    }

    func json(_ comparison: GroupComparisons.Comparison) -> JSON {
        .object([
            "verdict": .string(comparison.verdict.rawValue),
            "dimension": .string(comparison.dimension),
            "groups": [comparison.groups.higher.json, comparison.groups.lower.json],
            "headline": headline(comparison).json, "detail": detail(comparison).json,
        ])
    }

    func row(_ comparison: GroupComparisons.Comparison) -> JSON {
        let (higher, lower) = comparison.groups
        return .array([
            .string(comparison.dimension), comparison.level?.json ?? .null, higher.json, lower.json,
            JSON(comparison.figures.higher), JSON(comparison.figures.lower),
            JSON(comparison.interval.map { rounded($0.lowerBound) }),
            JSON(comparison.interval.map { rounded($0.upperBound) }),
            JSON(rounded(comparison.effect)), JSON(comparison.p.map { rounded($0) }),
            .string(comparison.verdict.rawValue),
        ])
    }

    // MARK: Words

    private func headline(_ comparison: GroupComparisons.Comparison) -> Phrase {
        let (higher, lower) = comparison.groups
        let what = what(comparison)
        return switch comparison.verdict {
        case .difference, .formed:
            comparison.level == nil
                ? "\(name: higher) are higher in \(what) than \(name: lower)"
                : "\(name: higher) are more often \(what) than \(name: lower)"
        case .same: "\(name: higher) and \(name: lower) are practically the same in \(what)"
        case .tie: "\(name: higher) and \(name: lower): no difference found in \(what)"
        }
    }

    /// What is compared, within a sentence.
    private func what(_ comparison: GroupComparisons.Comparison) -> Phrase {
        let dimension = catalogue.dimensions[comparison.dimension]
        let label = FindingSentence.inSentence(dimension?.label ?? comparison.dimension)
        guard let level = comparison.level else { return "\(label: label)" }
        return dimension?.kind == .boolean
            ? "\(label: label): \(name: level)" : "\(name: level) (\(label: label))"
    }

    private func detail(_ comparison: GroupComparisons.Comparison) -> Phrase {
        figures(comparison) + interval(comparison) + effect(comparison)
    }

    private func format(_ comparison: GroupComparisons.Comparison) -> FigureFormat {
        guard let dimension = catalogue.dimensions[comparison.dimension] else {
            return FigureFormat(.decimal, digits: 2)
        }
        return .average(of: dimension, near: comparison.figures.higher)
    }

    private func figures(_ comparison: GroupComparisons.Comparison) -> Phrase {
        let (higher, lower) = comparison.figures
        guard comparison.level == nil else {
            return "\(share: higher) against \(share: lower)"
        }
        let format = format(comparison)
        return "\(higher, format) against \(lower, format)"
    }

    private func interval(_ comparison: GroupComparisons.Comparison) -> Phrase {
        guard let interval = comparison.interval else { return "" }
        let (low, high) = (rounded(interval.lowerBound), rounded(interval.upperBound))
        let difference = rounded(comparison.difference)
        guard comparison.level == nil else {
            return "; difference \(points: difference), 95% interval \(points: low) to "
                + "\(points: high)"
        }
        let format = FigureFormat.difference(format(comparison), near: difference)
        return "; difference \(difference, format), 95% interval \(low, format) to \(high, format)"
    }

    private func effect(_ comparison: GroupComparisons.Comparison) -> Phrase {
        let d: Phrase =
            comparison.level == nil
            ? "; Cohen's d \(rounded(comparison.effect), FigureFormat(.decimal, digits: 2))" : ""
        return switch comparison.verdict {
        case .formed: d + " (formed the groups)"
        case .same: d + "; real, but too small to matter"
        case .difference, .tie: d
        }
    }

    private func rounded(_ value: Double) -> Double {
        guard isRounded, value != 0, value.isFinite else { return value }
        var scale = 1.0
        while abs(value) * scale < 100 { scale *= 10 }
        while abs(value) * scale >= 1000 { scale /= 10 }
        return (value * scale).rounded() / scale
    }
}

extension FigureFormat {
    /// As averages, with a digit more where a difference would be told as nothing.
    fileprivate static func difference(_ format: FigureFormat, near value: Double) -> FigureFormat {
        var format = format
        if format.style == .decimal, let digits = format.digits, abs(value) < 1 {
            format.digits = max(digits, 2)
        }
        return format
    }
}
