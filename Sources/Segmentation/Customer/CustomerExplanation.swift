package import Columns

/// Why one customer of a run is in its segment, and how far it is from being in another.
///
/// What is exact is told as a number; what a method can't tell exactly isn't told as one.
package struct CustomerExplanation: Sendable {
    /// What formed the segments, and what the customer has of it.
    package struct Feature: Sendable {
        package var column: String
        package var isCategory: Bool
        /// As the model's table has it: a number, or the text of a level.
        package var value: Value
        /// The segment's mean; for a category the share of its customers with the same level.
        package var segment: Double?
        package var runnerUp: Double?
        /// Of all customers.
        package var overall: Double?
        /// φ: how much of the margin comes from it, above 0 where it speaks for the own segment. Nil
        /// where the method has no exact attribution.
        package var contribution: Double?
    }

    /// The difference of the squared distances to the runner-up and to the own segment. What the
    /// features contribute adds up to `margin − baseline`.
    package struct Margin: Sendable {
        package var customer: Double
        /// That of the mean of all customers between the same two segments.
        package var baseline: Double
    }

    /// A way to the boundary of another segment.
    package struct Boundary: Sendable {
        package struct Change: Sendable {
            package var column: String
            package var from: Double
            package var to: Double
        }

        /// One feature, or some that change by the same share of themselves.
        package var changes: [Change]
        /// The number of the segment that lies beyond.
        package var segment: Int
        /// How long the way is, in units of the model's scale.
        package var size: Double
    }

    /// Actionable features along which no boundary is told.
    package struct Refusal: Sendable {
        package enum Reason: String, Sendable {
            /// No value that a customer has is beyond a boundary.
            case outOfReach = "out_of_reach"
            /// They change with a feature that can't be changed.
            case linked
            /// They change together by a share of themselves, but one is 0 or less.
            case noShare = "no_share"
            /// Levels have no distances between them.
            case category
            case missing
        }

        package var columns: [String]
        package var reason: Reason
    }

    /// Why features have no contributions.
    package enum Unexplained: String, Sendable {
        /// Segments are told apart by something else than distances to centroids.
        case noCentroids = "no_centroids"
        /// A condition decides.
        case stated
        case oneSegment = "one_segment"
        /// The customer belongs to no segment.
        case outside
    }

    package var key: Value
    /// The number of the segment; 0 for none.
    package var segment: Int
    /// In ``measure``; nil where the method has none.
    package var distance: Double?
    /// The next best segment.
    package var runnerUp: Int?
    /// How much farther that is than the own one, in ``measure``.
    package var margin: Double?
    package var measure: ScoreMeasure
    /// Whether the runner-up is hardly farther; nil where the method can't tell.
    package var isBorderline: Bool?
    package var remarks: [ScoredRows.Remark] = []
    /// What speaks loudest first, where that is known.
    package var features: [Feature]
    package var attribution: Margin?
    package var unexplained: Unexplained?
    /// The shortest way first.
    package var boundaries: [Boundary] = []
    package var refusals: [Refusal] = []

    /// A runner-up that is farther by less than this share of its own distance is near.
    package static let nearShare = 0.1
    /// For mixtures: twice the log of the odds below which the own segment is less than 3 in 4 likely.
    package static let nearOdds = 2.1972245773362196

    /// - Parameters:
    ///   - distance: to the own segment.
    ///   - margin: how much farther the next is.
    static func isBorderline(_ distance: Double, _ margin: Double, _ measure: ScoreMeasure) -> Bool?
    {
        guard !distance.isNaN, !margin.isNaN else { return nil }
        return switch measure {
        case .distance: margin <= nearShare * (distance + margin)
        case .minusTwoLogDensity: margin <= nearOdds
        case .none: nil
        }
    }
}
