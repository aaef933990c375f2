import Columns
import Learning

extension FrozenSegments {
    /// Where the segments' centroids are, seen from the rows of the designed matrix; nil for methods
    /// that don't tell segments apart by the distances to centroids alone.
    ///
    /// Weights of features and blocks are in the designed matrix already.
    var geometry: CentroidGeometry? {
        guard let centroids = (model as? KMeans.Model)?.centroids else { return nil }
        var reduction: CentroidGeometry.Reduction?
        if let components = preprocessing.reduction, let kept = preprocessing.componentsKept {
            reduction = .init(
                loadings: Matrix((0..<kept).map { components.components.row($0) }),
                means: components.means)
        }
        return try? CentroidGeometry(centroids: centroids, reduction: reduction)
    }

    /// Whether the distance of a row that was fitted says how near the next segment is. Where it is
    /// that to the nearest row of a segment, such a row is 0 from itself.
    var tellsNearness: Bool {
        !(model is DBSCAN.Model) && !(model is Agglomerative.Model)
    }
}
