/// Sizes and sums of clusters that follow the labels of the rows from pass to pass.
///
/// Each chunk of rows has a record, which a loop keeps up to date; the records of eight chunks are
/// added to a block and the blocks to the totals, in their order, so that neither threads nor
/// instruction sets change a bit. What hasn't changed isn't added again.
///
/// A record holds a flag that asks for new sums, the number of rows since the last new ones, the
/// clusters' sizes, their sums, and what rounding took from the sums.
struct ClusterSums: Sendable {
    let rows: Int
    let clusters: Int
    let columns: Int
    /// Rows that the last pass gave another label.
    private(set) var changed = 0
    /// Sizes, then sums.
    private(set) var totals: [Double]
    private var records: [Double]
    private var blocks: [Double]
    private let width: Int
    private let stride: Int
    private static let blockChunks = 8

    init(rows: Int, columns: Int, clusters: Int) {
        (self.rows, self.columns, self.clusters) = (rows, columns, clusters)
        width = 2 + clusters * (1 + 2 * columns)
        // A cache line stays free between records: two threads that write to one would wait.
        stride = (width + 7) / 8 * 8 + 8
        let chunks = Parallel.chunks(of: rows)
        records = [Double](repeating: 0, count: chunks * stride)
        for chunk in 0..<chunks { records[chunk * stride] = 1 }
        blocks = [Double](
            repeating: 0, count: (chunks + Self.blockChunks - 1) / Self.blockChunks * stride)
        totals = [Double](repeating: 0, count: clusters * (1 + columns))
    }

    /// Whether sums were updated row by row, which leaves traces of rounding.
    var areUpdated: Bool {
        Swift.stride(from: 1, to: blocks.count, by: stride).contains { blocks[$0] > 0 }
    }

    /// Asks for new sums of the chunk that holds this row.
    mutating func renew(row: Int) { records[row / Parallel.chunkRows * stride] = 1 }

    /// Makes one pass. `body` gets each chunk's rows and its record; it labels the rows, brings the
    /// record up to date and tells how many labels have changed.
    ///
    /// It runs on several threads at once; see `Parallel.forEach`. Allocates nothing.
    mutating func pass(
        threads: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Int
    ) {
        let (rows, stride, width) = (self.rows, self.stride, self.width)
        let chunks = Parallel.chunks(of: rows)
        let count = blocks.count / stride
        records.withUnsafeMutableBufferPointer { records in
            blocks.withUnsafeMutableBufferPointer { blocks in
                guard let records = records.baseAddress, let blocks = blocks.baseAddress else {
                    return
                }
                Parallel.forEach(count, threads: threads) { index in
                    let first = index * Self.blockChunks
                    let last = min(first + Self.blockChunks, chunks)
                    var (changes, isNew) = (0, false)
                    for chunk in first..<last {
                        let record = records + chunk * stride
                        let start = chunk * Parallel.chunkRows
                        isNew = isNew || record[0] != 0
                        changes += body(start..<min(start + Parallel.chunkRows, rows), record)
                    }
                    let block = blocks + index * stride
                    if changes > 0 || isNew {
                        block.update(repeating: 0, count: width)
                        for chunk in first..<last {
                            let record = records + chunk * stride
                            for place in 1..<width { block[place] += record[place] }
                        }
                    }
                    // −1: no label has changed but the sums have.
                    block[0] = changes == 0 && isNew ? -1 : Double(changes)
                }
            }
        }
        add()
    }

    private mutating func add() {
        var (changes, isNew) = (0, false)
        for first in Swift.stride(from: 0, to: blocks.count, by: stride) {
            if blocks[first] != 0 { isNew = true }
            changes += max(0, Int(blocks[first]))
        }
        changed = changes
        guard isNew else { return }
        let (sizes, sums) = (clusters, clusters * columns)
        for index in totals.indices { totals[index] = 0 }
        for first in Swift.stride(from: 2, to: blocks.count, by: stride) {
            for index in 0..<sizes + sums { totals[index] += blocks[first + index] }
        }
        for index in sizes..<sizes + sums {
            var low = 0.0
            for first in Swift.stride(from: 2 + sums, to: blocks.count, by: stride) {
                low += blocks[first + index]
            }
            totals[index] += low
        }
    }
}
