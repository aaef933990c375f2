package import Columns
package import Kernels

/// Principal components: the directions along which the rows differ most.
///
/// Use it to see how many dimensions the features really have, to plot rows in two of them, or
/// before clustering when features overlap. This is the configuration; `fit` gives the `Model`.
///
/// ```swift
/// let model = try PCA().fit(scaled)
/// model.explainedVarianceRatio  // shares of all components
/// let plane = try model.project(scaled, components: 2)
/// ```
///
/// Source: Pearson 1901; METHODS.md section 1.
package struct PCA: Sendable, Equatable {
    package init() {}

    /// Finds all components. The columns are centred but not scaled.
    ///
    /// - Parameter matrix: rows × features, no missing value, at least two rows.
    /// - Throws: `pca_rows` below two rows; `no_features`, `missing_values`, `infinite_values`,
    ///   `values_too_large`.
    ///
    /// Complexity: O(rows · features² + features³).
    package func fit(_ matrix: Matrix, work: Work = Work()) throws(AuroraError) -> Model {
        guard matrix.rows > 1, matrix.columns > 0 else {
            try matrix.requireComplete(work: work)
            throw AuroraError("pca_rows", "principal components need 2 rows but there is 1")
        }
        let covariance = Covariance(of: matrix, threads: work.threads)
        guard covariance.matrix.storage.allSatisfy(\.isFinite) else {
            // A value that isn't finite leaves its column's variance so.
            try matrix.requireComplete(work: work)
            throw Matrix.tooLarge("a covariance")
        }
        try work.report(0.5, "principal components")
        let eigen = try SymmetricEigen(of: covariance.matrix)
        return Model(means: covariance.means, components: eigen.vectors, variances: eigen.values)
    }
}
