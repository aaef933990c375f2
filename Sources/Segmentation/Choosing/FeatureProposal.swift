package import Columns
package import Engine
import Kernels
package import Query

/// Columns of a model that could make its customers alike, each with the reason for what is done with
/// it: a beginning, for somebody who knows the columns to go on from.
package struct FeatureProposal: Sendable {
    package struct Feature: Sendable {
        package var column: String
        package var transform: String?
        package var missing: String?
    }

    package struct LeftOut: Sendable {
        package var column: String
        package var reason: String
    }

    package var features: [Feature] = []
    package var leftOut: [LeftOut] = []

    /// Above it a logarithm serves nearly every amount better.
    private static let skewed = 1.5
    /// Fewer different values are a category written as a number.
    private static let fewestValues = 6
    private static let correlated = 0.9

    /// - Parameters:
    ///   - columns: the columns to take, in this order; nil for all numbers that look like behaviour.
    ///   - skipped: columns that are never features: keys, references, identifying and hidden columns,
    ///     segments.
    package init(
        _ table: Catalogue.Table, columns stated: [String]?, but skipped: Set<String>,
        in engine: any Engine
    ) async throws(AuroraError) {
        let numbers = table.schema.fields.filter(\.type.isNumeric).map(\.name)
        let candidates = stated ?? numbers.filter { !skipped.contains($0) && $0 != table.key }
        let read = candidates.filter(numbers.contains)
        guard !read.isEmpty else { return }
        let matrix = try await FeatureTable.read(
            read.map { .init(column: $0, levels: nil) }, of: table, in: engine
        ).matrix
        var taken: [Int] = []
        for (index, column) in read.enumerated() {
            let values = matrix.column(index)
            if stated == nil {
                if let reason = Self.reason(against: values) {
                    leftOut.append(.init(column: column, reason: reason))
                    continue
                }
                if let twin = taken.first(where: {
                    abs(Self.correlation(matrix.column($0), values)) > Self.correlated
                }) {
                    leftOut.append(
                        .init(column: column, reason: "says nearly the same as \(read[twin])"))
                    continue
                }
            }
            taken.append(index)
            let present = values.filter { !$0.isNaN }
            let isSkewed =
                (present.min() ?? -1) >= 0 && Self.skewness(present) > Self.skewed
            features.append(
                .init(
                    column: column, transform: isSkewed ? "log1p" : nil,
                    missing: present.count < values.count ? "median" : nil))
        }
        for column in candidates where !numbers.contains(column) {
            features.append(.init(column: column))
        }
    }

    private static func reason(against values: [Double]) -> String? {
        let present = values.filter { !$0.isNaN }
        guard present.count * 2 > values.count else { return "missing in half of the rows or more" }
        let different = Set(present).count
        if different == present.count, present.count > 20,
            present.allSatisfy({ $0 == $0.rounded() })
        {
            return "a different whole number in every row, like an identifier"
        }
        return different < fewestValues ? "only \(different) different values" : nil
    }

    private static func skewness(_ values: [Double]) -> Double {
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        let (second, third) = values.reduce((0.0, 0.0)) { sums, value in
            let d = value - mean
            return (sums.0 + d * d, sums.1 + d * d * d)
        }
        let variance = second / count
        return variance > 0 ? third / count / (variance * variance.squareRoot()) : 0
    }

    /// Over the rows where both are there.
    private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let rows = a.indices.filter { !a[$0].isNaN && !b[$0].isNaN }
        guard rows.count > 2 else { return 0 }
        let matrix = Matrix(columns: [rows.map { a[$0] }, rows.map { b[$0] }])
        let means = Moments(of: matrix, threads: 1).means
        let covariance = Covariance.of(matrix, around: means, threads: 1)
        let scale = (covariance[0, 0] * covariance[1, 1]).squareRoot()
        return scale > 0 ? covariance[0, 1] / scale : 0
    }
}
