/// Draws customers: first who they are, then what they buy and borrow, then how they pay, and at the
/// end what is wrong with their data.
struct CreditCardGenerator: Sendable {
    enum Draw: UInt64 {
        case group, wealth, tenure, tenureBelowYear, limitStep, limitChange
        case purchases, purchaseMonths, purchaseTransactions, ticket, oneOffShare, lead, follow
        case oneOffRounding, instalmentRounding
        case cashAdvance, cashMonths, cashTransactions, cashTicket
        case habit, balance, balanceMonths, payments, minimum
        case paidInFull, monthsPaidInFull, statements
        case flaw, flawAmount
    }

    let groups = CreditCardGroup.all
    private let groupWeights = CreditCardGroup.all.map(\.count)
    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    func customer(_ place: CreditCardRows.Place) -> CreditCardCustomer {
        let draws = RandomDraws(
            seed: seed, .customers, index: place.row, isCalm: place.anchoredGroup != nil)
        let index =
            place.anchoredGroup
            ?? draws.index(weights: place.flaw?.groupWeights ?? groupWeights, Draw.group)
        var customer = CreditCardCustomer(
            group: index, identifier: place.identifier,
            tenure: tenure(of: groups[index], draws, flaw: place.flaw))
        let wealth = draws.normal(Draw.wealth)
        // Banks spread limits more evenly than a log-normal: flat in the middle, with short tails.
        let standing = wealth / (1 + wealth * wealth / 4).squareRoot()
        let limit = creditLimit(groups[index].creditLimit.value(at: standing), draws)
        customer.creditLimit = limit
        buy(&customer, groups[index], wealth, draws, flaw: place.flaw)
        pay(&customer, groups[index], wealth, limit: limit, draws)
        if let flaw = place.flaw { apply(flaw, to: &customer, draws) }
        return customer
    }

    private func tenure(of group: CreditCardGroup, _ draws: RandomDraws, flaw: Flaw?) -> Int {
        if flaw != .cashMonthsAboveTenure, draws.uniform(Draw.tenure) < group.fullTenure {
            return 12
        }
        // Months 6 to 11, in all groups alike.
        return 6 + draws.index(weights: [15, 14, 14, 13, 17, 27], Draw.tenureBelowYear)
    }

    /// Limits are round numbers, but for one in a thousand that is the average over a change.
    private func creditLimit(_ amount: Double, _ draws: RandomDraws) -> Int64 {
        let isFine = draws.uniform(Draw.limitStep) < 0.16
        let step: Double = amount < 300 ? 50 : amount < 1500 || isFine ? 100 : 500
        let limit = Int64(min(max((amount / step).rounded(.down) * step, 50), 30_000))
        let millionths = limit * CSVBytes.millionthsPerUnit
        let change = draws.uniform(Draw.limitChange)
        guard change < 0.0012, limit < 30_000 else { return millionths }
        // Raised by 500 in one of the last eleven months.
        let months = Int(change / 0.0001)
        return millionths + 500 * CreditCardCustomer.frequency(months, of: 12)
    }
}
