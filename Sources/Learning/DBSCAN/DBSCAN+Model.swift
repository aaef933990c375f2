package import Columns
import Kernels

extension DBSCAN {
    /// Fitted groups: the frozen core points, and where the training rows went.
    package struct Model: ReferenceModel {
        package let eps: Double
        package let minimumPoints: Int
        /// The group of each training row; `Noise.label` for noise.
        package var labels: [Int32]
        package var sizes: [Int]
        /// k × features: the means of the groups' rows, core and border.
        package var centroids: Matrix
        /// Which training rows are core points, in ascending order.
        package internal(set) var coreRows: [Int32]
        /// Training rows that are in no group.
        package let noise: Int
        /// `noise_rows`.
        package let notices: [Notice]
        /// The core points: a row belongs to the group of the nearest within `eps` (or the factor of
        /// the noise policy).
        package var reference: ReferencePoints

        /// Core points × features, on the scale of the rows that were fitted.
        package var corePoints: Matrix { reference.points }
        /// The group of each core point.
        package var coreGroups: [Int32] { reference.groups }

        init(
            _ matrix: Matrix, _ configuration: DBSCAN, _ reference: ReferencePoints,
            coreRows: [Int], labels: [Int32]
        ) {
            eps = configuration.eps
            minimumPoints = configuration.minimumPoints
            self.reference = reference
            self.labels = labels
            self.coreRows = coreRows.map { Int32($0) }
            let groups = Int(reference.groups.max() ?? -1) + 1
            (centroids, sizes) = matrix.means(labels: labels, groups: groups)
            noise = labels.count { $0 == Noise.label }
            notices = Self.notices(noise: noise, rows: labels.count, groups: groups)
        }

        package func withoutLabels() -> Self {
            var model = self
            model.labels = []
            model.coreRows = []
            return model
        }

        private static func notices(noise: Int, rows: Int, groups: Int) -> [Notice] {
            guard noise > 0 else { return [] }
            return [
                Notice(
                    "noise_rows",
                    "\(noise) of \(rows) rows (\(percent(noise, of: rows))) are noise: they are in "
                        + "none of the \(counted(groups, "group"))")
            ]
        }
    }
}

extension DBSCAN.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case eps, labels, sizes, centroids, noise, notices, reference
        case minimumPoints = "minimum_points"
        case coreRows = "core_rows"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(eps, forKey: .eps)
        try values.encode(minimumPoints, forKey: .minimumPoints)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(StoredMatrix(centroids), forKey: .centroids)
        try values.encode(reference, forKey: .reference)
        try values.encode(noise, forKey: .noise)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        try values.encode(coreRows, forKey: .coreRows)
        try values.encode(labels, forKey: .labels)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        eps = try values.decode(Double.self, forKey: .eps)
        minimumPoints = try values.decode(Int.self, forKey: .minimumPoints)
        sizes = try values.decode([Int].self, forKey: .sizes)
        reference = try values.decode(ReferencePoints.self, forKey: .reference)
        centroids = try values.decode(StoredMatrix.self, forKey: .centroids).matrix(
            rows: sizes.count, columns: reference.points.columns, for: CodingKeys.centroids,
            path: decoder.codingPath)
        noise = try values.decode(Int.self, forKey: .noise)
        notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
        coreRows = try values.decode([Int32].self, forKey: .coreRows)
        labels = try values.decode([Int32].self, forKey: .labels)
        try reference.require(sizes.count, labels: labels, path: decoder.codingPath)
    }
}

/// "12.3 %", rounded to the nearest tenth.
func percent(_ count: Int, of total: Int) -> String {
    let tenths = (count * 2000 + total) / (2 * total)
    return "\(tenths / 10).\(tenths % 10) %"
}
