import Columns
import Kernels
import Testing

@Suite("Moments and covariance")
struct MomentsTests {
    @Test("mean and population variance of a hand example")
    func handExample() {
        let moments = Moments(of: Matrix([[1, 5], [2, 5], [3, 5], [6, 5]]), threads: 1)
        #expect(moments.means == [3, 5])
        #expect(moments.variances == [3.5, 0])
        #expect(moments.isConstant == [false, true])
    }

    @Test("a large offset costs no digits", arguments: [1e9, 1e12, -1e15])
    func offset(offset: Double) {
        let values = (0..<3000).map { offset + Double($0 % 3) }
        let moments = Moments(of: Matrix(columns: [values]), threads: 2)
        #expect(moments.means == [offset + 1])
        #expect(abs(moments.variances[0] - 2.0 / 3) < 1e-12)
    }

    @Test("a mean that has no exact floating-point number leaves the variance right")
    func meanBetweenNumbers() {
        // Above 2^53 only every second whole number exists: the mean, 4/3 above, is rounded.
        let values = (0..<3000).map { 1e16 + ($0 % 3 == 0 ? 0 : 2) }
        let moments = Moments(of: Matrix(columns: [values]), threads: 1)
        #expect(abs(moments.variances[0] - 8.0 / 9) < 1e-12)
    }

    @Test("a constant that has no exact sum is still constant")
    func constant() {
        let moments = Moments(
            of: Matrix(rows: 5000, columns: 1, repeating: 0.1), threads: 2)
        #expect(moments.means == [0.1])
        #expect(moments.variances == [0])
        #expect(moments.isConstant == [true])
    }

    @Test("covariance of a hand example")
    func covariance() {
        let matrix = Matrix([[1, 2, 9], [2, 4, 9], [3, 9, 9]])
        let means = Moments(of: matrix, threads: 1).means
        let covariance = Covariance.of(matrix, around: means, threads: 1)
        #expect(covariance == Matrix([[1, 3.5, 0], [3.5, 13, 0], [0, 0, 0]]))
    }

    @Test("moments and covariance don't depend on threads")
    func threads() {
        let random = RandomNumbers(seed: 2)
        let matrix = Matrix(
            rows: 20_000, columns: 3, storage: (0..<60_000).map { random.uniform($0) })
        let one = Moments(of: matrix, threads: 1)
        let covariance = Covariance.of(matrix, around: one.means, threads: 1)
        for threads in [2, 3, 4, 7] {
            #expect(Moments(of: matrix, threads: threads) == one)
            #expect(Covariance.of(matrix, around: one.means, threads: threads) == covariance)
        }
    }

    @Test("missing and infinite values are counted apart")
    func notFinite() {
        let matrix = Matrix([[1, .nan], [.infinity, .nan], [-.infinity, 0]])
        let counts = matrix.countNotFinite(threads: 1)
        #expect(counts.missing == [0, 2])
        #expect(counts.infinite == [2, 0])
    }
}
