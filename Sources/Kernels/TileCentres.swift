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
struct TileCentres: Sendable {
    private var centred: [Float]
    private var halves: [Float]
    private var bound = (base: Float(0), slope: Float(0), square: Float(0))
    /// Whether all centres are short enough for tiles.
    private(set) var fit = false

    init(clusters: Int, columns: Int) {
        centred = [Float](repeating: 0, count: clusters * columns)
        halves = [Float](repeating: 0, count: clusters)
    }

    /// Allocates nothing. Complexity: O(clusters · columns).
    mutating func set(_ centroids: Matrix, offsets: [Double]) {
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

    func withCentres(_ exact: UnsafePointer<Double>, _ body: (ckernels_centres) -> Void) {
        centred.withUnsafeBufferPointer { centred in
            halves.withUnsafeBufferPointer { halves in
                body(
                    ckernels_centres(
                        exact: exact, centred: centred.baseAddress, halves: halves.baseAddress,
                        clusters: halves.count, base: bound.base, slope: bound.slope,
                        square: bound.square))
            }
        }
    }
}
