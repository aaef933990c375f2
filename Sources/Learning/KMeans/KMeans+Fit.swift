package import Columns
package import Kernels

extension KMeans {
    /// Finds the centroids.
    ///
    /// A group that loses all its rows moves to the row that lies farthest from its centroid (ties
    /// to the lowest index), with the notice `empty_cluster_moved`. The result is the same to the
    /// bit for any number of threads; another order of the rows may change it in last digits.
    ///
    /// - Parameter matrix: rows × features, no missing value.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`, `values_too_large`;
    ///   `k_above_rows`; `k_above_distinct_rows` where fewer than k rows are different; others for
    ///   a configuration that makes no sense; what `work` throws between iterations.
    ///
    /// Complexity: O(restarts · iterations · rows · k · features) time, O(rows) memory.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try matrix.requireComplete(work: work)
        try check(matrix)
        var assignment = Assignment(rows: matrix.rows, columns: matrix.columns, clusters: k)
        var (best, labels, inertias) = (Restart?.none, [Int32](), [Double]())
        let count = start == .kMeansPlusPlus ? restarts : 1
        for index in 0..<count {
            let share = 1 / Double(count)
            let part = work.part(Double(index) * share...Double(index + 1) * share)
            let name = count == 1 ? "k-means" : "restart \(index + 1) of \(count)"
            let restart = try run(index, matrix, &assignment, part, name: name)
            inertias.append(restart.inertia)
            if restart.inertia < best?.inertia ?? .infinity {
                best = restart
                labels = assignment.labels
            }
        }
        guard let best else { throw Matrix.tooLarge("the inertia") }
        return Model(best, labels: labels, inertias: inertias, maxIterations: maxIterations)
    }

    /// How one start ended.
    struct Restart {
        var index: Int
        var centroids: Matrix
        var sizes: [Int] = []
        var inertia = Double.infinity
        var updates = 0
        var converged = false
        var moved = 0
    }

    private func run(
        _ index: Int, _ matrix: Matrix, _ assignment: inout Assignment, _ work: Work, name: String
    ) throws(AuroraError) -> Restart {
        var run = Restart(index: index, centroids: try firstCentroids(index, matrix, work))
        assignment.assign(matrix, to: run.centroids, threads: work.threads)
        while true {
            guard assignment.inertia.isFinite else { throw Matrix.tooLarge("the inertia") }
            // Nobody knows how many updates are left: each takes a twentieth of what remains.
            let left = (0..<min(run.updates, 100)).reduce(1) { share, _ in share * 0.95 }
            try work.report(1 - left, "\(name), update \(run.updates + 1)")
            run.moved += assignment.repair(matrix, centroids: run.centroids, work: work)
            let movement = assignment.update(&run.centroids)
            run.updates += 1
            assignment.assign(matrix, to: run.centroids, threads: work.threads)
            run.converged =
                !assignment.sizes.contains(0) && hasSettled(assignment.changed, movement)
            if run.converged || run.updates >= maxIterations { break }
        }
        run.inertia = assignment.inertia
        run.sizes = assignment.sizes
        return run
    }

    private func hasSettled(_ changed: Int, _ movement: Double) -> Bool {
        switch stopping {
        case .converged: changed == 0
        case .tolerance(let tolerance): movement <= tolerance
        }
    }

    private func firstCentroids(
        _ restart: Int, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> Matrix {
        switch start {
        case .centroids(let centroids): centroids
        case .kMeansPlusPlus: try plusPlus(matrix, restart: restart, work: work)
        }
    }
}

extension Assignment {
    /// Gives every empty cluster the farthest row of those that aren't alone in theirs.
    ///
    /// - Returns: the number of clusters moved.
    mutating func repair(_ matrix: Matrix, centroids: Matrix, work: Work) -> Int {
        let empty = (0..<clusters).filter { size(of: $0) == 0 }
        guard !empty.isEmpty else { return 0 }
        var distances = matrix.squaredDistances(
            to: centroids, labels: labels, threads: work.threads)
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
