package import Columns

extension OutlierLimit {
    /// Frozen limits.
    package struct Model: Codable, Sendable, Equatable {
        /// The largest distance of each group that is still within; nil where the training rows are
        /// all equally far, or none, and so tell nothing: there is no limit then.
        package internal(set) var limits: [Double?]
        /// Training rows of each group that lie beyond its limit.
        package internal(set) var outliers: [Int]

        /// The labels with `Noise.label` for rows beyond their group's limit.
        ///
        /// - Parameters:
        ///   - distances: of each row to the centroid of its group, as in `fit`.
        ///   - labels: the group of each row; `Noise.label` stays.
        /// - Throws: `rows_differ`, `group_count`.
        package func apply(
            distances: [Double], labels: [Int32]
        ) throws(AuroraError) -> [Int32] {
            try Self.requireRows(distances, labels)
            if let largest = labels.max(), Int(largest) >= limits.count {
                throw AuroraError(
                    "group_count",
                    "there are limits for \(counted(limits.count, "group")) but a row is in group "
                        + "\(largest + 1)")
            }
            return zip(distances, labels).map { distance, label in
                guard label >= 0, let limit = limits[Int(label)] else { return label }
                return distance > limit ? Noise.label : label
            }
        }

        /// The same limits under the groups' new numbers.
        ///
        /// - Parameter old: the present number of each new group; every group once.
        package func renumbered(_ old: [Int]) -> Model {
            Model(limits: old.map { limits[$0] }, outliers: old.map { outliers[$0] })
        }

        static func requireRows(_ distances: [Double], _ labels: [Int32]) throws(AuroraError) {
            guard distances.count == labels.count else {
                throw AuroraError(
                    "rows_differ",
                    "there are \(counted(distances.count, "distance")) but "
                        + counted(labels.count, "label"))
            }
            precondition(distances.allSatisfy(\.isFinite), "distances are numbers")
        }
    }
}
