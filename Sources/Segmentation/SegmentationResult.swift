package import Columns
package import Foundation
package import Learning

/// A fitted segmentation as a run keeps it: all that is needed to show it and to score others.
package struct SegmentationResult: Codable, Sendable {
    package var name: String
    package var label: String
    package var model: String
    package var algorithm: String
    package var rows: Int
    package var segments: [Segment]
    package var inertia: Double
    package var silhouette: Silhouette?
    package var daviesBouldin: Double?
    package var calinskiHarabasz: Double?
    /// Natural groups, useful cuts or nothing; nil until that has been tested.
    package var verdict: String?
    package var iterations: Int
    package var converged: Bool
    package var restartInertias: [Double]
    /// Each principal component's share of the features' variance.
    package var explainedVariance: [Double]
    package var preprocessing: Preprocessing.Model
    package var centroids: [[Double]]
    /// The centroids, from 0, in the order in which a row equally near to two belongs to the first.
    package var tieOrder: [Int]

    package struct Segment: Codable, Sendable {
        package var id: Int
        package var name: String
        package var size: Int
        package var share: Double
        package var silhouette: Double?
    }

    /// The file of a run's folder that holds it.
    package static func path(_ name: String) -> String { "segments/\(name).json" }

    package static func read(_ name: String, from run: URL) throws(AuroraError) -> Self {
        let url = run.appending(path: path(name))
        do {
            return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
        } catch {
            throw AuroraError("run_unreadable", "\(url.path) can't be read", cause: "\(error)")
        }
    }

    package var json: JSON {
        .object([
            "name": .string(name), "algorithm": .string(algorithm), "k": JSON(segments.count),
            "rows": JSON(rows), "inertia": JSON(inertia), "silhouette": JSON(silhouette?.mean),
            "davies_bouldin": JSON(daviesBouldin), "calinski_harabasz": JSON(calinskiHarabasz),
            "verdict": JSON(verdict),
            "segments": .array(
                segments.map {
                    .object([
                        "id": JSON($0.id), "name": .string($0.name), "size": JSON($0.size),
                        "share": JSON($0.share),
                    ])
                }),
            "silhouette_measured": JSON(silhouette?.measured),
            "silhouette_margin": JSON(silhouette?.margin),
            "iterations": JSON(iterations), "converged": .bool(converged),
            "explained_variance": .array(explainedVariance.map { JSON($0) }),
        ])
    }
}
