import Columns
package import Kernels

/// Whether two groupings have anything to do with each other, and how much.
///
/// With rows in the hundred thousands any connection is far from chance: order by V, not by p.
/// Groups without rows are left out.
package struct ChiSquaredTest: Sendable, Equatable, Codable {
    /// χ² = Σ (n − E)² / E.
    package let statistic: Double
    /// (r − 1)(c − 1).
    package let degrees: Int
    /// How often chance gives a χ² as large.
    package let p: Double
    /// Random tables that `p` was counted over; nil where it is of the χ² distribution.
    package let replicates: Int?
    package let smallestExpected: Double
    /// V = √(χ² / (n · min(r − 1, c − 1))), from 0 to 1; nil with a single group on one side.
    package let cramersV: Double?
    /// V without what chance adds to it in small tables. Source: Bergsma 2013.
    package let biasCorrectedV: Double?
    /// G² = 2 Σ n ln(n / E) = 2n times the mutual information.
    package let likelihoodRatio: Double
    /// Of the χ² distribution.
    package let likelihoodRatioP: Double

    private enum CodingKeys: String, CodingKey {
        case statistic, degrees, p, replicates
        case smallestExpected = "smallest_expected"
        case cramersV = "cramers_v"
        case biasCorrectedV = "bias_corrected_v"
        case likelihoodRatio = "likelihood_ratio"
        case likelihoodRatioP = "likelihood_ratio_p"
    }
}

extension ContingencyTable {
    /// Expected counts below which the χ² distribution doesn't fit (Cochran 1954).
    private static let fewest = 5.0

    /// The χ² test of independence.
    ///
    /// Where an expected count is below 5, p is counted over random tables with the same totals:
    /// (1 + tables with as large a χ²) / (1 + tables).
    ///
    /// - Parameters:
    ///   - replicates: random tables to draw, where they are needed.
    ///   - seed: of the random tables.
    ///
    /// Complexity: O(rows · columns); times replicates · √total where tables are drawn.
    package func chiSquaredTest(replicates: Int = 2000, seed: UInt64 = 0) -> ChiSquaredTest {
        let kept = withoutEmptyGroups
        let expected = kept.expected
        let statistic = kept.chiSquared(kept.counts, expected)
        let degrees = max(0, kept.rows - 1) * max(0, kept.columns - 1)
        let smallest = expected.storage.min() ?? 0
        let isSimulated = degrees > 0 && smallest < Self.fewest && replicates > 0
        let ratio = 2 * Double(total) * mutualInformation
        return ChiSquaredTest(
            statistic: statistic, degrees: degrees,
            p: isSimulated
                ? kept.simulatedP(statistic, expected, replicates: replicates, seed: seed)
                : Tails.chiSquared(statistic, degrees: degrees),
            replicates: isSimulated ? replicates : nil, smallestExpected: smallest,
            cramersV: kept.cramersV(statistic), biasCorrectedV: kept.biasCorrectedV(statistic),
            likelihoodRatio: ratio, likelihoodRatioP: Tails.chiSquared(ratio, degrees: degrees))
    }

    private var withoutEmptyGroups: ContingencyTable {
        let used = (0..<columns).filter { columnTotals[$0] > 0 }
        return ContingencyTable(
            (0..<rows).filter { rowTotals[$0] > 0 }.map { row in used.map { self[row, $0] } })
    }

    private func chiSquared(_ counts: [Int], _ expected: Matrix) -> Double {
        var sum = 0.0
        for (count, expected) in zip(counts, expected.storage) {
            let difference = Double(count) - expected
            sum += difference * difference / expected
        }
        return sum
    }

    private func cramersV(_ statistic: Double) -> Double? {
        let least = min(rows, columns) - 1
        guard least > 0 else { return nil }
        return min(1, (statistic / (Double(total) * Double(least))).squareRoot())
    }

    private func biasCorrectedV(_ statistic: Double) -> Double? {
        guard min(rows, columns) > 1, total > 1 else { return nil }
        let (n, r, c) = (Double(total), Double(rows), Double(columns))
        let square = max(0, statistic / n - (r - 1) * (c - 1) / (n - 1))
        let least = min(
            r - 1 - (r - 1) * (r - 1) / (n - 1), c - 1 - (c - 1) * (c - 1) / (n - 1))
        guard least > 0 else { return nil }
        return min(1, (square / least).squareRoot())
    }

    private func simulatedP(
        _ statistic: Double, _ expected: Matrix, replicates: Int, seed: UInt64
    ) -> Double {
        // Tables that are equally far from chance may differ in their last digits.
        let limit = statistic * (1 - 1e-9)
        var asLarge = 0
        for replicate in 0..<replicates {
            let random = RandomNumbers(seed: seed, step: replicate)
            if chiSquared(randomCounts(random), expected) >= limit { asLarge += 1 }
        }
        return Double(asLarge + 1) / Double(replicates + 1)
    }

    /// A table with the same totals, as chance draws it: cell by cell, each hypergeometric given
    /// those before it (Patefield 1981).
    package func randomCounts(_ random: RandomNumbers) -> [Int] {
        var result = [Int](repeating: 0, count: counts.count)
        var left = columnTotals
        for row in 0..<rows {
            var toPlace = rowTotals[row]
            var rest = left.reduce(0, +)
            for column in 0..<columns where toPlace > 0 {
                let cell = row * columns + column
                let count = Hypergeometric(total: rest, marked: left[column], drawn: toPlace)
                    .number(at: random.uniform(cell))
                rest -= left[column]
                result[cell] = count
                left[column] -= count
                toPlace -= count
            }
        }
        return result
    }
}
