extension CreditCardGroup {
    /// The four groups. Amounts are a year's, in units of the currency.
    ///
    /// The numbers are aggregates of the original file, taken within the segments of the reference
    /// project's `published` K-Means: shares of customers, medians and spreads of logarithms,
    /// maximum-likelihood fits of Kumaraswamy's distribution, least-squares lines for payments.
    /// Counts, tickets and transactions were then moved by up to a fifth, since a K-Means on the
    /// twin cuts the groups a second time: with these it finds segments like the original's. No row
    /// of the original enters the twin.
    static let all = [lowTouchExplorers, transitional, activeRetailers, liquidityHoldouts]

    /// Buy often and draw cash; owe much.
    private static let lowTouchExplorers = CreditCardGroup(
        name: "Low Touch Explorers", count: 1235, fullTenure: 0.826,
        creditLimit: LogNormal(median: 4480, spread: 1.0),
        purchaseShares: [0.620, 0.200, 0.180, 0],
        both: Activity(
            months: Share(a: 2.60, b: 1.28, whole: 0.27),
            transactions: LogNormal(median: 0.66, spread: 0.64), pace: 0.65,
            ticket: LogNormal(median: 88.3, spread: 0.57)),
        instalments: Activity(
            months: Share(a: 2.75, b: 2.20, whole: 0.33),
            transactions: LogNormal(median: 0.8, spread: 0.96),
            ticket: LogNormal(median: 60.4, spread: 0.79)),
        oneOff: Activity(
            months: Share(a: 1.98, b: 3.48, whole: 0.11),
            transactions: LogNormal(median: 1.54, spread: 0.76),
            ticket: LogNormal(median: 114, spread: 0.73)),
        cashAdvanceShare: 1,
        cashAdvances: Borrowing(
            months: LogNormal(median: 3.4, spread: 0.62),
            transactions: LogNormal(median: 1.69, spread: 0.57),
            ticket: LogNormal(median: 410, spread: 0.68)),
        habits: [
            Habit(
                share: 0.97, balance: .ofLimit(Share(a: 1.45, b: 1.03)),
                balanceMonths: Share(a: 9.8, b: 6.6, whole: 0.86),
                payments: Payments(constant: 0.66, elasticity: 0.84, wealth: 0.09, spread: 0.77),
                everPaidInFull: 0.23, monthsPaidInFull: Share(a: 1.0, b: 5)),
            Habit(
                share: 0.03, balance: .ofSpending(LogNormal(median: 0.08, spread: 0.7)),
                balanceMonths: Share(a: 2.9, b: 1.8, whole: 0.69),
                payments: Payments(constant: -0.13, elasticity: 1.01, wealth: 0.04, spread: 0.62),
                everPaidInFull: 1, monthsPaidInFull: Share(a: 5, b: 1.5, whole: 0.16)),
        ])

    /// Use the card a few times a year; many hardly owe anything.
    private static let transitional = CreditCardGroup(
        name: "Transitional Group", count: 1985, fullTenure: 0.852,
        creditLimit: LogNormal(median: 2456, spread: 1.0),
        purchaseShares: [0.087, 0.282, 0.384, 0.247],
        both: Activity(
            months: Share(a: 2.63, b: 21.7),
            transactions: LogNormal(median: 0.663, spread: 0.66), pace: 0.5,
            ticket: LogNormal(median: 85.8, spread: 0.78)),
        instalments: Activity(
            months: Share(a: 1.59, b: 5.64),
            transactions: LogNormal(median: 0.45, spread: 0.8),
            ticket: LogNormal(median: 49.8, spread: 0.88)),
        oneOff: Activity(
            months: Share(a: 0.87, b: 6.63),
            transactions: LogNormal(median: 0.63, spread: 0.92),
            ticket: LogNormal(median: 131, spread: 1.24)),
        cashAdvanceShare: 0.14,
        cashAdvances: Borrowing(
            months: LogNormal(median: 1.15, spread: 0.65),
            transactions: LogNormal(median: 0.37, spread: 1.08),
            ticket: LogNormal(median: 174, spread: 1.12)),
        habits: [
            Habit(
                share: 0.52, balance: .ofLimit(Share(a: 1.09, b: 0.76)),
                balanceMonths: Share(a: 2.4, b: 1.7, whole: 0.87),
                payments: Payments(constant: 5.84, elasticity: 0.09, wealth: 0.40, spread: 0.79),
                everPaidInFull: 0.04, monthsPaidInFull: Share(a: 1, b: 5)),
            Habit(
                share: 0.23, balance: .ofSpending(LogNormal(median: 0.11, spread: 1.26)),
                balanceMonths: Share(a: 1.98, b: 2.89, whole: 0.13),
                payments: Payments(constant: 2.40, elasticity: 0.70, wealth: 0.13, spread: 0.84),
                everPaidInFull: 1, monthsPaidInFull: Share(a: 1.0, b: 2.5, whole: 0.23)),
            Habit(
                share: 0.25, balance: .ofSpending(LogNormal(median: 0.13, spread: 1.44)),
                balanceMonths: Share(a: 1.35, b: 2.67, whole: 0.16),
                payments: Payments(constant: 3.06, elasticity: 0.51, wealth: 0.18, spread: 1.08),
                everPaidInFull: 0, monthsPaidInFull: Share(a: 1, b: 1)),
        ])

