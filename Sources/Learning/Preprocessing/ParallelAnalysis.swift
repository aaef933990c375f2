import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the variances of principal components would be if features had nothing to do with each
/// other: a component that holds no more than that is chance.
///
/// The reference is that of normal rows (Horn 1965) at the 95th percentile (Glorfeld 1995) of 100
/// draws. Columns of one feature keep their covariance, since indicators of one category exclude
/// each other whatever the data; between features it is 0. A draw's covariance has Wishart's
/// distribution and is drawn as such (Bartlett 1933), so its cost doesn't grow with the rows.
struct ParallelAnalysis {
    let seed: UInt64
    private static let draws = 100
    private static let percentile = 0.95

    /// - Parameters:
    ///   - model: the components of the rows.
    ///   - features: the feature of each column.
    ///   - rows: at least 2.
    /// - Returns: a variance for each component, largest first.
    ///
    /// Complexity: O(draws · columns³).
    func reference(
        for model: PCA.Model, features: [Int], rows: Int, work: Work
    ) throws(AuroraError) -> [Double] {
        let root = try Self.root(of: model, features: features)
        var results = [Result<[Double], AuroraError>?](repeating: nil, count: Self.draws)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let places = results
            Parallel.forEach(Self.draws, threads: work.threads) { draw in
                places[draw] = Result { () throws(AuroraError) in
                    let factor = root.times(wishartFactor(draw, size: root.rows, degrees: rows - 1))
                    let covariance = factor.timesOwnTranspose(dividedBy: Double(rows - 1))
                    return try SymmetricEigen(of: covariance).values
                }
            }
        }
        var drawn: [[Double]] = []
        for result in results { if let result { drawn.append(try result.get()) } }
        return (0..<root.rows).map { component in
            OrderedValues(drawn.map { $0[component] }).quantile(Self.percentile)
        }
    }

    /// The symmetric root of the covariance within features.
    private static func root(of model: PCA.Model, features: [Int]) throws(AuroraError) -> Matrix {
        let (vectors, size) = (model.components, features.count)
        var within = Matrix(rows: size, columns: size)
        for a in 0..<size {
            for b in 0..<size where features[a] == features[b] {
                within[a, b] = (0..<size).reduce(0) {
                    $0 + vectors[$1, a] * model.explainedVariance[$1] * vectors[$1, b]
                }
            }
        }
        let eigen = try SymmetricEigen(of: within)
        var root = Matrix(rows: size, columns: size)
        for a in 0..<size {
            for b in 0..<size {
                root[a, b] = (0..<size).reduce(0) {
                    $0 + eigen.vectors[$1, a] * max(0, eigen.values[$1]).squareRoot()
                        * eigen.vectors[$1, b]
                }
            }
        }
        return root
    }

    /// Bartlett's triangle: normal numbers below a diagonal of χ.
    private func wishartFactor(_ draw: Int, size: Int, degrees: Int) -> Matrix {
        let columns = min(size, degrees)
        var factor = Matrix(rows: size, columns: columns)
        for column in 0..<columns {
            var numbers = NormalNumbers(
                RandomNumbers(seed: seed, restart: draw, step: column))
            factor[column, column] = numbers.chiSquared(degrees: degrees - column).squareRoot()
            for row in column + 1..<max(column + 1, size) { factor[row, column] = numbers.next() }
        }
        return factor
    }
}

/// Normal and χ² numbers, one after the other.
private struct NormalNumbers {
    private let random: RandomNumbers
    private var index = 0

    init(_ random: RandomNumbers) { self.random = random }

    /// A standard normal number (Box & Muller 1958).
    mutating func next() -> Double {
        let (radius, angle) = (1 - uniform(), uniform())
        return (-2 * log(radius)).squareRoot() * cos(2 * Double.pi * angle)
    }

    /// Twice a gamma number of half as many degrees (Marsaglia & Tsang 2000).
    mutating func chiSquared(degrees: Int) -> Double {
        // Their method starts at a shape of 1; one degree is a square.
        if degrees == 1 {
            let number = next()
            return number * number
        }
        let shape = Double(degrees) / 2 - 1.0 / 3
        while true {
            let normal = next()
            let cube = pow(1 + normal / (9 * shape).squareRoot(), 3)
            guard cube > 0 else { continue }
            let chance = log(1 - uniform())
            if chance < normal * normal / 2 + shape * (1 - cube + log(cube)) {
                return 2 * shape * cube
            }
        }
    }

    private mutating func uniform() -> Double {
        index += 1
        return random.uniform(index - 1)
    }
}

extension Matrix {
    fileprivate func times(_ other: Matrix) -> Matrix {
        var result = Matrix(rows: rows, columns: other.columns)
        for row in 0..<rows {
            for middle in 0..<columns {
                for column in 0..<other.columns {
                    result[row, column] += self[row, middle] * other[middle, column]
                }
            }
        }
        return result
    }

    fileprivate func timesOwnTranspose(dividedBy divisor: Double) -> Matrix {
        var result = Matrix(rows: rows, columns: rows)
        for a in 0..<rows {
            for b in a..<rows {
                var sum = 0.0
                for column in 0..<columns { sum += self[a, column] * self[b, column] }
                result[a, b] = sum / divisor
                result[b, a] = result[a, b]
            }
        }
        return result
    }
}
