import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("DBSCAN")
struct DBSCANTests {
    /// 80 rows that scikit-learn got as well.
    static let scattered = Matrix(
        (0..<80).map { i -> [Double] in
            let (square, cube) = (i * i, i * i * i)
            let (x, y) = ((square * 31 + i * 7) % 211, (cube + i * 13) % 193)
            return [Double(x) / 20, Double(y) / 20]
        })

    struct Reference: Sendable {
        var eps: Double
        var minimumPoints: Int
        var labels: [Int32]
        var core: [Int32]
    }

    /// scikit-learn 1.9.1: `DBSCAN(eps=…, min_samples=…).fit(X)`. Its border rule gives the same
    /// here, since no border row of these lies nearer to a group that is reached later.
    static let references = [
        Reference(
            eps: 0.75, minimumPoints: 4,
            labels: [
                -1, -1, 0, 3, -1, -1, -1, 3, 0, 1, -1, -1, 2, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1,
                -1, 3, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1, 0, 4, 4, -1, 3, 4, 2, -1, -1, -1,
                -1, -1, -1, 4, -1, -1, -1, -1, 1, -1, 2, 1, -1, -1, -1, 0, -1, -1, -1, -1, -1, -1,
                2, -1, -1, -1, -1, -1, -1, -1, -1, 2, -1, -1,
            ],
            core: [2, 8, 9, 12, 18, 31, 40, 49, 56, 57]),
        Reference(
            eps: 1, minimumPoints: 5,
            labels: [
                -1, -1, -1, 0, -1, -1, -1, 0, -1, 1, 3, -1, 4, -1, -1, -1, -1, -1, 1, 4, 2, 0, -1,
                -1, 0, 4, 3, 3, -1, -1, 3, 1, -1, 1, -1, 1, -1, 2, 2, -1, 0, 2, 4, 3, -1, -1, 0, -1,
                -1, 2, -1, -1, -1, 2, 1, 3, 4, 1, 3, -1, -1, -1, -1, 3, -1, -1, -1, -1, 4, -1, 3,
                -1, 3, -1, -1, -1, 1, 4, -1, -1,
            ],
            core: [3, 18, 31, 35, 38, 43, 49, 56, 58, 63, 68]),
        Reference(
            eps: 0.8, minimumPoints: 3,
            labels: [
                -1, -1, 0, 2, 1, -1, 1, 2, 0, 3, 4, 5, 6, -1, -1, 1, -1, -1, 3, -1, 9, -1, -1, 1, 2,
                6, 7, 4, 5, -1, -1, 3, 8, -1, -1, 3, 0, 9, 9, -1, 2, 9, 6, 4, -1, -1, -1, -1, -1, 9,
                -1, -1, -1, 8, 3, -1, 6, 3, 7, -1, -1, 0, -1, 7, -1, -1, -1, -1, 6, -1, -1, -1, 4,
                -1, -1, -1, 5, 6, -1, 8,
            ],
            core: [
                2, 4, 6, 7, 8, 9, 10, 11, 12, 18, 23, 24, 26, 27, 28, 31, 32, 36, 38, 40, 42, 49,
                54, 56, 57, 58, 61, 63, 68, 72, 76, 77,
            ]),
    ]

    @Test("labels and core points of scikit-learn", arguments: 0..<3)
    func scikitLearn(index: Int) throws {
        let expected = Self.references[index]
        let model = try DBSCAN(eps: expected.eps, minimumPoints: expected.minimumPoints)
            .fit(Self.scattered)
        #expect(model.labels == expected.labels)
        #expect(model.coreRows == expected.core)
        #expect(model.noise == expected.labels.count { $0 < 0 })
        #expect(try model.predict(Self.scattered) == model.labels)
    }

