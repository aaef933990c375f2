import Columns
import Kernels
import Learning
import Testing

@Suite("Preprocessing: blocks and components")
struct PreprocessingBlocksTests {
    private let sample = Matrix([
        [1, 10, 3], [2, 14, 5], [4, 9, 1], [3, 20, 2], [6, 18, 9], [5, 16.5, 4],
    ])

    private func preprocessing(_ blocks: Preprocessing.Blocks?) -> Preprocessing {
        Preprocessing(
            [.init("a", block: "one"), .init("b", weight: 3, block: "one"), .init("c")],
            blocks: blocks)
    }

    @Test("equal variance: each block's variances add up to its weight")
    func equalVariance() throws {
        let model = try preprocessing(.init(.equalVariance, weights: ["one": 2])).fit(sample)
        let variances = Moments(of: try model.apply(sample), threads: 1).variances
        #expect(abs(variances[0] + variances[1] - 2) < 1e-14)
        #expect(abs(variances[1] / variances[0] - 3) < 1e-13, "the weights within a block stay")
        #expect(abs(variances[2] - 1) < 1e-14)
        #expect(model.blocks.map(\.name) == ["one", "c"])
        #expect(abs(model.blocks[0].variance - 4) < 1e-14)
    }

    @Test("MFA: each block's largest eigenvalue becomes 1")
    func mfa() throws {
        let features: [Preprocessing.Feature] = [
            .init("a", block: "one"), .init("b", block: "one"), .init("c"),
        ]
        let model = try Preprocessing(features, blocks: .mfa).fit(sample)
        // numpy.linalg.eigvalsh of the first two z-scored columns' covariance.
        #expect(abs(model.blocks[0].variance - 1.4424784212442376) < 1e-13)
        let designed = try model.apply(sample)
        let block = Matrix(columns: [designed.column(0), designed.column(1)])
        let largest = try PCA().fit(block).explainedVariance[0] * 5 / 6
        #expect(abs(largest - 1) < 1e-13)
    }

    @Test("a block in which nothing varies keeps its weight")
    func constantBlock() throws {
        let matrix = Matrix([[1, 5], [2, 5], [4, 5]])
        let model = try Preprocessing([.init("a"), .init("flat")], blocks: .mfa).fit(matrix)
        #expect(try model.apply(matrix).column(1) == [0, 0, 0])
    }

    @Test("a weight for no block is refused, with the nearest name")
    func unknownBlock() {
        let message = expectError("unknown_block") {
            _ = try preprocessing(.init(.mfa, weights: ["ome": 2])).fit(sample)
        }
        #expect(message == "there is a weight for block 'ome', but no feature belongs to it")
        expectError("invalid_weight") {
            _ = try preprocessing(.init(.mfa, weights: ["one": -1])).fit(sample)
        }
    }

    @Test("as many components as hold a share of the variance")
    func share() throws {
        let rows = Samples.clouds(rows: 800, columns: 5)
        for share in [0.3, 0.5, 0.9, 1] {
            var preprocessing = Preprocessing(["a", "b", "c", "d", "e"])
            preprocessing.reduction = .variance(share)
            let model = try preprocessing.fit(rows)
            let kept = try #require(model.componentsKept)
            let ratios = try #require(model.reduction).explainedVarianceRatio
            #expect(ratios.prefix(kept).reduce(0, +) >= share - 1e-12)
            #expect(ratios.prefix(kept - 1).reduce(0, +) < share)
            #expect(try model.apply(rows).columns == kept)
            #expect(try model.designed(rows).columns == 5)
        }
        expectError("invalid_share") {
            _ = try Preprocessing([.init("a")], reduction: .variance(1.5)).fit(Matrix([[1], [2]]))
        }
        expectError("component_count") {
            _ = try Preprocessing([.init("a")], reduction: .components(2)).fit(Matrix([[1], [2]]))
        }
    }

    /// Normal enough, and independent of each other.
    private func noise(rows: Int, columns: Int) -> Matrix {
        var matrix = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            let random = RandomNumbers(seed: 3, restart: 1, step: row)
            for column in 0..<columns {
                matrix[row, column] = (0..<12).reduce(-6) {
                    $0 + random.uniform(12 * column + $1)
                }
            }
        }
        return matrix
    }

    @Test("parallel analysis: the reference is that of normal rows")
    func reference() throws {
        let matrix = noise(rows: 200, columns: 6)
        let model = try Preprocessing(
            (0..<6).map { .init("\($0)") }, reduction: .parallelAnalysis(seed: 1)
        ).fit(matrix)
        // 95th percentiles over 20,000 covariances of 200 × 6 normal numbers by numpy; z-scores have
        // a variance of n / (n − 1).
        let expected = [1.41682, 1.251495, 1.132047, 1.031961, 0.936536, 0.838274]
        let reference = try #require(model.referenceVariances)
        for (value, expected) in zip(reference, expected) {
            #expect(abs(value / (200.0 / 199) - expected) < 0.03)
        }
        #expect(model.componentsKept == 1, "noise holds none, and one is the least")
    }

    @Test("parallel analysis finds the dimensions that are there")
    func dimensions() throws {
        var matrix = noise(rows: 500, columns: 8)
        for row in 0..<500 {
            for column in 0..<3 { matrix[row, column] += 2 * matrix[row, 6] }
            for column in 3..<6 { matrix[row, column] += 2 * matrix[row, 7] }
        }
        let features = (0..<8).map { Preprocessing.Feature("\($0)") }
        let model = try Preprocessing(features, reduction: .parallelAnalysis(seed: 5)).fit(matrix)
        #expect(model.componentsKept == 2)
    }

    @Test("parallel analysis: indicators of one category are no dimension by themselves")
    func categoryAlone() throws {
        var matrix = noise(rows: 600, columns: 4)
        for row in 0..<600 {
            matrix[row, 3] = Double(RandomNumbers(seed: 2).integer(row, below: 5))
        }
        let levels = Preprocessing.Kind.categories(
            levels: ["a", "b", "c", "d", "e"], encoding: .indicators(dropFirst: false))
        let features: [Preprocessing.Feature] = [
            .init("x"), .init("y"), .init("z"), .init("g", kind: levels),
        ]
        let model = try Preprocessing(features, reduction: .parallelAnalysis(seed: 1)).fit(matrix)
        #expect(model.componentsKept == 1)
    }

    @Test("parallel analysis of fewer rows than columns")
    func fewRows() throws {
        let matrix = noise(rows: 4, columns: 6)
        let features = (0..<6).map { Preprocessing.Feature("\($0)") }
        let model = try Preprocessing(features, reduction: .parallelAnalysis(seed: 1)).fit(matrix)
        let reference = try #require(model.referenceVariances)
        #expect(reference.prefix(3).allSatisfy { $0 > 0.1 })
        #expect(reference.suffix(3).allSatisfy { abs($0) < 1e-12 })
    }
}
