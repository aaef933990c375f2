/// A one-to-one reordering of 0..<count that each place can tell by itself.
struct Shuffle: Sendable {
    let count: Int
    private let factor: Int
    private let shift: Int

    /// - Parameter count: at least 1.
    init(_ count: Int, seed: UInt64) {
        self.count = count
        // Near the golden section neighbours end up far apart.
        var factor = max(1, Int(Double(count) * 0.6180339887498949))
        while Self.commonDivisor(factor, count) != 1 { factor += 1 }
        self.factor = factor
        shift = RandomDraws(seed: seed, table: .order, row: 0).integer(in: 0..<count, Draw.shift)
    }

    private enum Draw: UInt64 { case shift }

    /// Beyond `count` the numbers go on in blocks of `count`, each reordered the same way.
    subscript(_ place: Int) -> Int {
        let (block, rest) = place.quotientAndRemainder(dividingBy: count)
        let product = rest.multipliedFullWidth(by: factor)
        let place = (count.dividingFullWidth(product).remainder + shift) % count
        return block * count + place
    }

    private static func commonDivisor(_ one: Int, _ other: Int) -> Int {
        other == 0 ? one : commonDivisor(other, one % other)
    }
}

extension RandomDraws {
    /// Which table's rows the index counts.
    enum Table: UInt64 {
        case main = 1
        case order, people, addresses, cards, transactions, spenders, spends, places, orphans
    }

    init(seed: UInt64, table: Table, row: Int) {
        self.init(
            seed: seed &+ table.rawValue &* 0xA24B_AED4_963E_E407, .customers, index: row)
    }
}
