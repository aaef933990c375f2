package import Columns
package import Kernels

extension KMeans {
    /// Fitted groups: frozen centroids, and how the fit went.
    package struct Model: ClusterModel {
        /// k × features, on the scale of the rows that were fitted.
        package internal(set) var centroids: Matrix
        /// The group of each training row, below k.
        package internal(set) var labels: [Int32]
        /// Training rows in each group.
        package internal(set) var sizes: [Int]
        /// Squared distances of the training rows to their centroids, summed.
        package let inertia: Double
        /// Updates of the centroids that the chosen restart made: those on all rows where the
        /// restarts ran on a sample, and those after a small group was dissolved.
        package let iterations: Int
        /// Whether the chosen restart ended by its stopping rule.
        package let converged: Bool
        /// The restart that was kept, from 0.
        package let restart: Int
        /// The inertia of every restart, on the rows that it ran on and with all its groups.
        package let restartInertias: [Double]
        /// Rows that the restarts ran on: all, or those of the sample.
        package let restartRows: Int
        /// The centroids as the fit ordered them: where a row is equally near to two, it belongs to
        /// the one that comes first here. A new order of the groups leaves every row where it is.
        package internal(set) var tieOrder: [Int]
        /// `not_converged`, `empty_cluster`, `empty_cluster_moved`, `segments_dissolved`.
        package let notices: [Notice]

        package var k: Int { centroids.rows }

        /// The share of restarts whose inertia is within 0.1 % of the best: where it is small, each
        /// start ends in other groups, and the kept ones are one answer of several.
        package var restartAgreement: Double {
            let best = restartInertias.min() ?? 0
            let near = restartInertias.count { $0 <= best * 1.001 }
            return Double(near) / Double(restartInertias.count)
        }

        init(
            _ restart: Restart, of method: KMeans, dissolved: Int, inertias: [Double],
            restartRows: Int
        ) {
            centroids = restart.centroids
            labels = restart.labels
            sizes = restart.sizes
            inertia = restart.inertia
            iterations = restart.updates
            converged = restart.converged
            self.restart = restart.index
            restartInertias = inertias
            self.restartRows = restartRows
            tieOrder = Array(0..<restart.centroids.rows)
            notices = Self.notices(of: restart, method, dissolved: dissolved)
        }

        /// The group of each row: its nearest centroid. For the training rows these are `labels`.
        ///
        /// - Parameter matrix: rows × features, scaled as the training rows were.
        /// - Throws: `feature_count`, `no_rows`, `missing_values`, `infinite_values`.
        ///
        /// Complexity: O(rows · k · features).
        package func predict(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> [Int32] {
            try matrix.requireFeatures(centroids.columns, of: "the model")
            try matrix.requireComplete(work: work)
            let ordered = Matrix(tieOrder.map { centroids.row($0) })
            var (labels, areFinite) = Assignment.nearest(
                matrix, to: ordered, threads: work.threads)
            if !areFinite {
                let sum = matrix.inertia(to: ordered, labels: labels, threads: work.threads)
                guard sum.isFinite else { throw Matrix.tooLarge("a distance") }
            }
            guard tieOrder != Array(0..<k) else { return labels }
            for row in labels.indices { labels[row] = Int32(tieOrder[Int(labels[row])]) }
            return labels
        }

        /// Squared distances to the centroids.
        ///
        /// Complexity: O(rows · k · features).
        package func distances(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> Matrix {
            try matrix.requireFeatures(centroids.columns, of: "the model")
            try matrix.requireComplete(work: work)
            let result = matrix.squaredDistances(toAll: centroids, threads: work.threads)
            guard result.storage.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
            return result
        }

        package func renumbered(_ old: [Int]) -> Self {
            var new = [Int](repeating: 0, count: k)
            for (index, group) in old.enumerated() { new[group] = index }
            var model = self
            model.centroids = Matrix(old.map { centroids.row($0) })
            model.sizes = old.map { sizes[$0] }
            model.tieOrder = tieOrder.map { new[$0] }
            model.labels = labels.renumbered(old)
            return model
        }

        package func withoutLabels() -> Self {
            var model = self
            model.labels = []
            return model
        }

        private static func notices(
            of restart: Restart, _ method: KMeans, dissolved: Int
        ) -> [Notice] {
            var notices: [Notice] = []
            if dissolved > 0 {
                let k = restart.sizes.count
                notices.append(
                    Notice(
                        "segments_dissolved",
                        "k fell from \(k + dissolved) to \(k): \(counted(dissolved, "group")) with "
                            + "fewer than \(counted(method.minimumSize, "row")) dissolved"))
            }
            return notices
                + GroupNotices.all(
                    "k-means", moved: restart.moved, sizes: restart.sizes,
                    converged: restart.converged, maxIterations: method.maxIterations)
        }
    }
}
