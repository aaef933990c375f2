/// Pearson's r of all pairs of columns over the rows that have both values, in one pass.
///
/// Rows come in pieces of any size, always in the same order; they are cut into chunks of
/// `Parallel.chunkRows` rows and summed in lanes of fixed width, so that the result is the same to
/// the bit however they came.
package struct PairwiseMoments: Sendable {
    private let centres: [Double]
    private let scales: [Double]
    private let mayMiss: [Bool]
    /// Rows that wait for a whole chunk, by column.
    private var waiting: [[Double]]
    private var rows = 0
    /// Of each pair (a ≤ b) in the order of `place`: products, then for pairs with missing values
    /// rows, sums and squares of both over the rows that have both.
    private var sums: [Sums]

    private struct Sums: Sendable {
        var products = 0.0
        var rows = 0.0
        var left = 0.0
        var right = 0.0
        var leftSquares = 0.0
        var rightSquares = 0.0
    }

    /// - Parameters:
    ///   - centres: near the middle of each column, and finite.
    ///   - scales: the largest distance from it, more than 0.
    ///   - mayMiss: whether a value of the column may be missing (NaN).
    package init(centres: [Double], scales: [Double], mayMiss: [Bool]) {
        precondition(centres.count == scales.count && centres.count == mayMiss.count)
        self.centres = centres
        self.scales = scales
        self.mayMiss = mayMiss
        waiting = centres.map { _ in [] }
        sums = [Sums](repeating: Sums(), count: centres.count * (centres.count + 1) / 2)
    }

    /// - Parameter columns: rows of all columns, NaN where missing.
    ///
    /// Complexity: O(rows · columns²).
    package mutating func add(_ columns: [[Double]]) {
        for index in columns.indices { waiting[index] += columns[index] }
        let size = Parallel.chunkRows
        guard let count = waiting.first?.count, count >= size else { return }
        let whole = count / size * size
        for start in stride(from: 0, to: whole, by: size) { addChunk(start..<start + size) }
        for index in waiting.indices { waiting[index].removeFirst(whole) }
    }

    /// Adds the rows that are left. Nothing may be added afterwards.
    package mutating func finish() {
        guard let count = waiting.first?.count, count > 0 else { return }
        addChunk(0..<count)
        waiting = waiting.map { _ in [] }
    }

    /// - Returns: how many rows have both values, and r; nil where one of the two is constant.
    package func correlation(_ a: Int, _ b: Int) -> (rows: Int, r: Double?) {
        let own = sums[place(min(a, b), max(a, b))]
        guard mayMiss[a] || mayMiss[b] else {
            let (left, right) = (sums[place(a, a)], sums[place(b, b)])
            let r = Correlation.coefficient(
                rows: Double(rows), sums: (left.left, right.left),
                squares: (left.products, right.products), products: own.products)
            return (rows, r)
        }
        let r =
            own.rows > 0
            ? Correlation.coefficient(
                rows: own.rows, sums: (own.left, own.right),
                squares: (own.leftSquares, own.rightSquares), products: own.products) : nil
        return (Int(own.rows), r)
    }

    private func place(_ a: Int, _ b: Int) -> Int {
        a * centres.count - a * (a - 1) / 2 + b - a
    }

    private mutating func addChunk(_ range: Range<Int>) {
        rows += range.count
        let chunk = waiting.indices.map { column in
            Lanes(waiting[column][range], around: centres[column], scale: scales[column])
        }
        for a in chunk.indices {
            for b in a..<chunk.count {
                let index = place(a, b)
                sums[index].products += chunk[a].deviations.dot(chunk[b].deviations)
                if a == b {
                    sums[index].left += chunk[a].deviations.dot(chunk[a].isPresent)
                } else if mayMiss[a] || mayMiss[b] {
                    sums[index].rows += chunk[a].isPresent.dot(chunk[b].isPresent)
                    sums[index].left += chunk[a].deviations.dot(chunk[b].isPresent)
                    sums[index].right += chunk[b].deviations.dot(chunk[a].isPresent)
                    sums[index].leftSquares += chunk[a].squares.dot(chunk[b].isPresent)
                    sums[index].rightSquares += chunk[b].squares.dot(chunk[a].isPresent)
                }
            }
        }
    }
}

/// One column of a chunk; what is missing is 0 everywhere.
private struct Lanes {
    var deviations: [SIMD8<Double>]
    var squares: [SIMD8<Double>]
    var isPresent: [SIMD8<Double>]

    init(_ values: ArraySlice<Double>, around centre: Double, scale: Double) {
        let count = (values.count + 7) / 8
        deviations = [SIMD8<Double>](repeating: .zero, count: count)
        squares = deviations
        isPresent = deviations
        let limit = SIMD8<Double>(repeating: .greatestFiniteMagnitude)
        values.withUnsafeBufferPointer { values in
            for lane in 0..<count {
                var value = SIMD8<Double>(repeating: .nan)
                for place in 0..<min(8, values.count - lane * 8) {
                    value[place] = values[lane * 8 + place]
                }
                let isMissing = .!((value .<= limit) .& (value .>= -limit))
                let deviation = ((value - centre) / scale).replacing(with: 0, where: isMissing)
                deviations[lane] = deviation
                squares[lane] = deviation * deviation
                isPresent[lane] = SIMD8(repeating: 1).replacing(with: 0, where: isMissing)
            }
        }
    }
}

extension [SIMD8<Double>] {
    fileprivate func dot(_ other: [SIMD8<Double>]) -> Double {
        var total = SIMD8<Double>.zero
        withUnsafeBufferPointer { left in
            other.withUnsafeBufferPointer { right in
                for index in 0..<left.count { total += left[index] * right[index] }
            }
        }
        return total.sum()
    }
}
