import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Preprocessing: numbers")
struct PreprocessingNumbersTests {
    static let skewed = [0.3, 12.5, 7.1, 150, 3.3, 0, 22.8, 61.2, 5.5, 9.9]
    static let mixed = [-3.2, 0.4, 1.1, 8.7, -0.6, 2.2, 15.9, 0, -1.4, 4.8]
    static let spread = [1.0, 2, 3, 4, 100, 7, 6.5, 2.5, 9, 1]

    private func fit(_ feature: Preprocessing.Feature, _ values: [Double]) throws -> (
        model: Preprocessing.Model, designed: [Double]
    ) {
        let matrix = Matrix(columns: [values])
        let model = try Preprocessing([feature]).fit(matrix)
        return (model, try model.apply(matrix).storage)
    }

    /// scipy.stats.yeojohnson_normmax of SciPy 1.17.1; but for the fourth, where it loses all digits
    /// of values that a negative power makes alike (it says −2.95), by 60 digits.
    static let lambdas: [([Double], Double)] = [
        (skewed, -0.05362132791703929), (skewed.map { -$0 }, 2.0536212992309926),
        (mixed, 0.5207551519079647), (skewed.map { 1e5 + $0 * 1e3 }, -4.330451466575346),
        (skewed.map { $0 - 20 }, 0.5732775887463403),
    ]

    @Test("λ of Yeo-Johnson is SciPy's", arguments: lambdas)
    func lambda(values: [Double], expected: Double) {
        #expect(abs(YeoJohnson(mostLikelyFor: values).lambda - expected) < 2e-6)
    }

    @Test("λ of many values depends on no order, however they repeat", arguments: [5, 20])
    func manyValues(period: Int) {
        let random = RandomNumbers(seed: 6)
        let count = 10_000 * period
        let ordinary = (0..<count).map { exp(4 * random.uniform($0)) - 3 }
        // What a regular sample would take for all: 1 of `period` values is of another kind.
        let values = ordinary.indices.map { row in
            row % period == 0 ? 10 - exp(2 * random.uniform(count + row)) : ordinary[row]
        }
        let lambda = YeoJohnson(mostLikelyFor: values).lambda
        #expect(abs(YeoJohnson(mostLikelyFor: values.sorted()).lambda - lambda) < 1e-6)
        let kinds = values.enumerated().filter { $0.offset % period == 0 }.map(\.element)
        #expect(abs(YeoJohnson(mostLikelyFor: kinds).lambda - lambda) > 0.25, "the guess is off")
    }

    /// scipy.stats.yeojohnson of −3.2, 0 and 4.8.
    static let transformed: [(Double, [Double])] = [
        (0, [-8.320000000000002, 0, 1.7578579175523736]),
        (0.5, [-5.071625762270709, 0, 2.816637831516918]),
        (2, [-1.4350845252893227, 0, 16.32]), (-1, [-24.36266666666667, 0, 0.8275862068965517]),
    ]

    @Test("Yeo-Johnson's transform is SciPy's, and is undone", arguments: transformed)
    func transform(lambda: Double, expected: [Double]) throws {
        let transform = YeoJohnson(lambda: lambda)
        for (value, expected) in zip([-3.2, 0, 4.8], expected) {
            #expect(abs(transform(value) - expected) < 1e-13 * max(1, abs(expected)))
            #expect(try abs(#require(transform.inverse(expected)) - value) < 1e-13 * 5)
        }
        #expect(YeoJohnson(lambda: -1).inverse(1) == nil, "the transform ends below 1")
    }

    @Test("Yeo-Johnson, then the z-score of what results")
    func yeoJohnson() throws {
        let (model, designed) = try fit(.init("x", transform: .yeoJohnson), Self.skewed)
        let raw = [0.2605273762852799, 2.429236406909631, 1.9788096665983024]
        let column = model.columns[0]
        for (value, expected) in zip(designed, raw) {
            #expect(abs(value * column.divisor + column.centre - expected) < 2e-6)
        }
        #expect(abs(designed.reduce(0, +)) < 1e-12)
        #expect(abs(designed.reduce(0) { $0 + $1 * $1 } - 10) < 1e-12)
        let flat = try fit(.init("x", transform: .yeoJohnson), [3, 3, 3])
        #expect(flat.model.features[0].lambda == 1)
        #expect(flat.designed == [0, 0, 0])
    }

    @Test("robust is scikit-learn's RobustScaler, min-max its MinMaxScaler")
    func scales() throws {
        let robust = try fit(.init("x", scale: .robust), Self.spread)
        #expect(robust.model.columns[0].centre == 3.5)
        #expect(robust.model.columns[0].divisor == 4.75)
        let minMax = try fit(.init("x", scale: .minMax), Self.spread)
        #expect(minMax.designed.min() == 0)
        #expect(minMax.designed.max() == 1)
        #expect(abs(minMax.designed[5] - 6.0 / 99) < 1e-15)
    }

    @Test("where the quartiles are equal, the standard deviation stands in for their distance")
    func equalQuartiles() throws {
        let (model, designed) = try fit(
            .init("x", scale: .robust), [0, 0, 0, 0, 0, 0, 0, 0, 5, 10])
        #expect(model.notices.map(\.code) == ["quartiles_equal"])
        #expect(abs(designed[9] - 10 / 3.2015621187164243) < 1e-14)
    }

