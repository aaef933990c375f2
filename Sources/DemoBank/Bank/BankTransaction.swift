/// One movement of money; always a positive amount, whose kind says where it goes.
struct BankTransaction: Sendable {
    enum Kind: Sendable { case purchase, withdrawal, salary, fee }
    enum Channel: Sendable { case terminal, online, app, cashMachine, branch, transfer }

    let number: Int
    let day: BankDay
    let kind: Kind
    /// The index of a category; nil but for purchases.
    let category: Int?
    let channel: Channel
    /// In hundredths.
    let amount: Int
    /// Whether it was paid with the credit card; else with the debit card, or from the account.
    let isOnCredit: Bool

    struct Category: Sendable {
        let name: StaticString
        let weight: Double
        /// The usual amount in proportion to the customer's usual one.
        let ticket: Double
    }

    /// The first two are what travels; the last is bought by those with children.
    static let categories = [
        Category(name: "Travel", weight: 0.4, ticket: 2.2),
        Category(name: "Restaurants", weight: 0.6, ticket: 0.8),
        Category(name: "Groceries", weight: 0.38, ticket: 0.9),
        Category(name: "Fuel", weight: 0.12, ticket: 1.0),
        Category(name: "Clothing", weight: 0.11, ticket: 1.1),
        Category(name: "Home", weight: 0.09, ticket: 1.5),
        Category(name: "Electronics", weight: 0.06, ticket: 2.0),
        Category(name: "Health", weight: 0.09, ticket: 0.9),
        Category(name: "Leisure", weight: 0.09, ticket: 0.8),
        Category(name: "Children", weight: 0.06, ticket: 0.9),
    ]
    static let travelWeights = [0.4, 0.6]
    static let otherWeights = categories.dropFirst(2).map(\.weight)
}

extension BankCustomer {
    private enum Draw: UInt64 {
        case purchases, busyness, withdrawals, salaryDay, feeDay
        // Further ones follow for each transaction of the month.
        case first = 64
    }

    /// Numbers that tell transactions of one month and customer apart.
    static let transactionsPerMonth = 256

    /// Hands over the customer's transactions of a month.
    func transactions(
        in month: Int, seed: UInt64, _ body: (BankTransaction) -> Void
    ) {
        guard isThere(in: month) else { return }
        let draws = RandomDraws(seed: seed, .bankMonths, index: index &* 4096 &+ month)
        let calendar = BankMonth(index: month)
        let behaviour = behaviour(in: segment(in: month))
        let hasCard = hasCreditCard(in: month, holdings(by: month + 1, seed: seed))
        let start = month == joinedMonth ? Double(joined.parts.day) / 32 : 0
        var number = (index * 1200 + month) * Self.transactionsPerMonth
        let since = month - eventAt
        let season = BankMonth.season[month % 12]
        let busyness = Elementary.exp(0.2 * draws.normal(Draw.busyness))
        let rate = behaviour.purchases * season * busyness * (1 - start)
        let count = min(Int(rate + draws.uniform(Draw.purchases)), 150)
        let travelOdds =
            behaviour.travel / (1 - behaviour.travel) * BankMonth.travelSeason[month % 12]
        let travel = travelOdds / (1 + travelOdds)
        var others = BankTransaction.otherWeights
        if event == .child, since >= 0 { others[others.count - 1] *= 5 }
        if event == .house, (0..<4).contains(since) { others[3] *= 5 }
        for purchase in 0..<count {
            let base = Draw.first.rawValue + UInt64(purchase) * 8
            let isTravel = draws.uniform(base) < travel
            let category =
                isTravel
                ? Self.pick(BankTransaction.travelWeights, draws.uniform(base + 1))
                : 2 + Self.pick(others, draws.uniform(base + 1))
            let usual =
                behaviour.ticket * BankTransaction.categories[category].ticket
                // Prices rise by 3 % a year.
                * (1 + 0.0025 * Double(month))
            let amount = usual * Elementary.exp(0.45 * draws.normal(base + 2))
            let channel = draws.uniform(base + 3)
            body(
                BankTransaction(
                    number: number,
                    day: calendar.day(at: start + (1 - start) * draws.uniform(base + 4)),
                    kind: .purchase, category: category,
                    channel: channel < behaviour.digital * 0.45
                        ? .app : channel < behaviour.digital ? .online : .terminal,
                    amount: max(Int(amount * 100), 50),
                    isOnCredit: hasCard && draws.uniform(base + 5) < 0.5))
            number += 1
        }
        let withdrawals = min(
            Int(behaviour.withdrawals * (1 - start) + draws.uniform(Draw.withdrawals)), 50)
        for withdrawal in 0..<withdrawals {
            let base = Draw.first.rawValue + UInt64(150 + withdrawal) * 8
            body(
                BankTransaction(
                    number: number,
                    day: calendar.day(at: start + (1 - start) * draws.uniform(base)),
                    kind: .withdrawal, category: nil,
                    channel: draws.uniform(base + 1) < 0.88 ? .cashMachine : .branch,
                    amount: 2000
                        * (1 + Int(10 * draws.uniform(base + 2) * draws.uniform(base + 3))),
                    isOnCredit: false))
            number += 1
        }
        let raise = event == .job && since >= 0 ? 1.25 : 1
        // Pay comes at the end of the month, after taxes.
        if occupation != .student, month > joinedMonth {
            body(
                BankTransaction(
                    number: number,
                    day: BankDay(
                        number: calendar.first.number + 24
                            + Int(3 * draws.uniform(Draw.salaryDay))),
                    kind: .salary, category: nil, channel: .transfer,
                    amount: Int(Double(income) * 0.72 / 12 * raise) * 100, isOnCredit: false))
            number += 1
        }
        if month >= defaultsAt {
            body(
                BankTransaction(
                    number: number, day: calendar.last, kind: .fee, category: nil,
                    channel: .transfer, amount: 3500, isOnCredit: false))
        }
    }

    private static func pick(_ weights: [Double], _ uniform: Double) -> Int {
        var rest = uniform * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }
}
