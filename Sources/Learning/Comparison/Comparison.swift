package import Kernels

/// Two groups' means, compared without assuming equal variances (Welch 1947).
package struct MeanComparison: Sendable, Equatable {
    package let difference: Double
    package let standardError: Double
    /// Degrees of freedom (Satterthwaite 1946).
    package let degrees: Double
    /// Of both sides.
    package let p: Double
    /// Cohen's d over the pooled standard deviation.
    package let effect: Double

    /// Nil for fewer than two values in a group, and where nothing varies.
    package init?(_ a: Spread, _ b: Spread) {
        guard a.count > 1, b.count > 1 else { return nil }
        let (n, m) = (Double(a.count), Double(b.count))
        let (s, t) = (a.variance / n, b.variance / m)
        guard s + t > 0, (s + t).isFinite else { return nil }
        difference = a.mean - b.mean
        standardError = (s + t).squareRoot()
        degrees = (s + t) * (s + t) / (s * s / (n - 1) + t * t / (m - 1))
        p = Tails.student(difference / standardError, degrees: degrees)
        let pooled = ((n - 1) * a.variance + (m - 1) * b.variance) / (n + m - 2)
        effect = difference / pooled.squareRoot()
    }

    /// Holds the true difference in `share` of samples.
    package func interval(_ share: Double = 0.95) -> ClosedRange<Double> {
        let margin = Tails.critical(1 - share, degrees: degrees) * standardError
        return difference - margin...difference + margin
    }
}

/// Two groups' shares, compared by the pooled z-test.
package struct ShareComparison: Sendable, Equatable {
    package let difference: Double
    /// Of both sides.
    package let p: Double
    /// The 95 % interval, over the groups' own variances.
    package let interval: ClosedRange<Double>
    /// The difference in standard deviations (Austin 2009).
    package let effect: Double

    /// Rows on either side, in either group, below which the normal distribution doesn't fit.
    private static let fewest = 5.0

    /// - Parameters:
    ///   - a: how many rows of the first group have it, of how many.
    ///   - b: those of the second.
    /// - Returns: nil where there are too few to test.
    package init?(_ a: (rows: Int, of: Int), _ b: (rows: Int, of: Int)) {
        let (n, m) = (Double(a.of), Double(b.of))
        guard n > 0, m > 0 else { return nil }
        let (x, y) = (Double(a.rows) / n, Double(b.rows) / m)
        let pooled = (Double(a.rows) + Double(b.rows)) / (n + m)
        guard min(pooled, 1 - pooled) * min(n, m) >= Self.fewest else { return nil }
        difference = x - y
        p = Tails.normal(difference / (pooled * (1 - pooled) * (1 / n + 1 / m)).squareRoot())
        let margin = 1.959963984540054 * (x * (1 - x) / n + y * (1 - y) / m).squareRoot()
        interval = max(-1, difference - margin)...min(1, difference + margin)
        effect = StandardisedDifference.of(x, y)
    }
}

/// Differences in standard deviations, so that means and shares can be ranked together.
package enum StandardisedDifference {
    /// Where nothing varies within two groups that differ, they could not differ more.
    private static let largest = 100.0

    /// Of two means, over the mean of both variances.
    package static func of(_ a: Spread, _ b: Spread) -> Double {
        ratio(a.mean - b.mean, (a.variance + b.variance) / 2)
    }

    /// Of two shares.
    package static func of(_ a: Double, _ b: Double) -> Double {
        ratio(a - b, (a * (1 - a) + b * (1 - b)) / 2)
    }

    private static func ratio(_ difference: Double, _ variance: Double) -> Double {
        guard difference != 0 else { return 0 }
        guard variance > 0 else { return difference < 0 ? -largest : largest }
        return max(-largest, min(largest, difference / variance.squareRoot()))
    }
}

/// Corrections for asking more than once.
package enum MultipleTests {
    /// Holm's step-down correction (1979): each p as it would have to be below the level alone.
    package static func holm(_ values: [Double]) -> [Double] {
        var adjusted = values
        var highest = 0.0
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        for (place, index) in order.enumerated() {
            highest = max(highest, min(1, values[index] * Double(values.count - place)))
            adjusted[index] = highest
        }
        return adjusted
    }
}
