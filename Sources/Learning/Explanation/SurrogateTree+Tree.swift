import Columns
import Kernels

extension SurrogateTree {
    /// What a node asks of a row.
    package enum Question: Sendable, Equatable, Codable {
        /// Left where the feature's number is below a threshold.
        case below(Int, Double)
        /// Left where the feature's level is one of these, in ascending order, of so many.
        case oneOf(Int, [Int], levels: Int)

        package var feature: Int {
            switch self {
            case .below(let feature, _), .oneOf(let feature, _, _): feature
            }
        }

        func isLeft(_ value: Double) -> Bool {
            if case .below(_, let threshold) = self { value < threshold } else { false }
        }

        /// For each level whether it goes left; empty for a number.
        var leftLevels: [Bool] {
            guard case .oneOf(_, let levels, let count) = self else { return [] }
            var result = [Bool](repeating: false, count: count)
            for level in levels { result[level] = true }
            return result
        }
    }

    /// Nodes, the root first and children after their parent.
    struct Tree: Sendable, Equatable {
        struct Node: Sendable, Equatable, Codable {
            /// Nil for a leaf.
            var split: Question?
            /// Left and right; empty for a leaf.
            var children: [Int] = []
            /// Rows of each group, and at last those of none.
            var counts: [Int] = []

            var rows: Int { counts.reduce(0, +) }
            /// The group of most rows, the first of equal ones.
            var majority: Int { counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0 }
            var precision: Double { Double(counts[majority]) / Double(max(1, rows)) }
        }

        private(set) var nodes: [Node]

        init(_ nodes: [Node]) { self.nodes = nodes }

        /// The leaf of each row.
        ///
        /// Complexity: O(rows · nodes), column by column.
        func leaves(of features: [Feature], rows: Int, work: Work) -> [Int32] {
            var places = [Int32](repeating: 0, count: rows)
            places.withUnsafeMutableBufferPointer { places in
                guard let places = places.baseAddress else { return }
                for (index, node) in nodes.enumerated() {
                    guard let split = node.split else { continue }
                    let (left, right) = (Int32(node.children[0]), Int32(node.children[1]))
                    let feature = features[split.feature]
                    Parallel.forEachChunk(of: rows, threads: work.threads) { _, range in
                        feature.send(range, from: Int32(index), to: (left, right), split, places)
                    }
                }
            }
            return places
        }

        /// The rows of each group in each node.
        func count(
            _ features: [Feature], classes: [Int32], groups: Int, work: Work
        ) -> [[Int]] {
            var counts = Array(
                repeating: Array(repeating: 0, count: groups + 1), count: nodes.count)
            let leaves = leaves(of: features, rows: classes.count, work: work)
            for (leaf, group) in zip(leaves, classes) { counts[Int(leaf)][Int(group)] += 1 }
            for index in nodes.indices.reversed() {
                for child in nodes[index].children {
                    for group in 0...groups { counts[index][group] += counts[child][group] }
                }
            }
            return counts
        }

        /// The same tree with its counts, and with siblings as one leaf where both say the same
        /// group and both, or neither, say it well enough for a rule.
        func pruned(_ counts: [[Int]], precision: Double) -> Tree {
            var nodes = nodes
            for index in nodes.indices.reversed() {
                nodes[index].counts = counts[index]
                let children = nodes[index].children.map { nodes[$0] }
                guard children.count == 2, children.allSatisfy({ $0.split == nil }) else {
                    continue
                }
                let isSame =
                    children[0].majority == children[1].majority
                    && (children[0].precision >= precision)
                        == (children[1].precision >= precision)
                if isSame { (nodes[index].split, nodes[index].children) = (nil, []) }
            }
            // Nodes that can still be reached, in the same order.
            var isReached = nodes.map { _ in false }
            isReached[0] = true
            for index in nodes.indices where isReached[index] {
                for child in nodes[index].children { isReached[child] = true }
            }
            let kept = nodes.indices.filter { isReached[$0] }
            var places = nodes.indices.map { $0 }
            for (place, index) in kept.enumerated() { places[index] = place }
            return Tree(
                kept.map { index in
                    var node = nodes[index]
                    node.children = node.children.map { places[$0] }
                    return node
                })
        }
    }
}

extension SurrogateTree.Feature {
    /// Sends a node's rows of a range to its children.
    fileprivate func send(
        _ rows: Range<Int>, from node: Int32, to children: (left: Int32, right: Int32),
        _ split: SurrogateTree.Question, _ places: UnsafeMutablePointer<Int32>
    ) {
        switch (values, split) {
        case (.numbers(let numbers), .below(_, let threshold)):
            for row in rows where places[row] == node {
                places[row] = numbers[row] < threshold ? children.left : children.right
            }
        case (.codes(let codes, _), .oneOf):
            let isLeft = split.leftLevels
            for row in rows where places[row] == node {
                let level = Int(codes[row])
                places[row] =
                    level < isLeft.count && isLeft[level] ? children.left : children.right
            }
        default:
            preconditionFailure("a question that fits its feature")
        }
    }
}
