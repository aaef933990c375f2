import CKernels
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

    static let paths = KernelPath.allCases.filter(\.isAvailable)

    /// Every number of columns around a vector's lanes, every number of rows around its blocks.
    @Test(
        "every instruction set gives the same bits, near the reference's",
        arguments: Array(1...20) + [33], [2, 3, 4, 5, 63, 64, 65, 129, 1025])
    func instructionSets(columns: Int, rows: Int) throws {
        let random = RandomNumbers(seed: 3, restart: rows, step: columns)
        let matrix = Matrix(
            rows: rows, columns: columns,
            storage: (0..<rows * columns).map { random.uniform($0) * 10 + 100 })
        let moments = Moments(of: matrix, threads: 1)
        let covariance = Covariance(of: matrix, threads: 1)
        let (means, expected) = (
            MomentsReference.means(matrix), MomentsReference.covariance(matrix)
        )
        for column in 0..<columns {
            #expect(abs(moments.means[column] - means[column]) < 1e-12)
            #expect(abs(covariance.means[column] - means[column]) < 1e-12)
            let variance = expected[column, column] * Double(rows - 1) / Double(rows)
            #expect(abs(moments.variances[column] - variance) < 1e-11)
        }
        for (value, expected) in zip(covariance.matrix.storage, expected.storage) {
            #expect(abs(value - expected) < 1e-11)
        }
        for path in Self.paths {
            #expect(Moments(of: matrix, threads: 2, path: path) == moments)
            let other = Covariance(of: matrix, threads: 2, path: path)
            #expect(other.matrix == covariance.matrix)
            #expect(other.means == covariance.means)
        }
    }

    /// The last case's first guess at the means is far from them: rows that it looks at are 0.
    @Test(
        "offsets and outliers cost the covariance no digits",
        arguments: [(1e9, 0), (-1e12, 0), (0, 1), (1e9, 1), (1e15, 2)])
    func farAway(offset: Double, zeros: Int) {
        let random = RandomNumbers(seed: 4)
        let rows = 40_000
        var values = (0..<2 * rows).map { (random.uniform($0) * 256).rounded(.down) }
        for place in values.indices { values[place] += offset }
        let near = Matrix(
            rows: rows, columns: 2, storage: values.map { $0 - offset })
        var matrix = Matrix(rows: rows, columns: 2, storage: values)
        if zeros == 1 {
            for row in stride(from: 0, to: rows, by: 40) { matrix[row, 1] = 0 }
        } else if zeros == 2 {
            // Every row but some that aren't looked at.
            for row in 0..<rows where row % 40 != 7 { matrix[row, 1] = 0 }
        }
        let covariance = Covariance(of: matrix, threads: 2).matrix
        let expected = MomentsReference.covariance(zeros == 0 ? near : matrix)
        for (value, expected) in zip(covariance.storage, expected.storage) {
            #expect(abs(value - expected) <= 1e-9 * abs(expected) + 1e-9)
        }
    }

    @Test("a constant column has no covariance, whatever its sum's rounding")
    func constantCovariance() {
        let matrix = Matrix(columns: [
            [Double](repeating: 0.1, count: 5000), (0..<5000).map { Double($0) },
        ])
        let covariance = Covariance(of: matrix, threads: 1)
        #expect(covariance.means[0] == 0.1)
        #expect(covariance.matrix[0, 0] == 0)
        #expect(covariance.matrix[0, 1] == 0)
    }

    @Test(
        "a value that isn't finite leaves no finite variance", arguments: [Double.nan, .infinity])
    func notFiniteCovariance(value: Double) {
        for row in [0, 17, 39_999] {
            var matrix = Matrix(rows: 40_000, columns: 3)
            matrix[row, 1] = value
            let covariance = Covariance(of: matrix, threads: 2).matrix
            #expect(!covariance[1, 1].isFinite)
            #expect(covariance[2, 2] == 0)
        }
    }

    @Test("finite values are told from others wherever they are", arguments: paths)
    func finite(path: KernelPath) throws {
        let functions = try #require(path.functions)
        for count in 0...35 {
            var values = (0..<count).map { Double($0) * -1e306 }
            #expect(functions.are_finite(values, count))
            for place in 0..<count {
                for value in [Double.nan, .infinity, -.infinity] {
                    let before = values[place]
                    values[place] = value
                    #expect(!functions.are_finite(values, count))
                    values[place] = before
                }
            }
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
