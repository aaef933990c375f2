package import Columns

import CKernels

/// Silhouette values of single rows, each measured against all rows, for any number of labellings
/// at once: distances are worked out once for all of them.
///
/// Distances are Float32 and their sums Double. Where Float32 may tell less than six digits of a
/// value (the row lies far from the middle of the data compared with its distances), the row is
/// measured again in Double, as are all rows of a small matrix. `SilhouetteReference` is what this
/// is tested against.
package struct SilhouetteValues: Sendable {
    private let matrix: Matrix
    private let runs: JointRuns
    private let labellings: [[Int32]]
    private let path: KernelPath

    /// Up to so many rows everything is Double; it takes no time.
    private static let smallRows = 2048
    /// Points whose distances are worked out together; also a thread's piece of work.
    private static let block = Int(CKERNELS_TILE)
    /// Distances between two reports: some tenths of a second.
    private static let batch = 500_000_000

    /// - Parameters:
    ///   - matrix: rows × columns, finite.
    ///   - labellings: each with one label a row, from 0.
    package init(_ matrix: Matrix, labellings: [[Int32]], path: KernelPath = .current) {
        self.matrix = matrix
        self.labellings = labellings
        self.path = path
        runs = JointRuns(labellings, rows: matrix.rows)
    }

    /// s = (b − a) / max(a, b): a is the mean distance to the other rows of the own cluster, b the
    /// smallest mean distance to the rows of another. 0 for a row alone in its cluster.
    ///
    /// - Parameter points: rows to measure.
    /// - Returns: a value for each point, labelling by labelling; the bits depend neither on
    ///   threads nor on the instruction set.
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: O(points · rows · (columns + labellings · runs / rows)) time, O(rows ·
    /// columns) memory; a run is the rows that have all labels in common.
    ///
    /// Source: Rousseeuw 1987, as in METHODS.md section 4.
    package func values(of points: [Int], work: Work) throws(AuroraError) -> [[Double]] {
        var found = Found(points: points, labellings: labellings.count)
        var left = Array(points.indices)
        if matrix.rows > Self.smallRows, let frame = matrix.distanceFrame(threads: work.threads) {
            let rows = DistanceRows<Float>(
                matrix, order: runs.order, in: frame, threads: work.threads)
            try measure(left, with: rows, into: &found, work: work)
            left = left.filter { found.isDoubtful[$0] }
        }
        if !left.isEmpty {
            let plain = DistanceRows<Double>.Frame(
                centre: [Double](repeating: 0, count: matrix.columns), scale: 1)
            let rows = DistanceRows<Double>(
                matrix, order: runs.order, in: plain, threads: work.threads)
            try measure(left, with: rows, into: &found, work: work)
        }
        return (0..<labellings.count).map { labelling in
            points.indices.map { found.values[$0 * labellings.count + labelling] }
        }
    }

    private struct Found {
        let points: [Int]
        /// Points × labellings.
        var values: [Double]
        /// Points that Float32 is too short for.
        var isDoubtful: [Bool]

        init(points: [Int], labellings: Int) {
            self.points = points
            values = [Double](repeating: 0, count: points.count * labellings)
            isDoubtful = [Bool](repeating: false, count: points.count)
        }
    }

    /// - Parameter places: which of the points.
    private func measure<Number>(
        _ places: [Int], with rows: DistanceRows<Number>, into found: inout Found, work: Work
    ) throws(AuroraError) {
        let blocks = max(4 * work.threads, Self.batch / max(1, matrix.rows * Self.block))
        for start in stride(from: 0, to: places.count, by: blocks * Self.block) {
            try work.report(Double(start) / Double(places.count), "silhouette")
            let end = min(start + blocks * Self.block, places.count)
            measure(places[start..<end], with: rows, into: &found, threads: work.threads)
        }
    }

    private func measure<Number>(
        _ places: ArraySlice<Int>, with rows: DistanceRows<Number>, into found: inout Found,
        threads: Int
    ) {
        let points = found.points
        let functions = path.functions ?? loops
        let blocks = (places.count + Self.block - 1) / Self.block
        let (tileSize, sumsSize) = (matrix.columns * Self.block, runs.sizes.count * Self.block)
        found.values.withUnsafeMutableBufferPointer { values in
            found.isDoubtful.withUnsafeMutableBufferPointer { isDoubtful in
                Parallel.forEach(blocks, threads: threads) { block in
                    let start = places.startIndex + block * Self.block
                    let own = places[start..<min(start + Self.block, places.endIndex)]
                    let rowsOfTile = own.map { points[$0] }
                    withUnsafeTemporaryAllocation(of: Number.self, capacity: tileSize) { tile in
                        withUnsafeTemporaryAllocation(of: Double.self, capacity: sumsSize) { sums in
                            guard let tile = tile.baseAddress, let sums = sums.baseAddress else {
                                return
                            }
                            sums.initialize(repeating: 0, count: sumsSize)
                            rows.addSums(
                                of: rowsOfTile[...], in: matrix, runs: runs, functions: functions,
                                tile: tile, sums: sums)
                            for (lane, place) in own.enumerated() {
                                isDoubtful[place] =
                                    write(
                                        points[place], sums: sums + lane,
                                        norm: norm(tile + lane),
                                        to: values.baseAddress! + place * labellings.count)
                                    && Number.self != Double.self
                            }
                        }
                    }
                }
            }
        }
    }

    private func norm<Number: DistanceNumber>(_ lane: UnsafePointer<Number>) -> Double {
        var sum = 0.0
        for column in 0..<matrix.columns {
            let value = Double(lane[column * Self.block])
            sum += value * value
        }
        return sum.squareRoot()
    }

    /// Writes a row's values; returns whether Float32 was too short for one of them.
    ///
    /// A coordinate is off by 2⁻²⁴ of itself, a mean distance by 2⁻²⁴ · (own norm + the others'
    /// mean norm), which is at most 2 · own norm + the distance. So s is off by some 2⁻²² · norm /
    /// max(a, b), and much less on average.
    private func write(
        _ row: Int, sums: UnsafePointer<Double>, norm: Double,
        to values: UnsafeMutablePointer<Double>
    ) -> Bool {
        var isDoubtful = false
        for (labelling, groups) in runs.ranges.enumerated() {
            let own = groups.lowerBound + Int(labellings[labelling][row])
            values[labelling] = 0
            guard runs.sizes[own] > 1, runs.sizes[own] < matrix.rows else { continue }
            let a = sums[own * Self.block] / Double(runs.sizes[own] - 1)
            var b = Double.infinity
            for group in groups where group != own && runs.sizes[group] > 0 {
                b = min(b, sums[group * Self.block] / Double(runs.sizes[group]))
            }
            let larger = max(a, b)
            if larger != 0 { values[labelling] = (b - a) / larger }
            // Squares of tiny distances vanish.
            isDoubtful = isDoubtful || !(larger > 0x1p-50 && norm <= 16 * larger)
        }
        return isDoubtful
    }
}

extension Matrix {
    /// A frame in which the values suit Float32: zero in the middle of most rows, however far away
    /// some are, and none above 1. Nil where all rows are equal, or too far apart for Double to
    /// hold their distances.
    fileprivate func distanceFrame(threads: Int) -> DistanceRows<Float>.Frame? {
        let sample = stride(from: 0, to: rows, by: max(1, rows / 1000))
        let centre = (0..<columns).map { column in
            let values = sample.map { self[$0, column] }.sorted()
            return values[values.count / 2]
        }
        var furthest = [Double](repeating: 0, count: Parallel.chunks(of: rows))
        storage.withUnsafeBufferPointer { storage in
            furthest.withUnsafeMutableBufferPointer { furthest in
                Parallel.forEachChunk(of: rows, threads: threads) { chunk, rows in
                    var most = 0.0
                    for row in rows {
                        for column in 0..<columns {
                            most = max(most, abs(storage[row * columns + column] - centre[column]))
                        }
                    }
                    furthest[chunk] = most
                }
            }
        }
        guard let most = furthest.max(), most > 1e-150, most < 1e150 else { return nil }
        return .init(
            centre: centre,
            scale: Double(sign: .plus, exponent: -(most.exponent + 1), significand: 1))
    }
}
