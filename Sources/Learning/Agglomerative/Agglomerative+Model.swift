package import Columns
import Kernels

extension Agglomerative {
    /// Fitted groups: the tree, its cut, and the frozen rows (or centroids) that score later ones.
    package struct Model: ReferenceModel {
        package let linkage: Linkage
        /// Leaves of the tree above the limit; nil where its leaves are the rows.
        package let microClusters: Int?
        package var labels: [Int32]
        package var sizes: [Int]
        package var centroids: Matrix
        package let dendrogram: Dendrogram
        /// `micro_clusters`, and those of K-Means above the limit.
        package let notices: [Notice]
        /// The training rows, ties to the lowest; above the limit the centroids.
        package var reference: ReferencePoints

        package func withoutLabels() -> Self {
            var model = self
            model.labels = []
            return model
        }
    }
}

extension Agglomerative.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case linkage, labels, sizes, centroids, dendrogram, notices, reference
        case microClusters = "micro_clusters"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(linkage, forKey: .linkage)
        try values.encodeIfPresent(microClusters, forKey: .microClusters)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(StoredMatrix(centroids), forKey: .centroids)
        try values.encode(reference, forKey: .reference)
        try values.encode(dendrogram, forKey: .dendrogram)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        try values.encode(labels, forKey: .labels)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        linkage = try values.decode(Agglomerative.Linkage.self, forKey: .linkage)
        microClusters = try values.decodeIfPresent(Int.self, forKey: .microClusters)
        sizes = try values.decode([Int].self, forKey: .sizes)
        reference = try values.decode(ReferencePoints.self, forKey: .reference)
        centroids = try values.decode(StoredMatrix.self, forKey: .centroids).matrix(
            rows: sizes.count, columns: reference.points.columns, for: CodingKeys.centroids,
            path: decoder.codingPath)
        dendrogram = try values.decode(Dendrogram.self, forKey: .dendrogram)
        notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
        labels = try values.decode([Int32].self, forKey: .labels)
        try reference.require(sizes.count, labels: labels, path: decoder.codingPath)
    }
}
