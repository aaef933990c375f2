package import Columns

extension NeighbourIndex {
    /// Groups of rows that steps of at most the limit connect.
    ///
    /// Nodes whose rows are known to be in one group are neither opened again from inside that
    /// group nor searched beyond the first row that connects it with another.
    ///
    /// - Parameter limit: squared.
    /// - Returns: each row's group; groups are numbered by their lowest rows.
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: O(rows² · columns) at worst, O(rows) memory.
    package func components(
        withinSquared limit: Double, work: Work
    ) throws(AuroraError) -> [Int32] {
        var forest = DisjointSets(rows)
        var wholes = [Int32](repeating: -1, count: nodes.count)
        for start in stride(from: 0, to: order.count, by: Parallel.chunkRows) {
            try work.report(Double(start) / Double(order.count), "connecting rows")
            let places = start..<min(start + Parallel.chunkRows, rows)
            join(places, limit, &forest, &wholes)
        }
        return forest.numbered()
    }

    private func join(
        _ places: Range<Int>, _ limit: Double, _ forest: inout DisjointSets, _ wholes: inout [Int32]
    ) {
        withTree { tree in
            wholes.withUnsafeMutableBufferPointer { wholes in
                var joining = Joining(
                    tree: tree, limit: limit, wholes: wholes.baseAddress!, forest: forest)
                // The forest belongs to `joining` alone while it grows.
                forest = DisjointSets(0)
                withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { point in
                    for place in places {
                        for column in 0..<columns {
                            point[column] = tiles[place / 8 * columns + column][place % 8]
                        }
                        joining.row = order[place]
                        joining.join(point.baseAddress!, node: 0)
                    }
                }
                forest = joining.forest
            }
        }
    }

    private struct Joining {
        let tree: NeighbourTree
        let limit: Double
        /// A row of each node whose rows are in one group; −1 for other nodes.
        let wholes: UnsafeMutablePointer<Int32>
        var forest: DisjointSets
        var row: Int32 = 0

        mutating func join(_ point: UnsafePointer<Double>, node: Int) {
            if wholes[node] >= 0, forest.areOne(wholes[node], row) { return }
            guard tree.nearest(point, node: node) <= limit else { return }
            if tree.isLeaf(node) {
                meet(point, leaf: node)
                return
            }
            let (left, right) = (tree.left(node), tree.right(node))
            join(point, node: left)
            join(point, node: right)
            if wholes[left] >= 0, wholes[right] >= 0, forest.areOne(wholes[left], wholes[right]) {
                wholes[node] = wholes[left]
            }
        }

        private mutating func meet(_ point: UnsafePointer<Double>, leaf: Int) {
            let isWhole = wholes[leaf] >= 0
            for tile in tree.tiles(leaf) {
                let found = tree.distances(point, tile: tile)
                for lane in 0..<8 where found[lane] <= limit {
                    forest.join(row, tree.order[tile * 8 + lane])
                    if isWhole { return }
                }
            }
            if isWhole { return }
            let first = tree.tiles(leaf).lowerBound * 8
            let places = first..<first + Int(tree.nodes[leaf].count)
            let own = tree.order[first]
            if places.allSatisfy({ forest.areOne(own, tree.order[$0]) }) { wholes[leaf] = own }
        }
    }
}

/// Sets of rows that grow together; each is known by its lowest row.
///
/// Source: Tarjan 1975, with halved paths.
struct DisjointSets {
    private var parents: [Int32]

    init(_ count: Int) { parents = (0..<Int32(count)).map { $0 } }

    mutating func find(_ row: Int32) -> Int32 {
        var row = row
        while parents[Int(row)] != row {
            parents[Int(row)] = parents[Int(parents[Int(row)])]
            row = parents[Int(row)]
        }
        return row
    }

    mutating func areOne(_ a: Int32, _ b: Int32) -> Bool { find(a) == find(b) }

    mutating func join(_ a: Int32, _ b: Int32) {
        let (a, b) = (find(a), find(b))
        parents[Int(max(a, b))] = min(a, b)
    }

    /// Each row's set; sets are numbered by their lowest rows.
    mutating func numbered() -> [Int32] {
        var numbers = [Int32](repeating: -1, count: parents.count)
        var next: Int32 = 0
        for row in parents.indices {
            let root = Int(find(Int32(row)))
            if root == row {
                numbers[row] = next
                next += 1
            } else {
                numbers[row] = numbers[root]
            }
        }
        return numbers
    }
}
