package import Columns
package import Kernels

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How each feature is brought to a common scale before distances are taken.
///
/// This is the configuration; `fit` gives the `Model` with its frozen parameters, which scores
/// later customers exactly as the first ones. Use `log1p` for money and counts with a long tail,
/// and `z_score` wherever features have different units.
///
/// ```swift
/// let scaling = Preprocessing(["balance", "visits"], transform: .log1p, scale: .zScore)
/// let model = try scaling.fit(matrix)
/// let scaled = try model.apply(matrix)
/// ```
package struct Preprocessing: Hashable, Sendable, Codable {
    package enum Transform: String, Hashable, Sendable, Codable, CaseIterable {
        case none
        /// ln(1 + x), for x above −1.
        case log1p
    }

    package enum Scale: String, Hashable, Sendable, Codable, CaseIterable {
        case none
        /// (x − mean) / standard deviation, the population's.
        case zScore = "z_score"
    }

    package struct Feature: Hashable, Sendable, Codable {
        package var name: String
        package var transform: Transform
        package var scale: Scale

        package init(_ name: String, transform: Transform = .none, scale: Scale = .zScore) {
            self.name = name
            self.transform = transform
            self.scale = scale
        }
    }

    /// In the order of the matrix's columns.
    package var features: [Feature]

    package init(_ features: [Feature]) { self.features = features }

    /// All features alike.
    package init(_ names: [String], transform: Transform = .none, scale: Scale = .zScore) {
        features = names.map { Feature($0, transform: transform, scale: scale) }
    }

    /// Learns mean and standard deviation of each transformed feature.
    ///
    /// A constant feature is centred and not scaled, with the notice `constant_feature`.
    ///
    /// - Parameter matrix: rows × features, at least one row, no missing value.
    /// - Throws: `no_rows`, `no_features`, `feature_count`, `missing_values`, `infinite_values`;
    ///   `log1p_domain` where a value is −1 or less; `values_too_large`.
    ///
    /// Complexity: O(rows · features). Source: METHODS.md section 1.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        let transformed = try transformed(matrix, work: work)
        let moments = Moments(of: transformed, threads: work.threads)
        var (fitted, notices) = ([Model.Feature](), [Notice]())
        for (column, feature) in features.enumerated() {
            let deviation = moments.variances[column].squareRoot()
            guard moments.means[column].isFinite, deviation.isFinite else {
                throw Matrix.tooLarge("the variance of feature '\(feature.name)'")
            }
            if moments.isConstant[column] {
                notices.append(
                    Notice(
                        "constant_feature",
                        "feature '\(feature.name)' has a single value over "
                            + "\(counted(matrix.rows, "row")), so it separates nothing"))
            }
            let isScaled = feature.scale == .zScore
            fitted.append(
                Model.Feature(
                    name: feature.name, transform: feature.transform, scale: feature.scale,
                    mean: isScaled ? moments.means[column] : 0,
                    standardDeviation: isScaled ? deviation : 1))
        }
        return Model(features: fitted, notices: notices)
    }

    /// Checks the matrix and applies the transforms, without scaling.
    func transformed(_ matrix: Matrix, work: Work) throws(AuroraError) -> Matrix {
        try matrix.requireFeatures(features.count, of: "the preprocessing")
        try matrix.requireComplete(features: features.map(\.name), work: work)
        var result = matrix
        for (column, feature) in features.enumerated() where feature.transform == .log1p {
            var outside = ChunkedSums(rows: matrix.rows, width: 1)
            result.mapColumn(column, counting: &outside, threads: work.threads) { value, record in
                if value <= -1 { record[0] += 1 }
                return log1p(value)
            }
            let count = Int(outside.totals[0])
            guard count == 0 else {
                throw AuroraError(
                    "log1p_domain",
                    "log1p needs values above -1, but feature '\(feature.name)' is -1 or less in "
                        + counted(count, "row"),
                    hint: "clip the feature in the recipe, or leave out its transform")
            }
        }
        return result
    }
}

extension Matrix {
    /// Replaces every value of a column, chunk by chunk.
    fileprivate mutating func mapColumn(
        _ column: Int, counting sums: inout ChunkedSums, threads: Int,
        _ replace: (Double, UnsafeMutablePointer<Double>) -> Double
    ) {
        let columns = self.columns
        storage.withUnsafeMutableBufferPointer { values in
            guard let values = values.baseAddress else { return }
            sums.pass(threads: threads) { rows, record in
                for row in rows {
                    let place = values + row * columns + column
                    place.pointee = replace(place.pointee, record)
                }
            }
        }
    }
}
