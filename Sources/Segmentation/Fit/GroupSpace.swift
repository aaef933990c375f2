import Columns
import Kernels
import Learning

/// The space in which groups are measured and drawn: that of the method, or for codes of categories,
/// between which there are no distances, that of FAMD.
struct GroupSpace {
    let matrix: Matrix
    /// Before components took the columns' place.
    let designed: Matrix
    let columns: [DesignColumn]
    /// Whether principal components had taken the columns' place before segments were formed.
    let isReduced: Bool
    /// nil below two groups, and where nobody belongs to one.
    let validity: Validity?
    let components: PCA.Model
    /// Rows × the first two components.
    let scores: Matrix

    /// - Parameter known: the groups' validity where it has been measured already.
    init(
        _ rows: PreparedRows, _ labels: [Int32], groups: Int, _ fitted: Preprocessing.Model,
        _ raw: Matrix, _ silhouette: Silhouette.Options, known: Validity? = nil, work: Work
    ) throws(AuroraError) {
        if rows.categories.isEmpty {
            matrix = rows.matrix
            columns = fitted.columns
            isReduced = fitted.componentsKept != nil
            designed =
                fitted.componentsKept == nil
                ? matrix : try fitted.designed(raw, work: work.part(0...0.1))
        } else {
            let mixed = try fitted.configuration.measurable.fit(raw, work: work.part(0...0.05))
            matrix = try mixed.apply(raw, work: work.part(0.05...0.1))
            columns = mixed.columns
            isReduced = false
            designed = matrix
        }
        let members = labels.indices.filter { labels[$0] >= 0 }
        if let known {
            validity = known
        } else if members.count == labels.count {
            validity = try Validity.measure(
                matrix, labels: labels, groups: groups, silhouette: silhouette,
                work: work.part(0.1...0.9))
        } else if members.isEmpty {
            validity = nil
        } else {
            validity = try Validity.measure(
                matrix.gathered(members), labels: members.map { labels[$0] }, groups: groups,
                silhouette: silhouette, work: work.part(0.1...0.9))
        }
        components = try PCA().fit(matrix, work: work.part(0.9...0.95))
        scores = try components.project(
            matrix, components: min(2, matrix.columns), work: work.part(0.95...1))
    }
}

extension Preprocessing {
    /// The same features with distances between the levels of categories.
    var measurable: Preprocessing {
        var copy = self
        copy.reduction = .none
        for index in copy.features.indices {
            guard case .categories(let levels, .codes) = copy.features[index].kind else { continue }
            copy.features[index].kind = .categories(levels: levels, encoding: .famd)
        }
        return copy
    }
}
