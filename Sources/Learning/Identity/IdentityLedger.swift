package import Columns

/// The permanent ids of a segmentation's groups, over all its refits.
///
/// Names, colours and targets hang on an id: it never changes its meaning and is never given a
/// second time, even when its group is gone.
///
/// ```swift
/// let ledger = IdentityLedger(groups: 4)  // ids 1 to 4
/// let (next, matching) = try ledger.matched(old: before, new: after, groups: 5)
/// ```
package struct IdentityLedger: Sendable, Equatable, Codable {
    /// The id of each group of the last labelling.
    package let ids: [Int]
    /// The highest id that was ever given.
    package let highest: Int

    package init(groups: Int) {
        (ids, highest) = (groups > 0 ? Array(1...groups) : [], groups)
    }

    /// - Parameter highest: at least the highest of `ids`, which are all different and above 0.
    package init(ids: [Int], highest: Int) {
        precondition(Set(ids).count == ids.count, "each id once")
        precondition(ids.allSatisfy { 1...max(1, highest) ~= $0 }, "ids from 1 to the highest")
        (self.ids, self.highest) = (ids, highest)
    }

    /// When groups are the same, and what else became of them.
    package struct Rule: Sendable, Equatable, Codable {
        /// |C ∩ D| / |C ∪ D| from which a new group keeps an old one's id.
        package var jaccard = 0.5
        /// The share of an old group that each part of a split takes at least.
        package var splitShare = 0.25
        /// The share of each of several old groups that a merged one takes at least.
        package var mergeShare = 0.5
        /// Without common rows: how far a centroid may be from the old one, as a share of the old
        /// one's distance to its nearest neighbour. Up to ½ it is nearer to no other old one.
        package var centroidShift = 0.5

        package init() {}

        private enum CodingKeys: String, CodingKey {
            case jaccard
            case splitShare = "split_share"
            case mergeShare = "merge_share"
            case centroidShift = "centroid_shift"
        }
    }

    /// Carries the ids over to a new labelling, by the rows that are in both.
    ///
    /// - Parameters:
    ///   - old: the last labelling's group of each common row; `Noise.label` for none.
    ///   - new: the new labelling's group of each.
    ///   - groups: how many groups the new labelling has.
    /// - Returns: the ledger after it, and what became of each group.
    /// - Throws: `rows_differ`; `no_rows` without common rows: match the centroids then.
    ///
    /// Complexity: O(rows + groups³).
    package func matched(
        old: [Int32], new: [Int32], groups: Int, rule: Rule = Rule()
    ) throws(AuroraError) -> (ledger: IdentityLedger, matching: IdentityMatching) {
        let table = try ContingencyTable(old, new, rows: ids.count, columns: groups)
        let jaccard = table.jaccard
        let pairs = HungarianAssignment.solve(jaccard.complement)
        var parents = [Int?](repeating: nil, count: groups)
        for (group, partner) in pairs.enumerated() {
            if let partner, jaccard[group, partner] >= rule.jaccard { parents[partner] = group }
        }
        let next = carried(to: parents)
        let matching = IdentityMatching(
            table: table, jaccard: jaccard, parents: parents, old: ids, new: next.ids, rule: rule)
        return (next, matching)
    }

    /// Carries the ids over by where the groups' centres are, where no row is in both labellings.
    ///
    /// - Parameters:
    ///   - old: the last labelling's centroids, groups × features, on the frozen scale.
    ///   - new: the new labelling's centroids, on the same scale.
    /// - Throws: `feature_count`.
    ///
    /// Complexity: O(groups³ + groups² · features).
    package func matched(
        oldCentroids old: Matrix, newCentroids new: Matrix, rule: Rule = Rule()
    ) throws(AuroraError) -> (ledger: IdentityLedger, matching: IdentityMatching) {
        precondition(old.rows == ids.count, "a centroid for each id")
        try new.requireFeatures(old.columns, of: "the last segmentation")
        let distances = old.distances(to: new)
        let among = old.distances(to: old)
        let pairs = HungarianAssignment.solve(distances)
        var parents = [Int?](repeating: nil, count: new.rows)
        for (group, partner) in pairs.enumerated() {
            guard let partner else { continue }
            let neighbour = (0..<old.rows).filter { $0 != group }.map { among[group, $0] }.min()
            // A single group has no neighbour to be confused with.
            let limit = neighbour.map { $0 * rule.centroidShift } ?? .infinity
            if distances[group, partner] <= limit { parents[partner] = group }
        }
        let next = carried(to: parents)
        let matching = IdentityMatching(
            distances: distances, parents: parents, old: ids, new: next.ids)
        return (next, matching)
    }

    /// - Parameter parents: the old group whose id each new one keeps.
    private func carried(to parents: [Int?]) -> IdentityLedger {
        var highest = highest
        let ids = parents.map { parent in
            if let parent { return self.ids[parent] }
            highest += 1
            return highest
        }
        return IdentityLedger(ids: ids, highest: highest)
    }
}

extension Matrix {
    fileprivate var complement: Matrix {
        Matrix(rows: rows, columns: columns, storage: storage.map { 1 - $0 })
    }

    /// Euclidean distances of all rows to all rows of another.
    fileprivate func distances(to other: Matrix) -> Matrix {
        var result = Matrix(rows: rows, columns: other.rows)
        for row in 0..<rows {
            for column in 0..<other.rows {
                var sum = 0.0
                for feature in 0..<columns {
                    let difference = self[row, feature] - other[column, feature]
                    sum += difference * difference
                }
                result[row, column] = sum.squareRoot()
            }
        }
        return result
    }
}
