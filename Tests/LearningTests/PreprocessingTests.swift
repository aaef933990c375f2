import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Preprocessing")
struct PreprocessingTests {
    @Test("z-score divides by the population's standard deviation")
    func zScore() throws {
        let matrix = Matrix([[2], [4], [4], [4], [5], [5], [7], [9]])
        let model = try Preprocessing(["x"]).fit(matrix)
        #expect(model.columns[0].centre == 5)
        #expect(model.columns[0].divisor == 2)
        #expect(try model.apply(matrix).storage == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2])
    }

    @Test("log1p comes before the scale, feature by feature")
    func log1pFirst() throws {
        let features: [Preprocessing.Feature] = [
            .init("a", transform: .log1p, scale: .none), .init("b", scale: .none),
            .init("c", transform: .log1p, scale: .zScore),
        ]
        let matrix = Matrix([[0, 7, 0], [exp(1.0) - 1, -7, exp(2.0) - 1]])
        let scaled = try Preprocessing(features).fit(matrix).apply(matrix)
        for (value, expected) in zip(scaled.storage, [0.0, 7, -1, 1, -7, 1]) {
            #expect(abs(value - expected) < 1e-15)
        }
    }

    @Test("parameters are frozen: later rows don't change them")
    func frozen() throws {
        let model = try Preprocessing(["x"]).fit(Matrix([[0], [2]]))
        #expect(try model.apply(Matrix([[5]])).storage == [4])
    }

    @Test("a constant feature is centred, not scaled, and noticed")
    func constant() throws {
        let matrix = Matrix([[0.1, 1], [0.1, 2], [0.1, 3]])
        let model = try Preprocessing(["flat", "x"]).fit(matrix)
        #expect(model.notices.map(\.code) == ["constant_feature"])
        #expect(
            model.notices[0].message
                == "feature 'flat' has a single value over 3 rows, so it separates nothing")
        #expect(try model.apply(matrix).column(0) == [0, 0, 0])
        #expect(try abs(model.apply(Matrix([[1.1, 2]]))[0, 0] - 1) < 1e-15)
    }

    @Test("one row and one feature")
    func oneRow() throws {
        let model = try Preprocessing(["x"], transform: .log1p).fit(Matrix([[3]]))
        #expect(try model.apply(Matrix([[3]])).storage == [0])
    }

    @Test("a missing value is refused with feature and count", arguments: [1, 4])
    func missing(threads: Int) throws {
        var matrix = Samples.clouds(rows: 5000)
        matrix[3, 1] = .nan
        matrix[4999, 1] = .nan
        let message = expectError("missing_values") {
            _ = try Preprocessing(["a", "b", "c"]).fit(matrix, work: Work(threads: threads))
        }
        #expect(message == "feature 'b' is missing in 2 of 5000 rows")
    }

    @Test("an infinite value is refused with feature and count")
    func infinite() {
        let message = expectError("infinite_values") {
            _ = try Preprocessing(["a"]).fit(Matrix([[1], [.infinity]]))
        }
        #expect(message == "feature 'a' is infinite in 1 of 2 rows")
    }

    @Test("log1p of -1 or less is refused with feature and count")
    func log1pDomain() throws {
        let preprocessing = Preprocessing(["fee"], transform: .log1p)
        let message = expectError("log1p_domain") {
            _ = try preprocessing.fit(Matrix([[-1], [-3], [-0.99], [4]]))
        }
        #expect(
            message == "log1p needs values above -1, but feature 'fee' is -1 or less in 2 rows")
        let model = try preprocessing.fit(Matrix([[1], [2]]))
        expectError("log1p_domain") { _ = try model.apply(Matrix([[-1]])) }
    }

    @Test("a matrix of another shape, or none, is refused")
    func shapes() throws {
        let model = try Preprocessing(["a", "b"]).fit(Matrix([[1, 2], [3, 4]]))
        let message = expectError("feature_count") { _ = try model.apply(Matrix([[1]])) }
        #expect(message == "the preprocessing has 2 features but the rows have 1")
        expectError("no_rows") { _ = try model.apply(Matrix(rows: 0, columns: 2)) }
        expectError("no_features") { _ = try Preprocessing([]).fit(Matrix(rows: 2, columns: 0)) }
    }

    @Test("values whose variance overflows are refused")
    func overflow() {
        let message = expectError("values_too_large") {
            _ = try Preprocessing(["a"]).fit(Matrix([[1e200], [-1e200]]))
        }
        #expect(message.hasPrefix("the variance of feature 'a' is beyond the largest number"))
    }

    @Test("a fitted model comes back from JSON bit for bit")
    func json() throws {
        var matrix = Samples.clouds(rows: 500)
        for row in 0..<500 { matrix[row, 2] = 0.1 }
        let model = try Preprocessing(["a", "b", "c"]).fit(matrix)
        let copy = try roundTrip(model)
        #expect(copy == model)
        #expect(copy.notices.count == 1)
        #expect(try bits(copy.apply(matrix)) == bits(model.apply(matrix)))
    }

    @Test("the same bits on any number of threads")
    func threads() throws {
        let matrix = Samples.clouds(rows: 20_000)
        let preprocessing = Preprocessing([
            .init("a"), .init("b", scale: .none), .init("c", scale: .zScore),
        ])
        let one = try preprocessing.fit(matrix, work: Work(threads: 1))
        let expected = try bits(one.apply(matrix))
        for threads in [2, 3, 4, 7] {
            let work = Work(threads: threads)
            let model = try preprocessing.fit(matrix, work: work)
            #expect(model == one)
            #expect(try bits(model.apply(matrix, work: work)) == expected)
        }
    }
}
