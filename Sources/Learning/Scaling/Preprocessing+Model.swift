package import Columns
package import Kernels

extension Preprocessing {
    /// Preprocessing with frozen parameters.
    package struct Model: Hashable, Sendable, Codable {
        package struct Feature: Hashable, Sendable, Codable {
            package let name: String
            package let transform: Transform
            package let scale: Scale
            /// Of the transformed values; 0 without scaling.
            package let mean: Double
            /// Of the transformed values, the population's; 0 for a constant feature, 1 without
            /// scaling.
            package let standardDeviation: Double

            /// What a centred value is divided by.
            package var divisor: Double { standardDeviation == 0 ? 1 : standardDeviation }

            private enum CodingKeys: String, CodingKey {
                case name, transform, scale, mean
                case standardDeviation = "standard_deviation"
            }
        }

        package let features: [Feature]
        /// `constant_feature`, once for each.
        package let notices: [Notice]

        /// The rows on the fitted scale.
        ///
        /// - Parameter matrix: rows × features, in the units that the model was fitted to.
        /// - Throws: as `fit` does.
        ///
        /// Complexity: O(rows · features).
        package func apply(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Matrix {
            let configuration = Preprocessing(
                features.map { .init($0.name, transform: $0.transform, scale: $0.scale) })
            var result = try configuration.transformed(matrix, work: work)
            let columns = features.count
            let (means, divisors) = (features.map(\.mean), features.map(\.divisor))
            result.storage.withUnsafeMutableBufferPointer { values in
                guard let values = values.baseAddress else { return }
                Parallel.forEachChunk(of: matrix.rows, threads: work.threads) { _, rows in
                    for row in rows {
                        for column in 0..<columns {
                            let place = values + row * columns + column
                            place.pointee = (place.pointee - means[column]) / divisors[column]
                        }
                    }
                }
            }
            return result
        }

        init(features: [Feature], notices: [Notice]) {
            (self.features, self.notices) = (features, notices)
        }

        private enum CodingKeys: String, CodingKey { case features, notices }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            features = try values.decode([Feature].self, forKey: .features)
            notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
        }

        package func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(features, forKey: .features)
            try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        }
    }
}
