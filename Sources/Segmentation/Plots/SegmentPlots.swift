package import Foundation
package import Learning

/// What the drawings of a learnt segmentation need, as a run keeps it (`segments/NAME.plots.json`).
///
/// No row of a customer is in it, but ends of curves and small leaves of a tree may be those of single
/// customers.
package struct SegmentPlots: Codable, Sendable, Equatable {
    /// The first two principal components of the features as segments were formed by them.
    package struct Biplot: Codable, Sendable, Equatable {
        package struct Arrow: Codable, Sendable, Equatable {
            package var column: String
            /// The level of a category.
            package var level: String?
            /// Pearson's r with each component.
            package var correlations: [Double]
            /// The column's entries of the components' unit vectors; nil where components of
            /// components were formed.
            package var loadings: [Double]?
        }

        package struct Centre: Codable, Sendable, Equatable {
            package var id: Int
            package var scores: [Double]
        }

        /// In the order of the features.
        package var arrows: [Arrow]
        /// Each segment's mean scores.
        package var centres: [Centre]
    }

    /// The last merges of an agglomerative tree.
    package struct Tree: Codable, Sendable, Equatable {
        package var dendrogram: Dendrogram
        /// The tree's leaves in all.
        package var leaves: Int
        package var rows: Int
        /// Whether its leaves are groups of a first K-Means instead of rows.
        package var isOfMicroClusters: Bool
        package var linkage: String
        /// The number of each leaf's segment; empty where a second K-Means has moved rows since.
        package var segments: [Int]
        /// The heights of the last merge that was made and of the first that was not; nil where
        /// there is none.
        package var lastMade: Double?
        package var firstNotMade: Double?

        private enum CodingKeys: String, CodingKey {
            case dendrogram, leaves, rows, linkage, segments
            case isOfMicroClusters = "is_of_micro_clusters"
            case lastMade = "last_made"
            case firstNotMade = "first_not_made"
        }
    }

    /// Distances to the nearest neighbours of which DBSCAN's core points have enough.
    package struct NeighbourDistances: Codable, Sendable, Equatable {
        package var minimumPoints: Int
        package var eps: Double
        /// The value at the curve's bend; nil where it has none.
        package var suggestedEps: Double?
        package var measured: Int
        package var rows: Int
        /// At evenly spaced ranks, ascending.
        package var distances: [Double]
        /// Measured rows within `eps`.
        package var within: Int

        private enum CodingKeys: String, CodingKey {
            case eps, measured, rows, distances, within
            case minimumPoints = "minimum_points"
            case suggestedEps = "suggested_eps"
        }
    }

    package struct Silhouettes: Codable, Sendable, Equatable {
        package struct Segment: Codable, Sendable, Equatable {
            package var id: Int
            package var curve: SilhouetteCurve
        }

        package var mean: Double
        package var measured: Int
        package var rows: Int
        package var segments: [Segment]
    }

    package var biplot: Biplot?
    package var tree: Tree?
    package var neighbourDistances: NeighbourDistances?
    package var silhouettes: Silhouettes?

    private enum CodingKeys: String, CodingKey {
        case biplot, tree, silhouettes
        case neighbourDistances = "neighbour_distances"
    }

    package static func path(_ name: String) -> String { "segments/\(name).plots.json" }

    /// What a run has kept; nil where it kept none, or nothing that can be read.
    package static func read(_ name: String, from run: URL) -> Self? {
        guard let data = try? Data(contentsOf: run.appending(path: path(name))) else { return nil }
        return try? JSONDecoder().decode(Self.self, from: data)
    }
}
