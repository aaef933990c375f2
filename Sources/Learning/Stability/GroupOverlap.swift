/// How many rows are in each group of one grouping and of another.
struct GroupOverlap: Sendable, Equatable {
    let rows: Int
    let columns: Int
    private var counts: [Int]

    /// Rows whose label is below 0 in either grouping are left out.
    ///
    /// Complexity: O(labels + rows · columns).
    init(_ first: [Int32], _ second: [Int32], rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns)
        for (row, column) in zip(first, second) where row >= 0 && column >= 0 {
            self[Int(row), Int(column)] += 1
        }
    }

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        counts = [Int](repeating: 0, count: rows * columns)
    }

    subscript(row: Int, column: Int) -> Int {
        get { counts[row * columns + column] }
        set { counts[row * columns + column] = newValue }
    }

    func rowTotal(_ row: Int) -> Int {
        counts[row * columns..<(row + 1) * columns].reduce(0, +)
    }

    func columnTotal(_ column: Int) -> Int {
        (0..<rows).reduce(0) { $0 + self[$1, column] }
    }
}
