package import Columns
package import Kernels

extension Agglomerative {
    /// Merges the rows and cuts the tree.
    ///
    /// Ties go to the lowest row, as in SciPy's `linkage`. Groups are numbered by their lowest
    /// rows; above the limit by the lowest micro-clusters.
    ///
    /// - Parameter matrix: rows × features, no missing value.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`, `values_too_large`,
    ///   `rows_too_close`; `k_above_rows`, `k_above_distinct_rows`; `rows_above_limit` for average
    ///   and complete linkage; others for a configuration that makes no sense; what `work` throws
    ///   between merges.
    ///
    /// Complexity: O(rows² · features) time; O(rows · features) memory for Ward, O(rows²) for the
    /// others. Above the limit O(rows · micro-clusters · features) a pass.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try matrix.requireComplete(work: work)
        try check(matrix)
        guard matrix.rows <= limit else { return try fitMicroClusters(matrix, work) }
        let dendrogram = try tree(matrix, work)
        let labels = dendrogram.cut(k)
        let (centroids, sizes) = matrix.means(labels: labels, groups: k)
        return Model(
            linkage: linkage, microClusters: nil, labels: labels, sizes: sizes,
            centroids: centroids, dendrogram: dendrogram, notices: [],
            reference: ReferencePoints(matrix, groups: labels))
    }

    private func tree(
        _ matrix: Matrix, weights: [Int]? = nil, _ work: Work
    ) throws(AuroraError) -> Dendrogram {
        let chain: [ChainMerge]?
        switch linkage {
        case .ward:
            var distances = WardDistances(matrix, weights: weights)
            chain = try NearestNeighbourChain.merges(&distances, work: work)
        case .average, .complete:
            var distances = CondensedDistances(
                matrix, linkage: linkage == .average ? .average : .complete, threads: work.threads)
            chain = try NearestNeighbourChain.merges(&distances, work: work)
        }
        guard let chain else { throw Matrix.tooLarge("a distance") }
        // Scoring goes by the nearest row: different rows must not be at distance 0.
        for merge in chain
        where merge.distance == 0 && matrix.row(merge.lower) != matrix.row(merge.higher) {
            throw AuroraError(
                "rows_too_close",
                "rows \(merge.lower + 1) and \(merge.higher + 1) differ, but by less than the "
                    + "smallest squared distance, \(Double.leastNonzeroMagnitude)",
                hint: "scale the features")
        }
        return Dendrogram(
            leafSizes: weights ?? [Int](repeating: 1, count: matrix.rows), chain: chain
        ) { linkage == .ward ? $0.squareRoot() : $0 }
    }

    /// k-means, Ward on its weighted means, and k-means from what that gives.
    private func fitMicroClusters(_ matrix: Matrix, _ work: Work) throws(AuroraError) -> Model {
        let count = matrix.distinctRows(upTo: microClusters)
        // These groups only stand for their rows in the tree: they need not be settled.
        let micro = try KMeans(k: count, seed: seed, restarts: 1, maxIterations: 20)
            .fit(matrix, work: work.part(0...0.7))
        let filled = micro.sizes.indices.filter { micro.sizes[$0] > 0 }
        let (means, weights) = (micro.centroids.rows(filled), filled.map { micro.sizes[$0] })
        let dendrogram = try tree(means, weights: weights, work.part(0.7...0.75))
        guard k <= means.rows else { throw KMeans.tooFewDistinct(k, means.rows, matrix.rows) }
        let start = means.means(labels: dendrogram.cut(k), groups: k, weights: weights).centroids
        let final = try KMeans(k: k, seed: seed, start: .centroids(start))
            .fit(matrix, work: work.part(0.75...1))
        let notice = Notice(
            "micro_clusters",
            "\(matrix.rows) rows are above the limit of \(limit) for a tree of all rows: Ward's "
                + "method merged \(counted(means.rows, "group")) of a first k-means, and a second "
                + "k-means started from the \(counted(k, "group")) of its cut")
        return Model(
            linkage: linkage, microClusters: means.rows, labels: final.labels, sizes: final.sizes,
            centroids: final.centroids, dendrogram: dendrogram, notices: [notice] + final.notices,
            reference: ReferencePoints(final.centroids, groups: (0..<Int32(k)).map { $0 }))
    }
}
