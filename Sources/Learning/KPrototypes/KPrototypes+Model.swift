package import Columns
package import Kernels

extension KPrototypes {
    /// Fitted groups: frozen centroids, and how the fit went.
    package struct Model: ClusterModel {
        /// k × features: means in the number columns, the most frequent code (ties to the lowest)
        /// in the category columns.
        package internal(set) var centroids: Matrix
        /// The group of each training row, below k.
        package internal(set) var labels: [Int32]
        /// Training rows in each group.
        package internal(set) var sizes: [Int]
        /// The number of codes of each feature; 0 for a number.
        package var levels: [Int] { layout.levels }
        /// What one different category adds to a distance.
        package let gamma: Double
        /// Distances of the training rows to their centroids, summed.
        package let cost: Double
        /// The share of `cost` that comes from categories which differ from the group's; 0 where
        /// the cost is.
        package let categoryShare: Double
        /// Updates of the centroids that the chosen restart made.
        package let iterations: Int
        /// Whether the chosen restart ended because no row changed its group any more.
        package let converged: Bool
        /// The restart that was kept, from 0.
        package let restart: Int
        /// The cost of every restart.
        package let restartCosts: [Double]
        /// As in `KMeans.Model`: of equally near centroids the one that comes first here.
        package internal(set) var tieOrder: [Int]
        /// `not_converged`, `empty_cluster`, `empty_cluster_moved`.
        package let notices: [Notice]
        let layout: MixedLayout

        package var k: Int { centroids.rows }

        init(
            _ run: Run, of method: KPrototypes, _ layout: MixedLayout, gamma: Double,
            costs: [Double]
        ) {
            centroids = layout.asGiven(run.centroids)
            (labels, sizes) = (run.labels, run.sizes)
            (self.layout, self.gamma) = (layout, gamma)
            cost = run.cost
            categoryShare = run.cost > 0 ? min(1, gamma * Double(run.mismatches) / run.cost) : 0
            iterations = run.updates
            converged = run.converged
            restart = run.index
            restartCosts = costs
            tieOrder = Array(0..<run.centroids.rows)
            notices = GroupNotices.all(
                "k-prototypes", moved: run.moved, sizes: run.sizes, converged: run.converged,
                maxIterations: method.maxIterations)
        }

        init(
            centroids: Matrix, labels: [Int32], sizes: [Int], layout: MixedLayout, gamma: Double,
            cost: Double, categoryShare: Double, iterations: Int, converged: Bool, restart: Int,
            restartCosts: [Double], tieOrder: [Int], notices: [Notice]
        ) {
            (self.centroids, self.labels, self.sizes) = (centroids, labels, sizes)
            (self.layout, self.gamma) = (layout, gamma)
            (self.cost, self.categoryShare) = (cost, categoryShare)
            (self.iterations, self.converged) = (iterations, converged)
            (self.restart, self.restartCosts) = (restart, restartCosts)
            (self.tieOrder, self.notices) = (tieOrder, notices)
        }

        /// The group of each row: its nearest centroid. For the training rows these are `labels`.
        ///
        /// - Throws: as `ClusterModel.predict`, and `category_code`.
        ///
        /// Complexity: O(rows · k · features).
        package func predict(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> [Int32] {
            let rows = try checked(matrix, work)
            let ordered = Matrix(tieOrder.map { centroids.row($0) })
            var assignment = MixedAssignment(
                rows: rows.rows, numbers: layout.numbers, levels: layout.categoryLevels,
                gamma: gamma, clusters: k)
            assignment.assign(rows, to: layout.numbersFirst(ordered), threads: work.threads)
            guard assignment.cost.isFinite else { throw Matrix.tooLarge("a distance") }
            return assignment.labels.map { Int32(tieOrder[Int($0)]) }
        }

        /// Σ(x − c)² over the numbers plus γ for each category that differs.
        ///
        /// Complexity: O(rows · k · features).
        package func distances(
            _ matrix: Matrix, work: Work = Work()
        ) throws(AuroraError) -> Matrix {
            let result = try checked(matrix, work).mixedDistances(
                toAll: layout.numbersFirst(centroids),
                measure: MixedMeasure(numbers: layout.numbers, gamma: gamma),
                threads: work.threads)
            guard result.storage.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a distance") }
            return result
        }

        private func checked(_ matrix: Matrix, _ work: Work) throws(AuroraError) -> Matrix {
            try matrix.requireFeatures(centroids.columns, of: "the model")
            try matrix.requireComplete(work: work)
            try layout.requireCodes(matrix)
            return layout.numbersFirst(matrix)
        }

        package func renumbered(_ old: [Int]) -> Self {
            var model = self
            model.centroids = Matrix(old.map { centroids.row($0) })
            model.sizes = old.map { sizes[$0] }
            model.tieOrder = tieOrder.map { Int32($0) }.renumbered(old).map { Int($0) }
            model.labels = labels.renumbered(old)
            return model
        }

        package func withoutLabels() -> Self {
            var model = self
            model.labels = []
            return model
        }
    }
}
