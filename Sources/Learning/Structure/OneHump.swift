import Columns
import Kernels

/// The distribution with a single hump that lies nearest to a column's.
///
/// To the left of its mode a distribution function with one hump is convex, to the right concave.
/// So between both ends and a mode it is the greatest convex minorant and the least concave
/// majorant of the column's own; of the modes tried, the one that leaves the smallest largest
/// difference is taken. Valleys between humps are filled, tails stay as long as they are.
///
/// Source: Hartigan & Hartigan 1985, "The dip test of unimodality", section 2.
enum OneHump {
    /// Modes that are tried, at equal shares of the rows.
    private static let modes = 64

    /// The share of rows on the wrong side of a value from which a column has several humps.
    private static let smallest = 0.05
    /// Times 1 / √rows, a share beyond what chance moves: at most 1.3 in 2,700 uniform, normal and
    /// lognormal columns of 200 to 2,500 rows. (The dip is half of it, since Hartigan's fit lies
    /// between the two functions.)
    private static let byChance = 1.5

    /// - Parameter sorted: at least two values, from the smallest up.
    /// - Returns: as many values of the new distribution, at the same shares of the rows; nil where
    ///   the column is as near to one hump as columns with one are by chance.
    ///
    /// Complexity: O(values).
    static func values(of sorted: [Double]) -> [Double]? {
        let last = sorted.count - 1
        var best = (difference: Double.infinity, corners: [Int]())
        for step in 0...modes {
            let mode = last * step / modes
            let corners =
                hull(sorted, 0...mode, isConvex: true)
                + hull(sorted, mode...last, isConvex: false).dropFirst()
            let difference = largestDifference(sorted, corners)
            if difference < best.difference { best = (difference, corners) }
        }
        let rows = Double(sorted.count)
        guard best.difference / rows >= max(smallest, byChance / rows.squareRoot()) else {
            return nil
        }
        return interpolated(sorted, best.corners)
    }

    /// The corners of the convex or concave hull of (value, place), both ends among them.
    private static func hull(
        _ sorted: [Double], _ places: ClosedRange<Int>, isConvex: Bool
    ) -> [Int] {
        var corners: [Int] = []
        for place in places {
            while let b = corners.last, let a = corners.dropLast().last {
                let turn =
                    (sorted[b] - sorted[a]) * Double(place - a)
                    - Double(b - a) * (sorted[place] - sorted[a])
                guard isConvex ? turn <= 0 : turn >= 0 else { break }
                corners.removeLast()
            }
            corners.append(place)
        }
        return corners
    }

    /// In places: how far the line through the corners passes from a value's own place.
    private static func largestDifference(_ sorted: [Double], _ corners: [Int]) -> Double {
        var largest = 0.0
        for (a, b) in zip(corners, corners.dropFirst()) where sorted[b] > sorted[a] {
            let slope = Double(b - a) / (sorted[b] - sorted[a])
            for place in a..<b {
                let line = Double(a) + slope * (sorted[place] - sorted[a])
                largest = max(largest, abs(line - Double(place)))
            }
        }
        return largest
    }

    private static func interpolated(_ sorted: [Double], _ corners: [Int]) -> [Double] {
        var values = sorted
        for (a, b) in zip(corners, corners.dropFirst()) {
            for place in a..<b {
                let share = Double(place - a) / Double(b - a)
                values[place] = sorted[a] + share * (sorted[b] - sorted[a])
            }
        }
        return values
    }
}

extension CopulaNull {
    /// Values that more than this share of the rows have are kept where they are: a spike, like
    /// the customers without any purchase, is no hump.
    private static let spike = 0.05

    /// The same correlations, with one hump in every column without a spike; nil where it is so.
    ///
    /// Complexity: O(rows · units).
    package func withOneHump() -> CopulaNull? {
        var (null, hasChanged) = (self, false)
        for (unit, columns) in units.enumerated() where columns.count == 1 {
            let sorted = order[unit].map { matrix[$0, columns[0]] }
            guard !Self.hasSpike(sorted), let values = OneHump.values(of: sorted) else { continue }
            for (row, value) in zip(order[unit], values) {
                null.matrix[row, columns[0]] = value
            }
            hasChanged = true
        }
        return hasChanged ? null : nil
    }

    private static func hasSpike(_ sorted: [Double]) -> Bool {
        let run = Int(spike * Double(sorted.count)) + 1
        guard run < sorted.count else { return true }
        return (run..<sorted.count).contains { sorted[$0 - run] == sorted[$0] }
    }
}
