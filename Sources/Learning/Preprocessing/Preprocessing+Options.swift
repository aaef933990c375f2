extension Preprocessing {
    /// What a feature holds.
    package enum Kind: Hashable, Sendable, Codable {
        case number
        /// The matrix holds positions in `levels`.
        case categories(levels: [String], encoding: Encoding)
    }

    /// How a category becomes columns.
    package enum Encoding: Hashable, Sendable, Codable {
        /// A column of 0 and 1 for each level of the training rows, on the feature's scale; without
        /// the first of them where `dropFirst` asks for it.
        case indicators(dropFirst: Bool)
        /// Indicators divided by √(share of rows) and centred, so that a category weighs as much as
        /// z-scored numbers do (Pagès 2004). The feature's scale has no effect.
        case famd
        /// One column of codes, never scaled; for k-prototypes.
        case codes

        private enum IndicatorsCodingKeys: String, CodingKey { case dropFirst = "drop_first" }
    }

    package enum Transform: String, Hashable, Sendable, Codable, CaseIterable {
        case none
        /// ln(1 + x), for x above −1.
        case log1p
        /// Yeo and Johnson's power, its λ by maximum likelihood; for any x.
        case yeoJohnson = "yeo_johnson"
    }

    package enum Scale: String, Hashable, Sendable, Codable, CaseIterable {
        case none
        /// (x − mean) / standard deviation, the population's.
        case zScore = "z_score"
        /// (x − median) / (third − first quartile).
        case robust
        /// (x − minimum) / (maximum − minimum).
        case minMax = "min_max"
    }

    /// What becomes of missing values.
    package enum Missing: String, Hashable, Sendable, Codable, CaseIterable {
        case refuse
        /// The mean of the raw training values; for numbers, as the median.
        case mean
        case median
        /// The most frequent value or level; of several the lowest.
        case mostFrequent = "most_frequent"
        /// A level of its own; for categories.
        case ownLevel = "own_level"
    }

    /// Draws values outside of two quantiles of the training rows to them.
    package struct Winsorise: Hashable, Sendable, Codable {
        /// Shares of rows, 0…1.
        package var lower: Double
        package var upper: Double

        package init(lower: Double = 0.01, upper: Double = 0.99) {
            self.lower = lower
            self.upper = upper
        }
    }

    /// One column of the raw matrix, and what is done with it.
    package struct Feature: Hashable, Sendable, Codable {
        package var name: String
        package var kind: Kind
        /// Of numbers.
        package var transform: Transform
        /// Of numbers.
        package var winsorise: Winsorise?
        package var scale: Scale
        package var missing: Missing
        /// Multiplies what the feature adds to a squared distance; above 0.
        package var weight: Double
        /// The block that it belongs to; without one it is a block by itself.
        package var block: String?

        package init(
            _ name: String, kind: Kind = .number, transform: Transform = .none,
            winsorise: Winsorise? = nil, scale: Scale = .zScore, missing: Missing = .refuse,
            weight: Double = 1, block: String? = nil
        ) {
            self.name = name
            self.kind = kind
            self.transform = transform
            self.winsorise = winsorise
            self.scale = scale
            self.missing = missing
            self.weight = weight
            self.block = block
        }

        /// The levels of a category with the one for missing values, if there is one; else none.
        package var levels: [String] {
            guard case .categories(let levels, _) = kind else { return [] }
            return levels + (missing == .ownLevel ? ["Missing"] : [])
        }
    }

    /// Brings blocks of features to the same influence. Codes stay outside of blocks.
    package struct Blocks: Hashable, Sendable, Codable {
        package enum Method: String, Hashable, Sendable, Codable, CaseIterable {
            /// The variances of a block's columns add up to its weight.
            case equalVariance = "equal_variance"
            /// A block's largest eigenvalue becomes its weight (Escofier & Pagès 1994).
            case mfa
        }

        package var method: Method
        /// By the block's name, or by that of a feature without one; 1 for all others.
        package var weights: [String: Double]

        package init(_ method: Method, weights: [String: Double] = [:]) {
            self.method = method
            self.weights = weights
        }

        package static let equalVariance = Blocks(.equalVariance)
        package static let mfa = Blocks(.mfa)
    }

    /// How many principal components replace the columns.
    package enum Reduction: Hashable, Sendable, Codable {
        /// The columns stay.
        case none
        case components(Int)
        /// As many as hold this share of the variance.
        case variance(Double)
        /// As many as hold more than independent features would; see `ParallelAnalysis`.
        case parallelAnalysis(seed: UInt64)

        private enum CodingKeys: String, CodingKey {
            case none, components, variance
            case parallelAnalysis = "parallel_analysis"
        }
        private enum ComponentsCodingKeys: String, CodingKey { case _0 = "count" }
        private enum VarianceCodingKeys: String, CodingKey { case _0 = "share" }
    }
}
