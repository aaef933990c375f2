extension GapStatistic {
    /// The gap at one k.
    package struct Point: Sendable, Equatable, Codable {
        package let k: Int
        /// E*[log W] − log W.
        package let gap: Double
        /// s = sd · √(1 + 1/B).
        package let deviation: Double

        package init(k: Int, gap: Double, deviation: Double) {
            self.k = k
            self.gap = gap
            self.deviation = deviation
        }

        /// - Parameters:
        ///   - own: log W of the data.
        ///   - drawn: log W of each reference.
        package init(k: Int, own: Double, drawn: [Double]) {
            let count = Double(drawn.count)
            let mean = drawn.reduce(0, +) / count
            let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            self.init(
                k: k, gap: mean - own,
                deviation: variance.squareRoot() * (1 + 1 / count).squareRoot())
        }
    }

    package struct Result: Sendable, Equatable, Codable {
        /// For k = 1, 2, …
        package let points: [Point]
        package let references: Int
        package let rows: Int
        /// Rows that were measured; fewer than `rows` where a sample was taken.
        package let measured: Int

        package var k: Int? { GapStatistic.choice(points) }
    }

    /// The smallest k with Gap(k) ≥ Gap(k+1) − s_{k+1}; nil where the gap rises to the end.
    package static func choice(_ points: [Point]) -> Int? {
        zip(points, points.dropFirst()).first { point, next in
            next.k == point.k + 1 && point.gap >= next.gap - next.deviation
        }?.0.k
    }
}
