package import Columns
package import Kernels

/// The way from raw features to the matrix that a clustering method sees.
///
/// This is the configuration; `fit` gives the `Model` with its frozen parameters, which takes later
/// customers the same way as the first ones. Its steps come in this order: missing values are
/// filled, tails winsorised, numbers transformed and scaled and categories encoded, columns
/// weighted by feature and block, and what results reduced to principal components.
///
/// Use `log1p` or `yeo_johnson` for money and counts with a long tail, and a scale wherever
/// features have different units.
///
/// ```swift
/// let scaling = Preprocessing(["balance", "visits"], transform: .log1p, scale: .zScore)
/// let model = try scaling.fit(matrix)
/// let scaled = try model.apply(matrix)
/// ```
///
/// Source: METHODS.md sections 1 and 2.
package struct Preprocessing: Hashable, Sendable, Codable {
    /// In the order of the matrix's columns.
    package var features: [Feature]
    /// How blocks of features are brought to the same influence; nil leaves the features alone.
    package var blocks: Blocks?
    package var reduction: Reduction

    package init(_ features: [Feature]) { self.init(features, blocks: nil, reduction: .none) }

    package init(_ features: [Feature], blocks: Blocks? = nil, reduction: Reduction = .none) {
        self.features = features
        self.blocks = blocks
        self.reduction = reduction
    }

    /// Numbers, all alike.
    package init(_ names: [String], transform: Transform = .none, scale: Scale = .zScore) {
        self.init(names.map { Feature($0, transform: transform, scale: scale) })
    }
}

extension Preprocessing {
    /// Learns all parameters from the rows.
    ///
    /// A constant column is centred and not scaled, with the notice `constant_feature`.
    ///
    /// - Parameter matrix: rows × features, at least one row: numbers in their own units, and for a
    ///   category the position of the row's level. NaN is missing.
    /// - Throws: `no_rows`, `no_features`, `feature_count`, `missing_values`, `infinite_values`,
    ///   `no_values` where all rows of a feature to be filled are missing, `unknown_level`;
    ///   `log1p_domain` where a value is −1 or less; `values_too_large`; `feature_options`,
    ///   `invalid_levels`, `invalid_quantile`, `invalid_weight`, `unknown_block`,
    ///   `codes_reduced`, `invalid_share`, `component_count` and `pca_rows` for a configuration
    ///   that fits no data, or not these; what `work` throws between steps.
    ///
    /// Complexity: O(rows · columns²) with the columns of the designed matrix, and O(rows) more for
    /// each quantile or λ.
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        try checkOptions()
        try check(matrix, work: work)
        try work.report(0, "features")
        let fitted = try fitFeatures(matrix, threads: work.threads)
        try work.report(0.6, "columns")
        var notices = fitted.flatMap(\.notices)
        let plain = Model(
            configuration: self, features: fitted.map(\.feature),
            columns: fitted.flatMap(\.columns), blocks: [], reduced: nil, notices: [])
        let designed = try plain.designed(matrix, work: work)
        let covariance = designed.rows > 1 ? try designed.covariance(work: work) : nil
        notices += correlationNotices(plain.columns, covariance)
        let (columns, blocks) = try weighted(plain.columns, covariance, rows: matrix.rows)
        try work.report(0.8, "components")
        let reduced = try reduction.fit(columns: columns, work: work) {
            () throws(AuroraError) in
            let model = Model(
                configuration: self, features: plain.features, columns: columns, blocks: blocks,
                reduced: nil, notices: [])
            return try model.designed(matrix, work: work)
        }
        return Model(
            configuration: self, features: plain.features, columns: columns, blocks: blocks,
            reduced: reduced, notices: notices)
    }

    /// Every feature by itself. Threads share the features, so that a sort needs but one.
    private func fitFeatures(_ matrix: Matrix, threads: Int) throws(AuroraError) -> [FeatureFit] {
        var results = [Result<FeatureFit, AuroraError>?](repeating: nil, count: features.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let places = results
            Parallel.forEach(features.count, threads: threads) { index in
                places[index] = Result { () throws(AuroraError) in
                    try FeatureFit(features[index], index: index, values: matrix.column(index))
                }
            }
        }
        var fitted: [FeatureFit] = []
        for result in results { if let result { fitted.append(try result.get()) } }
        return fitted
    }
}

extension Matrix {
    fileprivate func covariance(work: Work) throws(AuroraError) -> Matrix {
        let result = Covariance(of: self, threads: work.threads).matrix
        guard result.storage.allSatisfy(\.isFinite) else { throw Matrix.tooLarge("a covariance") }
        return result
    }
}
