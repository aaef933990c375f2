package import Columns
package import Kernels

/// A small decision tree that tells in a few rules which rows a segmentation puts where, in the
/// features' own units.
///
/// A rule describes: rows are assigned by the segmentation itself. How far the tree can be trusted is
/// its fidelity; a group that no rule describes well gets none.
///
/// ```swift
/// let tree = try SurrogateTree().fit(features, labels: model.labels, groups: model.k)
/// tree.fidelity
/// tree.rules[0]?.parts
/// ```
///
/// Source: Craven & Shavlik 1996; Moshkovitz, Dasgupta, Rashtchian & Frost 2020; splits as in CART
/// (Breiman, Friedman, Olshen & Stone 1984). METHODS.md section 8.
package struct SurrogateTree: Sendable, Equatable {
    /// A column of the rows, unscaled.
    package struct Feature: Sendable, Equatable {
        package enum Values: Sendable, Equatable {
            case numbers([Double])
            /// Each row's level, below `levels`. A missing level is a level of its own.
            case codes([Int32], levels: Int)
        }

        package let name: String
        package let values: Values

        package init(_ name: String, _ values: Values) {
            (self.name, self.values) = (name, values)
        }

        var rows: Int {
            switch values {
            case .numbers(let numbers): numbers.count
            case .codes(let codes, _): codes.count
            }
        }
    }

    /// Questions on the way to a leaf, 1 to 4.
    package var depth = 4
    /// The share of the rows that each side of a split holds at least.
    package var smallestLeaf = 0.002
    /// The share of a split's rows that a rounder threshold may send to the other side.
    package var rounding = 0.005
    /// Rows that the tree is grown on; of more it is grown on a sample, and measured on all.
    package var sampleRows = 200_000
    /// Of the sample.
    package var seed: UInt64 = 0
    /// The precision below which a rule is refused.
    package var precision = 0.7
    /// Leaves that a rule joins at most.
    package var parts = 3

    package init() {}

    /// Grows the tree, and measures it on all rows.
    ///
    /// - Parameters:
    ///   - features: at least one; of equal splits the first feature's is taken.
    ///   - labels: the group of each row, below `groups`; rows of `Noise.label` are told apart from
    ///     the groups but get no rule.
    /// - Throws: `no_rows`, `no_features`, `rows_differ`, `missing_values`, `infinite_values`; what
    ///   `work` throws between levels.
    ///
    /// Complexity: O(features · s · (log s + depth) + rows · 2^depth), s the rows that it is grown
    /// on; times groups · levels · log levels at each split of a category.
    package func fit(
        _ features: [Feature], labels: [Int32], groups: Int, work: Work = Work()
    ) throws(AuroraError) -> Model {
        precondition(1...4 ~= depth, "1 to 4 questions")
        try Self.require(features, rows: labels.count)
        let classes = labels.map { $0 < 0 ? Int32(groups) : $0 }
        let sample =
            labels.count > sampleRows
            ? RandomNumbers(seed: seed).sample(max(1, sampleRows), below: labels.count)
            : Array(labels.indices)
        var grower = Grower(self, features, classes: classes, groups: groups, sample: sample)
        for level in 0..<depth {
            try work.report(Double(level) / Double(depth + 1), "level \(level + 1) of \(depth)")
            grower.growLevel(threads: work.threads)
        }
        let grown = Tree(grower.nodes)
        let counts = grown.count(features, classes: classes, groups: groups, work: work)
        return Model(
            grown.pruned(counts, precision: precision), features: features.map(\.name),
            grownOn: sample.count, groups: groups, configuration: self)
    }

    static func require(_ features: [Feature], rows: Int) throws(AuroraError) {
        guard rows > 0 else { throw AuroraError("no_rows", "there are 0 rows but 1 is needed") }
        guard !features.isEmpty else {
            throw AuroraError("no_features", "there are 0 features but 1 is needed")
        }
        for feature in features {
            guard feature.rows == rows else {
                throw AuroraError(
                    "rows_differ",
                    "feature '\(feature.name)' has \(feature.rows) rows and the labels have \(rows)"
                )
            }
            let (missing, infinite) = feature.notUsable
            if missing > 0 {
                throw AuroraError(
                    "missing_values",
                    "feature '\(feature.name)' is missing in \(missing) of \(rows) rows",
                    hint: "impute it or filter these rows out in the recipe")
            }
            if infinite > 0 {
                throw AuroraError(
                    "infinite_values",
                    "feature '\(feature.name)' is infinite in \(infinite) of \(rows) rows",
                    hint: "look for a division by zero in the recipe")
            }
        }
    }
}

extension SurrogateTree.Feature {
    /// Rows without a number or a level, and rows of an infinite number.
    fileprivate var notUsable: (missing: Int, infinite: Int) {
        switch values {
        case .numbers(let numbers):
            (numbers.count(where: \.isNaN), numbers.count(where: \.isInfinite))
        case .codes(let codes, let levels):
            (codes.count { $0 < 0 || Int($0) >= levels }, 0)
        }
    }
}
