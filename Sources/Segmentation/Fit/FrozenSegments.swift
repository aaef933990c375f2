import Columns
import Kernels
package import Learning

/// A fitted segmentation as it assigns customers: preprocessing, model and the segments' numbers.
package struct FrozenSegments: Sendable {
    package var preprocessing: Preprocessing.Model
    package var method: String
    /// Without the labels of the rows that it was fitted to.
    package var model: any ClusterModel
    /// From which distance on a customer belongs to no segment.
    package var outliers: OutlierLimit.Model?
    /// The permanent number of each of the model's groups.
    package var ids: [Int]

    /// The number of a segment for customers that belong to none.
    package static let outlierID = 0

    var sources: [FeatureTable.Source] {
        preprocessing.configuration.features.map { feature in
            guard case .categories(let levels, _) = feature.kind else {
                return .init(column: feature.name, levels: nil)
            }
            return .init(column: feature.name, levels: levels)
        }
    }

    /// Rows with the segments that they belong to.
    struct Assigned {
        /// The number of each row's segment.
        var ids: [Int]
        /// Rows × groups; see `ClusterModel.distances`.
        var distances: Matrix
        /// On the scale on which segments were formed.
        var matrix: Matrix
    }

    /// - Parameter raw: rows × features, as the model's table has them.
    func assign(_ raw: Matrix, work: Work) throws(AuroraError) -> Assigned {
        let matrix = try preprocessing.apply(raw, work: work)
        let distances = try model.distances(matrix, work: work)
        var labels = try model.predict(matrix, work: work)
        if let outliers {
            labels = try outliers.apply(
                distances: distances.toOwn(labels), labels: labels)
        }
        return Assigned(
            ids: labels.map { $0 < 0 ? Self.outlierID : ids[Int($0)] }, distances: distances,
            matrix: matrix)
    }
}

extension FrozenSegments: Codable {
    private enum CodingKeys: String, CodingKey {
        case method, preprocessing, model, outliers, ids
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(method, forKey: .method)
        try values.encode(preprocessing, forKey: .preprocessing)
        try model.encode(to: values.superEncoder(forKey: .model))
        try values.encodeIfPresent(outliers, forKey: .outliers)
        try values.encode(ids, forKey: .ids)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        method = try values.decode(String.self, forKey: .method)
        guard let type = SegmentMethods.clusterMethod(method) else {
            throw DecodingError.dataCorruptedError(
                forKey: .method, in: values, debugDescription: "no method is named '\(method)'")
        }
        preprocessing = try values.decode(Preprocessing.Model.self, forKey: .preprocessing)
        model = try type.model(from: values.superDecoder(forKey: .model))
        outliers = try values.decodeIfPresent(OutlierLimit.Model.self, forKey: .outliers)
        ids = try values.decode([Int].self, forKey: .ids)
    }
}

extension Matrix {
    /// How far each row is from its own group, from squared distances to all; 0 without a group.
    func toOwn(_ labels: [Int32]) -> [Double] {
        labels.enumerated().map { row, label in
            label < 0 ? 0 : max(0, self[row, Int(label)]).squareRoot()
        }
    }
}

extension ClusterMethod {
    fileprivate static func model(from decoder: any Decoder) throws -> any ClusterModel {
        try Model(from: decoder)
    }
}
