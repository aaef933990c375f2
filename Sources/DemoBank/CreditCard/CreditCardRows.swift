/// What a row is before anything is drawn for it: its identifier, its flaw, and whether it is one of
/// the four customers at whose rows the reference project starts its K-Means.
///
/// Rows are numbered without end. A file of at least 8,950 customers holds rows 0, 1, 2 …, so that
/// a longer file begins with a shorter one; a smaller file is an even sample of those 8,950.
struct CreditCardRows: Sendable {
    static let originalCount = 8950
    private static let firstIdentifier = 10001
    /// Customers C13448, C18763, C11451 and C17883: typical members of groups 0, 1, 2 and 3.
    static let anchors = [13448, 18763, 11451, 17883]
    /// The original's identifiers run from C10001 to C19190: 240 numbers aren't taken.
    private static let gaps = Strata(rows: originalCount, count: 240)
    private static let flaws = Strata(rows: originalCount, count: Flaw.totalCount)

    struct Place: Sendable {
        var row: Int
        var identifier: Int
        var flaw: Flaw?
        /// The group of which the customer is to be a typical member.
        var anchoredGroup: Int?
    }

    private enum Draw: UInt64 { case position, order }

    private let seed: UInt64
    private let anchorRows: [Int]

    init(seed: UInt64) {
        self.seed = seed
        anchorRows = Self.anchors.map { anchor in
            // Gaps shift a row by less than 241 against its identifier.
            let last = anchor - Self.firstIdentifier
            return (max(0, last - 240)...last).first {
                Self.identifier(ofRow: $0, seed: seed) == anchor
            } ?? last
        }
    }

    /// The row at a position of a file of `count` customers.
    func row(at position: Int, of count: Int) -> Int {
        guard count < Self.originalCount else { return position }
        let start = position * Self.originalCount / count
        let end = (position + 1) * Self.originalCount / count
        return anchorRows.first { start <= $0 && $0 < end } ?? start
    }

    func place(ofRow row: Int) -> Place {
        Place(
            row: row, identifier: Self.identifier(ofRow: row, seed: seed), flaw: flaw(ofRow: row),
            anchoredGroup: anchorRows.firstIndex(of: row))
    }

    /// Each run of rows leaves out one number, never an anchor's.
    private static func identifier(ofRow row: Int, seed: UInt64) -> Int {
        let index = gaps.index(ofRow: row)
        let run = gaps.run(index)
        let draws = RandomDraws(seed: seed, .gaps, index: index)
        var rowAfterGap = draws.integer(in: run.dropFirst(2), Draw.position)
        if anchors.contains(firstIdentifier + rowAfterGap + index) { rowAfterGap -= 1 }
        return firstIdentifier + row + index + (row >= rowAfterGap ? 1 : 0)
    }

    /// Each run of rows holds one flaw, and every cycle of runs each flaw as often as the original.
    private func flaw(ofRow row: Int) -> Flaw? {
        let index = Self.flaws.index(ofRow: row)
        let run = Self.flaws.run(index)
        let position = RandomDraws(seed: seed, .flaws, index: index)
            .integer(in: run.dropLast(), Draw.position)
        let planted = position + (anchorRows.contains(position) ? 1 : 0)
        guard row == planted else { return nil }
        let (cycle, step) = index.quotientAndRemainder(dividingBy: Self.flaws.count)
        let shift = RandomDraws(seed: seed, .flaws, index: -1 - cycle)
            .integer(in: 0..<Self.flaws.count, Draw.order)
        // 97 has no divisor in common with 341, so this takes every value once a cycle.
        return Flaw(ordinal: (step * 97 + shift) % Self.flaws.count)
    }
}
