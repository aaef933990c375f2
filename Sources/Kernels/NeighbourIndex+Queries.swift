package import Columns

/// The nearest of the indexed rows.
package struct Neighbour: Sendable, Equatable {
    /// −1 where none lies within the limit.
    package var row: Int32
    /// `.infinity` where there is none.
    package var squaredDistance: Double

    package init(row: Int32 = -1, squaredDistance: Double = .infinity) {
        self.row = row
        self.squaredDistance = squaredDistance
    }
}

extension NeighbourIndex {
    /// Each point's nearest row, ties to the lowest.
    ///
    /// - Parameters:
    ///   - points: points × columns, finite.
    ///   - limit: squared; rows farther away are none. A distance that overflows is never one.
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: O(points · rows · columns) at worst; O(points · log rows) in few dimensions.
    package func nearest(
        to points: Matrix, withinSquared limit: Double = .infinity, work: Work
    ) throws(AuroraError) -> [Neighbour] {
        try answers(points, empty: Neighbour(), "nearest rows", work) { tree, point in
            var found = Neighbour(squaredDistance: limit)
            tree.nearest(point, node: 0, bound: tree.nearest(point, node: 0), &found)
            return found.row >= 0 && found.squaredDistance.isFinite ? found : Neighbour()
        }
    }

    /// Which points have at least `count` rows within the limit.
    ///
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: as `nearest`; a point's search ends as soon as the rows are found.
    package func hasNeighbours(
        _ count: Int, of points: Matrix, withinSquared limit: Double, work: Work
    ) throws(AuroraError) -> [Bool] {
        try answers(points, empty: false, "neighbourhoods", work) { tree, point in
            var missing = count
            tree.count(point, node: 0, limit, &missing)
            return missing <= 0
        }
    }

    /// Each point's squared distance to its `count`-th nearest row; a point that is itself among
    /// the rows counts as its own first.
    ///
    /// - Parameter count: from 1 to the number of rows.
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: as `nearest`, with O(log count) for each row that comes nearer.
    package func squaredDistances(
        toNearest count: Int, of points: Matrix, work: Work
    ) throws(AuroraError) -> [Double] {
        precondition((1...rows).contains(count), "as many neighbours as there are rows")
        return try answers(points, empty: 0, "distances to neighbours", work) { tree, point in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { buffer in
                buffer.initialize(repeating: .infinity)
                var nearest = SmallestValues(heap: buffer)
                tree.nearest(point, node: 0, bound: tree.nearest(point, node: 0), &nearest)
                return nearest.largest
            }
        }
    }

    /// Points between two reports.
    private static let block = 16 * Parallel.chunkRows
    /// Points that a thread takes at once: some have far more neighbours than others.
    private static let piece = 64

    private func answers<Answer>(
        _ points: Matrix, empty: Answer, _ name: String, _ work: Work,
        _ answer: (NeighbourTree, UnsafePointer<Double>) -> Answer
    ) throws(AuroraError) -> [Answer] {
        precondition(points.columns == columns, "one shape")
        var answers = [Answer](repeating: empty, count: points.rows)
        for start in stride(from: 0, to: points.rows, by: Self.block) {
            try work.report(Double(start) / Double(points.rows), name)
            let end = min(start + Self.block, points.rows)
            let pieces = (end - start + Self.piece - 1) / Self.piece
            withTree { tree in
                points.storage.withUnsafeBufferPointer { values in
                    answers.withUnsafeMutableBufferPointer { answers in
                        guard let values = values.baseAddress, let answers = answers.baseAddress
                        else { return }
                        Parallel.forEach(pieces, threads: work.threads) { piece in
                            let first = start + piece * Self.piece
                            for row in first..<min(first + Self.piece, end) {
                                answers[row] = answer(tree, values + row * columns)
                            }
                        }
                    }
                }
            }
        }
        return answers
    }
}

/// What a search for the nearest rows has found so far.
protocol NearestSearch {
    /// Rows farther away than this are of no interest, boxes neither.
    var bound: Double { get }
    mutating func meet(_ row: Int32, _ distance: Double)
}

extension Neighbour: NearestSearch {
    var bound: Double { squaredDistance }

    @inline(__always)
    mutating func meet(_ row: Int32, _ distance: Double) {
        // The first row is taken at the limit itself, whatever its number.
        if distance == squaredDistance, self.row >= 0, row > self.row { return }
        (self.row, squaredDistance) = (row, distance)
    }
}

/// The smallest values met, as many as the heap has places; the largest of them on top.
struct SmallestValues: NearestSearch {
    let heap: UnsafeMutableBufferPointer<Double>
    var largest: Double { heap[0] }
    var bound: Double { heap[0] }

    @inline(__always)
    mutating func meet(_ row: Int32, _ distance: Double) {
        guard distance < heap[0] else { return }
        var place = 0
        while 2 * place + 1 < heap.count {
            var child = 2 * place + 1
            if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
            guard heap[child] > distance else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = distance
    }
}

extension NeighbourTree {
    /// - Parameter bound: the node's, worked out by the caller.
    func nearest(
        _ point: UnsafePointer<Double>, node: Int, bound: Double, _ search: inout some NearestSearch
    ) {
        guard bound <= search.bound else { return }
        if isLeaf(node) {
            for tile in tiles(node) {
                let found = distances(point, tile: tile)
                for lane in 0..<8 where found[lane] <= search.bound {
                    search.meet(order[tile * 8 + lane], found[lane])
                }
            }
            return
        }
        let (left, right) = (left(node), right(node))
        let (toLeft, toRight) = (nearest(point, node: left), nearest(point, node: right))
        if toLeft <= toRight {
            nearest(point, node: left, bound: toLeft, &search)
            nearest(point, node: right, bound: toRight, &search)
        } else {
            nearest(point, node: right, bound: toRight, &search)
            nearest(point, node: left, bound: toLeft, &search)
        }
    }

    /// Takes the rows within the limit from `missing`, until none is missing.
    func count(_ point: UnsafePointer<Double>, node: Int, _ limit: Double, _ missing: inout Int) {
        guard missing > 0, nearest(point, node: node) <= limit else { return }
        if farthest(point, node: node) <= limit {
            missing -= Int(nodes[node].count)
        } else if isLeaf(node) {
            for tile in tiles(node) {
                let found = distances(point, tile: tile)
                for lane in 0..<8 where found[lane] <= limit { missing -= 1 }
            }
        } else {
            count(point, node: left(node), limit, &missing)
            count(point, node: right(node), limit, &missing)
        }
    }
}