    @Test("the share of noise is told")
    func notice() throws {
        let model = try DBSCAN(eps: 1, minimumPoints: 5).fit(Self.scattered)
        #expect(
            model.notices.map(\.message) == [
                "43 of 80 rows (53.8 %) are noise: they are in none of the 5 groups"
            ])
        let all = try DBSCAN(eps: 100, minimumPoints: 5).fit(Self.scattered)
        #expect(all.notices.isEmpty)
        #expect(all.sizes == [80])
    }

    /// Row 4 is within reach of two groups' core points, 0.95 from the first and 0.8 from the
    /// second; in the classic order it would belong to the first.
    private static let border: [[Double]] = [
        [0], [0.1], [0.2], [0.3], [1.25], [2.05], [2.9], [2.95], [3],
    ]

    @Test("a border row belongs to the nearest core point, in any order of the rows")
    func borders() throws {
        let method = DBSCAN(eps: 1, minimumPoints: 5)
        let model = try method.fit(Matrix(Self.border))
        #expect(model.coreRows == [3, 5])
        #expect(model.labels == [0, 0, 0, 0, 1, 1, 1, 1, 1])
        let reversed = try method.fit(Matrix(Self.border.reversed()))
        #expect(reversed.labels == [0, 0, 0, 0, 0, 1, 1, 1, 1])
    }

    @Test("noise within the stated reach joins the nearest group, the rest stays out")
    func noise() throws {
        let rows = Self.border + [[4.4], [4.5], [9]]
        let left = try DBSCAN(eps: 1, minimumPoints: 5).fit(Matrix(rows))
        #expect(left.labels.suffix(3) == [-1, -1, -1])
        let joined = try DBSCAN(eps: 1, minimumPoints: 5, noise: .nearest(within: 2.4))
            .fit(Matrix(rows))
        #expect(joined.labels.suffix(3) == [1, -1, -1])
        #expect(joined.noise == 2)
        #expect(joined.coreRows == left.coreRows)
        #expect(try joined.predict(Matrix([[-2], [-2.2], [4.4]])) == [0, -1, 1])
        let same = try DBSCAN(eps: 1, minimumPoints: 5, noise: .nearest(within: 1))
            .fit(Matrix(rows))
        #expect(same.labels == left.labels)
    }

    @Test("distances are those to the nearest core point of each group")
    func distances() throws {
        let model = try DBSCAN(eps: 1, minimumPoints: 5).fit(Matrix(Self.border))
        let distances = try model.distances(Matrix([[1.3], [7.05]]))
        for (value, expected) in zip(distances.storage, [1, 0.5625, 45.5625, 25]) {
            #expect(abs(value - expected) < 1e-12)
        }
        #expect(abs(model.centroids[0, 0] - 0.15) < 1e-15)
    }

    @Test("where no row is a core point, the message tells what eps would take")
    func noCore() {
        let message = expectError("no_core_points") {
            _ = try DBSCAN(eps: 0.5, minimumPoints: 3).fit(Matrix([[0], [1], [3], [7]]))
        }
        #expect(
            message == "eps is 0.5 but no row of 4 has 3 rows, itself included, within it: "
                + "that takes 2.0 to 6.0, of all rows")
    }

    @Test("configurations that make no sense are refused with both values")
    func configurations() {
        let matrix = Matrix([[1], [2]])
        func refused(_ code: String, _ method: DBSCAN) -> String {
            expectError(code) { _ = try method.fit(matrix) }
        }
        for eps in [0, -1, Double.nan, .infinity, 1e200] {
            _ = refused("eps_out_of_range", DBSCAN(eps: eps, minimumPoints: 1))
        }
        #expect(
            refused("minimum_points_above_rows", DBSCAN(eps: 1, minimumPoints: 3))
                == "minimum_points is 3 but there are 2 rows")
        _ = refused("minimum_points_below_one", DBSCAN(eps: 1, minimumPoints: 0))
        for factor in [0.5, .nan, .infinity] {
            _ = refused(
                "noise_reach_below_one",
                DBSCAN(eps: 1, minimumPoints: 1, noise: .nearest(within: factor)))
        }
    }

    @Test("scoring works with extreme rows, and refuses others")
    func scoring() throws {
        let model = try DBSCAN(eps: 1, minimumPoints: 1).fit(Matrix([[1], [2], [8]]))
        #expect(try model.predict(Matrix([[1e200], [8.5]])) == [-1, 1])
        expectError("values_too_large") { _ = try model.distances(Matrix([[1e200]])) }
        expectError("feature_count") { _ = try model.predict(Matrix([[1, 2]])) }
        expectError("missing_values") { _ = try model.predict(Matrix([[.nan]])) }
    }

    @Test("a model file whose points or labels name no group is refused")
    func damagedJSON() throws {
        let model = try DBSCAN(eps: 1, minimumPoints: 1).fit(Matrix([[1], [2], [8]]))
        let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
        for (part, damaged) in [
            ("\"features\":1", "\"features\":2"), ("\"groups\":[0,0,1]", "\"groups\":[0,0,0]"),
            ("\"labels\":[0,0,1]", "\"labels\":[0,0,2]"),
        ] {
            #expect(text.contains(part))
            let changed = text.replacingOccurrences(of: part, with: damaged)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(DBSCAN.Model.self, from: Data(changed.utf8))
            }
        }
    }
}

