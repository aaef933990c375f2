import Columns
import Kernels
import Learning
import Testing

@Suite("K-Prototypes")
struct KPrototypesTests {
    /// Two numbers and two categories of three and four codes; every sixth row is not typical.
    private static let mixed = Matrix(
        (0..<30).map { (i: Int) -> [Double] in
            let group = i % 3
            return [
                Double(group) * 4 + Double(i * 7 % 5) / 4,
                [1.0, 5, 0][group] + Double(i * 11 % 7) / 4,
                Double(i % 4 > 0 ? group : (group + 1) % 3),
                Double(i % 5 > 0 ? (group + 1) % 4 : i / 5 % 4),
            ]
        })
    private static let categories = [2: 3, 3: 4]

    private static func start(_ rows: [Int]) -> KMeans.Start {
        .centroids(Matrix(rows.map { mixed.row($0) }))
    }

    // kmodes 0.12.2, from the same rows.
    @Test("γ, cost, labels and centroids as Python's kmodes gives them")
    func reference() throws {
        let model = try KPrototypes(
            k: 3, start: Self.start([0, 1, 2]), categories: Self.categories
        ).fit(Self.mixed)
        #expect(abs(model.gamma - 1.3644377940337415) < 1e-14)
        #expect(abs(model.cost - 29.025191322438637) < 1e-12)
        #expect(model.labels == (0..<30).map { $0 % 3 })
        #expect(
            model.centroids
                == Matrix([[0.5, 1.725, 0, 1], [4.5, 5.675, 1, 2], [8.5, 0.8, 2, 3]]))
        // 13 categories differ.
        #expect(abs(model.categoryShare - 13 * model.gamma / model.cost) < 1e-14)
        #expect(model.converged)
    }

    @Test(
        "given γ, as Python's kmodes gives the cost",
        arguments: [
            (0.2, 12.4171875, [0, 21]), (1.5, 26.92569444444444, [0]),
            (4.0, 54.42569444444445, [0]),
        ] as [(Double, Double, [Int])])
    func givenGamma(gamma: Double, cost: Double, first: [Int]) throws {
        let model = try KPrototypes(
            k: 4, start: Self.start([0, 4, 8, 9]), categories: Self.categories, gamma: gamma
        ).fit(Self.mixed)
        #expect(abs(model.cost - cost) < 1e-12)
        #expect(model.labels.indices.filter { model.labels[$0] == 0 } == first)
    }

    /// The costs are summed in another order.
    @Test("numbers alone: K-Means, labels and centres to the bit", arguments: [2, 4, 7])
    func numbersAlone(k: Int) throws {
        let matrix = Samples.clouds(rows: 3000)
        let means = try KMeans(k: k, seed: 3, restarts: 4).fit(matrix)
        let model = try KPrototypes(k: k, seed: 3, restarts: 4, categories: [:]).fit(matrix)
        #expect(model.labels == means.labels)
        #expect(bits(model.centroids) == bits(means.centroids))
        #expect(
            zip(model.restartCosts, means.restartInertias)
                .allSatisfy { abs($0 - $1) <= 1e-12 * $1 })
        #expect(model.iterations == means.iterations)
        #expect(model.categoryShare == 0)
    }

    @Test("categories alone: k-modes, the cost counts the differences")
    func categoriesAlone() throws {
        let matrix = Matrix(
            (0..<90).map { (i: Int) -> [Double] in
                let group = i % 3
                // One of four columns is another in every fifth row.
                return (0..<4).map { (column: Int) -> Double in
                    let isOdd = column == i / 3 % 4 && i % 5 == 0
                    return isOdd ? 3 : Double((group + column) % 3)
                }
            })
        let categories = [0: 4, 1: 4, 2: 4, 3: 4]
        let model = try KPrototypes(k: 3, seed: 1, categories: categories).fit(matrix)
        #expect(model.gamma == 1)
        #expect(model.cost == 18)
        #expect(model.categoryShare == 1)
        #expect(Set(model.sizes) == [30])
        #expect((3..<90).allSatisfy { model.labels[$0] == model.labels[$0 - 3] })
        let codes = Matrix([[0, 1, 2, 0], [1, 2, 0, 1], [2, 0, 1, 2]])
        #expect((0..<3).allSatisfy { model.centroids.row(Int(model.labels[$0])) == codes.row($0) })
    }

    @Test("of equally frequent codes the lowest is the mode")
    func modeTies() throws {
        let matrix = Matrix([[2], [1], [2], [1], [0]])
        let model = try KPrototypes(k: 1, categories: [0: 3]).fit(matrix)
        #expect(model.centroids == Matrix([[1]]))
        #expect(model.cost == 3)
    }

    @Test("γ decides which side forms the groups, and the share tells")
    func share() throws {
        // The number says one thing, the category another.
        let matrix = Matrix(
            (0..<40).map { (i: Int) -> [Double] in
                [Double(i / 2 % 2), Double(i % 5) / 10, Double(i % 2)]
            })
        func fit(_ gamma: Double) throws -> KPrototypes.Model {
            try KPrototypes(k: 2, categories: [2: 2], gamma: gamma).fit(matrix)
        }
        let (numbers, categories) = (try fit(0.01), try fit(10))
        #expect((0..<40).allSatisfy { numbers.labels[$0] == numbers.labels[$0 / 2 % 2 * 2] })
        #expect((0..<40).allSatisfy { categories.labels[$0] == categories.labels[$0 % 2] })
        #expect(numbers.categoryShare > 0 && numbers.categoryShare < 0.3)
        #expect(categories.categoryShare == 0)
        #expect(try KPrototypes(k: 2, categories: [2: 2], gamma: 0).fit(matrix).gamma == 0)
    }

    @Test("constant numbers leave the groups to the categories")
    func constants() throws {
        let matrix = Matrix((0..<20).map { [7, Double($0 % 2)] })
        let model = try KPrototypes(k: 2, categories: [1: 2]).fit(matrix)
        #expect(model.gamma == 1)
        #expect(model.cost == 0)
        #expect(model.categoryShare == 0)
        #expect(model.sizes == [10, 10])
    }

    /// Clouds with two columns of codes between the numbers.
    private static func large(_ rows: Int) -> Matrix {
        let clouds = Samples.clouds(rows: rows)
        return Matrix(
            (0..<rows).map { row -> [Double] in
                let random = RandomNumbers(seed: 5, restart: 1, step: row)
                let group = clouds[row, 0] > 1.5 ? 1 : 0
                let code = random.uniform(0) < 0.8 ? group : random.integer(1, below: 4)
                return [
                    Double(code), clouds[row, 1], Double(random.integer(2, below: 6)),
                    clouds[row, 2],
                ]
            })
    }

    @Test("mixed rows: same bits on any threads, predictions, another numbering, JSON")
    func checks() throws {
        let matrix = Self.large(3001)
        let method = KPrototypes(k: 5, seed: 2, restarts: 3, categories: [0: 4, 2: 6])
        let model = try method.fit(matrix)
        for threads in [2, 5] {
            #expect(try method.fit(matrix, work: Work(threads: threads)) == model)
        }
        #expect(try model.predict(matrix) == model.labels)
        #expect(try roundTrip(model) == model)
        #expect(try roundTrip(model).predict(matrix) == model.labels)
        let turned = model.renumbered([4, 3, 2, 1, 0])
        #expect(try turned.predict(matrix) == turned.labels)
        #expect(turned.renumbered([4, 3, 2, 1, 0]) == model)
        #expect(model.categoryShare > 0 && model.categoryShare < 1)
        let distances = try model.distances(matrix)
        let own = model.labels.indices.map { distances[$0, Int(model.labels[$0])] }
        #expect(abs(own.reduce(0, +) - model.cost) < 1e-9 * model.cost)
        #expect((0..<3001).allSatisfy { own[$0] == distances.row($0).min() })
        #expect(
            try KPrototypes(k: 5, seed: 3, restarts: 3, categories: [0: 4, 2: 6])
                .fit(matrix).restartCosts != model.restartCosts)
    }

    @Test("the order of the rows doesn't matter with a given start")
    func rowOrder() throws {
        let matrix = Self.large(2000)
        let start = KMeans.Start.centroids(Matrix((0..<4).map { matrix.row($0) }))
        let method = KPrototypes(k: 4, start: start, categories: [0: 4, 2: 6], gamma: 0.7)
        let model = try method.fit(matrix)
        let back = try method.fit(Matrix((0..<2000).reversed().map { matrix.row($0) }))
        #expect(back.labels == model.labels.reversed())
        #expect(abs(back.cost - model.cost) < 1e-12 * model.cost)
    }

    @Test("more rows than starts are drawn from, and an empty group moves")
    func starts() throws {
        let matrix = Self.large(KPrototypes.startRows + 5000)
        let model = try KPrototypes(k: 2, restarts: 2, categories: [0: 4, 2: 6]).fit(matrix)
        #expect(model.converged)
        #expect(model.sizes.reduce(0, +) == matrix.rows)
        let few = Matrix([[0, 0], [1, 0], [2, 1], [50, 1]])
        let far = KMeans.Start.centroids(Matrix([[1, 0], [1000, 1]]))
        let moved = try KPrototypes(k: 2, start: far, categories: [1: 2], gamma: 1).fit(few)
        #expect(moved.labels == [0, 0, 0, 1])
        #expect(moved.notices.map(\.code) == ["empty_cluster_moved"])
    }

    @Test("what is no code, and options that fit no data, are refused")
    func refused() throws {
        let matrix = Matrix([[0, 1], [1, 2], [2, 0.5], [3, -1]])
        let codes = expectError("category_code") {
            _ = try KPrototypes(k: 2, categories: [1: 3]).fit(matrix)
        }
        #expect(
            codes == "feature 2 has codes from 0 to 2 but holds something else in 2 of 4 rows")
        expectError("category_code") { _ = try KPrototypes(k: 1, categories: [0: 3]).fit(matrix) }
        let column = expectError("category_column") {
            _ = try KPrototypes(k: 2, categories: [2: 3]).fit(matrix)
        }
        #expect(column == "categories are in feature 3 but the rows have 2 features")
        expectError("category_column") { _ = try KPrototypes(k: 2, categories: [0: 0]).fit(matrix) }
        expectError("gamma_below_zero") {
            _ = try KPrototypes(k: 2, categories: [:], gamma: -0.5).fit(matrix)
        }
        expectError("k_above_rows") { _ = try KPrototypes(k: 5, categories: [0: 4]).fit(matrix) }
        expectError("values_too_large") {
            _ = try KPrototypes(k: 2, categories: [1: 2]).fit(Matrix([[1e200, 0], [-1e200, 1]]))
        }
        let start = KMeans.Start.centroids(Matrix([[9, 0], [1, 0]]))
        expectError("category_code") {
            _ = try KPrototypes(k: 2, start: start, categories: [0: 4]).fit(matrix)
        }
        let model = try KPrototypes(k: 2, categories: [0: 4]).fit(matrix)
        expectError("category_code") { _ = try model.predict(Matrix([[4, 0]])) }
        expectError("feature_count") { _ = try model.predict(Matrix([[1]])) }
    }
}
