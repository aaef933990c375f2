/// How well planted moves between segments are found between two days.
package struct MoverScore: Sendable, Equatable {
    /// Customers that were compared.
    package private(set) var customers = 0
    /// Customers who moved between the two days, and those of them who are told to have moved.
    package private(set) var planted = 0
    package private(set) var found = 0
    /// Customers who are told to have moved, and those of them whose move lies in the window of the
    /// features: features over six months show a move a little more each month, so that a customer
    /// may well cross the boundary months after it moved.
    package private(set) var told = 0
    package private(set) var right = 0
    /// Customers without a move in that window, and those of them who are told to have moved.
    package private(set) var others = 0
    package private(set) var wrong = 0

    package var precision: Double? { told > 0 ? Double(right) / Double(told) : nil }
    package var recall: Double? { planted > 0 ? Double(found) / Double(planted) : nil }
    /// The share of customers without a move who are told to have moved.
    package var falseAlarms: Double? { others > 0 ? Double(wrong) / Double(others) : nil }

    /// - Parameters:
    ///   - planted: of the bank up to the later day.
    ///   - told: whether each customer is told to have moved.
    ///   - from: the earlier day, like 2024-12-31.
    ///   - to: the later day.
    ///   - window: how many months the features look back.
    package init(
        _ planted: PlantedSegments, told: [(customer: Int, hasMoved: Bool)], from: String,
        to: String, window: Int
    ) {
        let (earlier, later) = (String(from.prefix(7)), String(to.prefix(7)))
        let months = (0..<1200).map { BankMonth(index: $0).text }
        let end = months.firstIndex(of: later) ?? 0
        let start = months.firstIndex(of: earlier) ?? 0
        // Where the two windows don't overlap, all that moved between the days.
        let first = months[max(0, min(end - window, start) + 1)]
        for (customer, hasMoved) in told {
            customers += 1
            let month = planted.moves[customer]
            let isPlanted = month.map { $0 > earlier && $0 <= later } ?? false
            let isInWindow = month.map { $0 >= first && $0 <= later } ?? false
            self.planted += isPlanted ? 1 : 0
            found += isPlanted && hasMoved ? 1 : 0
            self.told += hasMoved ? 1 : 0
            right += isInWindow && hasMoved ? 1 : 0
            others += isInWindow ? 0 : 1
            wrong += !isInWindow && hasMoved ? 1 : 0
        }
    }
}