@Suite("k-distance curve")
struct KDistanceTests {
    @Test("values of scikit-learn's NearestNeighbors")
    func values() throws {
        let curve = try KDistance.measure(DBSCANTests.scattered, minimumPoints: 4)
        #expect(curve.isExact)
        for (place, expected) in [
            (0, 0.5315072906367329), (1, 0.5700877125495689), (40, 1.16619037896906),
            (79, 2.236067977499789),
        ] {
            #expect(abs(curve.distances[place] - expected) < 1e-14)
        }
    }

    @Test("each value is the smallest eps that makes a row a core point")
    func smallestEps() throws {
        let curve = try KDistance.measure(DBSCANTests.scattered, minimumPoints: 4)
        let some = try DBSCAN(eps: curve.distances[30] * (1 + 1e-12), minimumPoints: 4)
            .fit(DBSCANTests.scattered)
        #expect(some.coreRows.count == curve.distances.count { $0 <= some.eps })
    }

    @Test("dense clouds and noise have a bend that DBSCAN can use; an even spread has none")
    func bend() throws {
        let random = RandomNumbers(seed: 3)
        let clouds = (0..<1000).map { row -> [Double] in
            (0..<2).map { column -> Double in
                let centre = row % 2 == 0 ? 0.25 : 0.75
                return centre + (random.uniform(row * 2 + column) - 0.5) / 10
            }
        }
        let noise = (1000..<1060).map { [random.uniform($0 * 2), random.uniform($0 * 2 + 1)] }
        let matrix = Matrix(clouds + noise)
        let eps = try #require(
            try KDistance.measure(matrix, minimumPoints: 5).suggestedEps)
        let model = try DBSCAN(eps: eps, minimumPoints: 5).fit(matrix)
        #expect(model.k == 2)
        #expect(model.noise > 40)
        let even = Matrix(
            (0..<1000).map { [random.uniform($0 * 2 + 9000), random.uniform($0 * 2 + 9001)] })
        #expect(try KDistance.measure(even, minimumPoints: 5).suggestedEps == nil)
        #expect(
            try KDistance.measure(Matrix([[1], [1], [1]]), minimumPoints: 2).suggestedEps == nil)
    }

    @Test("above the limit a sample is measured against all rows, and says so")
    func sample() throws {
        let matrix = Samples.clouds(rows: 3000)
        let all = try KDistance.measure(matrix, minimumPoints: 4)
        let options = KDistance.Options(exactUpTo: 1000, sampleSize: 500, seed: 2)
        let some = try KDistance.measure(
            matrix, minimumPoints: 4, options: options, work: Work(threads: 3))
        #expect(!some.isExact)
        #expect(some.distances.count == 500)
        #expect(Set(some.distances).isSubset(of: Set(all.distances)))
        #expect(
            try KDistance.measure(matrix, minimumPoints: 4, options: options) == some)
        expectError("sample_below_one") {
            _ = try KDistance.measure(matrix, minimumPoints: 4, options: .init(sampleSize: 0))
        }
        expectError("minimum_points_above_rows") {
            _ = try KDistance.measure(Matrix([[1]]), minimumPoints: 2)
        }
    }
}
