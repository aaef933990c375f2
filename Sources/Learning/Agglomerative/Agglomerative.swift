import Columns

/// Agglomerative clustering: rows are merged pair by pair into a tree, which is cut at k groups.
///
/// Use it for features on a common scale (see `Preprocessing`) when the tree itself tells
/// something: which groups are near, and where it is worth cutting. The tree of all rows takes
/// time that grows with their square, so above `limit` Ward's method merges the groups of a first
/// k-means instead, and a second k-means starts from the k groups that this gives.
///
/// ```swift
/// let model = try Agglomerative(k: 4).fit(scaled)
/// model.dendrogram.cut(7)  // the groups of another cut
/// ```
///
/// Source: Murtagh & Contreras 2012; above the limit the recipe of METHODS.md section 2.
package struct Agglomerative: Clustering, Equatable {
    /// What the distance of two groups is.
    package enum Linkage: String, Sendable, Equatable, Codable, CaseIterable {
        /// What merging adds to the squared distances to the centroids, as a root (Ward.D2): round
        /// groups of similar size.
        case ward
        /// The mean distance between their rows.
        case average
        /// The largest distance between their rows.
        case complete

        /// Rows up to which a tree of all rows is made unless stated otherwise. Ward's method keeps
        /// centroids; the others keep 4 · rows² bytes of distances, 400 MB at their limit.
        package var limit: Int { self == .ward ? 20_000 : 10_000 }
    }

    /// Groups, at least 1.
    package var k: Int
    package var linkage: Linkage
    /// Rows up to which the tree of all rows is made.
    package var limit: Int
    /// Groups of the first k-means above the limit: 50 to 500, and at least k.
    package var microClusters: Int
    /// Of both k-means above the limit; the tree of all rows needs none.
    package var seed: UInt64

    package init(
        k: Int, linkage: Linkage = .ward, limit: Int? = nil, microClusters: Int = 200,
        seed: UInt64 = 0
    ) {
        self.k = k
        self.linkage = linkage
        self.limit = limit ?? linkage.limit
        self.microClusters = microClusters
        self.seed = seed
    }

    /// Refuses a configuration that fits no data, or not these.
    func check(_ matrix: Matrix) throws(AuroraError) {
        // K-Means knows what can be wrong with k.
        try KMeans(k: k).check(matrix)
        guard (50...500).contains(microClusters) else {
            throw AuroraError(
                "micro_clusters_out_of_range",
                "micro_clusters is \(microClusters) but must be from 50 to 500")
        }
        guard matrix.rows > limit else { return }
        guard linkage == .ward else {
            throw AuroraError(
                "rows_above_limit",
                "there are \(matrix.rows) rows but \(linkage.rawValue) linkage takes up to \(limit)",
                hint: "use ward, which goes through micro-clusters, or raise the limit: it takes "
                    + "4 · rows² bytes")
        }
        guard k <= microClusters else {
            throw AuroraError(
                "k_above_micro_clusters",
                "k is \(k) but there are \(microClusters) micro-clusters")
        }
    }
}
