package import Columns
package import Kernels

extension Preprocessing {
    /// Preprocessing with frozen parameters.
    package struct Model: Hashable, Sendable {
        package let configuration: Preprocessing
        /// In the order of the raw matrix's columns.
        package let features: [Feature]
        /// The columns of the designed matrix.
        package let columns: [DesignColumn]
        /// Empty unless blocks are weighted.
        package let blocks: [Block]
        let reduced: Reduced?
        /// What a reader should know: `constant_feature`, `near_zero_variance`, `filled`,
        /// `winsorised`, `quartiles_equal`, `features_correlated`.
        package let notices: [Notice]

        /// All components of the designed matrix, where it was reduced.
        package var reduction: PCA.Model? { reduced?.components }
        /// How many of them `apply` gives.
        package var componentsKept: Int? { reduced?.kept }
        /// What parallel analysis compared their variances with.
        package var referenceVariances: [Double]? { reduced?.reference }

        /// The finished matrix.
        ///
        /// - Parameter matrix: rows × features, as `fit` takes it. A code that is no level's position
        ///   stands for a level that was never seen: it gets a 0 in all of its feature's indicators,
        ///   and −1 in a column of codes.
        /// - Returns: rows × components kept, or rows × `columns` without a reduction.
        /// - Throws: as `fit` does of the rows, but `unknown_level`.
        ///
        /// Complexity: O(rows · columns · components).
        package func apply(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Matrix {
            let designed = try designed(matrix, work: work)
            guard let reduced else { return designed }
            return try reduced.components.project(designed, components: reduced.kept, work: work)
        }

        /// The matrix before its reduction, rows × `columns`.
        ///
        /// - Throws: as `apply`.
        ///
        /// Complexity: O(rows · columns).
        package func designed(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Matrix {
            try configuration.check(matrix, work: work)
            return try Designer(self).design(matrix, threads: work.threads)
        }
    }
}

extension Preprocessing.Model {
    /// What was learnt of a feature. `configuration` has its options at the same position.
    package struct Feature: Hashable, Sendable, Codable {
        package let name: String
        /// Of the raw training values; nil for a category.
        package let minimum: Double?
        package let maximum: Double?
        /// What replaces a missing value (for a category a code); nil where it is refused.
        package let fill: Double?
        /// Training rows that were filled.
        package let filled: Int
        package let winsorised: Winsorised?
        /// Of a number that is transformed by Yeo-Johnson.
        package let lambda: Double?
        /// Training rows of each level, after filling; empty for a number.
        package let levelCounts: [Int]

        private enum CodingKeys: String, CodingKey {
            case name, minimum, maximum, fill, filled, winsorised, lambda
            case levelCounts = "level_counts"
        }
    }

    /// Bounds to which values are drawn, and training rows that were.
    package struct Winsorised: Hashable, Sendable, Codable {
        package let lower: Double
        package let upper: Double
        package let below: Int
        package let above: Int
    }

    /// A block as it was found, before its weight.
    package struct Block: Hashable, Sendable, Codable {
        package let name: String
        /// The total variance of its columns, or their largest eigenvalue; population's.
        package let variance: Double
        /// What squared distances within it are multiplied by.
        package let factor: Double
    }

    struct Reduced: Hashable, Sendable, Codable {
        let components: PCA.Model
        let kept: Int
        let reference: [Double]?
    }
}

/// A column of a designed matrix: √weight · (value − centre) / divisor.
package struct DesignColumn: Hashable, Sendable, Codable {
    /// What names it, like "balance" or "gender = Female".
    package let name: String
    /// The position of its feature.
    package let feature: Int
    /// The position of the level that the column is an indicator of; nil for numbers and codes.
    package let level: Int?
    /// Of the transformed value, or of the 0 and 1 of an indicator.
    package let centre: Double
    package let divisor: Double
    /// What multiplies the column's part of a squared distance: its feature's weight and its block's
    /// factor. A column of codes isn't multiplied; what counts its mismatches shall be.
    package let weight: Double

    func multiplied(by factor: Double) -> DesignColumn {
        DesignColumn(
            name: name, feature: feature, level: level, centre: centre, divisor: divisor,
            weight: weight * factor)
    }
}

extension Preprocessing.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case configuration, features, columns, blocks, notices
        case reduced = "reduction"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        configuration = try values.decode(Preprocessing.self, forKey: .configuration)
        features = try values.decode([Feature].self, forKey: .features)
        columns = try values.decode([DesignColumn].self, forKey: .columns)
        blocks = try values.decode([Block].self, forKey: .blocks)
        reduced = try values.decodeIfPresent(Reduced.self, forKey: .reduced)
        notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(configuration, forKey: .configuration)
        try values.encode(features, forKey: .features)
        try values.encode(columns, forKey: .columns)
        try values.encode(blocks, forKey: .blocks)
        try values.encodeIfPresent(reduced, forKey: .reduced)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
    }
}
