package import Columns
package import Kernels

/// Frozen points, each in a group: a row belongs to the group of the nearest one.
///
/// What density and linkage methods score with, whose groups have any shape.
package struct ReferencePoints: Sendable, Equatable {
    /// Points × features. Where two are equally near, the first decides.
    let points: Matrix
    /// The group of each point.
    private(set) var groups: [Int32]
    /// Squared; rows farther from every point are `Noise`. Nil where every row has a group.
    let limit: Double?

    init(_ points: Matrix, groups: [Int32], limit: Double? = nil) {
        self.points = points
        self.groups = groups
        self.limit = limit
    }

    /// - Throws: `feature_count`, `no_rows`, `missing_values`, `infinite_values`; without a limit
    ///   `values_too_large`.
    ///
    /// Complexity: O(rows · points · features) at worst; O(rows · log points) in few dimensions.
    func predict(_ matrix: Matrix, work: Work) throws(AuroraError) -> [Int32] {
        try check(matrix, work)
        return try labels(matrix, NeighbourIndex(points), work)
    }

    /// `predict` of the rows that have been checked, with the points' index.
    func labels(
        _ matrix: Matrix, _ index: NeighbourIndex, _ work: Work
    ) throws(AuroraError) -> [Int32] {
        let nearest = try index.nearest(to: matrix, withinSquared: limit ?? .infinity, work: work)
        if limit == nil, nearest.contains(where: { $0.row < 0 }) {
            throw Matrix.tooLarge("a distance")
        }
        return nearest.map { $0.row < 0 ? Noise.label : groups[Int($0.row)] }
    }

    /// Each row's squared distance to the nearest point of each group, rows × groups.
    ///
    /// - Throws: as `predict`, and `values_too_large`.
    ///
    /// Complexity: O(rows · (points · features + groups)) at worst.
    func squaredDistances(
        _ matrix: Matrix, groups count: Int, work: Work
    ) throws(AuroraError) -> Matrix {
        try check(matrix, work)
        var members = [[Int]](repeating: [], count: count)
        for (point, group) in groups.enumerated() { members[Int(group)].append(point) }
        var result = Matrix(rows: matrix.rows, columns: count)
        for (group, members) in members.enumerated() {
            let part = work.part(Double(group) / Double(count)...Double(group + 1) / Double(count))
            let index = NeighbourIndex(points.rows(members))
            for (row, found) in try index.nearest(to: matrix, work: part).enumerated() {
                guard found.row >= 0 else { throw Matrix.tooLarge("a distance") }
                result.storage[row * count + group] = found.squaredDistance
            }
        }
        return result
    }

    /// - Parameter old: the present number of each new group.
    func renumbered(_ old: [Int]) -> Self {
        var points = self
        points.groups = groups.renumbered(old)
        return points
    }

    private func check(_ matrix: Matrix, _ work: Work) throws(AuroraError) {
        try matrix.requireFeatures(points.columns, of: "the model")
        try matrix.requireComplete(work: work)
    }
}

/// A model whose groups have any shape: a row belongs to the group of the nearest frozen point.
package protocol ReferenceModel: ClusterModel {
    var reference: ReferencePoints { get set }
    var labels: [Int32] { get set }
    var sizes: [Int] { get set }
    var centroids: Matrix { get set }
}

extension ReferenceModel {
    package var k: Int { sizes.count }

    /// The group of the nearest point; `Noise.label` beyond the limit. For the training rows these
    /// are `labels`.
    ///
    /// - Throws: also `values_too_large` where there is no limit.
    ///
    /// Complexity: O(rows · points · features) at worst.
    package func predict(
        _ matrix: Matrix, work: Work = Work()
    ) throws(AuroraError) -> [Int32] {
        try reference.predict(matrix, work: work)
    }

    /// Squared distances to the nearest point of each group, noise included.
    ///
    /// - Throws: as `predict`, and `values_too_large`.
    ///
    /// Complexity: O(rows · (points · features + k)) at worst.
    package func distances(
        _ matrix: Matrix, work: Work = Work()
    ) throws(AuroraError) -> Matrix {
        try reference.squaredDistances(matrix, groups: k, work: work)
    }

    package func renumbered(_ old: [Int]) -> Self {
        var model = self
        model.centroids = centroids.rows(old)
        model.sizes = old.map { sizes[$0] }
        model.labels = labels.renumbered(old)
        model.reference = reference.renumbered(old)
        return model
    }
}

extension ReferencePoints: Codable {
    private enum CodingKeys: String, CodingKey {
        case features, points, groups
        case limit = "squared_limit"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(points.columns, forKey: .features)
        try values.encode(StoredMatrix(points), forKey: .points)
        try values.encode(groups, forKey: .groups)
        try values.encodeIfPresent(limit, forKey: .limit)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let features = try values.decode(Int.self, forKey: .features)
        groups = try values.decode([Int32].self, forKey: .groups)
        points = try values.decode(StoredMatrix.self, forKey: .points).matrix(
            rows: groups.count, columns: features, for: CodingKeys.points,
            path: decoder.codingPath)
        limit = try values.decodeIfPresent(Double.self, forKey: .limit)
    }

    /// Refuses what a file of a model with so many groups can't hold.
    func require(_ count: Int, labels: [Int32], path: [any CodingKey]) throws {
        let lowest = limit == nil ? 0 : Int(Noise.label)
        guard Set(groups) == Set(0..<Int32(count)), points.columns > 0,
            labels.allSatisfy({ (lowest..<count).contains(Int($0)) })
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: path,
                    debugDescription: "points and labels must name the \(count) groups"))
        }
    }
}

extension Matrix {
    /// These rows, in this order.
    func rows(_ rows: [Int]) -> Matrix {
        var values: [Double] = []
        values.reserveCapacity(rows.count * columns)
        for row in rows { values += storage[row * columns..<(row + 1) * columns] }
        return Matrix(rows: rows.count, columns: columns, storage: values)
    }

    /// The mean of each group's rows, and how many there are; rows without a group count nowhere.
    ///
    /// - Parameter weights: how many rows a row stands for; nil for one each.
    ///
    /// Complexity: O(rows · columns).
    package func means(
        labels: [Int32], groups: Int, weights: [Int]? = nil
    ) -> (centroids: Matrix, sizes: [Int]) {
        var sums = Matrix(rows: groups, columns: columns)
        var sizes = [Int](repeating: 0, count: groups)
        for (row, label) in labels.enumerated() where label >= 0 {
            let weight = weights?[row] ?? 1
            sizes[Int(label)] += weight
            for column in 0..<columns {
                sums.storage[Int(label) * columns + column] +=
                    storage[row * columns + column] * Double(weight)
            }
        }
        for group in 0..<groups where sizes[group] > 0 {
            for column in 0..<columns { sums[group, column] /= Double(sizes[group]) }
        }
        return (sums, sizes)
    }
}
