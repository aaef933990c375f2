package import Columns
import Kernels
package import Learning

/// How a run's segments follow those of the last fit.
///
/// The last fit's frozen model assigns this run's customers, and its segments are matched with the
/// new ones over them: a customer who has really moved counts for neither. The model alone is all
/// that is needed of the past, so that a run can be repeated from a file of a few kilobytes.
package struct SegmentIdentity: Sendable, Equatable, Codable {
    /// What became of each segment.
    package var matching: IdentityMatching
    /// The names that the last fit's segments had, by their number.
    package var names: [Int: String]

    /// The file of a run's folder that holds it.
    package static func path(_ name: String) -> String { "segments/\(name).identity.json" }

    /// The file of a run's folder with a copy of the fit that its segments follow.
    package static func anchorPath(_ name: String) -> String { "segments/\(name).before.json" }
}

extension ClusterFit {
    /// The permanent numbers of a fit's groups.
    struct Numbering {
        var ids: [Int]
        var highest: Int
        /// nil where the last fit is this one, or there is none.
        var shown: SegmentIdentity?
    }

    /// Numbers groups by the segments of the last fit; from 1 where there is none, and where the file
    /// states their order.
    func number(
        _ frozen: FrozenSegments, _ labels: [Int32], work: Work
    ) throws(AuroraError) -> Numbering {
        let groups = frozen.model.k
        let plain = Numbering(ids: groups > 0 ? Array(1...groups) : [], highest: groups)
        guard spec.order == .size, let anchor else { return plain }
        let previous = anchor.frozen
        let highest = max(anchor.result.highestID ?? 0, previous.ids.max() ?? 0)
        let bySize = try previous.bySize()
        if bySize.isSame(as: frozen) { return .init(ids: bySize.ids, highest: highest) }
        guard let assigned = try? previous.assign(anchor.matrix, work: work) else { return plain }
        let places = Dictionary(
            previous.ids.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { $1 })
        let old = assigned.ids.map { places[$0] ?? Noise.label }
        guard zip(old, labels).contains(where: { $0 >= 0 && $1 >= 0 }) else { return plain }
        let (ledger, matching) = try IdentityLedger(ids: previous.ids, highest: highest)
            .matched(old: old, new: labels, groups: groups)
        let names = Dictionary(
            anchor.result.groups.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        return .init(
            ids: ledger.ids, highest: ledger.highest,
            shown: SegmentIdentity(matching: matching, names: names))
    }
}

extension FrozenSegments {
    /// The same segments in the order in which a new fit has them before it is numbered.
    fileprivate func bySize() throws(AuroraError) -> FrozenSegments {
        func order(of model: some ClusterModel) throws(AuroraError) -> [Int] {
            try CanonicalOrder.sizeDescending.permutation(of: model)
        }
        let order = try order(of: model)
        var copy = self
        copy.model = model.renumbered(order)
        copy.outliers = outliers?.renumbered(order)
        copy.ids = order.map { ids[$0] }
        return copy
    }

    /// Whether both assign every customer alike, whatever their segments' numbers are.
    fileprivate func isSame(as other: FrozenSegments) -> Bool {
        func isEqual<Model: ClusterModel>(_ model: Model) -> Bool {
            guard let other = other.model as? Model else { return false }
            return model == other
        }
        return method == other.method && preprocessing == other.preprocessing
            && outliers == other.outliers && isEqual(model)
    }
}
