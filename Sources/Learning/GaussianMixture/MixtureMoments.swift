import Columns
import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The two steps of EM: what the rows say of each group, and the parameters that follow.
struct MixtureMoments {
    /// Log-likelihood; then of each group: its memberships, summed, and the deviations from its
    /// present mean, weighted by membership: themselves, then their products (the upper triangle
    /// row by row) or squares.
    private var sums: ChunkedSums
    private let shape: GaussianMixture.Shape
    private let width: Int

    init(_ matrix: Matrix, k: Int, shape: GaussianMixture.Shape) {
        let size = matrix.columns
        self.shape = shape
        width = 1 + size + (shape == .full ? size * (size + 1) / 2 : size)
        sums = ChunkedSums(rows: matrix.rows, width: 1 + k * width)
    }

    /// The logarithms of the rows' densities under the parameters of the last expectation, summed.
    var logLikelihood: Double { sums.totals[0] }

    /// Weighs each row by how likely it comes from each group.
    mutating func expect(_ matrix: Matrix, _ parameters: MixtureParameters, threads: Int) {
        let (k, size, width, isFull) = (parameters.k, matrix.columns, width, shape == .full)
        parameters.means.storage.withUnsafeBufferPointer { means in
            guard let means = means.baseAddress else { return }
            parameters.pass(matrix, &sums, threads: threads) { _, point, logs, record in
                let total = MixtureParameters.logSum(logs, k)
                record[0] += total
                for group in 0..<k {
                    let weight = exp(logs[group] - total)
                    guard weight > 0 else { continue }
                    Self.add(
                        point, means + group * size, weight, size, isFull,
                        to: record + 1 + group * width)
                }
            }
        }
    }

    /// Counts each row fully for the group that its label names.
    mutating func expect(
        _ matrix: Matrix, labels: [Int32], means: Matrix, threads: Int
    ) {
        let (size, width, isFull) = (matrix.columns, width, shape == .full)
        matrix.storage.withUnsafeBufferPointer { values in
            means.storage.withUnsafeBufferPointer { means in
                guard let values = values.baseAddress, let means = means.baseAddress else {
                    return
                }
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        let group = Int(labels[row])
                        Self.add(
                            values + row * size, means + group * size, 1, size, isFull,
                            to: record + 1 + group * width)
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func add(
        _ point: UnsafePointer<Double>, _ mean: UnsafePointer<Double>, _ weight: Double,
        _ size: Int, _ isFull: Bool, to record: UnsafeMutablePointer<Double>
    ) {
        record[0] += weight
        var products = record + 1 + size
        for a in 0..<size {
            let weighted = weight * (point[a] - mean[a])
            record[1 + a] += weighted
            guard isFull else {
                products[a] += weighted * (point[a] - mean[a])
                continue
            }
            for b in a..<size { products[b - a] += weighted * (point[b] - mean[b]) }
            products += size - a
        }
    }

    /// The parameters under which what was expected is likeliest.
    ///
    /// A group to which no row belongs any more keeps its mean and covariance.
    ///
    /// - Throws: `covariance_not_positive`, `values_too_large`.
    func maximised(
        from old: MixtureParameters, regularisation: Double
    ) throws(AuroraError) -> MixtureParameters {
        var next = old
        let size = old.features
        // As scikit-learn does, so that no weight is 0.
        let least = 10 * Double.ulpOfOne
        let counts = (0..<old.k).map { sums.totals[1 + $0 * width] + least }
        let total = counts.reduce(0, +)
        for group in 0..<old.k {
            let (place, count) = (1 + group * width, counts[group])
            next.weights[group] = count / total
            guard count > 2 * least else { continue }
            let shift = (0..<size).map { sums.totals[place + 1 + $0] / count }
            for column in 0..<size { next.means[group, column] += shift[column] }
            var covariance = Matrix(rows: shape == .full ? size : 1, columns: size)
            var product = place + 1 + size
            for a in 0..<size {
                for b in a..<(shape == .full ? size : a + 1) {
                    let value = sums.totals[product] / count - shift[a] * shift[b]
                    covariance[shape == .full ? b : 0, a] = value + (a == b ? regularisation : 0)
                    product += 1
                }
            }
            next.factors[group] = try factor(covariance, group, regularisation)
        }
        return next
    }

    private func factor(
        _ covariance: Matrix, _ group: Int, _ regularisation: Double
    ) throws(AuroraError) -> Matrix {
        guard covariance.storage.allSatisfy(\.isFinite) else {
            throw Matrix.tooLarge("the covariance of group \(group + 1)")
        }
        let failure: Cholesky.Failure
        switch shape {
        case .full:
            switch Cholesky.factor(of: covariance) {
            case .success(let factor): return factor
            case .failure(let found): failure = found
            }
        case .diagonal:
            let variances = covariance.storage
            guard let column = variances.firstIndex(where: { $0 <= 0 }) else {
                return Matrix([variances.map { $0.squareRoot() }])
            }
            failure = .init(column: column, pivot: variances[column])
        }
        throw AuroraError(
            "covariance_not_positive",
            "group \(group + 1) has the variance \(failure.pivot) in feature \(failure.column + 1), "
                + "given the features before it, but needs one above 0 "
                + "(regularisation \(regularisation))",
            hint: "scale the features, leave out one that follows from others, take diagonal "
                + "covariances, or raise the regularisation")
    }
}
