package import Columns

/// Eigenvalues and eigenvectors of a small symmetric matrix, such as a covariance.
///
/// Cyclic Jacobi rotations in a fixed order: slower than a BLAS for large matrices, but its bits
/// are the same on every build.
///
/// Source: Jacobi 1846; Golub & Van Loan, Matrix Computations, section 8.5.
package struct SymmetricEigen: Sendable, Equatable {
    /// Largest first.
    package let values: [Double]
    /// Row i is the unit eigenvector of `values[i]`; its largest entry by magnitude is positive.
    package let vectors: Matrix

    /// - Parameter matrix: symmetric and finite; only the upper triangle is read.
    /// - Throws: `eigen_not_converged` after 100 sweeps, which no finite matrix is known to need.
    ///
    /// Complexity: O(sweeps · columns³), with about ten sweeps.
    package init(of matrix: Matrix) throws(AuroraError) {
        precondition(matrix.rows == matrix.columns, "a square matrix")
        let size = matrix.rows
        var rotated = matrix
        var vectors = Matrix(rows: size, columns: size)
        for index in 0..<size { vectors[index, index] = 1 }
        for a in 0..<size { for b in 0..<a { rotated[a, b] = rotated[b, a] } }
        var sweeps = 0
        while Self.sweep(&rotated, &vectors) {
            sweeps += 1
            guard sweeps < 100 else {
                throw AuroraError(
                    "eigen_not_converged",
                    "the eigenvalues of a \(size) × \(size) matrix took more than 100 sweeps")
            }
        }
        let order = (0..<size).sorted {
            let (left, right) = (rotated[$0, $0], rotated[$1, $1])
            return left == right ? $0 < $1 : left > right
        }
        values = order.map { rotated[$0, $0] }
        self.vectors = Matrix(order.map { Self.withFixedSign(vectors.row($0)) })
    }

    /// Rotates every pair of axes once; false when nothing was left to do.
    private static func sweep(_ matrix: inout Matrix, _ vectors: inout Matrix) -> Bool {
        var hasRotated = false
        for a in 0..<matrix.rows {
            for b in a + 1..<max(a + 1, matrix.rows) {
                let off = matrix[a, b]
                let scale = (matrix[a, a].magnitude * matrix[b, b].magnitude).squareRoot()
                // Below this, a rotation would change neither diagonal entry.
                if off == 0 || off.magnitude <= scale * 0x1p-54 { continue }
                hasRotated = true
                rotate(&matrix, &vectors, a, b)
            }
        }
        return hasRotated
    }

    /// Turns axes a and b so that their off-diagonal entry vanishes.
    private static func rotate(_ matrix: inout Matrix, _ vectors: inout Matrix, _ a: Int, _ b: Int)
    {
        let theta = (matrix[b, b] - matrix[a, a]) / (2 * matrix[a, b])
        let root = theta.magnitude + (theta * theta + 1).squareRoot()
        let tangent = (theta < 0 ? -1 : 1) / root
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        let off = matrix[a, b]
        matrix[a, a] -= tangent * off
        matrix[b, b] += tangent * off
        matrix[a, b] = 0
        matrix[b, a] = 0
        for index in 0..<matrix.rows {
            if index != a, index != b {
                let (x, y) = (matrix[index, a], matrix[index, b])
                matrix[index, a] = cosine * x - sine * y
                matrix[index, b] = sine * x + cosine * y
                matrix[a, index] = matrix[index, a]
                matrix[b, index] = matrix[index, b]
            }
            let (x, y) = (vectors[a, index], vectors[b, index])
            vectors[a, index] = cosine * x - sine * y
            vectors[b, index] = sine * x + cosine * y
        }
    }

    /// Makes the largest entry positive; of entries that differ by rounding only, the first counts.
    private static func withFixedSign(_ vector: [Double]) -> [Double] {
        let largest = vector.reduce(0) { max($0, $1.magnitude) }
        let leading = vector.first { $0.magnitude >= largest * (1 - 1e-9) } ?? 0
        return leading < 0 ? vector.map { -$0 } : vector
    }
}
