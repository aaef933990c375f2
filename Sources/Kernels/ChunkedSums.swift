/// Sums over rows that are the same to the bit on any number of threads.
///
/// Each chunk of rows fills a record of `width` numbers of its own; the records are then added in
/// chunk order. The buffers are allocated once and serve every pass of an iteration.
///
/// Rounding error grows with `Parallel.chunkRows` + the number of chunks instead of with the rows.
package struct ChunkedSums: Sendable {
    package let rows: Int
    package let width: Int
    /// Rows of a chunk.
    private let chunkRows: Int
    /// What the records of the last pass add up to.
    package private(set) var totals: [Double]
    private var records: [Double]
    /// From one record to the next. A cache line stays free between them: two threads that write
    /// to one line wait for each other at every row.
    private let stride: Int

    /// - Parameter chunkRows: more than usual where a record is wide.
    package init(rows: Int, width: Int, chunkRows: Int = Parallel.chunkRows) {
        self.rows = rows
        self.width = width
        self.chunkRows = chunkRows
        stride = (width + 7) / 8 * 8 + 8
        records = [Double](repeating: 0, count: (rows + chunkRows - 1) / chunkRows * stride)
        totals = [Double](repeating: 0, count: width)
    }

    package var chunks: Int { (rows + chunkRows - 1) / chunkRows }

    /// A number of one chunk's record, as the last pass left it.
    package func partial(chunk: Int, _ index: Int) -> Double { records[chunk * stride + index] }

    /// The row at which the running sum of the first number passes a target, from what each row
    /// added to it; a row that added nothing is never it while another is left.
    func row(at target: Double, _ added: (Int) -> Double) -> Int {
        var (chosen, before, next) = (0, 0.0, 0.0)
        for chunk in 0..<chunks where partial(chunk: chunk, 0) > 0 {
            (chosen, before) = (chunk, next)
            next += partial(chunk: chunk, 0)
            if next > target { break }
        }
        let start = chosen * chunkRows
        // The chunk's last candidate stands in where rounding keeps the sum below the target.
        var last = start
        for row in start..<min(start + chunkRows, rows) where added(row) > 0 {
            before += added(row)
            last = row
            if before > target { break }
        }
        return last
    }

    /// Makes one pass: `body` gets each chunk's rows and its record, which holds zeros.
    ///
    /// `body` runs on several threads at once and may write only to that record and to memory that
    /// belongs to these rows.
    package mutating func pass(
        threads: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
    ) {
        let (rows, width, stride) = (self.rows, self.width, self.stride)
        let (chunks, chunkRows) = (self.chunks, self.chunkRows)
        records.withUnsafeMutableBufferPointer { records in
            guard let first = records.baseAddress else { return }
            Parallel.forEach(chunks, threads: threads) { chunk in
                let record = first + chunk * stride
                record.update(repeating: 0, count: width)
                let start = chunk * chunkRows
                body(start..<min(start + chunkRows, rows), record)
            }
        }
        for index in 0..<width { totals[index] = 0 }
        for chunk in 0..<chunks {
            for index in 0..<width { totals[index] += records[chunk * stride + index] }
        }
    }
}