    @Test("winsorising draws to numpy's quantiles, frozen and counted")
    func winsorise() throws {
        let (model, designed) = try fit(
            .init("x", winsorise: .init(lower: 0.25, upper: 0.9), scale: .none), Self.spread)
        let frozen = try #require(model.features[0].winsorised)
        #expect(frozen.lower == 2.125)
        #expect(frozen.upper == 18.099999999999966)
        #expect((frozen.below, frozen.above) == (3, 1))
        #expect(designed == [2.125, 2.125, 3, 4, frozen.upper, 7, 6.5, 2.5, 9, 2.125])
        #expect(try model.apply(Matrix([[-50], [1000]])).storage == [2.125, frozen.upper])
        #expect(
            model.notices.map(\.message) == [
                "feature 'x' was below its lower bound in 3 rows and above its upper one in 1 row, "
                    + "which were drawn to them"
            ])
        #expect(model.features[0].maximum == 100, "the raw one")
    }

    @Test("the robust scale sees winsorised and transformed values")
    func orderOfSteps() throws {
        let values = Self.spread
        let (model, _) = try fit(
            .init(
                "x", transform: .log1p, winsorise: .init(lower: 0.3, upper: 0.6), scale: .robust),
            values)
        let (direct, _) = try fit(
            .init("x", transform: .log1p, scale: .robust), values.map { min(max($0, 2.35), 5) })
        #expect(abs(model.columns[0].centre - direct.columns[0].centre) < 1e-14)
        #expect(abs(model.columns[0].divisor - direct.columns[0].divisor) < 1e-14)
    }

    @Test(
        "missing numbers are filled with a frozen value",
        arguments: [(Preprocessing.Missing.mean, 5.0), (.median, 3.5), (.mostFrequent, 2.0)])
    func fill(missing: Preprocessing.Missing, expected: Double) throws {
        let (model, designed) = try fit(
            .init("x", scale: .none, missing: missing), [2, .nan, 14, 2, 4, 3, .nan, 5])
        #expect(model.features[0].fill == expected)
        #expect(model.features[0].filled == 2)
        #expect(designed == [2, expected, 14, 2, 4, 3, expected, 5])
        #expect(try model.apply(Matrix([[.nan], [100]])).storage == [expected, 100])
        #expect(model.notices.map(\.code) == ["filled"])
        #expect(
            model.notices[0].message.hasPrefix("feature 'x' was missing in 2 of 8 rows and was"))
    }

    @Test("quantiles count the filled rows")
    func fillThenQuantile() throws {
        let filled = try fit(
            .init("x", scale: .robust, missing: .median), [.nan, 1, 2, 3, 40, 50, .nan, .nan])
        let direct = try fit(.init("x", scale: .robust), [3, 1, 2, 3, 40, 50, 3, 3])
        #expect(filled.model.columns == direct.model.columns)
        #expect(filled.designed == direct.designed)
    }

    @Test("a weight multiplies squared distances, and is undone in raw values")
    func weight() throws {
        let (model, designed) = try fit(
            .init("x", transform: .log1p, weight: 9), Self.skewed)
        let (plain, unweighted) = try fit(.init("x", transform: .log1p), Self.skewed)
        for (heavy, light) in zip(designed, unweighted) { #expect(abs(heavy - 3 * light) < 1e-14) }
        for (value, raw) in zip(designed, Self.skewed) {
            #expect(try abs(#require(model.raw(value, column: 0)) - raw) < 1e-12 * (1 + raw))
        }
        #expect(plain.columns[0].weight == 1)
    }

    @Test("one value in nearly all rows is noticed")
    func nearZeroVariance() throws {
        var values = [Double](repeating: 7, count: 100)
        for row in 0..<5 { values[20 * row] = Double(row) }
        #expect(try fit(.init("x"), values).model.notices.isEmpty, "95 % are not over 95 %")
        values[0] = 7
        let notices = try fit(.init("x"), values).model.notices
        #expect(
            notices.map(\.message) == [
                "feature 'x' has one value in 96 of 100 rows, so few rows decide its scale"
            ])
    }

    @Test("features that go together are noticed with their r")
    func correlated() throws {
        let a = Self.skewed
        let matrix = Matrix(columns: [a, a.map { 5 - 2 * $0 }, Self.spread])
        let model = try Preprocessing(["a", "b", "c"]).fit(matrix)
        #expect(
            model.notices.map(\.message) == [
                "'a' and 'b' go together (r = -1.0), so what they share counts twice"
            ])
    }

    @Test("options that fit no number are refused")
    func refused() {
        let matrix = Matrix([[1], [2]])
        func expect(_ code: String, _ feature: Preprocessing.Feature, _ matrix: Matrix) {
            expectError(code) { _ = try Preprocessing([feature]).fit(matrix) }
        }
        expect("feature_options", .init("x", missing: .ownLevel), matrix)
        expect("invalid_weight", .init("x", weight: 0), matrix)
        expect("invalid_quantile", .init("x", winsorise: .init(lower: 0.9, upper: 0.1)), matrix)
        expect("no_values", .init("x", missing: .mean), Matrix([[.nan], [.nan]]))
        expect("infinite_values", .init("x", missing: .mean), Matrix([[.infinity], [1]]))
        expect("missing_values", .init("x"), Matrix([[.nan], [1]]))
    }

    @Test("a later value that the transform takes beyond all numbers is refused")
    func tooLarge() throws {
        let model = try fit(.init("x", transform: .yeoJohnson), Self.skewed.map { -$0 }).model
        expectError("values_too_large") { _ = try model.apply(Matrix([[1e300]])) }
    }
}
