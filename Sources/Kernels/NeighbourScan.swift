package import Columns

/// The reference of `NeighbourIndex`: looks at every row.
package struct NeighbourScan: Sendable {
    private let matrix: Matrix

    package init(_ matrix: Matrix) { self.matrix = matrix }

    package func nearest(
        to points: Matrix, withinSquared limit: Double = .infinity
    ) -> [Neighbour] {
        distances(to: points) { distances in
            var found = Neighbour()
            for (row, distance) in distances.enumerated()
            where distance <= limit && distance < found.squaredDistance {
                found = Neighbour(row: Int32(row), squaredDistance: distance)
            }
            return found
        }
    }

    package func hasNeighbours(
        _ count: Int, of points: Matrix, withinSquared limit: Double
    ) -> [Bool] {
        distances(to: points) { distances in distances.count { $0 <= limit } >= count }
    }

    package func squaredDistances(toNearest count: Int, of points: Matrix) -> [Double] {
        distances(to: points) { $0.sorted()[count - 1] }
    }

    /// Each row takes the lowest number among its neighbours until none changes.
    package func components(withinSquared limit: Double) -> [Int32] {
        let neighbours = distances(to: matrix) { all in all.indices.filter { all[$0] <= limit } }
        var numbers = Array(0..<matrix.rows)
        var before: [Int] = []
        while before != numbers {
            before = numbers
            for row in numbers.indices {
                numbers[row] = neighbours[row].reduce(numbers[row]) { min($0, numbers[$1]) }
            }
        }
        let lowest = Set(numbers).sorted()
        return numbers.map { number in Int32(lowest.firstIndex(of: number) ?? 0) }
    }

    private func distances<Answer>(to points: Matrix, _ answer: ([Double]) -> Answer) -> [Answer] {
        (0..<points.rows).map { point in
            answer(
                (0..<matrix.rows).map { row in
                    (0..<matrix.columns).reduce(0) { sum, column in
                        let difference = points[point, column] - matrix[row, column]
                        return sum + difference * difference
                    }
                })
        }
    }
}
