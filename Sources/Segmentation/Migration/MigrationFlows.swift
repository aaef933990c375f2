package import Columns
package import Learning
package import Query

/// How many customers went from which segment of an earlier run to which of a later one, and why.
///
/// Counts of all customers: what a reader gets of them is what ``shown(through:to:)`` says.
package struct MigrationFlows: Sendable {
    /// By the earlier segment, the later one and what happened; missing where a customer wasn't
    /// there yet, or isn't any more.
    private let counts: CountedCells

    package init(_ migration: SegmentMigration) {
        var counts = CountedCells()
        let labels = migration.labels
        for (row, outcome) in migration.movement.outcomes.enumerated() {
            let now = labels.new?[row] ?? labels.frozen[row]
            counts.add([.segment(labels.old[row]), .segment(now), .text(outcome.rawValue)])
        }
        for segment in migration.joined { counts.add([.missing, .segment(segment), .missing]) }
        for segment in migration.gone { counts.add([.segment(segment), .missing, .missing]) }
        self.counts = counts
    }

    /// Those who were in one segment and are in another, or in the same.
    package struct Flow: Sendable, Equatable {
        /// Nil for customers whom only the later run has.
        package var from: Int?
        /// Nil for customers whom only the earlier run has.
        package var to: Int?
        package var customers: Int
        /// Of them, by what happened; nil where it is hidden.
        package var outcomes: [Movement.Outcome: Int?]
    }

    /// What a reader may see.
    package struct Shown: Sendable, Equatable {
        /// Those whose number may be told, in the order of the segments; customers who joined and who
        /// have gone come last.
        package var flows: [Flow]
        /// Of all customers who are in both runs, by what happened; nil where it is hidden.
        package var outcomes: [Movement.Outcome: Int?]
        /// How many flows are hidden.
        package var suppressed: Int
    }

    /// Small counts are hidden in the table of all three, and with them what would give them away, so
    /// that neither the flows nor the outcomes do.
    ///
    /// - Throws: `not_permitted`.
    ///
    /// Complexity: that of hiding small cells.
    package func shown(through gate: Gate, to reader: Reader) throws(AuroraError) -> Shown {
        let parts = try counts.shown(through: gate, to: reader)
        let pairs = try counts.by([0, 1]).shown(through: gate, to: reader)
        let kinds = try counts.by([2]).shown(through: gate, to: reader)
        let places = { (pair: [Value]) in (Self.place(pair[0]), Self.place(pair[1])) }
        let ordered = counts.by([0, 1]).keys.sorted { places($0) < places($1) }
        let flows = ordered.compactMap { pair -> Flow? in
            guard let customers = pairs[pair] else { return nil }
            var outcomes: [Movement.Outcome: Int?] = [:]
            for outcome in Movement.Outcome.allCases where !pair.contains(.missing) {
                // Whom the later model alone puts elsewhere isn't where they were, and the reverse.
                let isImpossible =
                    outcome == .redrawn && pair[0] == pair[1]
                    || outcome == .stayed && pair[0] != pair[1]
                outcomes[outcome] = .some(
                    isImpossible ? 0 : parts[pair + [.text(outcome.rawValue)]])
            }
            return Flow(
                from: Self.id(pair[0]), to: Self.id(pair[1]), customers: customers,
                outcomes: outcomes)
        }
        var outcomes: [Movement.Outcome: Int?] = [:]
        for outcome in Movement.Outcome.allCases {
            outcomes[outcome] = .some(kinds[[.text(outcome.rawValue)]])
        }
        return Shown(flows: flows, outcomes: outcomes, suppressed: ordered.count - flows.count)
    }

    private static func id(_ segment: Value) -> Int? { segment.doubleValue.map { Int($0) } }
    private static func place(_ segment: Value) -> Int { id(segment) ?? .max }
}
