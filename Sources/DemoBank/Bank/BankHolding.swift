/// An account or card of a customer, as the bank's systems know it after some months.
struct BankHolding: Sendable {
    /// Nil for the current account, and for the debit card that comes with it.
    let product: BankProduct?
    let opened: BankDay
    let closed: BankDay?
}

extension BankCustomer {
    private enum Draw: UInt64 {
        // Seven for each: one for every product.
        case want = 0
        case opened = 10
        case month = 20
        case limit = 30
        case term = 40
        case balance = 50
        case brand = 60
    }

    private func holdingDraws(_ seed: UInt64) -> RandomDraws {
        RandomDraws(seed: seed, .bankHoldings, index: index)
    }

    /// The products besides the current account that a member of a segment holds.
    private func products(in segment: Int, _ draws: RandomDraws) -> [BankProduct] {
        let wants = BankSegment.all[segment].wants
        // The larger the weight, the earlier: as if drawn without replacement (Efraimidis & Spirakis
        // 2006).
        let ranked = BankProduct.allCases.map { product in
            (
                product,
                Elementary.log(draws.uniform(Draw.want.rawValue + UInt64(product.rawValue)))
                    / wants[product.rawValue]
            )
        }.sorted { $0.1 > $1.1 }
        var held = ranked.prefix(productCount(in: segment) - 1).map(\.0)
        // A second card comes after a first.
        if let second = held.firstIndex(of: .secondCard), !held.contains(.creditCard) {
            held[second] = .creditCard
        }
        return held
    }

    /// All that the customer holds or has held by the end of `months` months, the current account
    /// first.
    func holdings(by months: Int, seed: UInt64) -> [BankHolding] {
        let draws = holdingDraws(seed)
        let left = left(by: months)
        var holdings = [BankHolding(product: nil, opened: joined, closed: left)]
        let before = products(in: segment, draws)
        let hasMoved = hasMoved(by: months)
        let after = hasMoved ? products(in: nextSegment, draws) : before
        let start = BankMonth(index: max(joinedMonth, 0)).first
        for product in BankProduct.allCases {
            let number = UInt64(product.rawValue)
            let boughtHouse =
                product == .mortgage && event == .house && hasEvent(by: months)
            let uniform = draws.uniform(Draw.month.rawValue + number)
            if before.contains(product) {
                let age = max(start.number - joined.number, 0)
                let later = Int(Double(age) * draws.uniform(Draw.opened.rawValue + number))
                let ended =
                    after.contains(product) ? nil : BankMonth(index: movesAt).day(at: uniform)
                holdings.append(
                    BankHolding(
                        product: product, opened: BankDay(number: joined.number + later),
                        closed: ended ?? left))
            } else if after.contains(product) {
                holdings.append(
                    BankHolding(
                        product: product, opened: BankMonth(index: movesAt).day(at: uniform),
                        closed: left))
            } else if boughtHouse {
                holdings.append(
                    BankHolding(
                        product: product, opened: BankMonth(index: eventAt).day(at: uniform),
                        closed: left))
            }
        }
        return holdings
    }

    /// What stands on an account at the end of `months` months, in cents; what is owed, for loans.
    func balance(
        of holding: BankHolding, among holdings: [BankHolding], months: Int, seed: UInt64
    ) -> Int {
        guard holding.closed == nil else { return 0 }
        let draws = holdingDraws(seed)
        let number = UInt64(holding.product?.rawValue ?? 7)
        // Comes and goes by the month, a little.
        let change = RandomDraws(seed: seed, .bankMonths, index: index &* 4096 &+ months - 1)
            .uniform(1000 + number)
        let sway = 0.95 + 0.1 * change
        switch holding.product {
        case .personalLoan, .mortgage:
            let years = holding.product == .mortgage ? 25.0 : 6
            let lent =
                Double(income) * (holding.product == .mortgage ? 3 : 0.25)
                * (0.6 + 0.8 * draws.uniform(Draw.balance.rawValue + number))
            let end = BankMonth(index: months - 1).last
            let age = Double(end.number - holding.opened.number) / 365.25
            // Old loans were renewed.
            let rest = 1 - (age / years - (age / years).rounded(.down))
            return Int(lent * rest * 100)
        default:
            let weights: [BankProduct?: Double] = [
                nil: 0.2, .savings: 0.5, .termDeposit: 0.7, .investment: 0.6,
            ]
            let open = holdings.filter { $0.closed == nil }
            let total = open.reduce(0) { $0 + (weights[$1.product] ?? 0) }
            let share = (weights[holding.product] ?? 0) / total
            return Int(deposits(in: segment(by: months)) * share * sway * 100)
        }
    }

    /// The limit of a credit card, in whole units.
    func limit(of holding: BankHolding, seed: UInt64) -> Int {
        let number = UInt64(holding.product?.rawValue ?? 7)
        let uniform = holdingDraws(seed).uniform(Draw.limit.rawValue + number)
        return max(Int(Double(income) * (0.06 + 0.14 * uniform) / 500) * 500, 500)
    }

    /// The used part of a credit card's limit at the end of `months` months, in cents.
    func used(of holding: BankHolding, months: Int, seed: UInt64) -> Int {
        guard holding.closed == nil else { return 0 }
        return Int(
            Double(limit(of: holding, seed: seed)) * utilisation(in: segment(by: months)) * 100)
    }

    func brand(of holding: BankHolding, seed: UInt64) -> StaticString {
        let number = UInt64(holding.product?.rawValue ?? 7)
        let uniform = holdingDraws(seed).uniform(Draw.brand.rawValue + number)
        return uniform < 0.45 ? "Orbis" : uniform < 0.8 ? "Lumen" : "Tessera"
    }

    func hasCreditCard(in month: Int, _ holdings: [BankHolding]) -> Bool {
        let day = BankMonth(index: month).first
        return holdings.contains {
            ($0.product == .creditCard) && $0.opened < day && ($0.closed.map { $0 > day } ?? true)
        }
    }
}
