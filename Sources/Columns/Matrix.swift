/// A dense rows × columns table of finite or missing (NaN) numbers, stored row by row.
package struct Matrix: Sendable, Hashable {
    package let rows: Int
    package let columns: Int
    /// `rows` · `columns` values; element (r, c) is at r · `columns` + c.
    package var storage: [Double]

    package init(rows: Int, columns: Int, storage: [Double]) {
        precondition(storage.count == rows * columns, "storage holds rows · columns values")
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    package init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.init(
            rows: rows, columns: columns,
            storage: [Double](repeating: value, count: rows * columns))
    }

    /// Rows of equal length.
    package init(_ rows: [[Double]]) {
        let columns = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columns }, "rows of one length")
        self.init(rows: rows.count, columns: columns, storage: rows.flatMap { $0 })
    }

    /// Columns of equal length, one feature each.
    package init(columns: [[Double]]) {
        let rows = columns.first?.count ?? 0
        precondition(columns.allSatisfy { $0.count == rows }, "columns of one length")
        self.init(rows: rows, columns: columns.count)
        for (index, column) in columns.enumerated() {
            for row in 0..<rows { storage[row * columns.count + index] = column[row] }
        }
    }

    package subscript(row: Int, column: Int) -> Double {
        get { storage[row * columns + column] }
        set { storage[row * columns + column] = newValue }
    }

    package func row(_ index: Int) -> [Double] {
        Array(storage[index * columns..<(index + 1) * columns])
    }

    package func column(_ index: Int) -> [Double] {
        (0..<rows).map { storage[$0 * columns + index] }
    }
}
