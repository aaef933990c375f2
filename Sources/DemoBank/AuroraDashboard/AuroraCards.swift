/// Draws the cards of each customer, in the order of the customers.
struct AuroraCards: Sendable {
    private enum Draw: UInt64 {
        case kind, digits, cvv, chip, issued, limit, opened, expires, pin
    }

    static let columns = [
        "id", "client_id", "card_brand", "card_type", "card_number", "expires", "cvv", "has_chip",
        "num_cards_issued", "credit_limit", "acct_open_date", "year_pin_last_changed",
    ]

    let count: Int
    private let users: AuroraUsers
    private let seed: UInt64
    /// The place of each customer's first card, and behind it the number of cards.
    private let firsts: [Int32]
    private let identifiers: Shuffle

    init(_ users: AuroraUsers, seed: UInt64) {
        self.users = users
        self.seed = seed
        var firsts: [Int32] = [0]
        firsts.reserveCapacity(users.count + 1)
        var count = 0
        for row in 0..<users.count {
            count += users.cardCount(row)
            firsts.append(Int32(count))
        }
        self.firsts = firsts
        self.count = count
        identifiers = Shuffle(count, seed: seed &+ 1)
    }

    /// The identifier of one of a customer's cards.
    /// - Parameter uniform: says which, between 0 and 1.
    func identifier(of user: Int, at uniform: Double) -> Int {
        let first = Int(firsts[user])
        return identifiers[first + Int(uniform * Double(Int(firsts[user + 1]) - first))]
    }

    func append(_ row: Int, to cells: inout SheetBytes) {
        let parameters = AuroraParameters.self
        let draws = RandomDraws(seed: seed, table: .cards, row: row)
        let kind = parameters.kinds[parameters.kind.index(at: draws.uniform(Draw.kind))]
        let limit = parameters.limits[kind.type]?.value(at: draws.uniform(Draw.limit)) ?? 0
        let open = Int(parameters.monthsOpen.value(at: draws.uniform(Draw.opened)))
        let expiry = Int(parameters.monthsToExpiry.value(at: draws.uniform(Draw.expires)))
        cells.append(identifiers[row])
        cells.append(users.identifier(owner(of: row)))
        cells.append(kind.brand)
        cells.append(kind.type)
        cells.append(raw: number(kind, row, draws))
        cells.append(date: Self.month(max(expiry, 2 - open)))
        cells.append(draws.integer(in: 0..<1000, Draw.cvv))
        cells.append(draws.uniform(Draw.chip) < parameters.chips ? "YES" : "NO")
        cells.append(
            raw: parameters.cardsIssued.name(at: draws.uniform(Draw.issued)))
        cells.append(
            "$\(kind.type == "Credit" ? Int(limit / 100) * 100 : Int(limit))")
        cells.append(date: Self.month(-open))
        let opened = 2020 - (open + 9) / 12
        cells.append(min(2020, max(2002, opened + draws.integer(in: 0..<7, Draw.pin))))
    }

    /// Fifteen digits, as many as a spreadsheet keeps; the sixteenth has become a 0. Numbers of
    /// neighbouring rows differ, and so do all.
    private func number(
        _ kind: AuroraParameters.Kind, _ row: Int, _ draws: RandomDraws
    ) -> String {
        let block = 100_000_000
        let head = draws.integer(in: 0..<1_000_000, Draw.digits)
        let digits = kind.digit * 100_000_000_000_000 + head * block + row % block
        return kind.brand == "Amex" ? String(digits) : "\(digits)0"
    }

    private func owner(of row: Int) -> Int {
        var low = 0
        var high = users.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if Int(firsts[middle]) <= row { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The first day of a month, counted from March 2020.
    private static func month(_ number: Int) -> Int {
        let months = 2020 * 12 + 2 + number
        return CalendarDay(year: months / 12, month: months % 12 + 1, day: 1).serial
    }
}
