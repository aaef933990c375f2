import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Preprocessing: the frozen model")
struct PreprocessingModelTests {
    /// Every option at once.
    static let everything = Preprocessing(
        [
            .init(
                "balance", transform: .yeoJohnson, winsorise: .init(), missing: .median, weight: 2,
                block: "money"),
            .init("visits", transform: .log1p, scale: .robust, missing: .mean, block: "use"),
            .init("age", scale: .minMax, missing: .mostFrequent, block: "use"),
            .init(
                "region",
                kind: .categories(
                    levels: ["n", "e", "s", "w"], encoding: .indicators(dropFirst: true)),
                missing: .ownLevel),
            .init("sex", kind: .categories(levels: ["f", "m"], encoding: .famd)),
        ], blocks: .init(.mfa, weights: ["money": 1.5]), reduction: .parallelAnalysis(seed: 11))

    static func rows(_ count: Int) -> Matrix {
        var matrix = Samples.clouds(rows: count, columns: 5)
        for row in 0..<count {
            let random = RandomNumbers(seed: 21, restart: 0, step: row)
            matrix[row, 1] = (matrix[row, 1] + 3).magnitude * 10
            matrix[row, 2] = Double(18 + random.integer(0, below: 60))
            matrix[row, 3] = Double(random.integer(1, below: 4))
            matrix[row, 4] = Double(random.integer(2, below: 2))
            for column in 0..<4 where random.uniform(5 + column) < 0.05 {
                matrix[row, column] = .nan
            }
        }
        return matrix
    }

    @Test("it comes back from JSON bit for bit, with stable keys")
    func json() throws {
        let rows = Self.rows(700)
        let model = try Self.everything.fit(rows)
        let copy = try roundTrip(model)
        #expect(copy == model)
        #expect(copy.hashValue == model.hashValue)
        #expect(try bits(copy.apply(rows)) == bits(model.apply(rows)))
        for reduction in [
            Preprocessing.Reduction.none, .components(2), .variance(0.8),
            .parallelAnalysis(seed: 3),
        ] {
            #expect(try roundTrip(reduction) == reduction)
        }
        let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
        for key in [
            "\"level_counts\"", "\"drop_first\"", "\"parallel_analysis\"", "\"yeo_johnson\"",
            "\"own_level\"", "\"winsorised\"", "\"reduction\"",
        ] {
            #expect(text.contains(key))
        }
        #expect(!text.contains("\"_0\""))
    }

    @Test("the same bits on any number of threads")
    func threads() throws {
        let rows = Self.rows(10_000)
        let one = try Self.everything.fit(rows, work: Work(threads: 1))
        let expected = try bits(one.apply(rows))
        for threads in [2, 3, 8] {
            let work = Work(threads: threads)
            let model = try Self.everything.fit(rows, work: work)
            #expect(model == one)
            #expect(try bits(model.apply(rows, work: work)) == expected)
        }
    }

    @Test("one row alone becomes what it was among others")
    func rowByRow() throws {
        let rows = Self.rows(300)
        let model = try Self.everything.fit(rows)
        let together = try model.apply(rows)
        for row in [0, 17, 299] {
            #expect(try model.apply(Matrix([rows.row(row)])).row(0) == together.row(row))
        }
    }

    @Test("a number's raw value comes back; a category has none")
    func raw() throws {
        var preprocessing = Self.everything
        preprocessing.reduction = .none
        let rows = Self.rows(400)
        let model = try preprocessing.fit(rows)
        let designed = try model.designed(rows)
        let bounds = try #require(model.features[0].winsorised)
        for row in 0..<400 {
            for column in 0..<3 {
                let given =
                    rows[row, column].isNaN
                    ? try #require(model.features[column].fill) : rows[row, column]
                let expected = column == 0 ? min(max(given, bounds.lower), bounds.upper) : given
                let raw = try #require(model.raw(designed[row, column], column: column))
                #expect(abs(raw - expected) < 1e-11 * max(1, abs(expected)))
            }
        }
        #expect(model.raw(0, column: 3) == nil)
    }

    @Test("what training rows don't reach is told by row and feature")
    func range() throws {
        let features: [Preprocessing.Feature] = [
            .init("x", winsorise: .init(lower: 0.1, upper: 0.9), missing: .mean),
            .init(
                "g", kind: .categories(levels: ["a", "b", "c"], encoding: .famd),
                missing: .ownLevel),
        ]
        let model = try Preprocessing(features).fit(Matrix([[1, 0], [5, 2], [9, 0]]))
        let rows = Matrix([[1, 0], [0.9, 1], [9.1, 3], [.nan, .nan], [.infinity, -1], [9, 2]])
        let check = try model.range(of: rows)
        #expect(
            (0..<6).map { check[$0, 0] } == [.within, .below, .above, .missing, .above, .within])
        #expect(
            (0..<6).map { check[$0, 1] } == [.within, .unseen, .unseen, .missing, .unseen, .within])
        #expect(check.count(.above, feature: 0) == 2)
        #expect(check.count(.unseen, feature: 1) == 3)
        expectError("feature_count") { _ = try model.range(of: Matrix([[1]])) }
        let large = Self.rows(5000)
        let trained = try Self.everything.fit(large)
        let counted = try trained.range(of: large, work: Work(threads: 3))
        #expect(counted == (try trained.range(of: large)))
        #expect(
            (0..<5).allSatisfy { feature in
                [.below, .above, .unseen].allSatisfy { counted.count($0, feature: feature) == 0 }
            })
    }

    @Test("one row, which has no covariance")
    func oneRow() throws {
        let preprocessing = Preprocessing([.init("a"), .init("b")], blocks: .equalVariance)
        let model = try preprocessing.fit(Matrix([[3, 4]]))
        #expect(try model.apply(Matrix([[3, 4]])).storage == [0, 0])
        expectError("pca_rows") {
            _ = try Preprocessing([.init("a")], reduction: .variance(0.9)).fit(Matrix([[3]]))
        }
    }

    @Test("its hook stops it")
    func interrupted() {
        let work = Work(threads: 1) { (share, _) throws(AuroraError) in
            if share > 0.5 { throw AuroraError.interrupted }
        }
        expectError("interrupted") {
            _ = try Preprocessing(["a"]).fit(Matrix([[1], [2]]), work: work)
        }
    }
}
