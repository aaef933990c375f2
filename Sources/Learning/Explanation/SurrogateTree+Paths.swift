extension SurrogateTree {
    /// What has to hold on the way to each leaf.
    struct Paths {
        private struct Limits {
            var atLeast: Double?
            var below: Double?
            var levels: Set<Int>?
            var levelCount: Int?
        }

        private var leaves: [(group: Int32, part: Rule.Part)] = []
        private let names: [String]

        init(_ nodes: [Model.Node], names: [String]) {
            self.names = names
            walk(nodes, 0, [:])
        }

        func parts(of group: Int32) -> [Rule.Part] {
            leaves.filter { $0.group == group }.map(\.part)
        }

        private mutating func walk(_ nodes: [Model.Node], _ index: Int, _ limits: [Int: Limits]) {
            let node = nodes[index]
            guard let question = node.question else {
                let conditions = limits.keys.sorted().compactMap { feature in
                    limits[feature].map { condition(feature, $0) }
                }
                leaves.append(
                    (
                        node.group,
                        Rule.Part(conditions: conditions, rows: node.rows, correct: node.correct)
                    ))
                return
            }
            var (left, right) = (limits, limits)
            switch question {
            case .below(let feature, let threshold):
                // Thresholds further down lie within those above them.
                left[feature, default: Limits()].below = threshold
                right[feature, default: Limits()].atLeast = threshold
            case .oneOf(let feature, let levels, let count):
                let present = limits[feature]?.levels ?? Set(0..<count)
                left[feature, default: Limits()].levels = present.intersection(levels)
                right[feature, default: Limits()].levels = present.subtracting(levels)
                left[feature]?.levelCount = count
                right[feature]?.levelCount = count
            }
            walk(nodes, node.children[0], left)
            walk(nodes, node.children[1], right)
        }

        private func condition(_ feature: Int, _ limits: Limits) -> Condition {
            Condition(
                feature: feature, name: names[feature], atLeast: limits.atLeast,
                below: limits.below, levels: limits.levels.map { $0.sorted() },
                levelCount: limits.levelCount)
        }
    }
}
