import Columns
import Kernels
import Learning
import Testing

@Suite("Surrogate tree")
struct SurrogateTreeTests {
    typealias Feature = SurrogateTree.Feature

    /// 600 rows: young ones are group 0; others by channel, and on the app also by balance.
    static func customers(noise: Int = 0) -> (features: [Feature], labels: [Int32]) {
        var (ages, balances, channels) = ([Double](), [Double](), [Int32]())
        var labels: [Int32] = []
        for row in 0..<600 {
            let random = RandomNumbers(seed: 4, step: row)
            ages.append(Double(18 + random.integer(0, below: 60)))
            balances.append((random.uniform(1) * 9_000_000).rounded() / 1000)
            channels.append(Int32(random.integer(2, below: 4)))
            let isApp = channels[row] == 1 || channels[row] == 3
            let group = ages[row] < 30 ? 0 : !isApp ? 1 : balances[row] < 4012.3 ? 2 : 3
            labels.append(Int32(random.integer(3, below: 100) < noise ? (group + 1) % 4 : group))
        }
        return (
            [
                Feature("age", .numbers(ages)), Feature("balance", .numbers(balances)),
                Feature("channel", .codes(channels, levels: 4)),
            ], labels
        )
    }

    @Test("finds what the groups were made by, with round thresholds")
    func planted() throws {
        let (features, labels) = Self.customers()
        let model = try SurrogateTree().fit(features, labels: labels, groups: 4)
        #expect(model.fidelity > 0.99)
        #expect(model.rows == 600)
        #expect(model.grownOn == 600)
        let young = try #require(model.rules[0])
        // The tree asks for the channel first, but the rule needn't.
        #expect(model.nodes[0].question?.feature == 2)
        #expect(young.parts.count == 1)
        #expect(young.parts[0].conditions.map(\.name) == ["age"])
        #expect(young.parts[0].conditions[0].below == 30)
        #expect(young.parts[0].conditions[0].atLeast == nil)
        #expect(young.precision == 1 && young.coverage == 1)
        let branch = try #require(model.rules[1])
        #expect(branch.parts.count == 1)
        #expect(branch.parts[0].conditions.map(\.levels) == [nil, [0, 2]])
        let rich = try #require(model.rules[3])
        #expect(rich.parts[0].conditions.map(\.name) == ["age", "balance", "channel"])
        #expect(rich.parts[0].conditions[0].atLeast == 30)
        #expect(rich.parts[0].conditions[1].atLeast == 4040)
        #expect(rich.parts[0].conditions[2].levels == [1, 3])
        let predicted = try model.predict(features)
        let same = zip(predicted, labels).count { $0 == $1 }
        #expect(model.fidelity == Double(same) / 600)
        #expect(try roundTrip(model) == model)
    }

    @Test("coverage and precision are those of the printed conditions", arguments: [0, 10, 25])
    func measured(noise: Int) throws {
        let (features, labels) = Self.customers(noise: noise)
        let model = try SurrogateTree().fit(features, labels: labels, groups: 4)
        for (group, rule) in model.rules.enumerated() {
            guard let rule else { continue }
            let caught = (0..<600).filter { row in
                rule.parts.contains { $0.conditions.allSatisfy { holds($0, features, row) } }
            }
            let correct = caught.count { Int(labels[$0]) == group }
            #expect(rule.precision == Double(correct) / Double(caught.count))
            #expect(rule.coverage == Double(correct) / Double(labels.count { Int($0) == group }))
            #expect(rule.precision >= 0.7)
            #expect(rule.parts.count <= 3)
        }
        #expect(noise > 10 || model.rules.allSatisfy { $0 != nil })
    }

    private func holds(
        _ condition: SurrogateTree.Condition, _ features: [Feature], _ row: Int
    ) -> Bool {
        switch features[condition.feature].values {
        case .numbers(let numbers):
            return numbers[row] >= condition.atLeast ?? -.infinity
                && numbers[row] < condition.below ?? .infinity
        case .codes(let codes, _):
            return condition.levels?.contains(Int(codes[row])) ?? true
        }
    }

    @Test("the first split is the purest of all", arguments: 0..<20)
    func purest(seed: Int) throws {
        let rows = 40
        let random = RandomNumbers(seed: UInt64(seed))
        let columns = (0..<3).map { column in
            (0..<rows).map { Double(random.integer(column * rows + $0, below: 15)) }
        }
        let labels = (0..<rows).map { Int32(random.integer(1000 + $0, below: 3)) }
        var configuration = SurrogateTree()
        (configuration.depth, configuration.rounding, configuration.precision) = (1, 0, 0)
        let model = try configuration.fit(
            columns.enumerated().map { Feature("\($0.offset)", .numbers($0.element)) },
            labels: labels, groups: 3)
        func gini(_ chosen: [Int]) -> Double {
            guard !chosen.isEmpty else { return 0 }
            let n = Double(chosen.count)
            let squares = (0..<3).reduce(0.0) { sum, group in
                let count = Double(chosen.count { labels[$0] == group })
                return sum + count * count
            }
            return n - squares / n
        }
        var least = Double.infinity
        for column in columns {
            for threshold in Set(column) {
                let left = (0..<rows).filter { column[$0] < threshold }
                let right = (0..<rows).filter { column[$0] >= threshold }
                if !left.isEmpty { least = min(least, gini(left) + gini(right)) }
            }
        }
        // Both sides of the only split may say the same group and be one leaf again.
        guard case .below(let feature, let threshold)? = model.nodes[0].question else { return }
        let left = (0..<rows).filter { columns[feature][$0] < threshold }
        let right = (0..<rows).filter { columns[feature][$0] >= threshold }
        #expect(abs(gini(left) + gini(right) - least) < 1e-9)
    }

