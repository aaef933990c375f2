package import Columns
import CKernels

/// The rows of a matrix as the tuned loops read them: 32 at a time, column by column, in `Float`.
///
/// Each column's offset, about its mean, is taken off first, so that rounding to 24 bits is small
/// beside the differences between rows. A loop over tiles decides nothing by itself that rounding
/// could change: what lies too near is decided again from the matrix.
///
/// Memory: 4 bytes a value and 4 for each 32 rows, beside the matrix.
package struct Tiles: Sendable {
    package let rows: Int
    package let columns: Int
    /// What was taken off each column.
    let offsets: [Double]
    /// For each tile no less than the length of its longest row.
    let norms: [Float]
    private let memory: TileMemory
    /// Which instruction set's loops use them.
    let path: KernelPath

    /// Longer rows aren't put into tiles: squares and their sums must stay within `Float`.
    static let longest = Float(0x1p62)
    /// Rows in a tile.
    static let height = Int(CKERNELS_TILE)

    /// - Parameter matrix: rows × columns.
    /// - Returns: nil where there is no value, or one is missing, infinite or too large.
    ///
    /// Complexity: O(rows · columns), one pass.
    package init?(_ matrix: Matrix, threads: Int, path: KernelPath = .current) {
        guard matrix.rows > 0, matrix.columns > 0 else { return nil }
        (rows, columns, self.path) = (matrix.rows, matrix.columns, path)
        let (offsets, functions) = (Self.offsets(of: matrix), path.table)
        let (rows, columns, height) = (rows, columns, Self.height)
        let count = (rows + height - 1) / height
        var norms = [Float](repeating: 0, count: count)
        memory = TileMemory(bytes: count * columns * height * 4)
        let floats = memory.start.bindMemory(to: Float.self, capacity: count * columns * height)
        norms.withUnsafeMutableBufferPointer { norms in
            matrix.storage.withUnsafeBufferPointer { values in
                guard let values = values.baseAddress, let norms = norms.baseAddress else { return }
                Parallel.forEachChunk(of: rows, threads: threads) { _, chunk in
                    for row in stride(from: chunk.lowerBound, to: chunk.upperBound, by: height) {
                        norms[row / height] = functions.tile(
                            values + row * columns, min(height, rows - row), columns, offsets,
                            floats + row * columns)
                    }
                }
            }
        }
        self.offsets = offsets
        self.norms = norms
        guard norms.allSatisfy({ $0 <= Self.longest }) else { return nil }
    }

    /// The length of the longest row, or a little more.
    var longestRow: Float { norms.max() ?? 0 }

    func withTiles<Value>(_ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Value) -> Value {
        norms.withUnsafeBufferPointer { norms in
            guard let norms = norms.baseAddress else { preconditionFailure("there are rows") }
            return withExtendedLifetime(memory) {
                body(memory.start.assumingMemoryBound(to: Float.self), norms)
            }
        }
    }

    /// A row as it is in its tile.
    func row(_ index: Int) -> [Float] {
        withTiles { tiles, _ in
            let (tile, lane) = index.quotientAndRemainder(dividingBy: Self.height)
            return (0..<columns).map { tiles[(tile * columns + $0) * Self.height + lane] }
        }
    }

    /// The means of up to 1,024 rows at even distances: any number near the values would do.
    static func offsets(of matrix: Matrix) -> [Double] {
        let step = max(1, matrix.rows / 1024)
        var (sums, count) = ([Double](repeating: 0, count: matrix.columns), 0.0)
        for row in stride(from: 0, to: matrix.rows, by: step) {
            for column in sums.indices { sums[column] += matrix[row, column] }
            count += 1
        }
        return sums.map { ($0 / count).isFinite ? $0 / count : 0 }
    }
}

extension KernelPath {
    /// The loops of this instruction set, or those in use where the machine lacks it.
    var table: ckernels_functions { functions ?? loops }
}
