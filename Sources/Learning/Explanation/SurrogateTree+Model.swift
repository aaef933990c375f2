package import Columns
package import Kernels

extension SurrogateTree {
    /// A grown tree with its rules.
    package struct Model: Sendable, Equatable, Codable {
        /// Names of the features that the tree may ask of.
        package let features: [String]
        /// The rows that it was measured on, and those that it was grown on.
        package let rows: Int
        package let grownOn: Int
        /// The share of all rows that the tree puts in their own group.
        package let fidelity: Double
        /// One for each group; nil where none is precise enough, or the group has no leaf.
        package let rules: [Rule?]
        /// The root first.
        package let nodes: [Node]

        /// A node as it is told to others.
        package struct Node: Sendable, Equatable, Codable {
            /// Nil for a leaf.
            package let question: Question?
            /// The nodes of rows that the question sends left and right; empty for a leaf.
            package let children: [Int]
            /// The group of most rows; `Noise.label` for rows of no group.
            package let group: Int32
            package let rows: Int
            /// Rows of that group.
            package let correct: Int
        }

        private enum CodingKeys: String, CodingKey {
            case features, rows, fidelity, rules, nodes
            case grownOn = "grown_on"
        }

        init(
            _ tree: Tree, features: [String], grownOn: Int, groups: Int,
            configuration: SurrogateTree
        ) {
            self.features = features
            self.grownOn = grownOn
            rows = tree.nodes[0].rows
            nodes = tree.nodes.map { node in
                let group = node.majority
                return Node(
                    question: node.split, children: node.children,
                    group: group == groups ? Noise.label : Int32(group), rows: node.rows,
                    correct: node.counts[group])
            }
            let correct = nodes.reduce(0) { $0 + ($1.question == nil ? $1.correct : 0) }
            fidelity = Double(correct) / Double(rows)
            let paths = Paths(nodes, names: features)
            rules = (0..<groups).map { group in
                Rule(
                    for: group, of: tree.nodes[0].counts[group], paths.parts(of: Int32(group)),
                    configuration)
            }
        }

        /// The group that the tree gives each row.
        ///
        /// - Parameter features: those that it was grown on, in their order.
        /// - Throws: `feature_count`; as `fit`.
        ///
        /// Complexity: O(rows · nodes).
        package func predict(
            _ features: [Feature], work: Work = Work()
        ) throws(AuroraError) -> [Int32] {
            guard features.count == self.features.count else {
                throw AuroraError(
                    "feature_count",
                    "the tree has \(counted(self.features.count, "feature")) but the rows have "
                        + "\(features.count)")
            }
            let rows = features.first?.rows ?? 0
            try SurrogateTree.require(features, rows: rows)
            let tree = Tree(nodes.map { Tree.Node(split: $0.question, children: $0.children) })
            return tree.leaves(of: features, rows: rows, work: work).map { nodes[Int($0)].group }
        }
    }
}
