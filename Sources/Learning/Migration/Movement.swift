package import Columns

/// Which rows really moved between two periods, and which only because the model was fitted anew.
///
/// Real moves are those of the old model on new data: a row moved when it crossed the boundary by
/// more than it usually wobbles, or has stayed beyond it for two periods. What the new model makes
/// of the same new data is the model's doing.
///
/// Source: METHODS.md section 6, "Movers".
package struct Movement: Sendable, Equatable {
    /// What became of a row.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// In the same group by both models.
        case stayed
        /// Crossed a boundary of the old model, by more than its wobble or for two periods.
        case moved
        /// Crossed a boundary of the old model, but not by more than it usually wobbles.
        case borderline
        /// Stayed by the old model, and is in another group by the new one only.
        case redrawn
    }

    /// One a row.
    package let outcomes: [Outcome]
    package let summary: Summary

    /// Labels of the same rows under one numbering: the groups' permanent ids, carried from the old
    /// model to the new one.
    package struct Labels: Sendable {
        /// Old model, old data.
        package var old: [Int32]
        /// Old model, new data.
        package var frozen: [Int32]
        /// New model, new data; nil where there is no new model.
        package var new: [Int32]?
        /// Old model, data of the period before the new one: a row that was in its frozen group
        /// then already has stayed there for two periods.
        package var between: [Int32]?

        package init(
            old: [Int32], frozen: [Int32], new: [Int32]? = nil, between: [Int32]? = nil
        ) {
            (self.old, self.frozen, self.new, self.between) = (old, frozen, new, between)
        }
    }

    /// Distances to the boundary of the group that the old model gives a row, at least 0: for
    /// centroids, `CentroidGeometry.boundaryDistance`.
    package struct Margins: Sendable {
        /// In the old data, to the boundary of the old group.
        package var old: [Double]
        /// In the new data, to the boundary of the frozen group.
        package var new: [Double]

        package init(old: [Double], new: [Double]) { (self.old, self.new) = (old, new) }

        /// How each row's margin changed: what it gained inside its group, or the whole way across
        /// the boundary.
        func changes(_ labels: Labels) -> [Double] {
            old.indices.map { row in
                (labels.old[row] == labels.frozen[row] ? new[row] : -new[row]) - old[row]
            }
        }
    }

    /// - Parameters:
    ///   - labels: of the rows that are in both periods.
    ///   - margins: of the same rows, in one unit (that of the model's scale).
    ///   - wobble: each row's usual change of margin; by default that of all rows, from `margins`.
    ///   - factor: how many times its wobble a row must be beyond the boundary to have moved.
    /// - Throws: `rows_differ`, `no_rows`.
    ///
    /// Complexity: O(rows · log rows).
    package init(
        _ labels: Labels, margins: Margins, wobble: [Double]? = nil, factor: Double = 1
    ) throws(AuroraError) {
        let rows = labels.old.count
        guard rows > 0 else {
            throw AuroraError("no_rows", "there are no rows to compare groupings of")
        }
        let counts = [
            labels.frozen.count, labels.new?.count, labels.between?.count, margins.old.count,
            margins.new.count, wobble?.count,
        ]
        for count in counts { if let count { try requireSameRows(rows, count) } }
        let common = wobble == nil ? Wobble.ofAll(margins.changes(labels)) : 0
        let new = labels.new ?? labels.frozen
        let outcomes = (0..<rows).map { row -> Outcome in
            let (old, frozen) = (labels.old[row], labels.frozen[row])
            if old == frozen { return new[row] == old ? .stayed : .redrawn }
            let isFar = margins.new[row] > factor * (wobble?[row] ?? common)
            return isFar || labels.between?[row] == frozen ? .moved : .borderline
        }
        self.outcomes = outcomes
        summary = Summary(labels, new: new, outcomes, wobble: wobble == nil ? common : nil)
    }
}

extension Movement {
    /// The counts of all outcomes, and who went where.
    package struct Summary: Sendable, Equatable, Codable {
        package let rows: Int
        package let stayed: Int
        package let moved: Int
        package let borderline: Int
        package let redrawn: Int
        /// Rows that moved or are borderline and that the new model puts elsewhere than the old one
        /// does.
        package let alsoRedrawn: Int
        /// The wobble of all rows that moves were held against; nil where each row has its own.
        package let wobble: Double?
        /// Old model, old data → old model, new data: all that crossed a boundary.
        package let real: MigrationMatrix
        /// Those of `real` that moved; rows that didn't are where they were.
        package let certain: MigrationMatrix
        /// Old model → new model, both on new data.
        package let model: MigrationMatrix
        /// Old model, old data → new model, new data: what a reader sees who compares two reports.
        package let seen: MigrationMatrix

        private enum CodingKeys: String, CodingKey {
            case rows, stayed, moved, borderline, redrawn, wobble, real, certain, model, seen
            case alsoRedrawn = "also_redrawn"
        }

        init(_ labels: Labels, new: [Int32], _ outcomes: [Outcome], wobble: Double?) {
            func count(_ outcome: Outcome) -> Int { outcomes.count { $0 == outcome } }
            rows = outcomes.count
            (stayed, moved) = (count(.stayed), count(.moved))
            (borderline, redrawn) = (count(.borderline), count(.redrawn))
            alsoRedrawn = outcomes.indices.count {
                (outcomes[$0] == .moved || outcomes[$0] == .borderline)
                    && new[$0] != labels.frozen[$0]
            }
            self.wobble = wobble
            let (old, frozen) = (labels.old, labels.frozen)
            // All four show the same groups, so that they can be laid side by side.
            let groups = Array(Set(old).union(frozen).union(new))
            func matrix(_ from: [Int32], _ to: [Int32]) -> MigrationMatrix {
                MigrationMatrix(groups: groups, aligned: from, to)
            }
            real = matrix(old, frozen)
            certain = matrix(old, old.indices.map { outcomes[$0] == .moved ? frozen[$0] : old[$0] })
            model = matrix(frozen, new)
            seen = matrix(old, new)
        }
    }
}
