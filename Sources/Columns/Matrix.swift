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

    private static let blockRows = 1024

    /// Columns of equal length, one feature each.
    package init(columns: [[Double]]) {
        let rows = columns.first?.count ?? 0
        precondition(columns.allSatisfy { $0.count == rows }, "columns of one length")
        let width = columns.count
        self.init(
            rows: rows, columns: width,
            storage: [Double](unsafeUninitializedCapacity: rows * width) { places, count in
                // Block by block, so that rows are still in the cache when the next column comes.
                for start in stride(from: 0, to: rows, by: Self.blockRows) {
                    let end = min(start + Self.blockRows, rows)
                    for (index, column) in columns.enumerated() {
                        column.withUnsafeBufferPointer { column in
                            for row in start..<end { places[row * width + index] = column[row] }
                        }
                    }
                }
                count = rows * width
            })
    }

    package subscript(row: Int, column: Int) -> Double {
        get { storage[row * columns + column] }
        set { storage[row * columns + column] = newValue }
    }

    package func row(_ index: Int) -> [Double] {
        Array(storage[index * columns..<(index + 1) * columns])
    }

    package func column(_ index: Int) -> [Double] {
        precondition(0..<columns ~= index, "a column of the matrix")
        return [Double](unsafeUninitializedCapacity: rows) { places, count in
            storage.withUnsafeBufferPointer { values in
                for row in 0..<rows { places[row] = values[row * columns + index] }
            }
            count = rows
        }
    }
}
