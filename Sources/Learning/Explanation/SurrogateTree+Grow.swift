import Kernels

extension SurrogateTree {
    /// Grows a tree level by level, on positions in a sample of the rows.
    struct Grower {
        private(set) var nodes: [Tree.Node]
        private let configuration: SurrogateTree
        private let columns: [Column]
        /// The group of each position.
        private let classes: [Int32]
        private let classCount: Int
        /// For each feature the positions node by node; those of a number in ascending order of it.
        private var orders: [[Int32]]
        /// The nodes of the last level, and their places in `orders`.
        private var open: [(node: Int, places: Range<Int>)]

        /// A feature's values at the positions of the sample.
        enum Column {
            case numbers([Double])
            case codes([Int32], levels: Int)
        }

        init(
            _ configuration: SurrogateTree, _ features: [Feature], classes: [Int32], groups: Int,
            sample: [Int]
        ) {
            self.configuration = configuration
            self.classes = sample.map { classes[$0] }
            classCount = groups + 1
            columns = features.map { feature in
                switch feature.values {
                case .numbers(let numbers): .numbers(sample.map { numbers[$0] })
                case .codes(let codes, let levels):
                    .codes(sample.map { codes[$0] }, levels: levels)
                }
            }
            orders = columns.map { column in
                switch column {
                case .numbers(let numbers): Ranks.order(of: numbers).map { Int32($0) }
                case .codes(let codes, _): codes.indices.map { Int32($0) }
                }
            }
            nodes = [Tree.Node()]
            open = [(0, 0..<sample.count)]
        }

        /// Splits each node of the last level where that makes it purer.
        mutating func growLevel(threads: Int) {
            var next: [(node: Int, places: Range<Int>)] = []
            for (node, places) in open {
                guard let best = bestSplit(places, threads: threads) else { continue }
                let middle = partition(places, by: best)
                let left = nodes.count
                nodes[node].split = best.question
                nodes[node].children = [left, left + 1]
                nodes += [Tree.Node(), Tree.Node()]
                next += [
                    (left, places.lowerBound..<middle), (left + 1, middle..<places.upperBound),
                ]
            }
            open = next
        }

        private func bestSplit(_ places: Range<Int>, threads: Int) -> SplitSearch.Split? {
            var search = SplitSearch(
                classes: classes, classCount: classCount,
                smallest: max(
                    1, Int((configuration.smallestLeaf * Double(classes.count)).rounded(.up))),
                rounding: configuration.rounding)
            search.begin(orders[0][places])
            guard !search.isPure else { return nil }
            var found = [SplitSearch.Split?](repeating: nil, count: columns.count)
            found.withUnsafeMutableBufferPointer { found in
                nonisolated(unsafe) let found = found
                Parallel.forEach(columns.count, threads: threads) { feature in
                    found[feature] = search.best(
                        of: columns[feature], feature: feature, order: orders[feature][places])
                }
            }
            return found.lazy.compactMap(\.self).reduce(nil) { best, split in
                if let best, best.score >= split.score { best } else { split }
            }
        }

        /// Moves the positions that a question sends left before the others, keeping their order.
        ///
        /// - Returns: where the others begin.
        private mutating func partition(
            _ places: Range<Int>, by split: SplitSearch.Split
        ) -> Int {
            let column = columns[split.feature]
            let leftLevels = split.question.leftLevels
            var goesLeft = [Bool](repeating: false, count: classes.count)
            for position in orders[split.feature][places] {
                goesLeft[Int(position)] =
                    switch column {
                    case .numbers(let numbers): split.question.isLeft(numbers[Int(position)])
                    case .codes(let codes, _): leftLevels[Int(codes[Int(position)])]
                    }
            }
            var middle = places.lowerBound
            for feature in orders.indices {
                let own = orders[feature][places]
                let left = own.filter { goesLeft[Int($0)] }
                let right = own.filter { !goesLeft[Int($0)] }
                middle = places.lowerBound + left.count
                orders[feature].replaceSubrange(places, with: left + right)
            }
            return middle
        }
    }
}
