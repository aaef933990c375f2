import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a mixture is made of.
struct MixtureParameters: Sendable, Equatable {
    let shape: GaussianMixture.Shape
    /// One a group; they add up to 1.
    var weights: [Double]
    /// k × features.
    var means: Matrix
    /// A Cholesky factor a group: features × features for full covariances, one row of standard
    /// deviations for diagonal ones.
    var factors: [Matrix]

    var k: Int { weights.count }
    var features: Int { means.columns }

    /// The covariance of one group, features × features.
    func covariance(_ group: Int) -> Matrix {
        let (factor, size) = (factors[group], features)
        var result = Matrix(rows: size, columns: size)
        for row in 0..<size {
            switch shape {
            case .diagonal: result[row, row] = factor[0, row] * factor[0, row]
            case .full:
                for column in 0..<size {
                    for shared in 0...min(row, column) {
                        result[row, column] += factor[row, shared] * factor[column, shared]
                    }
                }
            }
        }
        return result
    }

    func renumbered(_ old: [Int]) -> MixtureParameters {
        MixtureParameters(
            shape: shape, weights: old.map { weights[$0] },
            means: Matrix(old.map { means.row($0) }), factors: old.map { factors[$0] })
    }

    /// Passes over all rows in chunks; `body` gets a row's index, its values, the logarithms of
    /// weight · density of each group, and the chunk's record.
    ///
    /// Complexity: O(rows · k · features²), or O(rows · k · features) for diagonal covariances.
    @inline(__always)
    func pass(
        _ matrix: Matrix, _ sums: inout ChunkedSums, threads: Int,
        _ body: (
            Int, UnsafePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
        ) -> Void
    ) {
        let (k, size, isFull) = (self.k, features, shape == .full)
        // A column of a factor lies in one piece: the inner loop takes several rows at once.
        let stride = isFull ? size * size : size
        let factors = factors.flatMap { isFull ? $0.transposed.storage : $0.storage }
        let constants = self.constants
        matrix.storage.withUnsafeBufferPointer { values in
            means.storage.withUnsafeBufferPointer { means in
                factors.withUnsafeBufferPointer { factors in
                    guard let values = values.baseAddress, let means = means.baseAddress,
                        let factors = factors.baseAddress
                    else { return }
                    sums.pass(threads: threads) { rows, record in
                        withUnsafeTemporaryAllocation(of: Double.self, capacity: k + size) {
                            guard let logs = $0.baseAddress else { return }
                            for row in rows {
                                let point = values + row * size
                                for group in 0..<k {
                                    let distance = Self.squaredDistance(
                                        point, means + group * size, factors + group * stride,
                                        size, isFull, logs + k)
                                    logs[group] = constants[group] - distance / 2
                                }
                                body(row, point, logs, record)
                            }
                        }
                    }
                }
            }
        }
    }

    /// log weight − ½ (features · log 2π + log |covariance|).
    private var constants: [Double] {
        (0..<k).map { group in
            let factor = factors[group]
            let logs = (0..<features).map { log(factor[shape == .full ? $0 : 0, $0]) }
            return log(weights[group]) - Double(features) * log(2 * Double.pi) / 2
                - logs.reduce(0, +)
        }
    }

    /// The squared length of y where factor · y = point − mean (Mahalanobis).
    @inline(__always)
    private static func squaredDistance(
        _ point: UnsafePointer<Double>, _ mean: UnsafePointer<Double>,
        _ factor: UnsafePointer<Double>, _ size: Int, _ isFull: Bool,
        _ y: UnsafeMutablePointer<Double>
    ) -> Double {
        var sum = 0.0
        for column in 0..<size { y[column] = point[column] - mean[column] }
        for column in 0..<size {
            let below = factor + (isFull ? column * size : 0)
            let value = y[column] / below[column]
            sum += value * value
            guard isFull else { continue }
            for row in column + 1..<max(column + 1, size) { y[row] -= below[row] * value }
        }
        return sum
    }

    /// log Σ exp of `count` logarithms.
    @inline(__always)
    static func logSum(_ logs: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        var (largest, sum) = (logs[0], 0.0)
        for index in 1..<max(1, count) where logs[index] > largest { largest = logs[index] }
        for index in 0..<count { sum += exp(logs[index] - largest) }
        return largest + log(sum)
    }
}

extension Matrix {
    fileprivate var transposed: Matrix {
        Matrix(columns: (0..<rows).map { row($0) })
    }
}
