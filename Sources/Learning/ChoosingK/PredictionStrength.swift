package import Columns
package import Kernels

/// Whether groups found in one half of the rows predict those of the other half.
///
/// The rows are split in two halves and each is clustered. For each group of one half: the share of
/// its pairs of rows that the other half's centroids keep together. The strength of a split is the
/// worst group's share, the mean over both directions; ps(k) is the mean over splits. ps(1) = 1.
/// The choice is the largest k with ps(k) ≥ 0.8. A group of one row has no pair and isn't counted.
///
/// Source: Tibshirani & Walther 2005, JCGS 14:511 (METHODS.md section 3).
package struct PredictionStrength: Sendable, Equatable {
    package static let threshold = 0.8

    package var splits: Int
    /// More rows than these are replaced by a random sample of so many in each split.
    package var sampleSize: Int
    package var seed: UInt64
    /// Starts of each k-means.
    package var restarts: Int

    package init(
        splits: Int = 20, sampleSize: Int = 10_000, seed: UInt64 = 0, restarts: Int = 3
    ) {
        self.splits = splits
        self.sampleSize = sampleSize
        self.seed = seed
        self.restarts = restarts
    }

    package struct Point: Sendable, Equatable, Codable {
        package let k: Int
        /// Nil where a half has fewer than k different rows.
        package let strength: Double?

        package init(k: Int, strength: Double?) {
            self.k = k
            self.strength = strength
        }
    }

    package struct Result: Sendable, Equatable, Codable {
        package let points: [Point]
        package let splits: Int
        package let rows: Int
        /// Rows in both halves of a split.
        package let measured: Int

        package var k: Int { PredictionStrength.choice(points) }
    }

    /// The largest k with ps ≥ 0.8; 1 where no larger one has it.
    package static func choice(_ points: [Point]) -> Int {
        points.reduce(1) { best, point in
            (point.strength ?? 0) >= threshold ? max(best, point.k) : best
        }
    }

    /// - Parameters:
    ///   - matrix: rows × features as they are clustered, no missing value.
    ///   - ks: groups to try.
    /// - Throws: `splits_below_one`; as `KMeans.fit`.
    ///
    /// Complexity: that of 2 · `splits` · `restarts` k-means of half the rows, for each k.
    package func measure(
        _ matrix: Matrix, ks: [Int], work: Work = Work()
    ) throws(AuroraError) -> Result {
        guard splits >= 1 else {
            throw AuroraError("splits_below_one", "splits is \(splits) but must be 1 or more")
        }
        try matrix.requireComplete(work: work)
        let count = min(matrix.rows, sampleSize)
        let measured = try Replicates.run(splits, work: work, named: "split") {
            (index, work) throws(AuroraError) in
            try strengths(matrix, count, split: index, ks: ks, work: work)
        }
        let points = ks.indices.map { place in
            let known = measured.compactMap { $0[place] }
            return Point(
                k: ks[place],
                strength: known.count < splits ? nil : known.reduce(0, +) / Double(splits))
        }
        return Result(points: points, splits: splits, rows: matrix.rows, measured: count)
    }

    private func strengths(
        _ matrix: Matrix, _ count: Int, split: Int, ks: [Int], work: Work
    ) throws(AuroraError) -> [Double?] {
        let random = { RandomNumbers.derivedSeed(seed, purpose: $0, index: split) }
        let rows =
            count == matrix.rows
            ? Array(0..<count) : RandomNumbers(seed: random(1)).sample(count, below: matrix.rows)
        let chosen = RandomNumbers(seed: random(2)).sample(count / 2, below: count)
        var isFirst = [Bool](repeating: false, count: count)
        for place in chosen { isFirst[place] = true }
        let halves = [true, false].map { side in
            matrix.gathered(rows.indices.filter { isFirst[$0] == side }.map { rows[$0] })
        }
        var result = [Double?]()
        for (place, k) in ks.enumerated() {
            let share = 1 / Double(ks.count)
            let part = work.part(Double(place) * share...Double(place + 1) * share)
            let isPossible = halves.allSatisfy { $0.distinctRows(upTo: k) == k }
            result.append(isPossible ? try strength(halves, k, seed: random(3), part) : nil)
        }
        return result
    }

    private func strength(
        _ halves: [Matrix], _ k: Int, seed: UInt64, _ work: Work
    ) throws(AuroraError) -> Double {
        let kMeans = KMeans(k: k, seed: seed, restarts: restarts)
        let first = try kMeans.fit(halves[0], work: work.part(0...0.5))
        let second = try kMeans.fit(halves[1], work: work.part(0.5...1))
        return
            (Self.kept(second.labels, by: try first.predict(halves[1], work: work), k: k)
            + Self.kept(first.labels, by: try second.predict(halves[0], work: work), k: k)) / 2
    }

    /// The worst group's share of pairs that another grouping keeps together; 1 without a pair.
    package static func kept(_ labels: [Int32], by other: [Int32], k: Int) -> Double {
        let table = GroupOverlap(labels, other, rows: k, columns: k)
        return (0..<k).reduce(1) { worst, group in
            let all = pairs(table.rowTotal(group))
            guard all > 0 else { return worst }
            let together = (0..<k).reduce(0) { $0 + pairs(table[group, $1]) }
            return min(worst, together / all)
        }
    }

    private static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}
