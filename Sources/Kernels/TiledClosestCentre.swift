import CKernels
package import Columns

/// What a k-means++ start asks of the distances to its centres so far.
package protocol StartDistances {
    /// The squared distances of all rows, summed.
    var potential: Double { get }
    /// Whether the distances are precise enough to go on with them.
    var isReliable: Bool { get }
    /// The potential that would be left if each of these rows, alone, became the next centre.
    func potentials(_ candidates: [Int]) -> [Double]
    /// The row at which the running sum of distances passes `fraction` of the potential; a row that
    /// coincides with a centre is never chosen while another is left.
    func row(at fraction: Double) -> Int
    /// Makes a row one of the centres.
    mutating func add(_ row: Int)
}

/// `ClosestCentre` over tiles: distances in `Float`, their sums in `Double`.
///
/// Every operation is rounded in one order, so the bits are the same for every instruction set and
/// any number of threads; beside `ClosestCentre` a distance is off by some units in the seventh
/// digit, which a random draw can bear. Rows so near to each other or so small that rounding would
/// decide make it not reliable.
///
/// Memory: 4 bytes a row.
package struct TiledClosestCentre: StartDistances {
    private let tiles: Tiles
    private let threads: Int
    private var closest: [Float]
    private var sums: ChunkedSums

    /// Starts with one row as the only centre.
    package init(_ tiles: Tiles, first row: Int, threads: Int) {
        (self.tiles, self.threads) = (tiles, threads)
        let count = (tiles.rows + Tiles.height - 1) / Tiles.height * Tiles.height
        closest = [Float](repeating: .infinity, count: count)
        // Places beyond the last row add nothing.
        for place in tiles.rows..<count { closest[place] = 0 }
        sums = ChunkedSums(rows: tiles.rows, width: 1)
        add(row)
    }

    package var potential: Double { sums.totals[0] }

    package var isReliable: Bool {
        let rounding = Double(tiles.longestRow) * 0x1p-22
        let least = max(Double(tiles.columns) * rounding * rounding, 1e-30)
        return potential > Double(tiles.rows) * least
    }

    /// Complexity: O(rows · columns).
    package mutating func add(_ row: Int) {
        let (centre, columns, loops) = (tiles.row(row), tiles.columns, tiles.path.table)
        tiles.withTiles { floats, _ in
            closest.withUnsafeMutableBufferPointer { closest in
                guard let closest = closest.baseAddress else { return }
                sums.pass(threads: threads) { rows, record in
                    record[0] = loops.cover(
                        floats + rows.lowerBound * columns, Self.tiles(in: rows), columns, centre,
                        closest + rows.lowerBound)
                }
            }
        }
    }

    /// Complexity: O(rows · candidates · columns).
    package func potentials(_ candidates: [Int]) -> [Double] {
        let (columns, loops) = (tiles.columns, tiles.path.table)
        let centres = candidates.flatMap { tiles.row($0) }
        var sums = ChunkedSums(rows: tiles.rows, width: candidates.count)
        tiles.withTiles { floats, _ in
            closest.withUnsafeBufferPointer { closest in
                centres.withUnsafeBufferPointer { centres in
                    guard let closest = closest.baseAddress, let centres = centres.baseAddress
                    else { return }
                    let places: [UnsafePointer<Float>?] = candidates.indices.map {
                        centres + $0 * columns
                    }
                    places.withUnsafeBufferPointer { places in
                        sums.pass(threads: threads) { rows, record in
                            for first in stride(from: 0, to: places.count, by: 4) {
                                loops.potentials(
                                    floats + rows.lowerBound * columns, Self.tiles(in: rows),
                                    columns, places.baseAddress.map { $0 + first },
                                    min(4, places.count - first), closest + rows.lowerBound,
                                    record + first)
                            }
                        }
                    }
                }
            }
        }
        return sums.totals
    }

    package func row(at fraction: Double) -> Int {
        sums.row(at: fraction * potential) { Double(closest[$0]) }
    }

    private static func tiles(in rows: Range<Int>) -> Int {
        (rows.count + Tiles.height - 1) / Tiles.height
    }
}

/// The reference: the same in `Double`, over the matrix.
package struct ExactClosestCentre: StartDistances {
    private let matrix: Matrix
    private var closest: ClosestCentre

    package init(_ matrix: Matrix, first row: Int, threads: Int) {
        self.matrix = matrix
        closest = ClosestCentre(matrix, first: row, threads: threads)
    }

    package var potential: Double { closest.potential }
    package var isReliable: Bool { true }
    package func potentials(_ candidates: [Int]) -> [Double] {
        closest.potentials(candidates, of: matrix)
    }
    package func row(at fraction: Double) -> Int { closest.row(at: fraction) }
    package mutating func add(_ row: Int) { closest.add(row, of: matrix) }
}
