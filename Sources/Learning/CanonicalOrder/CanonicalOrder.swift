package import Columns

/// In which order a model's groups are numbered, so that the same groups always get the same ids.
package enum CanonicalOrder: Sendable, Equatable {
    /// As the fit left them: the order of a given start.
    case asFitted
    /// Largest first; ties by the centroids' values, feature by feature, smallest first.
    case sizeDescending
    /// By one value a group, such as its average revenue; ties as for `sizeDescending`.
    case values([Double], descending: Bool)
    /// As given: the old number of each new group.
    case given([Int])

    /// The old number of each new group.
    ///
    /// - Throws: `order_mismatch` when values or permutation don't fit the model's groups.
    package func permutation(of model: some ClusterModel) throws(AuroraError) -> [Int] {
        let groups = 0..<model.k
        let bySize = groups.sorted { a, b in
            if model.sizes[a] != model.sizes[b] { return model.sizes[a] > model.sizes[b] }
            let (left, right) = (model.centroids.row(a), model.centroids.row(b))
            return left == right ? a < b : left.lexicographicallyPrecedes(right)
        }
        switch self {
        case .asFitted: return Array(groups)
        case .sizeDescending: return bySize
        case .values(let values, let descending):
            guard values.count == model.k, values.allSatisfy({ !$0.isNaN }) else {
                throw AuroraError(
                    "order_mismatch",
                    "the model has \(counted(model.k, "group")) but the order has "
                        + "\(counted(values.count { !$0.isNaN }, "value"))")
            }
            // The standard library's sort is stable, so equal values keep the order by size.
            return bySize.sorted { descending ? values[$0] > values[$1] : values[$0] < values[$1] }
        case .given(let order):
            guard order.sorted() == Array(groups) else {
                throw AuroraError(
                    "order_mismatch",
                    "the order \(order) doesn't name each of the model's "
                        + "\(counted(model.k, "group")) once, from 0")
            }
            return order
        }
    }
}

extension ClusterModel {
    /// The same groups under other numbers; no row changes its group.
    ///
    /// - Throws: `order_mismatch` when the order doesn't fit the model's groups.
    ///
    /// Complexity: O(rows + k log k).
    package func ordered(by order: CanonicalOrder) throws(AuroraError) -> Self {
        renumbered(try order.permutation(of: self))
    }
}
