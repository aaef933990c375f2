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
        try fit(matrix, Tiles(matrix, threads: work.threads), work: work)
    }

    /// - Parameter tiles: those of the matrix; nil where it has none (see `Tiles.init`).
    func fit(_ matrix: Matrix, _ tiles: Tiles?, work: Work) throws(AuroraError) -> Model {
        // What fits into tiles is complete.
        if tiles == nil { try matrix.requireComplete(work: work) }
        try check(matrix)
        let sampled = sampledRows(of: matrix)
        let goesOn = sampled != nil || minimumSize > 1
        let starts = work.part(0...(goesOn ? 0.5 : 1))
        var (best, ends) = try bestRestart(
            sampled ?? matrix, sampled.map { Tiles($0, threads: work.threads) } ?? tiles, starts)
        if sampled != nil {
            let index = try bestOnAllRows(ends, matrix, tiles, work.part(0.5...0.6))
            let refined = try lloyd(
                matrix, tiles, from: ends[index].centroids, work.part(0.6...0.9),
                name: "all rows")
            best = refined.numbered(index)
        }
        let groups = best.centroids.rows
        try dissolveSmall(&best, matrix, tiles, work.part((goesOn ? 0.9 : 1)...1))
        return Model(
            best, of: self, dissolved: groups - best.centroids.rows,
            inertias: ends.map(\.inertia), restartRows: (sampled ?? matrix).rows)
    }

    /// How one start ended.
    struct Restart {
        var index = 0
        var centroids: Matrix
        var labels: [Int32] = []
        var sizes: [Int] = []
        var inertia = Double.infinity
        var updates = 0
        var converged = false
        var moved = 0

        func numbered(_ index: Int) -> Restart {
            var restart = self
            restart.index = index
            return restart
        }

        func withoutLabels() -> Restart {
            var restart = self
            restart.labels = []
            return restart
        }
    }

    /// Rows up to which a restart is too small for several threads to share well.
    private static let smallRows = 500_000

    /// Runs every start, and keeps the one with the smallest inertia, ties to the first.
    ///
    /// Threads take a start each where rows are few, and share every pass where they are many.
    private func bestRestart(
        _ matrix: Matrix, _ tiles: Tiles?, _ work: Work
    ) throws(AuroraError) -> (best: Restart, ends: [Restart]) {
        let count = start == .kMeansPlusPlus ? restarts : 1
        let run = { (index: Int, work: Work) throws(AuroraError) -> Restart in
            let name = count == 1 ? "k-means" : "restart \(index + 1) of \(count)"
            let first = try firstCentroids(index, matrix, tiles, work)
            return try lloyd(matrix, tiles, from: first, work, name: name)
        }
        var (best, ends) = (Restart?.none, [Restart]())
        let keep = { (restart: Restart) in
            if restart.inertia < best?.inertia ?? .infinity { best = restart.numbered(ends.count) }
            ends.append(restart.withoutLabels())
        }
        if matrix.rows > Self.smallRows || count == 1 {
            for index in 0..<count {
                let share = 1 / Double(count)
                keep(try run(index, work.part(Double(index) * share...Double(index + 1) * share)))
            }
        } else {
            try Replicates.run(count, work: work, named: "restart", run).forEach(keep)
        }
        guard let best else { throw Matrix.tooLarge("the inertia") }
        return (best, ends)
    }

    /// Updates and assigns by turns, from these centroids until the stopping rule holds.
    func lloyd(
        _ matrix: Matrix, _ tiles: Tiles?, from centroids: Matrix, _ work: Work, name: String
    ) throws(AuroraError) -> Restart {
        var run = Restart(centroids: centroids)
        var assignment = Assignment(
            rows: matrix.rows, columns: matrix.columns, clusters: centroids.rows)
        try assignment.iterate(matrix, tiles, run.centroids, work)
        while true {
            // Nobody knows how many updates are left: each takes a twentieth of what remains.
            let left = (0..<min(run.updates, 100)).reduce(1) { share, _ in share * 0.95 }
            try work.report(1 - left, "\(name), update \(run.updates + 1)")
            if run.updates == maxIterations - 1 {
                _ = assignment.settle(matrix, threads: work.threads)
            }
            run.moved += assignment.repair(matrix, centroids: run.centroids, work: work)
            let movement = assignment.update(&run.centroids)
            run.updates += 1
            try assignment.iterate(matrix, tiles, run.centroids, work)
            // The last update is made once more from new sums, so that centroids are the means of
            // their rows to the last digit, and labels hold beside these.
            if assignment.changed == 0, assignment.settle(matrix, threads: work.threads) {
                _ = assignment.update(&run.centroids)
                try assignment.iterate(matrix, tiles, run.centroids, work)
            }
            run.converged =
                !assignment.sizes.contains(0) && hasSettled(assignment.changed, movement)
            if run.converged || run.updates >= maxIterations { break }
        }
        if tiles != nil {
            assignment.measure(matrix, to: run.centroids, threads: work.threads)
        }
        run.inertia = assignment.inertia
        run.sizes = assignment.sizes
        run.labels = assignment.labels
        return run
    }

    private func hasSettled(_ changed: Int, _ movement: Double) -> Bool {
        switch stopping {
        case .converged: changed == 0
        case .tolerance(let tolerance): movement <= tolerance
        }
    }

    private func firstCentroids(
        _ restart: Int, _ matrix: Matrix, _ tiles: Tiles?, _ work: Work
    ) throws(AuroraError) -> Matrix {
        switch start {
        case .centroids(let centroids): centroids
        case .kMeansPlusPlus:
            Matrix(
                try plusPlusRows(matrix, tiles, restart: restart, work: work)
                    .map { matrix.row($0) })
        }
    }
}

extension Assignment {
    /// One pass over tiles, or over the matrix where it has none.
    mutating func iterate(
        _ matrix: Matrix, _ tiles: Tiles?, _ centroids: Matrix, _ work: Work
    ) throws(AuroraError) {
        if let tiles {
            assign(matrix, in: tiles, to: centroids, threads: work.threads)
        } else {
            assign(matrix, to: centroids, threads: work.threads)
            guard inertia.isFinite else { throw Matrix.tooLarge("the inertia") }
        }
    }

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
