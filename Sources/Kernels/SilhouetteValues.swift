package import Columns

/// Silhouette values of single rows, each measured against all rows.
///
/// Holds a copy of the rows, sorted by cluster and column by column: the distances to one cluster
/// then lie side by side, and the sum over them has an order of its own that threads can't change.
package struct SilhouetteValues: Sendable {
    private let rows: Int
    private let columns: Int
    private let labels: [Int32]
    private let sizes: [Int]
    /// Column-major, rows sorted by label and then by index.
    private let sorted: [Double]
    private let matrix: Matrix

    /// Rows whose distances are worked out together: a tile stays in the first-level cache.
    private static let tile = 256
    /// Points that share a tile; also a thread's piece of work.
    private static let block = 32

    /// - Parameters:
    ///   - matrix: rows × columns, finite.
    ///   - labels: one a row, below `clusters`.
    package init(_ matrix: Matrix, labels: [Int32], clusters: Int) {
        precondition(labels.count == matrix.rows, "one label a row")
        precondition(labels.allSatisfy { (0..<clusters).contains(Int($0)) }, "labels are clusters")
        (rows, columns) = (matrix.rows, matrix.columns)
        self.matrix = matrix
        self.labels = labels
        var sizes = [Int](repeating: 0, count: clusters)
        for label in labels { sizes[Int(label)] += 1 }
        self.sizes = sizes
        var next = sizes.indices.map { sizes[..<$0].reduce(0, +) }
        var sorted = [Double](repeating: 0, count: matrix.storage.count)
        for (row, label) in labels.enumerated() {
            let place = next[Int(label)]
            next[Int(label)] += 1
            for column in 0..<matrix.columns {
                sorted[column * matrix.rows + place] = matrix[row, column]
            }
        }
        self.sorted = sorted
    }

    /// s = (b − a) / max(a, b): a is the mean distance to the other rows of the own cluster, b the
    /// smallest mean distance to the rows of another. 0 for a row alone in its cluster.
    ///
    /// - Parameter points: rows to measure.
    /// - Throws: what `work` throws between blocks.
    ///
    /// Complexity: O(points · rows · columns) time, O(rows · columns) memory.
    ///
    /// Source: Rousseeuw 1987, as in METHODS.md section 4.
    package func values(of points: [Int], work: Work) throws(AuroraError) -> [Double] {
        var values = [Double](repeating: 0, count: points.count)
        // Some tenths of a second lie between two reports, with work for every thread.
        let blocks = max(4 * work.threads, 40_000_000 / max(1, rows * Self.block))
        let batch = blocks * Self.block
        for start in stride(from: 0, to: points.count, by: batch) {
            try work.report(Double(start) / Double(points.count), "silhouette")
            let end = min(start + batch, points.count)
            measure(points, start..<end, into: &values, threads: work.threads)
        }
        return values
    }

    private func measure(
        _ points: [Int], _ range: Range<Int>, into values: inout [Double], threads: Int
    ) {
        let clusters = sizes.count
        let blocks = (range.count + Self.block - 1) / Self.block
        sorted.withUnsafeBufferPointer { sorted in
            matrix.storage.withUnsafeBufferPointer { storage in
                values.withUnsafeMutableBufferPointer { values in
                    guard let sorted = sorted.baseAddress, let storage = storage.baseAddress else {
                        return
                    }
                    Parallel.forEach(blocks, threads: threads) { block in
                        let start = range.lowerBound + block * Self.block
                        let own = start..<min(start + Self.block, range.upperBound)
                        let needed = Self.tile + own.count * clusters
                        withUnsafeTemporaryAllocation(of: Double.self, capacity: needed) { buffer in
                            guard let scratch = buffer.baseAddress else { return }
                            let sums = scratch + Self.tile
                            sums.initialize(repeating: 0, count: own.count * clusters)
                            for cluster in 0..<clusters {
                                addDistances(
                                    points, own, to: cluster, sorted: sorted, storage: storage,
                                    scratch: scratch, sums: sums)
                            }
                            for point in own {
                                let sum = sums + (point - start) * clusters
                                values[point] = value(of: points[point], sums: sum)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The reference loop: adds the distances of a block of points to all rows of one cluster.
    private func addDistances(
        _ points: [Int], _ own: Range<Int>, to cluster: Int, sorted: UnsafePointer<Double>,
        storage: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>,
        sums: UnsafeMutablePointer<Double>
    ) {
        let first = sizes[..<cluster].reduce(0, +)
        for start in stride(from: first, to: first + sizes[cluster], by: Self.tile) {
            let count = min(Self.tile, first + sizes[cluster] - start)
            for point in own {
                let values = storage + points[point] * columns
                scratch.update(repeating: 0, count: count)
                for column in 0..<columns {
                    let (value, others) = (values[column], sorted + column * rows + start)
                    for index in 0..<count {
                        let difference = others[index] - value
                        scratch[index] += difference * difference
                    }
                }
                for index in 0..<count { scratch[index] = scratch[index].squareRoot() }
                sums[(point - own.lowerBound) * sizes.count + cluster] += sum(scratch, count)
            }
        }
    }

    /// Adds in four fixed lanes, so that additions needn't wait for one another.
    @inline(__always)
    private func sum(_ values: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
        let whole = count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            a += values[index]
            b += values[index + 1]
            c += values[index + 2]
            d += values[index + 3]
        }
        for index in whole..<count { a += values[index] }
        return (a + b) + (c + d)
    }

    private func value(of row: Int, sums: UnsafeMutablePointer<Double>) -> Double {
        let own = Int(labels[row])
        guard sizes[own] > 1 else { return 0 }
        let a = sums[own] / Double(sizes[own] - 1)
        var b = Double.infinity
        for cluster in sizes.indices where cluster != own && sizes[cluster] > 0 {
            b = min(b, sums[cluster] / Double(sizes[cluster]))
        }
        let larger = max(a, b)
        return larger > 0 && b.isFinite ? (b - a) / larger : 0
    }
}
