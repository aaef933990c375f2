/// What a table has to say about groups in it.
package enum StructureVerdict: String, Sendable, Codable, CaseIterable {
    /// Groups that separate beyond what single columns and correlations bring about.
    case naturalGroups = "natural_groups"
    /// Columns that go together without gaps: groups cut a continuum, which may be useful.
    case usefulCuts = "useful_cuts"
    /// No more than columns that have nothing to do with each other.
    case nothing
}

/// How far k groups separate in a table, and in replicas of it that hold no groups.
///
/// Separations are mean silhouettes, −1 to 1.
package struct StructureEvidence: Sendable, Equatable, Codable {
    /// What the replicas share with the table.
    package enum Comparison: String, Sendable, Codable, CaseIterable {
        /// Every column's values, and the correlations.
        case sameColumns = "same_columns"
        /// The correlations; columns without spikes have no gaps (`OneHump`).
        case oneHump = "one_hump"
    }

    package let k: Int
    package let comparison: Comparison
    package internal(set) var verdict: StructureVerdict
    /// The separation in the table's tested rows.
    package let observed: Double
    package let nullMean: Double
    package let nullStandardDeviation: Double
    package let nullHighest: Double
    /// `observed` − `nullMean`.
    package let margin: Double
    /// (1 + replicas that separate at least as well) / (1 + replicas).
    package let p: Double
    /// How much tighter the groups are than those of the replicas: the mean of ln W over the
    /// replicas less ln W of the table, W the squared distances to the groups' means, summed.
    package let tightness: Double
    /// `tightness` in standard deviations of the replicas' ln W; 0 where they don't vary.
    package let tightnessScore: Double
    /// The largest correlation of two columns' normal scores, by magnitude.
    package let correlation: Double
    /// As `p`, for `correlation` and tables whose columns are independent.
    package let correlationP: Double
    package let replicas: Int
    package let rows: Int
    /// Rows in which groups were looked for: all, or a random sample.
    package let rowsTested: Int
    package let columns: Int
    /// Columns in which groups were looked for, from 0.
    package let columnsTested: [Int]
    /// The verdict and why, as one sentence.
    package internal(set) var reason: String

    private enum CodingKeys: String, CodingKey {
        case k, comparison, verdict, observed, margin, p, tightness, correlation, replicas, rows,
            columns
        case reason
        case nullMean = "null_mean"
        case nullStandardDeviation = "null_standard_deviation"
        case nullHighest = "null_highest"
        case tightnessScore = "tightness_score"
        case correlationP = "correlation_p"
        case rowsTested = "rows_tested"
        case columnsTested = "columns_tested"
    }
}
