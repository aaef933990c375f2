package import Columns
package import Kernels

extension DBSCAN {
    /// Finds the groups.
    ///
    /// - Parameter matrix: rows × features, no missing value.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`; `no_core_points`
    ///   where no neighbourhood is dense enough; `minimum_points_above_rows` and others for a
    ///   configuration that makes no sense; what `work` throws between blocks of rows.
    ///
    /// Complexity: O(rows · log rows) time for few features and small neighbourhoods, O(rows² ·
    /// features) at worst; O(rows · features) memory, whatever the neighbourhoods hold.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try matrix.requireComplete(work: work)
        try check(matrix)
        let limit = eps * eps
        let isCore = try NeighbourIndex(matrix).hasNeighbours(
            minimumPoints, of: matrix, withinSquared: limit, work: work.part(0...0.5))
        let core = isCore.indices.filter { isCore[$0] }
        guard !core.isEmpty else { throw try noCorePoint(matrix, work) }
        let points = matrix.rows(core)
        let index = NeighbourIndex(points)
        let groups = try index.components(withinSquared: limit, work: work.part(0.5...0.8))
        let reference = ReferencePoints(points, groups: groups, limit: reach * reach)
        let labels = try reference.labels(matrix, index, work.part(0.8...1))
        return Model(matrix, self, reference, coreRows: core, labels: labels)
    }

    /// Tells from which `eps` on a row would be a core point.
    private func noCorePoint(_ matrix: Matrix, _ work: Work) throws(AuroraError) -> AuroraError {
        let curve = try KDistance.measure(matrix, minimumPoints: minimumPoints, work: work)
        let measured =
            curve.isExact ? "of all rows" : "of \(curve.distances.count) of them"
        return AuroraError(
            "no_core_points",
            "eps is \(eps) but no row of \(matrix.rows) has \(minimumPoints) rows, itself included, "
                + "within it: that takes \(curve.distances[0]) to "
                + "\(curve.distances[curve.distances.count - 1]), \(measured)",
            hint: curve.suggestedEps.map { "the k-distance curve bends at \($0)" }
                ?? "choose a larger eps, or a smaller minimum_points")
    }
}
