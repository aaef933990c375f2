package import Columns
package import Foundation
package import Learning

/// A segmentation as a run keeps it: all that is needed to show it and to score others.
package struct SegmentationResult: Codable, Sendable {
    package var name: String
    package var label: String
    package var model: String
    package var algorithm: String
    package var rows: Int
    package var segments: [Segment]
    /// The columns that formed the segments: whether segments differ in them is no question.
    package var formedBy: [String]
    package var silhouette: Silhouette?
    package var daviesBouldin: Double?
    package var calinskiHarabasz: Double?
    /// Natural groups, useful cuts or nothing; nil where that is no question, as with stated segments.
    package var verdict: String?
    /// What speaks for and against it; nil for stated segments.
    package var evidence: SegmentEvidence?
    /// What makes each segment; nil for stated segments.
    package var explanation: SegmentExplanation?
    /// Each principal component's share of the features' variance.
    package var explainedVariance: [Double] = []
    /// How the fit went; nil for stated segments.
    package var fit: Fit?
    /// What assigns other customers; nil for stated segments.
    package var frozen: FrozenSegments?
    /// The highest number that a segment of it ever had; none is given twice.
    package var highestID: Int?
    /// The number of a customer's segment as an expression over the model's columns, where segments
    /// are stated.
    package var condition: String?

    package struct Segment: Codable, Sendable {
        /// Its permanent number, from 1; 0 for customers that belong to no segment.
        package var id: Int
        package var name: String
        /// What it is called where the file states no name for it; nil where its number says so.
        package var usualName: String?
        package var size: Int
        package var share: Double
        package var silhouette: Double?
        /// Who belongs to it, in the data's own units.
        package var rule: String?

        package var isOutliers: Bool { id == FrozenSegments.outlierID }

        init(id: Int, name: String, size: Int, share: Double) {
            self.id = id
            self.name = name
            self.size = size
            self.share = share
        }

        /// Customers that belong to no segment.
        static func outliers(size: Int, share: Double, name: String) -> Segment {
            Segment(id: FrozenSegments.outlierID, name: name, size: size, share: share)
        }
    }

    /// What a method tells of its fit, as far as it applies.
    package struct Fit: Codable, Sendable {
        package var inertia: Double?
        package var iterations: Int?
        package var converged: Bool?
        package var restartInertias: [Double] = []

        init(_ model: some ClusterModel) {
            guard let kMeans = model as? KMeans.Model else { return }
            inertia = kMeans.inertia
            iterations = kMeans.iterations
            converged = kMeans.converged
            restartInertias = kMeans.restartInertias
        }
    }

    init(
        name: String, label: String, model: String, algorithm: String, rows: Int,
        segments: [Segment], formedBy: [String]
    ) {
        self.name = name
        self.label = label
        self.model = model
        self.algorithm = algorithm
        self.rows = rows
        self.segments = segments
        self.formedBy = formedBy
    }

    /// The segments that customers belong to, without the one of those who belong to none.
    package var groups: [Segment] { segments.filter { !$0.isOutliers } }

    /// How well a segment is found again on resampled customers; nil where that was not measured.
    package func repeatability(of id: Int) -> ClusterwiseJaccard.Group? {
        guard let group = groups.firstIndex(where: { $0.id == id }),
            let measured = evidence?.repeatability?.groups, measured.indices.contains(group)
        else { return nil }
        return measured[group]
    }

    /// The names of the segments by their number, from 1; those that are gone have a number only.
    package var namesByNumber: [String] {
        let names = Dictionary(groups.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        return (1...max(1, groups.map(\.id).max() ?? 1)).map { names[$0] ?? "Segment \($0)" }
    }

    /// What pages call the method.
    package var methodName: String {
        SegmentMethods.all.first { $0.name == algorithm }?.title ?? algorithm
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
            "name": .string(name), "algorithm": .string(algorithm), "k": JSON(groups.count),
            "rows": JSON(rows), "inertia": JSON(fit?.inertia), "silhouette": JSON(silhouette?.mean),
            "davies_bouldin": JSON(daviesBouldin), "calinski_harabasz": JSON(calinskiHarabasz),
            "verdict": JSON(verdict),
            "segments": .array(
                segments.map {
                    .object([
                        "id": JSON($0.id), "name": .string($0.name), "size": JSON($0.size),
                        "share": JSON($0.share),
                    ])
                }),
            "described": .array(
                segments.map {
                    .object([
                        "id": JSON($0.id), "silhouette": JSON($0.silhouette),
                        "rule": JSON($0.rule), "repeatable": JSON(repeatability(of: $0.id)?.mean),
                    ])
                }),
            "silhouette_measured": JSON(silhouette?.measured),
            "silhouette_margin": JSON(silhouette?.margin),
            "iterations": JSON(fit?.iterations),
            "converged": fit?.converged.map { .bool($0) } ?? .null,
            "explained_variance": .array(explainedVariance.map { JSON($0) }),
            "reason": JSON(evidence?.structure?.reason),
            "findings": .array(
                (evidence?.findings ?? []).map {
                    .object(["code": .string($0.code), "message": .string($0.message)])
                }),
        ])
    }
}
