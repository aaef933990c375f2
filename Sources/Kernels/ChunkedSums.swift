/// Sums over rows that are the same to the bit on any number of threads.
///
/// Each chunk of rows fills a record of `width` numbers of its own; the records are then added in
/// chunk order. The buffers are allocated once and serve every pass of an iteration.
///
/// Rounding error grows with `Parallel.chunkRows` + the number of chunks instead of with the rows.
package struct ChunkedSums: Sendable {
    package let rows: Int
    package let width: Int
    /// The records of the last pass, one after the other.
    package private(set) var partials: [Double]
    /// What the records of the last pass add up to.
    package private(set) var totals: [Double]

    package init(rows: Int, width: Int) {
        self.rows = rows
        self.width = width
        partials = [Double](repeating: 0, count: Parallel.chunks(of: rows) * width)
        totals = [Double](repeating: 0, count: width)
    }

    /// Makes one pass: `body` gets each chunk's rows and its record, which holds zeros.
    ///
    /// `body` runs on several threads at once and may write only to that record and to memory that
    /// belongs to these rows.
    package mutating func pass(
        threads: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
    ) {
        let (rows, width) = (self.rows, self.width)
        partials.withUnsafeMutableBufferPointer { partials in
            guard let first = partials.baseAddress else { return }
            Parallel.forEachChunk(of: rows, threads: threads) { chunk, range in
                let record = first + chunk * width
                record.update(repeating: 0, count: width)
                body(range, record)
            }
        }
        Self.add(partials, to: &totals)
    }

    private static func add(_ partials: [Double], to totals: inout [Double]) {
        let width = totals.count
        for index in 0..<width { totals[index] = 0 }
        for start in stride(from: 0, to: partials.count, by: max(width, 1)) {
            for index in 0..<width { totals[index] += partials[start + index] }
        }
    }
}
