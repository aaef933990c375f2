package import Columns
import Kernels

/// Groups whose sizes or features show that they say less than they seem to.
package enum GroupShape {
    /// A segment of more than this share of the rows leaves little to tell apart.
    package static let giantShare = 0.8
    /// η² of the feature that separates the groups, and the most that any other may have.
    package static let (separates, besides) = (0.9, 0.1)

    /// `giant_segment` where one segment has more than 80 % of the rows.
    ///
    /// - Parameters:
    ///   - sizes: rows in each segment.
    ///   - segments: their names.
    ///   - rows: all rows, with those that belong to no segment.
    package static func giant(sizes: [Int], segments: [String], rows: Int) -> [Finding] {
        sizes.indices.filter { Double(sizes[$0]) > giantShare * Double(rows) }.map { segment in
            let share = Double(sizes[segment]) / Double(rows)
            return Finding(
                "giant_segment",
                "'\(segments[segment])' holds \(share.percent) of the rows; a segmentation "
                    + "should leave each at most \(giantShare.percent)",
                values: [("share", share), ("limit", giantShare)])
        }
    }

    /// `one_feature_separates` where one feature has η² > 0.9 and all others less than 0.1: binning
    /// that feature gives the same groups.
    ///
    /// - Parameters:
    ///   - matrix: rows × features, at least two of them.
    ///   - features: their names.
    ///   - labels: the group of each row; below 0 for none.
    ///
    /// Complexity: O(rows · features).
    package static func loneFeature(
        _ matrix: Matrix, features: [String], labels: [Int32], groups: Int
    ) -> [Finding] {
        guard matrix.columns > 1 else { return [] }
        let shares = (0..<matrix.columns).map {
            EtaSquared.measure(matrix.column($0), labels: labels, groups: groups) ?? 0
        }
        guard let feature = shares.firstIndex(where: { $0 > separates }) else { return [] }
        let next = shares.indices.filter { $0 != feature }.map { shares[$0] }.max() ?? 0
        guard next < besides else { return [] }
        return [
            Finding(
                "one_feature_separates",
                "'\(features[feature])' alone separates the groups: they explain "
                    + "\(shares[feature].percent) of its variance and at most \(next.percent) of "
                    + "any other feature's",
                values: [("eta_squared", shares[feature]), ("next", next)])
        ]
    }
}
