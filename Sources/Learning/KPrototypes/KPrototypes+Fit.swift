package import Columns
package import Kernels

extension KPrototypes {
    /// Finds the centroids.
    ///
    /// A group that loses all its rows moves to the row that lies farthest from its centroid (ties
    /// to the lowest index), with the notice `empty_cluster_moved`.
    ///
    /// - Parameter matrix: rows × features, no missing value; codes in the category columns.
    /// - Throws: as `KMeans`; `category_column`, `category_code`, `gamma_below_zero`.
    ///
    /// Complexity: O(restarts · iterations · rows · k · features) time; memory O(rows · features)
    /// and, for the starts, O(min(rows, 20,000) · codes).
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try matrix.requireComplete(work: work)
        let layout = try MixedLayout(categories: categories, columns: matrix.columns)
        try check(matrix, layout)
        let rows = layout.numbersFirst(matrix)
        let gamma = self.gamma ?? Self.defaultGamma(rows, layout, work)
        guard gamma.isFinite else { throw Matrix.tooLarge("gamma") }
        let embedded = start == .kMeansPlusPlus ? embed(rows, layout, gamma) : nil
        var (best, costs) = (Run?.none, [Double]())
        let count = embedded == nil ? 1 : restarts
        for index in 0..<count {
            let share = 1 / Double(count)
            let part = work.part(Double(index) * share...Double(index + 1) * share)
            let name = count == 1 ? "k-prototypes" : "restart \(index + 1) of \(count)"
            let first = try firstCentroids(index, embedded, layout, part)
            var run = try lloyd(rows, first, layout, gamma, part, name: name)
            run.index = index
            costs.append(run.cost)
            if run.cost < best?.cost ?? .infinity { best = run }
        }
        guard let best else { throw Matrix.tooLarge("the cost") }
        return Model(best, of: self, layout, gamma: gamma, costs: costs)
    }

    /// How one start ended; its centroids have the numbers first.
    struct Run {
        var index = 0
        var centroids: Matrix
        var labels: [Int32] = []
        var sizes: [Int] = []
        var cost = Double.infinity
        var mismatches = 0
        var updates = 0
        var converged = false
        var moved = 0
    }

    private static func defaultGamma(
        _ rows: Matrix, _ layout: MixedLayout, _ work: Work
    ) -> Double {
        let variances = Moments(of: rows, threads: work.threads).variances.prefix(layout.numbers)
        let deviations = variances.reduce(0) { $0 + $1.squareRoot() }
        return deviations == 0 ? 1 : deviations / Double(layout.numbers) / 2
    }

    private func lloyd(
        _ rows: Matrix, _ centroids: Matrix, _ layout: MixedLayout, _ gamma: Double, _ work: Work,
        name: String
    ) throws(AuroraError) -> Run {
        var run = Run(centroids: centroids)
        var assignment = MixedAssignment(
            rows: rows.rows, numbers: layout.numbers, levels: layout.categoryLevels, gamma: gamma,
            clusters: k)
        assignment.assign(rows, to: run.centroids, threads: work.threads)
        while true {
            guard assignment.cost.isFinite else { throw Matrix.tooLarge("the cost") }
            // Nobody knows how many updates are left: each takes a twentieth of what remains.
            let left = (0..<min(run.updates, 100)).reduce(1) { share, _ in share * 0.95 }
            try work.report(1 - left, "\(name), update \(run.updates + 1)")
            run.moved += assignment.repair(rows, centroids: run.centroids, work: work)
            assignment.update(&run.centroids)
            run.updates += 1
            assignment.assign(rows, to: run.centroids, threads: work.threads)
            run.converged = !assignment.sizes.contains(0) && assignment.changed == 0
            if run.converged || run.updates >= maxIterations { break }
        }
        (run.cost, run.mismatches) = (assignment.cost, assignment.mismatches)
        (run.labels, run.sizes) = (assignment.labels, assignment.sizes)
        return run
    }
}

extension MixedAssignment {
    /// Gives every empty cluster the farthest row of those that aren't alone in theirs.
    ///
    /// - Returns: the number of clusters moved.
    fileprivate mutating func repair(_ matrix: Matrix, centroids: Matrix, work: Work) -> Int {
        let empty = (0..<clusters).filter { size(of: $0) == 0 }
        guard !empty.isEmpty else { return 0 }
        let all = matrix.mixedDistances(
            toAll: centroids, measure: .init(numbers: numbers, gamma: gamma),
            threads: work.threads)
        var distances = labels.indices.map { all[$0, Int(labels[$0])] }
        for cluster in empty {
            var farthest: Int?
            for row in distances.indices where size(of: Int(labels[row])) > 1 {
                if distances[row] > (farthest.map { distances[$0] } ?? -1) { farthest = row }
            }
            guard let farthest else { break }
            move(farthest, of: matrix, to: cluster)
            distances[farthest] = -1
        }
        return empty.count
    }
}
