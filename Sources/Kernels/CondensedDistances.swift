package import Columns

/// Distances of all pairs of clusters, kept in a matrix and brought up to date with each merge.
///
/// Source: Lance & Williams 1967.
package struct CondensedDistances: MergeDistances, Sendable {
    package enum Linkage: Sendable, Equatable {
        /// The mean distance between the rows of two clusters.
        case average
        /// The largest.
        case complete
    }

    package let slots: Int
    private let linkage: Linkage
    /// The upper triangle without its diagonal, row by row.
    private var values: [Double]
    private var sizes: [Double]
    /// Live slots, ascending.
    private var live: [Int]

    /// - Parameter matrix: rows × columns, finite; a slot for each row.
    ///
    /// Complexity: O(rows² · columns) time; 4 · rows² bytes.
    package init(_ matrix: Matrix, linkage: Linkage, threads: Int) {
        let (slots, columns) = (matrix.rows, matrix.columns)
        self.slots = slots
        self.linkage = linkage
        sizes = [Double](repeating: 1, count: slots)
        live = Array(0..<slots)
        let count = slots * (slots - 1) / 2
        values = [Double](unsafeUninitializedCapacity: count) { values, initialized in
            matrix.storage.withUnsafeBufferPointer { storage in
                guard let storage = storage.baseAddress, let values = values.baseAddress else {
                    return
                }
                Parallel.forEach(slots, threads: threads) { row in
                    for other in row + 1..<max(row + 1, slots) {
                        let squared = squaredDistance(
                            storage + row * columns, storage + other * columns, columns)
                        values[Self.place(row, other, slots)] = squared.squareRoot()
                    }
                }
            }
            initialized = count
        }
    }

    @inline(__always)
    private static func place(_ a: Int, _ b: Int, _ slots: Int) -> Int {
        let (low, high) = a < b ? (a, b) : (b, a)
        return low * (2 * slots - low - 1) / 2 + high - low - 1
    }

    package func nearest(to slot: Int, previous: Int?) -> (slot: Int, distance: Double) {
        values.withUnsafeBufferPointer { values in
            var nearest = previous ?? -1
            var best = previous.map { values[Self.place(slot, $0, slots)] } ?? .infinity
            for other in live where other != slot {
                let distance = values[Self.place(slot, other, slots)]
                if distance < best { (nearest, best) = (other, distance) }
            }
            return best.isFinite ? (nearest, best) : (-1, best)
        }
    }

    package mutating func merge(_ lower: Int, into higher: Int) {
        let (small, large) = (sizes[lower], sizes[higher])
        live.removeAll { $0 == lower }
        sizes[higher] = small + large
        let (live, linkage, slots) = (self.live, self.linkage, self.slots)
        values.withUnsafeMutableBufferPointer { values in
            for other in live where other != higher {
                let place = Self.place(higher, other, slots)
                let (a, b) = (values[Self.place(lower, other, slots)], values[place])
                values[place] =
                    switch linkage {
                    case .average: (small * a + large * b) / (small + large)
                    case .complete: max(a, b)
                    }
            }
        }
    }
}
