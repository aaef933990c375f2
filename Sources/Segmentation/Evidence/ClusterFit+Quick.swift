import Columns
import Kernels
import Learning

extension ClusterFit {
    /// The numbers of segments that a quick look compares, measured in one pass over the distances
    /// together with the segments themselves.
    struct QuickLook {
        /// Of the segments of the fit.
        let validity: Validity
        let choice: ChoiceEvidence
    }

    /// - Parameters:
    ///   - model: the fit, its groups in their final order.
    ///   - labels: of all rows.
    /// - Returns: nil where it isn't asked for, or the space of the method is not the one in which
    ///   groups are compared.
    func quickLook(
        _ method: some ClusterMethod, _ model: some ClusterModel, _ labels: [Int32],
        _ rows: PreparedRows, work: Work
    ) throws(AuroraError) -> QuickLook? {
        guard depth == .quick, !(method is GaussianMixtureMethod), rows.categories.isEmpty,
            labels.allSatisfy({ $0 >= 0 }),
            let range = spec.evidence?.range
        else { return nil }
        let sweep = sweep(range, method, rows: rows.matrix.rows)
        // The fit itself is one of those that are compared, where nothing is particular about it.
        var same = sweep.kMeans
        same.k = model.k
        let isSame = (method as? KMeansMethod)?.configuration(rows) == same
        let models = try sweep.models(
            rows.matrix, known: isSame ? model as? KMeans.Model : nil, work: work.part(0...0.6))
        let place = isSame ? sweep.all.firstIndex(of: model.k) : nil
        let validities = try Validity.measure(
            rows.matrix, labellings: models.map(\.labels) + (place == nil ? [labels] : []),
            groups: sweep.all + (place == nil ? [model.k] : []), silhouette: Self.silhouettes,
            work: work.part(0.6...1))
        let table = sweep.table(of: models, validities, outcomes: outcomes)
        return QuickLook(
            validity: validities[place ?? models.count],
            choice: ChoiceEvidence(
                table: table, jury: Jury(table), structure: [], rows: rows.matrix.rows))
    }
}
