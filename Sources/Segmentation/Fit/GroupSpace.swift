import Columns
import Kernels
import Learning

/// The space in which groups are measured and drawn: that of the method, or for codes of categories,
/// between which there are no distances, that of FAMD.
struct GroupSpace {
    let matrix: Matrix
    /// nil below two groups, and where nobody belongs to one.
    let validity: Validity?
    let components: PCA.Model
    /// Rows × the first two components.
    let scores: Matrix

    init(
        _ rows: PreparedRows, _ labels: [Int32], groups: Int, _ preparation: Preprocessing,
        _ raw: Matrix, _ silhouette: Silhouette.Options, work: Work
    ) throws(AuroraError) {
        if rows.categories.isEmpty {
            matrix = rows.matrix
        } else {
            let mixed = try preparation.measurable.fit(raw, work: work.part(0...0.05))
            matrix = try mixed.apply(raw, work: work.part(0.05...0.1))
        }
        let members = labels.indices.filter { labels[$0] >= 0 }
        if members.count == labels.count {
            validity = try Validity.measure(
                matrix, labels: labels, groups: groups, silhouette: silhouette,
                work: work.part(0.1...0.9))
        } else if members.isEmpty {
            validity = nil
        } else {
            validity = try Validity.measure(
                matrix.selecting(members), labels: members.map { labels[$0] }, groups: groups,
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

extension Matrix {
    /// Some of the rows, in the order given.
    func selecting(_ rows: [Int]) -> Matrix {
        var storage: [Double] = []
        storage.reserveCapacity(rows.count * columns)
        for row in rows { storage += self.storage[row * columns..<(row + 1) * columns] }
        return Matrix(rows: rows.count, columns: columns, storage: storage)
    }
}
