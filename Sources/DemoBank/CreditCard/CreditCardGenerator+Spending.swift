extension CreditCardGenerator {
    /// Draws purchases and cash advances.
    func buy(
        _ customer: inout CreditCardCustomer, _ group: CreditCardGroup, _ wealth: Double,
        _ draws: RandomDraws, flaw: Flaw?
    ) {
        var shares = group.purchaseShares
        // There must be purchases of which to get the sum wrong.
        if flaw == .purchasesBelowParts { shares[CreditCardGroup.Purchases.none.rawValue] = 0 }
        let kind =
            CreditCardGroup.Purchases(rawValue: draws.index(weights: shares, Draw.purchases))
            ?? .none
        switch kind {
        case .both: buy(&customer, kind, group.both, wealth, draws)
        case .instalments: buy(&customer, kind, group.instalments, wealth, draws)
        case .oneOff: buy(&customer, kind, group.oneOff, wealth, draws)
        case .none: break
        }
        if kind == .none || draws.uniform(Draw.cashAdvance) > 1 - group.cashAdvanceShare {
            borrow(&customer, group.cashAdvances, wealth, draws, flaw: flaw)
        }
    }

    private func buy(
        _ customer: inout CreditCardCustomer, _ kind: CreditCardGroup.Purchases,
        _ activity: CreditCardGroup.Activity, _ wealth: Double, _ draws: RandomDraws
    ) {
        let tenure = customer.tenure
        let months = activity.months.count(of: tenure, at: draws.uniform(Draw.purchaseMonths))
        let logMonths = Elementary.log(Double(months))
        let perMonth =
            activity.transactions.value(at: draws.normal(Draw.purchaseTransactions))
            * Elementary.exp(activity.pace * logMonths + 0.1 * wealth)
        let transactions = min(max(Int((Double(months) * perMonth).rounded()), months), 400)
        // Frequent buyers buy smaller things, wealthy ones dearer things.
        let ticket =
            activity.ticket.value(at: draws.normal(Draw.ticket))
            * Elementary.exp(0.15 * wealth - 0.25 * logMonths)
        let amount = ticket * Double(transactions)
        var oneOffMonths = kind == .instalments ? 0 : months
        // The first instalment often falls due in the month after the purchase.
        var instalmentMonths =
            kind == .oneOff ? 0 : max(1, months - (draws.uniform(Draw.lead) > 0.65 ? 1 : 0))
        var oneOffShare = kind == .oneOff ? 1.0 : 0
        if kind == .both {
            let odds = Elementary.exp(0.25 + 1.55 * draws.normal(Draw.oneOffShare))
            oneOffShare = odds / (1 + odds)
            let follow = Share(a: 0.6, b: 1.2).count(
                of: months, at: draws.uniform(Draw.follow))
            if oneOffShare < 0.74 {
                oneOffMonths = max(follow, months - instalmentMonths)
            } else {
                oneOffMonths = instalmentMonths
                instalmentMonths = max(follow, months - oneOffMonths)
            }
        }
        customer.purchasesTransactions = transactions
        customer.purchasesFrequency = CreditCardCustomer.frequency(months, of: tenure)
        customer.oneOffFrequency = CreditCardCustomer.frequency(oneOffMonths, of: tenure)
        customer.instalmentFrequency = CreditCardCustomer.frequency(instalmentMonths, of: tenure)
        if kind != .instalments {
            customer.oneOffPurchases = price(amount * oneOffShare, draws, Draw.oneOffRounding)
        }
        if kind != .oneOff {
            customer.instalmentPurchases = price(
                amount * (1 - oneOffShare), draws, Draw.instalmentRounding)
        }
    }

    private func borrow(
        _ customer: inout CreditCardCustomer, _ borrowing: CreditCardGroup.Borrowing,
        _ wealth: Double, _ draws: RandomDraws, flaw: Flaw?
    ) {
        let tenure = customer.tenure
        let likelyMonths = borrowing.months.value(at: draws.normal(Draw.cashMonths)).rounded()
        var months = min(max(Int(likelyMonths), 1), tenure)
        if flaw == .cashMonthsAboveTenure {
            // Up to half as many again as there are months.
            months = draws.integer(in: tenure + 1..<tenure * 3 / 2 + 1, Draw.flaw)
        }
        let perMonth =
            borrowing.transactions.value(at: draws.normal(Draw.cashTransactions))
            * Elementary.exp(0.1 * Elementary.log(Double(months)))
        let transactions = min(max(Int((Double(months) * perMonth).rounded()), months), 150)
        // Who draws often draws less at a time, who is wealthy more.
        let ticket =
            borrowing.ticket.value(at: draws.normal(Draw.cashTicket))
            * Elementary.exp(0.4 * wealth - 0.3 * Elementary.log(Double(transactions)))
        customer.cashAdvanceTransactions = transactions
        customer.cashAdvanceFrequency = CreditCardCustomer.frequency(months, of: tenure)
        // The smallest advance is 14 units.
        customer.cashAdvance = millionths(max(ticket, 14) * Double(transactions))
    }

    /// Prices are in hundredths, a fifth of the sums in whole units, and never nothing.
    private func price(_ amount: Double, _ draws: RandomDraws, _ draw: Draw) -> Int64 {
        let rounding = draws.uniform(draw)
        let step: Int64 = rounding < 0.20 ? 100 : rounding < 0.28 ? 10 : 1
        let steps = Int64((amount * 100 / Double(step)).rounded())
        return max(steps, 1) * step * (CSVBytes.millionthsPerUnit / 100)
    }

    func millionths(_ amount: Double) -> Int64 {
        Int64((amount * Double(CSVBytes.millionthsPerUnit)).rounded())
    }
}
