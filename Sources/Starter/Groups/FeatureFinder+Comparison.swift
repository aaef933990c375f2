import Preparation

/// What is kept for comparing the groups, because a test of what formed them would say nothing.
extension FeatureFinder {
    /// Features that groups are formed by at least before a column is held back from them.
    private static let enough = 3
    private static let mostHeld = 3
    /// Columns by which the groups are compared at most.
    private static let mostCompared = 6

    /// The candidates that say least of what customers do.
    func heldBack(among candidates: [StarterColumn]) -> [(column: String, reason: String)] {
        let reasons = candidates.compactMap { column -> (column: String, reason: String)? in
            let signs = NameSigns(column.name)
            if column.role == .money, signs.saysLimit {
                return (column.name, "a limit is what the bank grants, not what the customer does")
            }
            if column.role == .duration, signs.saysAge {
                return (column.name, "an age says who the customer is, not what they do")
            }
            if column.role == .duration, signs.saysTenure {
                return (column.name, "it says how long somebody is a customer, not what they do")
            }
            return nil
        }
        return Array(reasons.prefix(min(Self.mostHeld, max(0, candidates.count - Self.enough))))
    }

    /// Adds what else the groups may be compared by, those last that are nearly the same as a
    /// feature: that groups differ by them is nearly sure beforehand.
    func compare(by twins: Set<String>, _ choice: inout Choice) {
        let forming = Set(choice.features.map(\.source))
        for derived in table.derived where !forming.contains(derived.source) {
            choice.heldBack.append((derived.name, derived.reason))
        }
        let others = table.columns.filter { column in
            column.role.isQuantity && !forming.contains(column.name)
                && column.inspected.missing * 5 < table.rows * 2
                && !choice.heldBack.contains { $0.column == column.name }
        }
        // What speaks of the same thing as a feature tells less that is new.
        let told = Set(choice.features.flatMap { Words.spoken($0.source) })
        func isNews(_ column: StarterColumn) -> Bool {
            told.isDisjoint(with: Words.spoken(column.name))
        }
        let apart = others.filter { !twins.contains($0.name) }
        let ordered =
            apart.filter(isNews) + apart.filter { !isNews($0) }
            + others.filter { twins.contains($0.name) }
        for column in ordered where choice.heldBack.count < Self.mostCompared {
            guard let place = choice.leftOut.firstIndex(where: { $0.column == column.name }) else {
                continue
            }
            choice.heldBack.append(choice.leftOut.remove(at: place))
        }
    }
}
