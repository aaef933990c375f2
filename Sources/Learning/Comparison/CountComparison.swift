/// Two parts of the same rows, and whether either is larger by more than chance.
///
/// Of the rows in either part, chance puts each in the first with ½ (McNemar 1947).
package struct CountComparison: Sendable, Equatable {
    /// Of both sides, by the normal distribution.
    package let p: Double
    /// z = (a − b) / √(a + b).
    package let statistic: Double

    /// Rows of both parts together, below which the normal distribution doesn't fit.
    private static let fewest = 10

    /// Nil where there are too few rows to test.
    package init?(_ a: Int, _ b: Int) {
        guard a + b >= Self.fewest else { return nil }
        statistic = Double(a - b) / Double(a + b).squareRoot()
        p = Tails.normal(statistic)
    }
}
