extension SurrogateTree {
    /// One thing that a rule asks of one feature.
    package struct Condition: Sendable, Equatable, Codable {
        package let feature: Int
        package let name: String
        /// At least this; nil for no limit.
        package let atLeast: Double?
        /// Below this; nil for no limit.
        package let below: Double?
        /// One of these levels; nil for a number.
        package let levels: [Int]?
        /// How many levels the feature has; nil for a number.
        package let levelCount: Int?

        private enum CodingKeys: String, CodingKey {
            case feature, name, below, levels
            case atLeast = "at_least"
            case levelCount = "level_count"
        }
    }

    /// Which rows are in a group: those for which all conditions of one of its parts hold.
    package struct Rule: Sendable, Equatable, Codable {
        package struct Part: Sendable, Equatable, Codable {
            /// One a feature, in the features' order; none where the tree is a single leaf.
            package let conditions: [Condition]
            package let rows: Int
            /// Rows of the group.
            package let correct: Int
        }

        package let group: Int
        /// The one with the most rows of the group first.
        package let parts: [Part]
        /// The share of the group's rows for which the rule holds.
        package let coverage: Double
        /// The share of the group among the rows for which it holds.
        package let precision: Double

        /// Joins the parts that cover most of the group and are precise enough together; of equal
        /// choices the one with the fewest parts, then the first.
        ///
        /// - Parameters:
        ///   - size: all rows of the group.
        ///   - parts: leaves of the group; those that say the same in fewer words together are joined.
        /// - Returns: nil where no choice is precise enough.
        ///
        /// Complexity: O(parts³).
        init?(for group: Int, of size: Int, _ parts: [Part], _ configuration: SurrogateTree) {
            let joined = Self.joined(parts, precision: configuration.precision)
            let ordered = joined.enumerated().sorted {
                ($1.element.correct, $0.offset) < ($0.element.correct, $1.offset)
            }.map(\.element)
            var best: (correct: Int, rows: Int, chosen: [Int]) = (0, 0, [])
            func extend(_ chosen: [Int], correct: Int, rows: Int) {
                let isPrecise = Double(correct) >= configuration.precision * Double(rows)
                let isBetter =
                    correct > best.correct
                    || correct == best.correct && chosen.count < best.chosen.count
                if isPrecise, isBetter { best = (correct, rows, chosen) }
                guard chosen.count < configuration.parts else { return }
                for next in ((chosen.last ?? -1) + 1)..<ordered.count {
                    extend(
                        chosen + [next], correct: correct + ordered[next].correct,
                        rows: rows + ordered[next].rows)
                }
            }
            extend([], correct: 0, rows: 0)
            guard best.correct > 0 else { return nil }
            self.group = group
            self.parts = best.chosen.map { ordered[$0] }
            coverage = Double(best.correct) / Double(size)
            precision = Double(best.correct) / Double(best.rows)
        }

        /// Parts that differ in one feature only, and touch there, as one: the same rows in fewer
        /// words. Those that are precise enough for a rule stay apart from those that aren't.
        private static func joined(_ parts: [Part], precision: Double) -> [Part] {
            func isPrecise(_ part: Part) -> Bool {
                Double(part.correct) >= precision * Double(part.rows)
            }
            var parts = parts
            var first = 0
            while first < parts.count {
                let second = parts.indices.first {
                    $0 > first && isPrecise(parts[first]) == isPrecise(parts[$0])
                        && parts[first].union(parts[$0]) != nil
                }
                guard let second, let union = parts[first].union(parts[second]) else {
                    first += 1
                    continue
                }
                parts[first] = union
                parts.remove(at: second)
                // The larger part may touch one that came before.
                first = 0
            }
            return parts
        }
    }
}

extension SurrogateTree.Rule.Part {
    /// Both as one part; nil where that would be other rows.
    fileprivate func union(_ other: Self) -> Self? {
        guard conditions.map(\.feature) == other.conditions.map(\.feature) else { return nil }
        let differing = conditions.indices.filter { conditions[$0] != other.conditions[$0] }
        guard differing.count == 1 else { return nil }
        let place = differing[0]
        var merged = conditions
        switch conditions[place].union(other.conditions[place]) {
        case .none: return nil
        case .all: merged.remove(at: place)
        case .one(let condition): merged[place] = condition
        }
        return Self(
            conditions: merged, rows: rows + other.rows, correct: correct + other.correct)
    }
}

extension SurrogateTree.Condition {
    fileprivate enum Union {
        /// No condition says it.
        case none
        /// No condition is needed.
        case all
        case one(SurrogateTree.Condition)
    }

    fileprivate func union(_ other: Self) -> Union {
        if let levels, let more = other.levels {
            let union = Set(levels).union(more).sorted()
            if union.count == levelCount { return .all }
            return .one(with(atLeast: nil, below: nil, levels: union))
        }
        let (low, high) = below == other.atLeast ? (self, other) : (other, self)
        guard let meeting = low.below, meeting == high.atLeast else { return .none }
        if low.atLeast == nil, high.below == nil { return .all }
        return .one(with(atLeast: low.atLeast, below: high.below, levels: nil))
    }

    private func with(atLeast: Double?, below: Double?, levels: [Int]?) -> Self {
        Self(
            feature: feature, name: name, atLeast: atLeast, below: below, levels: levels,
            levelCount: levelCount)
    }
}
