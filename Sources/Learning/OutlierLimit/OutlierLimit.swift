package import Columns

/// How far from its group's centre a row may lie and still belong to it.
///
/// Each group has a limit of its own, learnt from its training rows and frozen: later rows beyond it
/// are left out as the first ones were. Use it after a method that gives every row to a group, such
/// as `KMeans`, when a few customers are like nobody else.
///
/// ```swift
/// let limit = try OutlierLimit().fit(distances: distances, labels: model.labels, groups: model.k)
/// try limit.apply(distances: distances, labels: model.labels)  // Noise.label for those beyond
/// ```
///
/// Source: median and MAD, Hampel 1974; 1.4826 · MAD estimates a normal distribution's deviation.
package struct OutlierLimit: Sendable, Equatable {
    package enum Rule: Sendable, Equatable {
        /// Median + so many times 1.4826 · MAD, the median of the absolute deviations from the
        /// median; above 0. Where more than half of a group are equally far, MAD is 0 and 1.2533 ·
        /// mean absolute deviation stands for the product.
        case deviations(Double)
        /// The quantile of the group's distances, between two of them in proportion (type 7 of
        /// Hyndman & Fan 1996); above 0, at most 1.
        case quantile(Double)
    }

    package var rule: Rule

    package init(_ rule: Rule = .deviations(6)) { self.rule = rule }

    /// Learns each group's limit.
    ///
    /// - Parameters:
    ///   - distances: of each training row to its own centroid: roots, for squared ones have a tail
    ///     that no multiple of the deviation fits.
    ///   - labels: the group of each row, below `groups`, or `Noise.label`, which has no part in it.
    /// - Throws: `outlier_deviations`, `outlier_quantile`; `rows_differ`.
    ///
    /// Complexity: O(rows · log rows).
    package func fit(
        distances: [Double], labels: [Int32], groups: Int
    ) throws(AuroraError) -> Model {
        switch rule {
        case .deviations(let count) where !(count > 0 && count.isFinite):
            throw AuroraError(
                "outlier_deviations", "deviations is \(count) but must be a number above 0")
        case .quantile(let share) where !(share > 0 && share <= 1):
            throw AuroraError(
                "outlier_quantile", "quantile is \(share) but must be above 0 and at most 1")
        default: break
        }
        try Model.requireRows(distances, labels)
        var members = [[Double]](repeating: [], count: groups)
        for (distance, label) in zip(distances, labels) where label >= 0 {
            members[Int(label)].append(distance)
        }
        let limits = members.map { limit($0.sorted()) }
        var outliers = [Int](repeating: 0, count: groups)
        for (group, values) in members.enumerated() {
            guard let limit = limits[group] else { continue }
            outliers[group] = values.count { $0 > limit }
        }
        return Model(limits: limits, outliers: outliers)
    }

    /// - Parameter values: ascending.
    private func limit(_ values: [Double]) -> Double? {
        guard let first = values.first, let last = values.last, first < last else { return nil }
        switch rule {
        case .quantile(let share): return Self.quantile(values, share)
        case .deviations(let count):
            let median = Self.quantile(values, 0.5)
            let deviations = values.map { abs($0 - median) }
            var spread = 1.4826 * Self.quantile(deviations.sorted(), 0.5)
            if spread == 0 {
                spread = 1.2533 * deviations.reduce(0, +) / Double(deviations.count)
            }
            return median + count * spread
        }
    }

    private static func quantile(_ values: [Double], _ share: Double) -> Double {
        let place = share * Double(values.count - 1)
        let below = Int(place)
        let above = min(below + 1, values.count - 1)
        return values[below] + (values[above] - values[below]) * (place - Double(below))
    }
}
