package import Columns
package import Kernels

/// Whether k-means was kept at an optimum that other starts beat.
package enum LocalOptimum {
    /// The relative excess of inertia that counts.
    package static let excess = 0.001
    /// The share of starts that should come within it of the best.
    package static let agreeing = 0.5

    /// - Parameters:
    ///   - kept: the inertia of the groups in use.
    ///   - others: the inertias of other starts on the same rows with the same k.
    /// - Returns: `poor_local_optimum` where the best of the others is better by more than 0.1 %;
    ///   `restarts_disagree` where less than half of the others come within 0.1 % of the best known.
    package static func findings(kept: Double, others: [Double]) -> [Finding] {
        guard let best = others.min() else { return [] }
        var found = [Finding]()
        if kept > best * (1 + excess) {
            let worse = best > 0 ? kept / best - 1 : .infinity
            found.append(
                Finding(
                    "poor_local_optimum",
                    "poor local optimum: the inertia is \(kept.fixed(2)), but the best of "
                        + "\(counted(others.count, "other start")) reached \(best.fixed(2)): "
                        + "it is \((worse * 100).fixed(2)) % too high",
                    values: [
                        ("kept", kept), ("best", best), ("excess", worse),
                        ("starts", Double(others.count)),
                    ]))
        }
        let limit = min(kept, best) * (1 + excess)
        let near = others.count { $0 <= limit }
        let share = Double(near) / Double(others.count)
        if others.count > 1, share < agreeing {
            found.append(
                Finding(
                    "restarts_disagree",
                    "restarts disagree: \(near) of \(others.count) come within 0.1 % of the best "
                        + "inertia, \(min(kept, best).fixed(2)); another seed may give other groups",
                    values: [("agreeing", share), ("best", min(kept, best))]))
        }
        return found
    }

    /// Compares a fit with fresh k-means++ starts, however it was started itself.
    ///
    /// - Parameters:
    ///   - model: fitted on `matrix` by `kMeans`.
    ///   - starts: fresh ones, from seeds that the fit didn't use.
    /// - Throws: as `KMeans.fit`.
    ///
    /// Complexity: that of `starts` restarts.
    package static func findings(
        of model: KMeans.Model, by kMeans: KMeans, on matrix: Matrix, starts: Int = 20,
        work: Work = Work()
    ) throws(AuroraError) -> [Finding] {
        var fresh = kMeans
        fresh.start = .kMeansPlusPlus
        fresh.restarts = starts
        fresh.seed = RandomNumbers.derivedSeed(kMeans.seed, purpose: 1)
        let others = try fresh.fit(matrix, work: work).restartInertias
        return findings(kept: model.inertia, others: others)
    }
}
