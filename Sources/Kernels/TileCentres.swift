import CKernels
import Columns

/// Centres as the loops over tiles take them, and how far their scores can be off.
///
/// The score of a centre is x · c − ‖c‖² / 2, offsets taken off x and c: the largest belongs to the
/// nearest centre. With u = 2⁻²⁴, n features, ‖x‖ ≤ R and ‖c‖ ≤ C:
///
/// - The n products, n sums and the rounding of x, c and ‖c‖² / 2 to `Float` put a score off by at
///   most 1.01 (n + 4) u (R C + C² / 2), with or without fused multiply-add (Higham 2002, section
///   3.1), and by n 2⁻¹⁴⁹ (1 + R + C) where numbers underflow.
/// - The plain loop's squared distance, in `Double`, is itself off by at most 1.01 (n + 3) 2⁻⁵³
///   (R + C)², and the offsets' subtraction is within that.
///
/// So where two scores differ by more than twice the first and the second together, the plain loop
/// finds the same centre nearer; where they don't, it is asked.
///
/// When centres a and b go by d and e, and half their squared lengths grow by g and h, the gap
/// between their scores of a row changes by x · (d − e) − (g − h), which is at most
/// ‖x‖ (‖d‖ + ‖e‖) + |g − h|. So a gap that is left after all that has been gone since, and is
/// still wider than what rounding can do, means that the row keeps its label.
struct TileCentres: Sendable {
    private var centred: [Float]
    private var halves: [Float]
    private var bound = (base: Float(0), slope: Float(0), square: Float(0))
    /// Whether all centres are short enough for tiles.
    private(set) var fit = false
    /// What all passes since `forgetWay` add up to; see `ckernels_centres`.
    private var way = (path: 0.0, rise: 0.0)
    /// The centres of the last pass, as they were given.
    private var last: [Double] = []

    init(clusters: Int, columns: Int) {
        centred = [Float](repeating: 0, count: clusters * columns)
        halves = [Float](repeating: 0, count: clusters)
    }

    /// Complexity: O(clusters · columns).
    mutating func set(_ centroids: Matrix, offsets: [Double]) {
        addWay(to: centroids, offsets)
        let (clusters, columns) = (centroids.rows, centroids.columns)
        var longest = 0.0
        for cluster in 0..<clusters {
            var square = 0.0
            for column in 0..<columns {
                let value = centroids[cluster, column] - offsets[column]
                centred[column * clusters + cluster] = Float(value)
                square += value * value
            }
            halves[cluster] = Float(square / 2)
            longest = max(longest, square)
        }
        let length = longest.squareRoot() * 1.001
        fit = length <= Double(Tiles.longest)
        let features = Double(columns)
        let float = 2 * 1.02 * (features + 4) * 0x1p-24
        let double = 2 * 1.02 * (features + 3) * 0x1p-53
        let tiny = features * 0x1p-147
        bound = (
            Float(length * length * (float / 2 + double) + tiny * (1 + length)).nextUp,
            Float(length * (float + 2 * double) + tiny).nextUp, Float(double).nextUp
        )
    }

    /// For gaps that are all forgotten.
    mutating func forgetWay() { way = (0, 0) }

    /// Adds what lies between the centres of the last pass and these.
    private mutating func addWay(to centroids: Matrix, _ offsets: [Double]) {
        defer { last = centroids.storage }
        guard last.count == centroids.storage.count else { return }
        var (first, second) = (0.0, 0.0)
        var (least, most) = (Double.infinity, -Double.infinity)
        var longest = 0.0
        let columns = centroids.columns
        for cluster in 0..<centroids.rows {
            var (way, rise, length) = (0.0, 0.0, 0.0)
            for column in 0..<columns {
                let (old, new) = (last[cluster * columns + column], centroids[cluster, column])
                let (before, after) = (old - offsets[column], new - offsets[column])
                way += (new - old) * (new - old)
                rise += (new - old) * (before + after) / 2
                length += max(before * before, after * after)
            }
            (first, second) = way > first ? (way, first) : (first, max(second, way))
            (least, most) = (min(least, rise), max(most, rise))
            longest = max(longest, length)
        }
        // What rounding may take away is far below a thousand-millionth.
        let path = (first.squareRoot() + second.squareRoot()) * (1 + 1e-9)
        let rise = (most - least) * (1 + 1e-9) + path * longest.squareRoot() * 1e-9
        way.path += path
        way.rise += rise >= 0 ? rise : .infinity
    }

    func withCentres(_ exact: UnsafePointer<Double>, _ body: (ckernels_centres) -> Void) {
        centred.withUnsafeBufferPointer { centred in
            halves.withUnsafeBufferPointer { halves in
                body(
                    ckernels_centres(
                        exact: exact, centred: centred.baseAddress, halves: halves.baseAddress,
                        clusters: halves.count, base: bound.base, slope: bound.slope,
                        square: bound.square, path: .init(around: way.path),
                        rise: .init(around: way.rise)))
            }
        }
    }
}

extension ckernels_bounds {
    fileprivate init(around value: Double) {
        let nearest = Float(value)
        self.init(low: max(0, nearest.nextDown), high: nearest.nextUp)
    }
}
