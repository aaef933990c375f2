package import Columns
package import Kernels

/// A method that forms groups of rows, as a configuration; `fit` gives the groups.
///
/// A new method conforms to this in a folder of its own and adds a line to the list of
/// `EstimatorChecks` in the tests, which all methods have to pass.
package protocol Clustering: Sendable {
    associatedtype Model: ClusterModel

    /// Finds the groups. The result is the same to the bit for any number of threads.
    ///
    /// - Parameter matrix: rows × features, no missing value.
    /// - Throws: `no_rows`, `no_features`, `missing_values`, `infinite_values`, `values_too_large`;
    ///   `k_above_rows` and others for a configuration that fits no data, or not these; what
    ///   `work` throws between iterations.
    func fit(_ matrix: Matrix, work: Work) throws(AuroraError) -> Model
}

/// Fitted groups: frozen, so that later rows are assigned by what was learnt from the first ones.
///
/// Its JSON brings it back bit for bit.
package protocol ClusterModel: Codable, Sendable, Equatable {
    /// How many groups there are.
    var k: Int { get }
    /// The group of each training row, below k; `Noise.label` where the method leaves a row out.
    var labels: [Int32] { get }
    /// Training rows in each group.
    var sizes: [Int] { get }
    /// What stands for each group, k × features: the means of its training rows.
    var centroids: Matrix { get }
    /// What a reader should know about the fit.
    var notices: [Notice] { get }

    /// The group of each row; for the training rows these are `labels`.
    ///
    /// - Parameter matrix: rows × features, scaled as the training rows were.
    /// - Throws: `feature_count`, `no_rows`, `missing_values`, `infinite_values`.
    func predict(_ matrix: Matrix, work: Work) throws(AuroraError) -> [Int32]

    /// How far each row is from each group, rows × k, in the method's own measure: the group with
    /// the smallest value is the row's, up to ties.
    ///
    /// - Throws: as `predict`.
    func distances(_ matrix: Matrix, work: Work) throws(AuroraError) -> Matrix

    /// The same groups under other numbers; no row changes its group.
    ///
    /// - Parameter old: the present number of each new group; every group once.
    func renumbered(_ old: [Int]) -> Self

    /// The same groups without the labels of the training rows: all that scoring needs.
    func withoutLabels() -> Self
}

/// Rows that belong to no group.
package enum Noise {
    package static let label: Int32 = -1
}

extension Array where Element == Int32 {
    /// Labels under the groups' new numbers.
    ///
    /// - Parameter old: the old number of each new group.
    func renumbered(_ old: [Int]) -> [Int32] {
        var new = [Int32](repeating: 0, count: old.count)
        for (index, group) in old.enumerated() { new[group] = Int32(index) }
        return map { $0 < 0 ? $0 : new[Int($0)] }
    }
}

/// What methods that update k groups by turns have to say of how that went.
enum GroupNotices {
    /// - Parameters:
    ///   - method: "k-means".
    ///   - moved: how often a group without rows was given the farthest row.
    static func all(
        _ method: String, moved: Int = 0, sizes: [Int], converged: Bool, maxIterations: Int
    ) -> [Notice] {
        var notices: [Notice] = []
        if moved > 0 {
            notices.append(
                Notice(
                    "empty_cluster_moved",
                    "a group without rows moved to the farthest row, " + counted(moved, "time")))
        }
        if !converged {
            notices.append(
                Notice(
                    "not_converged",
                    "\(method) ended at its limit of \(counted(maxIterations, "update"))"))
        }
        let empty = sizes.count { $0 == 0 }
        if empty > 0 {
            notices.append(
                Notice(
                    "empty_cluster", "\(empty) of \(sizes.count) groups ended without rows"))
        }
        return notices
    }
}
