import CKernels
import Columns

/// What distances are worked out in: Float32, or Double, for which the loops are half as fast.
protocol DistanceNumber: BinaryFloatingPoint, Sendable {
    static func addSums(
        _ functions: ckernels_functions, _ tile: UnsafePointer<Self>, _ features: Int,
        _ others: UnsafePointer<Self>, _ runs: JointRuns, _ sums: UnsafeMutablePointer<Double>)
}

extension Float: DistanceNumber {
    static func addSums(
        _ functions: ckernels_functions, _ tile: UnsafePointer<Float>, _ features: Int,
        _ others: UnsafePointer<Float>, _ runs: JointRuns, _ sums: UnsafeMutablePointer<Double>
    ) {
        functions.distance_sums(
            tile, features, others, runs.ends, runs.ends.count, runs.groups, runs.labellings, sums)
    }
}

extension Double: DistanceNumber {
    static func addSums(
        _ functions: ckernels_functions, _ tile: UnsafePointer<Double>, _ features: Int,
        _ others: UnsafePointer<Double>, _ runs: JointRuns, _ sums: UnsafeMutablePointer<Double>
    ) {
        functions.exact_distance_sums(
            tile, features, others, runs.ends, runs.ends.count, runs.groups, runs.labellings, sums)
    }
}

/// A matrix's rows in the order of their runs, moved and scaled: distances from any of the rows to
/// every run come from here.
struct DistanceRows<Number: DistanceNumber>: Sendable {
    private let values: [Number]
    private let columns: Int
    private let frame: Frame

    /// Where the numbers' zero lies and what they are multiplied by, a power of two.
    struct Frame: Sendable {
        var centre: [Double]
        var scale: Double
    }

    /// Complexity: O(rows · columns) time and memory.
    init(_ matrix: Matrix, order: [Int32], in frame: Frame, threads: Int) {
        let columns = matrix.columns
        (self.columns, self.frame) = (columns, frame)
        values = [Number](unsafeUninitializedCapacity: matrix.storage.count) { values, count in
            nonisolated(unsafe) let values = values
            matrix.storage.withUnsafeBufferPointer { storage in
                Parallel.forEachChunk(of: order.count, threads: threads) { _, places in
                    for place in places {
                        let row = Int(order[place]) * columns
                        for column in 0..<columns {
                            let moved = storage[row + column] - frame.centre[column]
                            values.initializeElement(
                                at: place * columns + column, to: Number(moved * frame.scale))
                        }
                    }
                }
            }
            count = matrix.storage.count
        }
    }

    /// Adds the distances from at most a tile's points to the sums of the groups.
    ///
    /// - Parameters:
    ///   - tile: columns × `CKERNELS_TILE` numbers of scratch.
    ///   - sums: groups × `CKERNELS_TILE`, in the frame's scale.
    func addSums(
        of points: ArraySlice<Int>, in matrix: Matrix, runs: JointRuns,
        functions: ckernels_functions, tile: UnsafeMutablePointer<Number>,
        sums: UnsafeMutablePointer<Double>
    ) {
        let lanes = Int(CKERNELS_TILE)
        tile.update(repeating: 0, count: columns * lanes)
        for (lane, point) in points.enumerated() {
            for column in 0..<columns {
                let moved = matrix.storage[point * columns + column] - frame.centre[column]
                tile[column * lanes + lane] = Number(moved * frame.scale)
            }
        }
        values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            Number.addSums(functions, tile, columns, values, runs, sums)
        }
    }
}