    @Test("thresholds keep as many digits as the split needs")
    func digits() throws {
        let values = (0..<400).map { 1_000_000 + Double($0) * 0.25 }
        let labels = values.map { Int32($0 < 1_000_033.2 ? 0 : 1) }
        var configuration = SurrogateTree()
        let model = try configuration.fit(
            [Feature("x", .numbers(values))], labels: labels, groups: 2)
        #expect(model.nodes[0].question == .below(0, 1_000_033))
        configuration.rounding = 0
        let exact = try configuration.fit(
            [Feature("x", .numbers(values))], labels: labels, groups: 2)
        #expect(exact.fidelity == 1)
        #expect(exact.nodes[0].question == .below(0, 1_000_033.1))
        let small = try SurrogateTree().fit(
            [Feature("x", .numbers([-0.0031, -0.0012, 0.0071, 0.0093]))], labels: [0, 0, 1, 1],
            groups: 2)
        #expect(small.nodes[0].question == .below(0, 0.003))
    }

    @Test("a group that no rule describes well gets none")
    func refused() throws {
        let rows = 300
        let x = (0..<rows).map { Double($0) }
        // Group 1 is every third row: nothing tells where.
        let labels = (0..<rows).map { Int32($0 % 3 == 0 ? 1 : 0) }
        var configuration = SurrogateTree()
        configuration.smallestLeaf = 0.1
        let model = try configuration.fit(
            [Feature("x", .numbers(x))], labels: labels, groups: 2)
        #expect(model.rules == [nil, nil])
        #expect(model.fidelity < 0.7)
        configuration.precision = 0.6
        let lower = try configuration.fit(
            [Feature("x", .numbers(x))], labels: labels, groups: 2)
        #expect(lower.rules[0] != nil)
        #expect(lower.rules[1] == nil)
    }

    @Test("a rule joins several leaves, up to three")
    func union() throws {
        let x = (0..<500).map { Double($0) }
        // Group 1 in three of five stretches.
        let labels = x.map { Int32(1 - Int($0 / 100) % 2) }
        let model = try SurrogateTree().fit([Feature("x", .numbers(x))], labels: labels, groups: 2)
        let rule = try #require(model.rules[1])
        #expect(rule.parts.count == 3)
        #expect(rule.precision == 1)
        #expect(rule.coverage == 1)
        #expect(rule.parts.map(\.conditions[0].atLeast) == [nil, 200, 400])
        #expect(rule.parts.map(\.conditions[0].below) == [100, 300, nil])
    }

    @Test("grown on a seeded sample, measured on all rows")
    func sampled() throws {
        let (features, labels) = Self.customers(noise: 10)
        var configuration = SurrogateTree()
        configuration.sampleRows = 200
        let model = try configuration.fit(features, labels: labels, groups: 4)
        #expect(model.grownOn == 200)
        #expect(model.nodes[0].rows == 600)
        let leaves = model.nodes.filter { $0.question == nil }
        #expect(leaves.reduce(0) { $0 + $1.rows } == 600)
        #expect(
            try configuration.fit(features, labels: labels, groups: 4, work: Work(threads: 4))
                == model)
        configuration.seed = 1
        #expect(try configuration.fit(features, labels: labels, groups: 4) != model)
    }

    @Test("rows of no group count against the rules")
    func noise() throws {
        let x = (0..<100).map { Double($0) }
        let labels = x.map { Int32($0 < 50 ? 0 : $0 < 55 ? -1 : 1) }
        var configuration = SurrogateTree()
        configuration.depth = 1
        let model = try configuration.fit([Feature("x", .numbers(x))], labels: labels, groups: 2)
        #expect(model.rules[1]?.precision == 0.9)
        configuration.depth = 2
        let deeper = try configuration.fit([Feature("x", .numbers(x))], labels: labels, groups: 2)
        #expect(deeper.fidelity == 1)
        #expect(try deeper.predict([Feature("x", .numbers([52]))]) == [-1])
    }

    @Test("one group, one row, constants: a single leaf")
    func degenerate() throws {
        for (values, labels) in [([5.0], [Int32(0)]), ([1, 2, 3], [0, 0, 0]), ([4, 4], [0, 1])] {
            let model = try SurrogateTree().fit(
                [Feature("x", .numbers(values))], labels: labels, groups: 2)
            #expect(model.nodes.count == 1)
        }
        let model = try SurrogateTree().fit(
            [Feature("x", .numbers([1, 2]))], labels: [0, 0], groups: 1)
        #expect(model.rules[0]?.parts.map(\.conditions) == [[]])
    }

    @Test("what can't be told apart is refused")
    func mistakes() {
        let tree = SurrogateTree()
        expectError("no_rows") {
            _ = try tree.fit([Feature("x", .numbers([]))], labels: [], groups: 1)
        }
        expectError("no_features") { _ = try tree.fit([], labels: [0], groups: 1) }
        expectError("rows_differ") {
            _ = try tree.fit([Feature("x", .numbers([1]))], labels: [0, 0], groups: 1)
        }
        expectError("missing_values") {
            _ = try tree.fit([Feature("x", .numbers([.nan]))], labels: [0], groups: 1)
        }
        expectError("missing_values") {
            _ = try tree.fit([Feature("x", .codes([-1], levels: 3))], labels: [0], groups: 1)
        }
        expectError("infinite_values") {
            _ = try tree.fit([Feature("x", .numbers([.infinity]))], labels: [0], groups: 1)
        }
    }
}
