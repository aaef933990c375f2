package import Columns
package import Kernels

/// The k-distance curve: for each row the smallest `eps` at which it is a core point, in ascending
/// order. It helps to choose the `eps` of `DBSCAN`.
///
/// Rows inside groups have small values, noise has large ones; where the curve bends upwards lies
/// a fair `eps`. There may be no bend.
///
/// Source: Ester et al. 1996, section 4.2; Schubert et al. 2017, section 4.
package struct KDistance: Sendable, Equatable {
    package struct Options: Sendable, Equatable {
        /// Up to so many rows all are measured.
        package var exactUpTo: Int
        /// Rows that are measured when there are more; each of them against all rows.
        package var sampleSize: Int
        package var seed: UInt64

        package init(exactUpTo: Int = 20_000, sampleSize: Int = 5_000, seed: UInt64 = 0) {
            self.exactUpTo = exactUpTo
            self.sampleSize = sampleSize
            self.seed = seed
        }
    }

    /// Distances to the `minimumPoints`-th nearest row, the row itself being the first.
    package let distances: [Double]
    package let minimumPoints: Int
    package let rows: Int
    /// The value at the bend; nil where the curve has none.
    package let suggestedEps: Double?

    package var isExact: Bool { distances.count == rows }

    /// - Parameters:
    ///   - matrix: rows × features, no missing value.
    ///   - minimumPoints: from 1 to the number of rows; with 1 all distances are 0.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`,
    ///   `minimum_points_below_one`, `minimum_points_above_rows`, `sample_below_one`,
    ///   `values_too_large`; what `work` throws between blocks.
    ///
    /// Complexity: O(measured · rows · features) at worst.
    package static func measure(
        _ matrix: Matrix, minimumPoints: Int, options: Options = Options(), work: Work = Work()
    ) throws(AuroraError) -> KDistance {
        try matrix.requireComplete(work: work)
        try DBSCAN.require(minimumPoints, matrix)
        guard options.sampleSize >= 1 else {
            throw AuroraError(
                "sample_below_one", "sample is \(options.sampleSize) but must be 1 or more")
        }
        let isExact = matrix.rows <= max(options.exactUpTo, options.sampleSize)
        let points =
            isExact
            ? matrix
            : matrix.rows(
                RandomNumbers(seed: options.seed).sample(options.sampleSize, below: matrix.rows))
        let squared = try NeighbourIndex(matrix).squaredDistances(
            toNearest: minimumPoints, of: points, work: work)
        guard squared.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
        return KDistance(
            squared.sorted().map { $0.squareRoot() }, minimumPoints: minimumPoints,
            rows: matrix.rows)
    }

    private init(_ distances: [Double], minimumPoints: Int, rows: Int) {
        self.distances = distances
        self.minimumPoints = minimumPoints
        self.rows = rows
        suggestedEps = Self.bend(of: distances).map { distances[$0] }
    }

    /// How far a curve has to hang below the straight line between its ends, both axes from 0 to
    /// 1, to have a bend. Rows spread evenly over a box reach 0.25 to 0.4.
    private static let clearBend = 0.5

    /// The place that hangs lowest below the straight line between the curve's ends.
    ///
    /// Source: Satopää, Albrecht, Irwin & Raghavan 2011 (the difference curve).
    private static func bend(of distances: [Double]) -> Int? {
        let (low, high) = (distances[0], distances[distances.count - 1])
        guard distances.count > 2, high > low else { return nil }
        var (lowest, depth) = (0, 0.0)
        for (place, distance) in distances.enumerated() {
            let below =
                Double(place) / Double(distances.count - 1) - (distance - low) / (high - low)
            if below > depth { (lowest, depth) = (place, below) }
        }
        return depth >= clearBend ? lowest : nil
    }
}
