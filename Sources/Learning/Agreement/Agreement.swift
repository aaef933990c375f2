/// All figures of how far two groupings of the same rows agree.
///
/// The first grouping is the reference where a figure takes sides (homogeneity, completeness).
package struct Agreement: Sendable, Equatable, Codable {
    /// Rows that have a group in both.
    package let rows: Int
    /// Rows that belong to no group in one of them, and aren't counted.
    package let leftOut: Int
    package let adjustedRandIndex: Double
    /// In nats.
    package let mutualInformation: Double
    /// Over the arithmetic mean of both entropies.
    package let normalizedMutualInformation: Double
    package let adjustedMutualInformation: Double
    package let homogeneity: Double
    package let completeness: Double
    package let vMeasure: Double
    package let fowlkesMallows: Double

    /// Complexity: O(rows · columns · √total) of the table.
    package init(_ table: ContingencyTable) {
        (rows, leftOut) = (table.total, table.leftOut)
        adjustedRandIndex = table.adjustedRandIndex
        mutualInformation = table.mutualInformation
        normalizedMutualInformation = table.normalizedMutualInformation
        adjustedMutualInformation = table.adjustedMutualInformation
        homogeneity = table.homogeneity
        completeness = table.completeness
        vMeasure = table.vMeasure
        fowlkesMallows = table.fowlkesMallows
    }

    private enum CodingKeys: String, CodingKey {
        case rows, homogeneity, completeness
        case leftOut = "left_out"
        case adjustedRandIndex = "adjusted_rand_index"
        case mutualInformation = "mutual_information"
        case normalizedMutualInformation = "normalized_mutual_information"
        case adjustedMutualInformation = "adjusted_mutual_information"
        case vMeasure = "v_measure"
        case fowlkesMallows = "fowlkes_mallows"
    }
}
