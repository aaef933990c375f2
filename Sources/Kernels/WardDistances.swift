package import Columns

/// Ward's distances, worked out from centroids and sizes whenever they are asked for.
///
/// d(A, B) = 2 |A| |B| / (|A| + |B|) · ‖c_A − c_B‖², twice what merging adds to the squared
/// distances to the centroids; its root is the height of Ward.D2. By the centroids a pass costs
/// O(slots · columns), and no matrix of distances is kept.
///
/// Source: Ward 1963; Murtagh & Legendre 2014.
package struct WardDistances: MergeDistances, Sendable {
    package let slots: Int
    private let columns: Int
    /// Element (tile, column) is at tile · `columns` + column; eight places a tile. Places of
    /// merged slots are NaN, whose distances are below nothing.
    private var tiles: [SIMD8<Double>]
    private var weights: [SIMD8<Double>]
    /// The slot of each place, ascending; merged ones leave when they are half.
    private var order: [Int]
    private var places: [Int]
    private var live: Int

    /// - Parameters:
    ///   - matrix: rows × columns, finite; a slot for each row.
    ///   - weights: how many rows a row stands for; nil for one each.
    package init(_ matrix: Matrix, weights: [Int]? = nil) {
        (slots, columns, live) = (matrix.rows, matrix.columns, matrix.rows)
        order = Array(0..<matrix.rows)
        places = order
        let count = (matrix.rows + 7) / 8
        tiles = [SIMD8<Double>](repeating: SIMD8(repeating: .nan), count: count * columns)
        self.weights = [SIMD8<Double>](repeating: SIMD8(repeating: 1), count: count)
        for row in 0..<matrix.rows {
            if let weights { self.weights[row / 8][row % 8] = Double(weights[row]) }
            for column in 0..<columns {
                tiles[row / 8 * columns + column][row % 8] = matrix[row, column]
            }
        }
    }

    package func nearest(to slot: Int, previous: Int?) -> (slot: Int, distance: Double) {
        let own = places[slot]
        let weight = weights[own / 8][own % 8]
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { point in
            for column in 0..<columns { point[column] = tiles[own / 8 * columns + column][own % 8] }
            return tiles.withUnsafeBufferPointer { tiles in
                weights.withUnsafeBufferPointer { weights in
                    func distances(_ tile: Int) -> SIMD8<Double> {
                        var sum = SIMD8<Double>(repeating: 0)
                        for column in 0..<columns {
                            let value = SIMD8(repeating: point[column])
                            let difference = tiles[tile * columns + column] - value
                            sum += difference * difference
                        }
                        let others = weights[tile]
                        return sum * (2 * (others * weight) / (others + weight))
                    }
                    var (nearest, best) = (-1, Double.infinity)
                    if let previous {
                        nearest = places[previous]
                        best = distances(nearest / 8)[nearest % 8]
                    }
                    for tile in 0..<(order.count + 7) / 8 {
                        let found = distances(tile)
                        for lane in 0..<8 where found[lane] < best && tile * 8 + lane != own {
                            (nearest, best) = (tile * 8 + lane, found[lane])
                        }
                    }
                    return best.isFinite && nearest >= 0 ? (order[nearest], best) : (-1, best)
                }
            }
        }
    }

    package mutating func merge(_ lower: Int, into higher: Int) {
        let (a, b) = (places[lower], places[higher])
        let (small, large) = (weights[a / 8][a % 8], weights[b / 8][b % 8])
        for column in 0..<columns {
            let from = tiles[a / 8 * columns + column][a % 8]
            let to = tiles[b / 8 * columns + column][b % 8]
            // Equal centroids stay what they are, so that duplicates merge at 0.
            tiles[b / 8 * columns + column][b % 8] = from + (to - from) * (large / (small + large))
            tiles[a / 8 * columns + column][a % 8] = .nan
        }
        weights[b / 8][b % 8] = small + large
        order[a] = -1
        live -= 1
        if live * 2 < order.count { compact() }
    }

    private mutating func compact() {
        let old = order
        order = old.filter { $0 >= 0 }
        for (place, slot) in order.enumerated() {
            let before = places[slot]
            places[slot] = place
            weights[place / 8][place % 8] = weights[before / 8][before % 8]
            for column in 0..<columns {
                tiles[place / 8 * columns + column][place % 8] =
                    tiles[before / 8 * columns + column][before % 8]
            }
        }
        for place in order.count..<(order.count + 7) / 8 * 8 {
            for column in 0..<columns { tiles[place / 8 * columns + column][place % 8] = .nan }
        }
    }
}
