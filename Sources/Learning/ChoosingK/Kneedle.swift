/// The elbow of a falling curve: where one more group stops paying off.
///
/// Both axes are brought to 0…1; the difference curve D = (1 − y) − x tells how far the curve hangs
/// below the straight line between its ends. A local maximum of D is an elbow if D then falls
/// below D_max − S · (mean step of x) before it rises to another maximum. There may be none.
///
/// Never choose k by this alone: the elbow depends on the range of k, and appears without groups
/// (Schubert 2023, "Stop using the elbow criterion for k-means", SIGKDD Explorations 25(1):36).
///
/// Source: Satopää, Albrecht, Irwin & Raghavan 2011, "Finding a 'Kneedle' in a haystack".
package struct Kneedle: Sendable, Equatable {
    /// The first elbow; nil where no maximum passes the test.
    package let k: Int?
    /// D at each k; empty where the curve doesn't fall.
    package let differences: [Double]

    /// - Parameters:
    ///   - ks: ascending.
    ///   - inertias: one for each k, finite.
    ///   - sensitivity: S; larger values ask for a sharper bend.
    ///
    /// Complexity: O(points).
    package init(ks: [Int], inertias: [Double], sensitivity: Double = 1) {
        precondition(ks.count == inertias.count, "an inertia for each k")
        guard ks.count > 2, let low = inertias.min(), let high = inertias.max(), high > low else {
            (k, differences) = (nil, [])
            return
        }
        let (first, width) = (Double(ks[0]), Double(ks[ks.count - 1] - ks[0]))
        let differences = zip(ks, inertias).map { k, inertia in
            (high - inertia) / (high - low) - (Double(k) - first) / width
        }
        let step = sensitivity / Double(ks.count - 1)
        k = Self.elbow(of: differences, step: step).map { ks[$0] }
        self.differences = differences
    }

    /// The first interior maximum after which the curve falls by more than `step`.
    private static func elbow(of differences: [Double], step: Double) -> Int? {
        var candidate: Int?
        var threshold = 0.0
        for place in 1..<differences.count {
            let value = differences[place]
            let isLast = place == differences.count - 1
            if let candidate, value < threshold { return candidate }
            let falls = isLast || value >= differences[place + 1]
            if !isLast, value > differences[place - 1], falls {
                (candidate, threshold) = (place, value - step)
            } else if !isLast, value < differences[place - 1], value <= differences[place + 1] {
                // After a minimum the curve may rise again: only 0 refutes it from here.
                threshold = 0
            }
        }
        return nil
    }
}
