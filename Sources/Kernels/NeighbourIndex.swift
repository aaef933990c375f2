package import Columns

/// A k-d tree: finds the rows near a point without looking at all of them.
///
/// Distances are Euclidean, squared, features added in index order, and limits are inclusive: the
/// answers are those of `NeighbourScan` to the bit, because a box is left out only where the
/// rounded distance to it is above the limit, and rounding never changes which of two is larger.
///
/// Holds a copy of the rows in the order of the leaves, eight rows a tile and feature by feature
/// inside a tile. With many features, or rows far apart, it looks at most leaves: it is never
/// much slower than a scan.
///
/// Source: Bentley 1975; boxes drawn tight around their rows, as in Sproull 1991.
package struct NeighbourIndex: Sendable {
    package let rows: Int
    package let columns: Int
    /// The nodes in preorder: a left child follows its parent.
    let nodes: [Node]
    /// Row of each place; places behind the last row hold −1.
    let order: [Int32]
    /// Element (tile, column) is at tile · `columns` + column; places without a row are NaN.
    let tiles: [SIMD8<Double>]
    /// Node by node, the smallest and largest value in each column.
    let lower: [Double]
    let upper: [Double]

    struct Node: Sendable {
        /// Tiles of the node's rows.
        var tiles: Range<Int32>
        /// Rows below the node.
        var count: Int32
        /// The right child; 0 for a leaf.
        var right: Int32 = 0
    }

    /// Tiles in a leaf, at most.
    private static let leafTiles = 4

    /// - Parameter matrix: rows × columns, at least one of each, finite.
    ///
    /// Complexity: O(rows · (log rows + columns) · log rows) time, O(rows · columns) memory.
    package init(_ matrix: Matrix) {
        precondition(matrix.rows > 0 && matrix.columns > 0, "at least one row and one column")
        var builder = Builder(matrix)
        builder.add(0..<matrix.rows)
        (rows, columns, nodes) = (matrix.rows, matrix.columns, builder.nodes)
        (lower, upper) = (builder.lower, builder.upper)
        let count = (matrix.rows + 7) / 8
        var tiles = [SIMD8<Double>](
            repeating: SIMD8(repeating: .nan), count: count * matrix.columns)
        for (place, row) in builder.order.enumerated() {
            for column in 0..<matrix.columns {
                tiles[place / 8 * matrix.columns + column][place % 8] = matrix[Int(row), column]
            }
        }
        self.tiles = tiles
        order = builder.order + [Int32](repeating: -1, count: count * 8 - matrix.rows)
    }

    private struct Builder {
        let matrix: Matrix
        var order: [Int32]
        var nodes: [Node] = []
        var lower: [Double] = []
        var upper: [Double] = []

        init(_ matrix: Matrix) {
            self.matrix = matrix
            order = (0..<Int32(matrix.rows)).map { $0 }
        }

        /// Adds the node of these places, halved at a whole tile where its box is widest.
        mutating func add(_ places: Range<Int>) {
            let tiles = places.lowerBound / 8..<(places.upperBound + 7) / 8
            let node = nodes.count
            nodes.append(
                Node(
                    tiles: Int32(tiles.lowerBound)..<Int32(tiles.upperBound),
                    count: Int32(places.count)))
            let widest = addBox(places)
            guard tiles.count > leafTiles else { return }
            let middle = (tiles.lowerBound + tiles.upperBound) / 2 * 8
            sort(places, by: widest)
            add(places.lowerBound..<middle)
            nodes[node].right = Int32(nodes.count)
            add(middle..<places.upperBound)
        }

        /// - Returns: the column in which the rows differ most, ties to the first.
        private mutating func addBox(_ places: Range<Int>) -> Int {
            let columns = matrix.columns
            let first = lower.count
            let start = Int(order[places.lowerBound]) * columns
            lower += matrix.storage[start..<start + columns]
            upper += matrix.storage[start..<start + columns]
            for place in places {
                let row = Int(order[place]) * columns
                for column in 0..<columns {
                    let value = matrix.storage[row + column]
                    lower[first + column] = min(lower[first + column], value)
                    upper[first + column] = max(upper[first + column], value)
                }
            }
            var widest = 0
            for column in 1..<columns
            where upper[first + column] - lower[first + column]
                > upper[first + widest] - lower[first + widest]
            {
                widest = column
            }
            return widest
        }

        private mutating func sort(_ places: Range<Int>, by column: Int) {
            let keyed = order[places].map { (matrix[Int($0), column], $0) }.sorted { $0 < $1 }
            for (place, item) in zip(places, keyed) { order[place] = item.1 }
        }
    }
}
