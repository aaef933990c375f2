import Columns

/// What became of each group when a segmentation was fitted anew.
///
/// All groups are told by their permanent ids. Splits and merges are told beside identities: the
/// largest part of a split group may well keep its id.
///
/// Source: METHODS.md section 6; the transitions follow MONIC (Spiliopoulou, Ntoutsi, Theodoridis &
/// Schult 2006).
package struct IdentityMatching: Sendable, Equatable, Codable {
    /// What identities were decided by.
    package enum Basis: String, Sendable, Codable { case rows, centroids }

    /// A group of the new labelling.
    package struct Group: Sendable, Equatable, Codable {
        /// Carried over, or one that was never given before.
        package let id: Int
        /// Whether it is an old group that carries its id on.
        package let isKept: Bool
        /// Its common rows, and how many of them were in the old group nearest to it.
        package let rows: Int
        package let overlap: Int
        /// The old group that it was paired with or, for a new one, that is most like it; nil where
        /// none has anything in common with it.
        package let nearest: Int?
        /// |C ∩ D| / |C ∪ D| with that one; nil where centroids decided.
        package let jaccard: Double?
        /// From that one's centroid; nil where rows decided.
        package let distance: Double?
    }

    /// Rows that went from one group to another.
    package struct Flow: Sendable, Equatable, Codable {
        /// The group at the other end.
        package let id: Int
        package let rows: Int
        /// Of the old group's common rows.
        package let share: Double
    }

    /// An old group whose rows went to several new ones, or a new group with rows of several old
    /// ones.
    package struct Branch: Sendable, Equatable, Codable {
        package let id: Int
        /// The most rows first.
        package let flows: [Flow]
    }

    /// An old group whose id no new group carries on.
    package struct Gone: Sendable, Equatable, Codable {
        package let id: Int
        package let rows: Int
        /// Where its rows went, the most first.
        package let flows: [Flow]
    }

    package let basis: Basis
    /// Rows that have a group in both labellings.
    package let commonRows: Int
    /// In the new labelling's order.
    package let groups: [Group]
    package let splits: [Branch]
    package let merges: [Branch]
    package let gone: [Gone]

    private enum CodingKeys: String, CodingKey {
        case basis, groups, splits, merges, gone
        case commonRows = "common_rows"
    }
}

extension IdentityMatching {
    init(
        table: ContingencyTable, jaccard: Matrix, parents: [Int?], old: [Int], new: [Int],
        rule: IdentityLedger.Rule
    ) {
        (basis, commonRows) = (.rows, table.total)
        groups = new.indices.map { group in
            let nearest =
                parents[group]
                ?? first(of: old.indices.filter { table[$0, group] > 0 }) { -jaccard[$0, group] }
            return Group(
                id: new[group], isKept: parents[group] != nil, rows: table.columnTotals[group],
                overlap: nearest.map { table[$0, group] } ?? 0, nearest: nearest.map { old[$0] },
                jaccard: nearest.map { jaccard[$0, group] }, distance: nil)
        }
        func flow(_ from: Int, _ to: Int, to id: Int) -> Flow {
            let (rows, total) = (table[from, to], table.rowTotals[from])
            return Flow(id: id, rows: rows, share: total > 0 ? Double(rows) / Double(total) : 0)
        }
        func ordered(_ flows: [Flow], _ least: Double) -> [Flow] {
            flows.filter { $0.rows > 0 && $0.share >= least }
                .sorted { ($1.rows, $0.id) < ($0.rows, $1.id) }
        }
        let leaving = old.indices.map { from in
            new.indices.map { flow(from, $0, to: new[$0]) }
        }
        let arriving = new.indices.map { to in old.indices.map { flow($0, to, to: old[$0]) } }
        splits = old.indices.map {
            Branch(id: old[$0], flows: ordered(leaving[$0], rule.splitShare))
        }
        .filter { $0.flows.count > 1 }
        merges = new.indices.map {
            Branch(id: new[$0], flows: ordered(arriving[$0], rule.mergeShare))
        }
        .filter { $0.flows.count > 1 }
        let kept = Set(parents.compactMap { $0 })
        gone = old.indices.filter { !kept.contains($0) }.map {
            Gone(id: old[$0], rows: table.rowTotals[$0], flows: ordered(leaving[$0], 0))
        }
    }

    init(distances: Matrix, parents: [Int?], old: [Int], new: [Int]) {
        (basis, commonRows, splits, merges) = (.centroids, 0, [], [])
        groups = new.indices.map { group in
            let nearest = parents[group] ?? first(of: Array(old.indices)) { distances[$0, group] }
            return Group(
                id: new[group], isKept: parents[group] != nil, rows: 0, overlap: 0,
                nearest: nearest.map { old[$0] }, jaccard: nil,
                distance: nearest.map { distances[$0, group] })
        }
        let kept = Set(parents.compactMap { $0 })
        gone = old.indices.filter { !kept.contains($0) }.map {
            Gone(id: old[$0], rows: 0, flows: [])
        }
    }
}

/// The candidate of the smallest value, the first of equal ones.
private func first(of candidates: [Int], by value: (Int) -> Double) -> Int? {
    candidates.min { (value($0), $0) < (value($1), $1) }
}
