import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Principal components")
struct PCATests {
    @Test("axes of a hand example")
    func handExample() throws {
        let matrix = Matrix([[3, 1], [-1, 1], [1, 2], [1, 0]])
        let model = try PCA().fit(matrix)
        #expect(model.means == [1, 1])
        #expect(model.components == Matrix([[1, 0], [0, 1]]))
        #expect(abs(model.explainedVariance[0] - 8.0 / 3) < 1e-15)
        #expect(abs(model.explainedVarianceRatio[0] - 0.8) < 1e-15)
        #expect(abs(model.explainedVarianceRatio[1] - 0.2) < 1e-15)
        #expect(try model.project(matrix).storage == [2, 0, -2, 0, 0, 1, 0, -1])
    }

    @Test("a line has one component, and its largest loading is positive")
    func line() throws {
        let matrix = Matrix((0..<10).map { [Double($0), -2 * Double($0)] })
        let model = try PCA().fit(matrix)
        let expected = [-1 / 5.0.squareRoot(), 2 / 5.0.squareRoot()]
        for (value, expected) in zip(model.components.row(0), expected) {
            #expect(abs(value - expected) < 1e-15)
        }
        #expect(abs(model.explainedVarianceRatio[0] - 1) < 1e-15)
        #expect(model.explainedVariance[1] >= 0)
        let scores = try model.project(matrix, components: 1)
        #expect(scores.columns == 1)
        #expect(abs(scores[9, 0] - scores[0, 0] - -9 * 5.0.squareRoot()) < 1e-13)
    }

    @Test("scores have the explained variances and no correlation")
    func scores() throws {
        let matrix = Samples.clouds(rows: 3000, columns: 5)
        let model = try PCA().fit(matrix)
        let scores = try model.project(matrix)
        let means = Moments(of: scores, threads: 1).means
        let covariance = Covariance.of(scores, around: means, threads: 1)
        for a in 0..<5 {
            #expect(abs(means[a]) < 1e-12)
            for b in 0..<5 {
                let expected = a == b ? model.explainedVariance[a] : 0
                #expect(abs(covariance[a, b] - expected) < 1e-12)
            }
        }
        #expect(abs(model.explainedVarianceRatio.reduce(0, +) - 1) < 1e-15)
    }

    @Test("one feature, and constants")
    func degenerate() throws {
        let one = try PCA().fit(Matrix([[1], [3]]))
        #expect(one.components == Matrix([[1]]))
        #expect(one.explainedVariance == [2])
        let flat = try PCA().fit(Matrix(rows: 3, columns: 2, repeating: 5))
        #expect(flat.explainedVarianceRatio == [0, 0])
        #expect(try flat.project(Matrix([[5, 5]])).storage == [0, 0])
    }

    @Test("what can't be projected is refused")
    func refused() throws {
        let message = expectError("pca_rows") { _ = try PCA().fit(Matrix([[1, 2]])) }
        #expect(message == "principal components need 2 rows but there is 1")
        expectError("missing_values") { _ = try PCA().fit(Matrix([[1], [.nan]])) }
        expectError("values_too_large") { _ = try PCA().fit(Matrix([[1e200], [-1e200]])) }
        let model = try PCA().fit(Samples.golden)
        expectError("feature_count") { _ = try model.project(Matrix([[1]])) }
        for count in [0, 3] {
            expectError("component_count") {
                _ = try model.project(Samples.golden, components: count)
            }
        }
    }

    @Test("a fitted model comes back from JSON bit for bit")
    func json() throws {
        let matrix = Samples.clouds(rows: 400, columns: 4)
        let model = try PCA().fit(matrix)
        let copy = try roundTrip(model)
        #expect(copy == model)
        #expect(try bits(copy.project(matrix)) == bits(model.project(matrix)))
    }
}

@Suite("Eigenvalues by Jacobi")
struct SymmetricEigenTests {
    @Test("a known matrix: second differences")
    func known() throws {
        let eigen = try SymmetricEigen(of: Matrix([[2, -1, 0], [-1, 2, -1], [0, -1, 2]]))
        let root = 2.0.squareRoot()
        for (value, expected) in zip(eigen.values, [2 + root, 2, 2 - root]) {
            #expect(abs(value - expected) < 1e-14)
        }
        let expected = [-0.5, root / 2, -0.5, root / 2, 0, -root / 2, 0.5, root / 2, 0.5]
        for (value, expected) in zip(eigen.vectors.storage, expected) {
            #expect(abs(value - expected) < 1e-14)
        }
    }

    @Test("only the upper triangle is read")
    func upperTriangle() throws {
        let full = try SymmetricEigen(of: Matrix([[4, 1], [1, 3]]))
        #expect(try SymmetricEigen(of: Matrix([[4, 1], [99, 3]])) == full)
    }

    @Test("vectors are orthonormal and rebuild the matrix", arguments: [1, 2, 7, 30])
    func rebuild(size: Int) throws {
        let random = RandomNumbers(seed: UInt64(size))
        var matrix = Matrix(rows: size, columns: size)
        for a in 0..<size {
            for b in a..<size {
                matrix[a, b] = random.uniform(a * size + b) - 0.5
                matrix[b, a] = matrix[a, b]
            }
        }
        let eigen = try SymmetricEigen(of: matrix)
        #expect(eigen.values == eigen.values.sorted(by: >))
        for a in 0..<size {
            for b in 0..<size {
                var (product, dot) = (0.0, 0.0)
                for index in 0..<size {
                    product +=
                        eigen.values[index] * eigen.vectors[index, a] * eigen.vectors[index, b]
                    dot += eigen.vectors[a, index] * eigen.vectors[b, index]
                }
                #expect(abs(product - matrix[a, b]) < 1e-12)
                #expect(abs(dot - (a == b ? 1 : 0)) < 1e-13)
            }
        }
    }

    @Test("entries of very different size converge")
    func graded() throws {
        let eigen = try SymmetricEigen(
            of: Matrix([[1e20, 1e3, 0], [1e3, 1, 1e-9], [0, 1e-9, 0]]))
        #expect(eigen.values[0] == 1e20)
        #expect(abs(eigen.values[1] - 1) < 1e-12)
    }
}
