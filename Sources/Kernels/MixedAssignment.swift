package import Columns

/// The assignment step of k-prototypes: `Assignment` for rows of numbers and category codes.
///
/// The first `numbers` columns hold numbers and add squared differences; the others hold codes and
/// add `gamma` where they differ from the centroid's. Without category columns every bit is that
/// of `Assignment`.
package struct MixedAssignment: Sendable {
    package let clusters: Int
    package let numbers: Int
    /// Codes of each category column: 0..<levels.
    package let levels: [Int]
    package let gamma: Double
    /// One a row; −1 before the first pass.
    package private(set) var labels: [Int32]
    /// Cost, changed rows, mismatches, then `clusters` sizes, then a record of `width` a cluster:
    /// sums of the numbers, counts of every column's codes.
    private var sums: ChunkedSums
    private var corrections: [Double]

    package init(rows: Int, numbers: Int, levels: [Int], gamma: Double, clusters: Int) {
        self.clusters = clusters
        self.numbers = numbers
        self.levels = levels
        self.gamma = gamma
        labels = [Int32](repeating: -1, count: rows)
        let width = numbers + levels.reduce(0, +)
        sums = ChunkedSums(rows: rows, width: 3 + clusters * (1 + width))
        corrections = [Double](repeating: 0, count: clusters * (1 + width))
    }

    package var columns: Int { numbers + levels.count }

    private var width: Int { numbers + levels.reduce(0, +) }

    /// The distances of all rows to their centroids, summed.
    package var cost: Double { sums.totals[0] }

    /// Rows whose label differs from the one before the last pass.
    package var changed: Int { Int(sums.totals[1]) }

    /// Categories that differ from the centroid's, over all rows and category columns.
    package var mismatches: Int { Int(sums.totals[2]) }

    package func size(of cluster: Int) -> Int {
        Int(sums.totals[3 + cluster] + corrections[cluster])
    }

    package var sizes: [Int] { (0..<clusters).map { size(of: $0) } }

    /// Labels every row with its nearest centroid; ties go to the lowest index.
    ///
    /// - Parameters:
    ///   - matrix: rows × columns, numbers first, finite.
    ///   - centroids: clusters × columns: means, then codes.
    ///
    /// Complexity: O(rows · clusters · columns).
    package mutating func assign(_ matrix: Matrix, to centroids: Matrix, threads: Int) {
        precondition(matrix.rows == labels.count && matrix.columns == columns, "one shape")
        precondition(centroids.rows == clusters && centroids.columns == columns, "one shape")
        for index in corrections.indices { corrections[index] = 0 }
        let measure = MixedMeasure(numbers: numbers, gamma: gamma)
        Self.pass(matrix, centroids, measure, levels, &labels, &sums, threads)
    }

    /// Writes the means and modes of each cluster's rows; a cluster without rows keeps its
    /// centroid, and of equally frequent codes the lowest is the mode.
    package func update(_ centroids: inout Matrix) {
        for cluster in 0..<clusters {
            let size = Double(size(of: cluster))
            guard size > 0 else { continue }
            var index = clusters + cluster * width
            func next() -> Double {
                defer { index += 1 }
                return sums.totals[3 + index] + corrections[index]
            }
            for column in 0..<numbers { centroids[cluster, column] = next() / size }
            for (column, count) in levels.enumerated() {
                var (mode, most) = (0, -Double.infinity)
                for code in 0..<count {
                    let frequency = next()
                    if frequency > most { (mode, most) = (code, frequency) }
                }
                centroids[cluster, numbers + column] = Double(mode)
            }
        }
    }

    /// Moves one row to another cluster, in labels, sizes and sums, until the next pass.
    package mutating func move(_ row: Int, of matrix: Matrix, to cluster: Int) {
        for (cluster, sign) in [(Int(labels[row]), -1.0), (cluster, 1.0)] {
            corrections[cluster] += sign
            var place = clusters + cluster * width
            for column in 0..<numbers { corrections[place + column] += sign * matrix[row, column] }
            place += numbers
            for (column, count) in levels.enumerated() {
                corrections[place + Int(matrix[row, numbers + column])] += sign
                place += count
            }
        }
        labels[row] = Int32(cluster)
    }

    private static func pass(
        _ matrix: Matrix, _ centroids: Matrix, _ measure: MixedMeasure, _ levels: [Int],
        _ labels: inout [Int32], _ sums: inout ChunkedSums, _ threads: Int
    ) {
        let (clusters, columns, numbers) = (centroids.rows, matrix.columns, measure.numbers)
        let width = numbers + levels.reduce(0, +)
        matrix.storage.withUnsafeBufferPointer { values in
            centroids.storage.withUnsafeBufferPointer { centres in
                labels.withUnsafeMutableBufferPointer { labels in
                    guard let values = values.baseAddress, let centres = centres.baseAddress
                    else { return }
                    sums.pass(threads: threads) { rows, record in
                        for row in rows {
                            let point = values + row * columns
                            var (nearest, best) = (0, Double.infinity)
                            for cluster in 0..<clusters {
                                let centre = centres + cluster * columns
                                let distance = measure.distance(point, centre, columns)
                                if distance < best { (nearest, best) = (cluster, distance) }
                            }
                            record[0] += best
                            if labels[row] != Int32(nearest) {
                                labels[row] = Int32(nearest)
                                record[1] += 1
                            }
                            let centre = centres + nearest * columns
                            record[2] += Double(measure.mismatches(point, centre, columns))
                            record[3 + nearest] += 1
                            var place = 3 + clusters + nearest * width
                            for column in 0..<numbers { record[place + column] += point[column] }
                            place += numbers
                            for (column, count) in levels.enumerated() {
                                record[place + Int(point[numbers + column])] += 1
                                place += count
                            }
                        }
                    }
                }
            }
        }
    }
}
