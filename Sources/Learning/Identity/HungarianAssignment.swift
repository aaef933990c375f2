package import Columns

/// Pairs the rows of a cost matrix with its columns so that the sum of costs is least.
///
/// Source: Kuhn 1955, Munkres 1957, as shortest augmenting paths with potentials (Jonker &
/// Volgenant 1987).
package enum HungarianAssignment {
    /// - Parameter cost: rows × columns of finite numbers; padded to a square by one constant, which
    ///   leaves the best pairs as they are.
    /// - Returns: the column of each row; nil for a row that has none, where there are fewer columns.
    ///   Which of several best pairings is taken depends on the matrix alone.
    ///
    /// Complexity: O(max(rows, columns)³).
    package static func solve(_ cost: Matrix) -> [Int?] {
        let size = max(cost.rows, cost.columns)
        guard cost.rows > 0, cost.columns > 0 else {
            return Array(repeating: nil, count: cost.rows)
        }
        let padding = cost.storage.max() ?? 0
        var state = State(size: size)
        for row in 0..<size {
            state.place(row) { row, column in
                row < cost.rows && column < cost.columns ? cost[row, column] : padding
            }
        }
        var result = [Int?](repeating: nil, count: cost.rows)
        for (column, row) in state.rows.enumerated() where column < cost.columns {
            if let row, row < cost.rows { result[row] = column }
        }
        return result
    }

    /// A pairing of the first rows, and potentials u, v with u_i + v_j ≤ cost_ij, equal where paired.
    private struct State {
        let size: Int
        /// The row of each column.
        var rows: [Int?]
        var rowPotentials: [Double]
        var columnPotentials: [Double]

        init(size: Int) {
            self.size = size
            rows = Array(repeating: nil, count: size)
            rowPotentials = Array(repeating: 0, count: size)
            columnPotentials = Array(repeating: 0, count: size)
        }

        /// Pairs one row more, along the shortest path of reduced costs to a free column.
        mutating func place(_ first: Int, cost: (_ row: Int, _ column: Int) -> Double) {
            var shortest = [Double](repeating: .infinity, count: size)
            /// The column before each one on its path; -1 for the row to be placed.
            var previous = [Int](repeating: -1, count: size)
            var isDone = [Bool](repeating: false, count: size)
            var (row, current) = (first, -1)
            while true {
                var (best, next) = (Double.infinity, -1)
                for column in 0..<size where !isDone[column] {
                    let reduced = cost(row, column) - rowPotentials[row] - columnPotentials[column]
                    if reduced < shortest[column] {
                        (shortest[column], previous[column]) = (reduced, current)
                    }
                    if shortest[column] < best { (best, next) = (shortest[column], column) }
                }
                rowPotentials[first] += best
                for column in 0..<size {
                    if isDone[column] {
                        if let row = rows[column] { rowPotentials[row] += best }
                        columnPotentials[column] -= best
                    } else {
                        shortest[column] -= best
                    }
                }
                isDone[next] = true
                current = next
                guard let taken = rows[next] else { break }
                row = taken
            }
            while current >= 0 {
                let before = previous[current]
                rows[current] = before >= 0 ? rows[before] : first
                current = before
            }
        }
    }
}
