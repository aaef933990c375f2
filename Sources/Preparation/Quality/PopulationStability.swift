import Foundation

/// The population stability index between two counts of the same bins: Σ (a − e) · ln(a / e) over
/// the shares of each bin (METHODS.md, section 9).
package struct PopulationStability: Codable, Sendable, Equatable {
    package enum Size: String, Codable, Sendable {
        case stable, moderate, large
    }

    package var value: Double
    package var bins: Int
    /// Bins that one of the two has no rows in: they count as half a row, since ln 0 is no number.
    package var emptyBins: Int
    /// What 5 of 100 pairs of samples of these sizes exceed without any change: (1/n + 1/m) times
    /// the 95 % point of χ² with one degree of freedom less than bins (Yurdakul & Naranjo 2020).
    package var byChance: Double
    /// Below 0.10 stable, from 0.25 on large; never more than stable where chance explains it.
    package var size: Size

    /// The 95 % points of χ² for 1, 2, … degrees of freedom.
    private static let chiSquare = [
        3.841459, 5.991465, 7.814728, 9.487729, 11.070498, 12.591587, 14.067140, 15.507313,
        16.918978, 18.307038,
    ]

    /// - Parameters:
    ///   - expected: rows in each bin before.
    ///   - actual: rows in the same bins now.
    /// - Returns: nil where there is nothing to compare: fewer than two bins, more than there are
    ///   thresholds for, or no rows.
    package init?(expected: [Int], actual: [Int]) {
        guard expected.count == actual.count else { return nil }
        let pairs = zip(expected, actual).filter { $0 > 0 || $1 > 0 }
        let rows = (expected: expected.reduce(0, +), actual: actual.reduce(0, +))
        guard rows.expected > 0, rows.actual > 0,
            (2...Self.chiSquare.count + 1).contains(pairs.count)
        else { return nil }
        let (n, m) = (Double(rows.expected), Double(rows.actual))
        value = pairs.reduce(0) { sum, pair in
            let e = max(Double(pair.0), 0.5) / n
            let a = max(Double(pair.1), 0.5) / m
            return sum + (a - e) * log(a / e)
        }
        bins = pairs.count
        emptyBins = pairs.count { $0 == 0 || $1 == 0 }
        byChance = (1 / n + 1 / m) * Self.chiSquare[pairs.count - 2]
        size = value <= byChance || value < 0.1 ? .stable : value < 0.25 ? .moderate : .large
    }
}
