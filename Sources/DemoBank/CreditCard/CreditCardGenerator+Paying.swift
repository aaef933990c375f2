extension CreditCardGenerator {
    /// Draws balance, payments, minimum payments and the months paid in full.
    func pay(
        _ customer: inout CreditCardCustomer, _ group: CreditCardGroup, _ wealth: Double,
        limit: Int64, _ draws: RandomDraws
    ) {
        let habit = group.habits[draws.index(weights: group.habits.map(\.share), Draw.habit)]
        let limit = Double(limit) / Double(CSVBytes.millionthsPerUnit)
        let balance: Double
        switch habit.balance {
        case .ofLimit(let share):
            // The wealthy use less of their limit; interest takes some a little above it.
            let used = share.value(at: draws.uniform(Draw.balance)) * Elementary.exp(-0.2 * wealth)
            balance = 1.03 * limit * min(used, 1)
        case .ofSpending(let part):
            balance = min(limit, customer.spending * part.value(at: draws.normal(Draw.balance)))
        }
        customer.balance = max(millionths(balance), 1)
        let statements = min(customer.tenure, 11)
        customer.balanceFrequency = CreditCardCustomer.frequency(
            habit.balanceMonths.count(of: statements, at: draws.uniform(Draw.balanceMonths)),
            of: statements)
        let line = habit.payments
        let expected = Elementary.exp(
            line.constant + line.elasticity * Elementary.log(customer.spending)
                + line.wealth * wealth)
        let willing = LogNormal(median: expected, spread: line.spread)
            .value(at: draws.normal(Draw.payments))
        // No one pays much more than was spent and may have been owed before.
        let excess = willing / (1.5 * (customer.spending + limit))
        customer.payments = max(millionths(willing / (1 + excess * excess).squareRoot()), 1)
        customer.minimumPayments = minimumPayments(balance: balance, draws)
        if draws.uniform(Draw.paidInFull) < habit.everPaidInFull {
            // Counted over the months that have a statement: most often all.
            let months = customer.tenure - draws.index(weights: [10, 4, 2, 1, 1], Draw.statements)
            customer.fullPayment = CreditCardCustomer.frequency(
                habit.monthsPaidInFull.count(of: months, at: draws.uniform(Draw.monthsPaidInFull)),
                of: months)
        }
    }

    /// A year's minimum payments: a fixed floor for small balances, a part of large ones, and a long
    /// tail of customers in arrears.
    private func minimumPayments(balance: Double, _ draws: RandomDraws) -> Int64 {
        let exponential = min(-Elementary.log(draws.uniform(Draw.minimum)), 5)
        let floor = 200 * Elementary.exp(-0.55 * exponential)
        let arrears = 0.22 * balance * Elementary.exp(0.6 * exponential)
        return max(millionths(max(floor, arrears)), 1)
    }

    /// Changes the customer's data as the flaw would.
    func apply(_ flaw: Flaw, to customer: inout CreditCardCustomer, _ draws: RandomDraws) {
        let unit = draws.uniform(Draw.flawAmount)
        switch flaw {
        case .nothingPaid:
            customer.payments = 0
            customer.minimumPayments = nil
            customer.fullPayment = 0
            if unit < 0.15 { clearBalance(&customer) }
        case .nothingDue:
            customer.minimumPayments = nil
            customer.fullPayment = 0
            customer.balance = max(millionths(20 * unit * unit), 1)
            customer.balanceFrequency = CreditCardCustomer.frequency(
                1 + Int(3 * unit), of: min(customer.tenure, 11))
            if unit < 0.62 { clearBalance(&customer) }
        case .limitMissing:
            customer.creditLimit = nil
        case .cashMonthsAboveTenure:
            break  // Its months are drawn with the cash advances.
        case .purchasesBelowParts:
            // A refund of a part of the larger kind, in cents.
            let cent = CSVBytes.millionthsPerUnit / 100
            let larger = max(customer.oneOffPurchases, customer.instalmentPurchases)
            customer.purchasesError = -max(Int64(unit * Double(larger / cent)), 1) * cent
        }
    }

    private func clearBalance(_ customer: inout CreditCardCustomer) {
        customer.balance = 0
        customer.balanceFrequency = 0
    }
}
