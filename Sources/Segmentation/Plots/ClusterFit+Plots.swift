import Columns
import Kernels
import Learning

extension ClusterFit {
    /// Leaves of a tree that can still be told apart.
    private static let mostLeaves = 100
    /// Ranks at which the k-distance curve is kept.
    private static let ranks = 201

    /// - Parameters:
    ///   - labels: the place of each row's segment among `ids`.
    ///   - rows: on the scale on which segments were formed.
    func plots(
        _ model: some ClusterModel, _ labels: [Int32], _ ids: [Int], _ rows: PreparedRows,
        _ space: GroupSpace, work: Work
    ) throws(AuroraError) -> SegmentPlots {
        SegmentPlots(
            biplot: biplot(space, labels, ids, threads: work.threads),
            tree: (model as? Agglomerative.Model).map { tree($0, labels, ids) },
            neighbourDistances: try (model as? DBSCAN.Model).flatMap {
                (model) throws(AuroraError) in
                try neighbourDistances(model, rows.matrix, work: work)
            },
            silhouettes: silhouettes(space, ids))
    }

    private func biplot(
        _ space: GroupSpace, _ labels: [Int32], _ ids: [Int], threads: Int
    ) -> SegmentPlots.Biplot {
        let correlations = ComponentCorrelations.of(
            space.designed, with: space.scores, threads: threads)
        let components = space.components.components
        let arrows = space.columns.enumerated().map { place, column in
            let source = features.sources[column.feature]
            let level = column.level.flatMap { level in
                let levels = preparation.features[column.feature].levels
                return levels.indices.contains(level) ? levels[level] : "missing"
            }
            return SegmentPlots.Biplot.Arrow(
                column: source.column, level: level, correlations: correlations.row(place),
                loadings: space.isReduced
                    ? nil : (0..<space.scores.columns).map { components[$0, place] })
        }
        let means = space.scores.means(labels: labels, groups: ids.count)
        let centres = ids.indices.filter { means.sizes[$0] > 0 }.map {
            SegmentPlots.Biplot.Centre(id: ids[$0], scores: means.centroids.row($0))
        }
        return .init(arrows: arrows, centres: centres)
    }

    private func tree(
        _ model: Agglomerative.Model, _ labels: [Int32], _ ids: [Int]
    ) -> SegmentPlots.Tree {
        let full = model.dendrogram
        let top = full.top(max(Self.mostLeaves, model.k))
        let made = full.leaves - model.k
        var segments: [Int] = []
        if model.microClusters == nil {
            // Rows are leaves: the model's own labels tell which segment each became.
            segments = [Int](repeating: FrozenSegments.outlierID, count: top.leaves)
            for (row, leaf) in full.cut(top.leaves).enumerated() where model.labels[row] >= 0 {
                segments[Int(leaf)] = ids[Int(model.labels[row])]
            }
        }
        return .init(
            dendrogram: top, leaves: full.leaves, rows: labels.count,
            isOfMicroClusters: model.microClusters != nil, linkage: model.linkage.rawValue,
            segments: segments, lastMade: made > 0 ? full.merges[made - 1].height : nil,
            firstNotMade: made < full.merges.count ? full.merges[made].height : nil)
    }

    private func neighbourDistances(
        _ model: DBSCAN.Model, _ matrix: Matrix, work: Work
    ) throws(AuroraError) -> SegmentPlots.NeighbourDistances? {
        let curve = try KDistance.measure(matrix, minimumPoints: model.minimumPoints, work: work)
        return .init(
            minimumPoints: model.minimumPoints, eps: model.eps, suggestedEps: curve.suggestedEps,
            measured: curve.distances.count, rows: curve.rows,
            distances: EvenRanks.values(of: curve.distances, count: Self.ranks),
            within: curve.distances.count { $0 <= model.eps })
    }

    private func silhouettes(_ space: GroupSpace, _ ids: [Int]) -> SegmentPlots.Silhouettes? {
        guard let validity = space.validity, let silhouette = validity.silhouette else {
            return nil
        }
        return .init(
            mean: silhouette.mean, measured: silhouette.measured, rows: silhouette.rows,
            segments: zip(ids, validity.silhouetteCurves).map { .init(id: $0, curve: $1) })
    }
}
