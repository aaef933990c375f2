/// How the customers of one behavioural group live with their card. Amounts are in units of the
/// currency, spreads are standard deviations of a natural logarithm.
struct CreditCardGroup: Sendable {
    /// What a customer buys in a year: on one payment, by instalments, both, or nothing.
    enum Purchases: Int, Sendable { case both, instalments, oneOff, none }

    /// Purchases of one kind.
    struct Activity: Sendable {
        /// Months with such an activity, as a share of the tenure.
        var months: Share
        /// Transactions in such a month for who has only one; there is at least one.
        var transactions: LogNormal
        /// Elasticity of transactions in a month to the number of months.
        var pace = 0.1
        /// Amount of a transaction for who has one such month.
        var ticket: LogNormal
    }

    /// Cash advances.
    struct Borrowing: Sendable {
        /// Months with an advance, at least one.
        var months: LogNormal
        /// Advances in such a month for who has only one; there is at least one.
        var transactions: LogNormal
        /// Amount of an advance for who has only one.
        var ticket: LogNormal
    }

    /// How a customer pays.
    struct Habit: Sendable {
        enum Balance: Sendable {
            /// Share of the credit limit.
            case ofLimit(Share)
            /// Part of the year's spending.
            case ofSpending(LogNormal)
        }

        var share: Double
        var balance: Balance
        /// Months in which the balance changed, as a share of 11.
        var balanceMonths: Share
        var payments: Payments
        /// Who paid in full at all, and in which share of months.
        var everPaidInFull: Double
        var monthsPaidInFull: Share
    }

    /// ln payments = constant + elasticity · ln spending + wealth · w + spread · z.
    struct Payments: Sendable {
        var constant: Double
        var elasticity: Double
        var wealth: Double
        var spread: Double
    }

    var name: String
    /// Of 8,950 customers.
    var count: Double
    /// Share of customers who have been with the bank for at least twelve months.
    var fullTenure: Double
    var creditLimit: LogNormal
    /// Shares of both, instalments, one-off and none.
    var purchaseShares: [Double]
    var both: Activity
    var instalments: Activity
    var oneOff: Activity
    /// Share of buyers who take cash advances as well; who doesn't buy, always does.
    var cashAdvanceShare: Double
    var cashAdvances: Borrowing
    var habits: [Habit]
}
