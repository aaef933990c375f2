/// A planted group of customers who behave alike, by the parameters of their behaviour.
///
/// Customers spread around these values so widely that the groups overlap.
struct BankSegment: Sendable {
    let name: String
    /// The probability that a customer begins in it.
    let share: Double
    /// Purchases a month.
    let purchases: LogNormal
    /// The usual amount of a purchase.
    let ticket: LogNormal
    /// The share of purchases made online or in the app.
    let digital: LogitNormal
    /// The share of purchases that are travel or meals out.
    let travel: LogitNormal
    /// Cash withdrawals a month.
    let withdrawals: LogNormal
    /// On all deposit accounts together.
    let deposits: LogNormal
    /// The used share of the credit cards' limits.
    let utilisation: LogitNormal
    /// How many products are held, on average.
    let products: Double
    /// How strongly each product but the current account is wanted, in the order of `BankProduct`.
    let wants: [Double]
    /// Age in years of those who work.
    let age: (mean: Double, deviation: Double)
    /// Income in proportion to what is usual in the occupation.
    let incomeFactor: Double
    /// What changes an occupation's weight.
    let occupations: [BankOccupation: Double]
    /// The probability of a default in a month.
    let monthlyDefault: Double
    let marketingConsent: Double

    private init(
        _ name: String, share: Double, purchases: Double, ticket: Double, digital: Double,
        travel: Double, withdrawals: Double, deposits: Double, utilisation: Double,
        products: Double, wants: [Double], age: (mean: Double, deviation: Double),
        incomeFactor: Double, occupations: [BankOccupation: Double],
        monthlyDefault: Double = 0.0005, marketingConsent: Double = 0.45
    ) {
        self.name = name
        self.share = share
        self.purchases = LogNormal(median: purchases, spread: 0.38)
        self.ticket = LogNormal(median: ticket, spread: 0.38)
        self.digital = LogitNormal(median: digital, spread: 0.64)
        self.travel = LogitNormal(median: travel, spread: 0.5)
        self.withdrawals = LogNormal(median: withdrawals, spread: 0.5)
        self.deposits = LogNormal(median: deposits, spread: 0.92)
        self.utilisation = LogitNormal(median: utilisation, spread: 0.76)
        self.products = products
        self.wants = wants
        self.age = age
        self.incomeFactor = incomeFactor
        self.occupations = occupations
        self.monthlyDefault = monthlyDefault
        self.marketingConsent = marketingConsent
    }

    static let digitalNatives = 2
    static let carefulSavers = 1
    static let creditReliant = 3
    static let travellers = 4
    static let privateClients = 5

    /// From the largest to the smallest.
    static let all = [
        BankSegment(
            "Everyday households", share: 0.33, purchases: 3.4, ticket: 42, digital: 0.22,
            travel: 0.10, withdrawals: 2.0, deposits: 3500, utilisation: 0.20, products: 2.6,
            wants: [4, 3, 0.5, 0.4, 1, 1.2, 0.2], age: (44, 11), incomeFactor: 1,
            occupations: [:]),
        BankSegment(
            "Careful savers", share: 0.22, purchases: 1.8, ticket: 38, digital: 0.14,
            travel: 0.10, withdrawals: 1.4, deposits: 38_000, utilisation: 0.05, products: 3,
            wants: [1.5, 5, 3, 1.5, 0.2, 0.6, 0.1], age: (54, 9), incomeFactor: 1.05,
            occupations: [.retired: 7, .publicService: 1.4, .student: 0.2]),
        BankSegment(
            "Digital natives", share: 0.18, purchases: 4.2, ticket: 30, digital: 0.82,
            travel: 0.14, withdrawals: 0.35, deposits: 1800, utilisation: 0.22, products: 2.2,
            wants: [4, 2, 0.2, 1, 0.8, 0.3, 0.2], age: (28, 6), incomeFactor: 0.9,
            occupations: [.student: 4, .engineering: 2, .retired: 0.05], marketingConsent: 0.7),
        BankSegment(
            "Credit reliant", share: 0.14, purchases: 2.6, ticket: 38, digital: 0.40,
            travel: 0.08, withdrawals: 3.0, deposits: 500, utilisation: 0.80, products: 3.4,
            wants: [40, 0.6, 0.1, 0.1, 5, 0.8, 2], age: (38, 9), incomeFactor: 0.85,
            occupations: [.retail: 2, .trades: 1.6, .retired: 0.4], monthlyDefault: 0.005),
        BankSegment(
            "Frequent travellers", share: 0.09, purchases: 5.0, ticket: 95, digital: 0.62,
            travel: 0.52, withdrawals: 0.9, deposits: 12_000, utilisation: 0.42, products: 3.8,
            wants: [40, 3, 0.6, 1.5, 0.5, 1.2, 3], age: (41, 9), incomeFactor: 1.5,
            occupations: [.engineering: 2, .office: 1.5, .student: 0.3]),
        BankSegment(
            "Private clients", share: 0.04, purchases: 3.2, ticket: 260, digital: 0.42,
            travel: 0.28, withdrawals: 0.7, deposits: 260_000, utilisation: 0.08, products: 6,
            wants: [5, 5, 4, 6, 0.3, 2, 1.5], age: (55, 9), incomeFactor: 2.6,
            occupations: [.selfEmployed: 4, .retired: 2, .student: 0, .retail: 0.3],
            monthlyDefault: 0.0001),
    ]
}

/// A share between 0 and 1 whose logit is normal.
struct LogitNormal: Sendable {
    var median: Double
    /// Standard deviation of the logit.
    var spread: Double

    func value(at normal: Double) -> Double {
        let odds = median / (1 - median) * Elementary.exp(spread * min(max(normal, -2.4), 2.4))
        return odds / (1 + odds)
    }
}

/// What a customer does, with what is usually earned in it.
enum BankOccupation: String, CaseIterable, Sendable {
    case office = "Office work"
    case trades = "Trades"
    case health = "Health care"
    case education = "Education"
    case engineering = "Engineering"
    case retail = "Retail"
    case publicService = "Public service"
    case selfEmployed = "Self-employed"
    case student = "Student"
    case retired = "Retired"

    var weight: Double {
        switch self {
        case .office: 0.20
        case .trades: 0.13
        case .health: 0.11
        case .education: 0.08
        case .engineering: 0.09
        case .retail: 0.12
        case .publicService: 0.09
        case .selfEmployed: 0.08
        case .student: 0.05
        case .retired: 0.05
        }
    }

    /// A year, before taxes.
    var medianIncome: Double {
        switch self {
        case .office: 46_000
        case .trades: 41_000
        case .health: 52_000
        case .education: 48_000
        case .engineering: 64_000
        case .retail: 31_000
        case .publicService: 47_000
        case .selfEmployed: 55_000
        case .student: 11_000
        case .retired: 28_000
        }
    }
}

/// What can be held besides the current account that everybody has.
enum BankProduct: Int, CaseIterable, Sendable {
    case creditCard, savings, termDeposit, investment, personalLoan, mortgage, secondCard

    /// The type of the account; nil for cards.
    var accountType: StaticString? {
        switch self {
        case .creditCard, .secondCard: nil
        case .savings: "Savings"
        case .termDeposit: "Term deposit"
        case .investment: "Investment"
        case .personalLoan: "Personal loan"
        case .mortgage: "Mortgage"
        }
    }
}
