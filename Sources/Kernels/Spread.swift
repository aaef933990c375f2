/// How many values there are, their mean and their variance (divided by n − 1; 0 for one
/// value).
package struct Spread: Sendable, Equatable {
    package var count: Int
    package var mean: Double
    package var variance: Double

    package init(count: Int, mean: Double, variance: Double) {
        self.count = count
        self.mean = mean
        self.variance = variance
    }

    /// What remains without a part of the values; nil where that is nothing.
    package func without(_ part: Spread) -> Spread? {
        let left = count - part.count
        guard left > 0 else { return nil }
        let (n, m, l) = (Double(count), Double(part.count), Double(left))
        let rest = mean + (mean - part.mean) * m / l
        let between =
            (part.mean - mean) * (part.mean - mean) * m + (rest - mean) * (rest - mean) * l
        let squares = variance * (n - 1) - part.variance * max(0, m - 1) - between
        return Spread(count: left, mean: rest, variance: left > 1 ? max(0, squares / (l - 1)) : 0)
    }
}
