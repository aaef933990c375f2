import Synchronization

/// Sizes and sums of clusters that follow the labels of the rows from pass to pass.
///
/// Each block of some thousand rows has a record, which a loop keeps up to date; the records are added in
/// their order, so that neither threads nor instruction sets change a bit.
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
    private let width: Int
    private let stride: Int
    /// Rows in a block: fewer where rows are few, so that threads have enough to share.
    private let blockRows: Int

    init(rows: Int, columns: Int, clusters: Int) {
        (self.rows, self.columns, self.clusters) = (rows, columns, clusters)
        width = 2 + clusters * (1 + 2 * columns)
        // A cache line stays free between records: two threads that write to one would wait.
        stride = (width + 7) / 8 * 8 + 8
        blockRows = Parallel.chunkRows * (rows < 32_768 ? 1 : rows < 524_288 ? 4 : 8)
        let blocks = (rows + blockRows - 1) / blockRows
        records = [Double](repeating: 0, count: blocks * stride)
        totals = [Double](repeating: 0, count: clusters * (1 + columns))
        renew()
    }

    private var firsts: StrideTo<Int> { Swift.stride(from: 0, to: records.count, by: stride) }

    /// Whether sums were updated row by row, which leaves traces of rounding.
    var areUpdated: Bool { firsts.contains { records[$0 + 1] > 0 } }

    /// Asks for new sums of all rows.
    mutating func renew() { for first in firsts { records[first] = 1 } }

    /// Asks for new sums of the block that holds this row.
    mutating func renew(row: Int) { records[row / blockRows * stride] = 1 }

    /// Makes one pass. `body` gets each block's rows and its record; it labels the rows, brings the
    /// record up to date and tells how many labels have changed.
    ///
    /// It runs on several threads at once; see `Parallel.forEach`. Allocates nothing.
    mutating func pass(
        threads: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Int
    ) {
        let (rows, stride, blockRows) = (self.rows, self.stride, self.blockRows)
        let changes = Atomic<Int>(0)
        let isNew = Atomic<Bool>(false)
        records.withUnsafeMutableBufferPointer { records in
            guard let first = records.baseAddress else { return }
            Parallel.forEach(records.count / stride, threads: threads) { block in
                let record = first + block * stride
                let start = block * blockRows
                if record[0] != 0 { isNew.store(true, ordering: .relaxed) }
                let count = body(start..<min(start + blockRows, rows), record)
                changes.wrappingAdd(count, ordering: .relaxed)
            }
        }
        changed = changes.load(ordering: .relaxed)
        if changed > 0 || isNew.load(ordering: .relaxed) { add() }
    }

    private mutating func add() {
        let (sizes, sums) = (clusters, clusters * columns)
        for index in totals.indices {
            var (total, low) = (0.0, 0.0)
            for first in firsts {
                total += records[first + 2 + index]
                if index >= sizes { low += records[first + 2 + sums + index] }
            }
            totals[index] = total + low
        }
    }
}