    /// Buy month after month, and half of them pay it back at once.
    private static let activeRetailers = CreditCardGroup(
        name: "Active Retailers", count: 3725, fullTenure: 0.889,
        creditLimit: LogNormal(median: 3430, spread: 1.0),
        purchaseShares: [0.508, 0.366, 0.126, 0],
        both: Activity(
            months: Share(a: 3.17, b: 1.52, whole: 0.45),
            transactions: LogNormal(median: 0.57, spread: 0.69), pace: 0.65,
            ticket: LogNormal(median: 99.9, spread: 0.63)),
        instalments: Activity(
            months: Share(a: 4.21, b: 2.11, whole: 0.50),
            transactions: LogNormal(median: 0.70, spread: 0.88),
            ticket: LogNormal(median: 68.9, spread: 0.80)),
        oneOff: Activity(
            months: Share(a: 2.09, b: 2.04, whole: 0.24),
            transactions: LogNormal(median: 1.25, spread: 0.78),
            ticket: LogNormal(median: 130, spread: 0.84)),
        cashAdvanceShare: 0.13,
        cashAdvances: Borrowing(
            months: LogNormal(median: 0.9, spread: 0.5),
            transactions: LogNormal(median: 0.42, spread: 1.2),
            ticket: LogNormal(median: 236, spread: 1.12)),
        habits: [
            Habit(
                share: 0.45, balance: .ofLimit(Share(a: 0.74, b: 0.61)),
                balanceMonths: Share(a: 5.3, b: 3.3, whole: 0.90),
                payments: Payments(constant: 3.07, elasticity: 0.55, wealth: 0.22, spread: 0.76),
                everPaidInFull: 0.04, monthsPaidInFull: Share(a: 1, b: 5)),
            Habit(
                share: 0.48, balance: .ofSpending(LogNormal(median: 0.10, spread: 0.75)),
                balanceMonths: Share(a: 4.8, b: 3.0, whole: 0.66),
                payments: Payments(constant: 0.67, elasticity: 0.91, wealth: 0.10, spread: 0.43),
                everPaidInFull: 1, monthsPaidInFull: Share(a: 1.1, b: 1.4, whole: 0.20)),
            Habit(
                share: 0.07, balance: .ofSpending(LogNormal(median: 0.10, spread: 1.68)),
                balanceMonths: Share(a: 1.5, b: 1.7, whole: 0.39),
                payments: Payments(constant: 0.17, elasticity: 0.97, wealth: 0, spread: 0.53),
                everPaidInFull: 0, monthsPaidInFull: Share(a: 1, b: 1)),
        ])

    /// Draw cash and hardly buy.
    private static let liquidityHoldouts = CreditCardGroup(
        name: "The Liquidity Holdouts", count: 2005, fullTenure: 0.777,
        creditLimit: LogNormal(median: 3470, spread: 1.0),
        purchaseShares: [0.013, 0.036, 0.190, 0.761],
        both: Activity(
            months: Share(a: 2.97, b: 125),
            transactions: LogNormal(median: 0.859, spread: 0.76), pace: 0.5,
            ticket: LogNormal(median: 117, spread: 1.05)),
        instalments: Activity(
            months: Share(a: 1.89, b: 24),
            transactions: LogNormal(median: 0.3, spread: 1.15),
            ticket: LogNormal(median: 52.7, spread: 0.91)),
        oneOff: Activity(
            months: Share(a: 1.18, b: 16.8),
            transactions: LogNormal(median: 0.73, spread: 0.87),
            ticket: LogNormal(median: 111, spread: 0.98)),
        cashAdvanceShare: 1,
        cashAdvances: Borrowing(
            months: LogNormal(median: 2.85, spread: 0.66),
            transactions: LogNormal(median: 1.54, spread: 0.62),
            ticket: LogNormal(median: 472, spread: 0.75)),
        habits: [
            Habit(
                share: 0.95, balance: .ofLimit(Share(a: 1.68, b: 1.20)),
                balanceMonths: Share(a: 3.9, b: 2.4, whole: 0.75),
                payments: Payments(constant: 4.05, elasticity: 0.39, wealth: 0.31, spread: 0.94),
                everPaidInFull: 0.17, monthsPaidInFull: Share(a: 1.0, b: 6)),
            Habit(
                share: 0.05, balance: .ofSpending(LogNormal(median: 0.09, spread: 1.2)),
                balanceMonths: Share(a: 1.7, b: 2.6, whole: 0.2),
                payments: Payments(constant: 3.66, elasticity: 0.64, wealth: 0.27, spread: 0.52),
                everPaidInFull: 0.7, monthsPaidInFull: Share(a: 2, b: 2, whole: 0.15)),
        ])
}
