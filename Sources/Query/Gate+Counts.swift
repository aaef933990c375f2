package import Columns
import Workspace

extension Gate {
    /// Counts of customers as a reader may see them: nil in cells of few, and in as many others as it
    /// takes that no total gives those away. Where small cells are hidden, empty ones are, too.
    ///
    /// - Parameters:
    ///   - counts: how many customers are in each cell.
    ///   - keys: what tells the cells apart, each of as many values.
    /// - Throws: `not_permitted`.
    package func shown(
        _ counts: [Int], of keys: [[Value]], to reader: Reader
    ) throws(AuroraError) -> [Int?] {
        precondition(counts.count == keys.count, "a key for each count")
        _ = try permitted([], for: reader)
        guard hidesSmallCells, !keys.isEmpty else { return counts }
        let hidden = CellSuppression(keys: keys, counts: counts, smallest: privacy.smallestCell)
            .hidden
        return counts.indices.map { counts[$0] == 0 || hidden.contains($0) ? nil : counts[$0] }
    }

    /// Whether so many of so many customers would tell of a few: of those, or of the others.
    package func hidesFew(_ used: Int, of total: Int) -> Bool {
        hidesSmallCells
            && CellSuppression.tellsOfFew(used, of: total, smallest: privacy.smallestCell)
    }

    /// Refuses readers who may not see any figures.
    ///
    /// - Throws: `not_permitted`.
    package func requireFigures(_ reader: Reader) throws(AuroraError) {
        _ = try permitted([], for: reader)
    }

    /// Refuses readers who may not see single customers.
    ///
    /// - Throws: `not_permitted`.
    package func requireCustomers(_ reader: Reader) throws(AuroraError) {
        guard reader.may(.customers) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see single customers")
        }
    }
}
