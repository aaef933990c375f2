/// The one table of parameters of the aurora-dashboard twin but for the merchants' categories, from
/// aggregates of the original.
enum AuroraParameters {
    static let age = Quantiles([18, 18.3, 19.4, 22, 30, 44, 58, 71, 81, 90, 100])
    static let retirementAge = Quantiles([50, 56, 60, 62, 65, 66.5, 68.7, 71, 72.5, 74.8, 80])
    static let women = 0.508
    static let apartments = 0.264
    static let score = Quantiles([480, 520, 589, 620, 681, 712, 753, 793, 815, 850, 851])
    /// Of whoever lives in the postcode; nobody does in a few.
    static let perHead = Quantiles([
        3000, 9700, 12_800, 14_300, 16_900, 20_700, 26_400, 34_300, 41_900, 60_700, 120_000,
    ])
    static let withoutPerHead = 0.0075
    /// What a person earns as a multiple of that.
    static let ratio = 2.039
    static let retiredRatio = Quantiles(
        [0.67, 0.72, 1.27, 1.6, 1.93, 2.37, 2.6], at: [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])

    /// What changes with age.
    struct Band: Sendable {
        var from: Int
        /// Total debt as a multiple of the yearly income.
        var debt: Quantiles
        /// Weights of 1 to 9 cards.
        var cards: [Double]
    }

    private static let parts = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]
    static let bands = [
        Band(
            from: 18,
            debt: Quantiles([0, 0, 0.47, 1.21, 1.58, 2.06, 2.61, 3.04, 3.5, 4], at: parts),
            cards: [134, 104, 62, 25, 9, 3, 0, 0, 0]),
        Band(
            from: 26,
            debt: Quantiles([0, 0.11, 0.44, 1.21, 1.59, 2.06, 2.62, 2.93, 3.3, 4], at: parts),
            cards: [108, 102, 73, 53, 13, 7, 0, 0, 1]),
        Band(
            from: 36,
            debt: Quantiles([0, 0.05, 0.37, 1.11, 1.53, 1.99, 2.37, 2.87, 3.2, 4], at: parts),
            cards: [59, 76, 95, 73, 24, 11, 2, 2, 0]),
        Band(
            from: 46,
            debt: Quantiles([0, 0, 0.31, 1.06, 1.56, 2.14, 2.66, 2.95, 3.5, 4], at: parts),
            cards: [66, 44, 112, 82, 47, 23, 10, 1, 0]),
        Band(
            from: 56,
            debt: Quantiles([0, 0.1, 0.35, 0.77, 1.45, 1.95, 2.53, 2.93, 3.6, 4], at: parts),
            cards: [29, 38, 75, 75, 42, 20, 6, 2, 1]),
        Band(
            from: 66,
            debt: Quantiles([0, 0.02, 0.11, 0.3, 0.51, 0.86, 1.95, 2.23, 2.5, 3], at: parts),
            cards: [15, 12, 21, 34, 32, 15, 5, 3, 0]),
        Band(
            from: 76,
            debt: Quantiles([0, 0, 0.01, 0.03, 0.06, 0.17, 0.64, 0.83, 1.1, 1.5], at: parts),
            cards: [5, 12, 11, 34, 39, 26, 17, 9, 1]),
    ]

    // MARK: Places

    /// The year in which a spreadsheet took latitudes for days.
    static let yearOfDamage = 2024

    struct State: Sendable {
        var name: String
        var count: Double
        /// The first digits of its postcodes, of which there are a thousand.
        var zip: Int
        /// Its middle in hundredths of a degree, and how far towns lie from it.
        var latitude: Int
        var longitude: Int
        var spread = 140.0
    }

    static let state = Levels(states.map(\.name), weights: states.map(\.count))

    // MARK: Cards

    struct Kind: Sendable {
        var brand: String
        var type: String
        var count: Double
        /// The first digit of its numbers.
        var digit: Int
    }

    static let kinds = [
        Kind(brand: "Mastercard", type: "Debit", count: 2191, digit: 5),
        Kind(brand: "Visa", type: "Debit", count: 1320, digit: 4),
        Kind(brand: "Visa", type: "Credit", count: 811, digit: 4),
        Kind(brand: "Mastercard", type: "Credit", count: 635, digit: 5),
        Kind(brand: "Amex", type: "Credit", count: 402, digit: 3),
        Kind(brand: "Mastercard", type: "Debit (Prepaid)", count: 383, digit: 5),
        Kind(brand: "Discover", type: "Credit", count: 209, digit: 6),
        Kind(brand: "Visa", type: "Debit (Prepaid)", count: 195, digit: 4),
    ]
    static let kind = Levels(kinds.map(\.brand), weights: kinds.map(\.count))
    private static let limitParts = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]
    static let limits = [
        "Debit": Quantiles(
            [0, 441, 2280, 4980, 11_000, 16_450, 23_500, 32_200, 39_600, 64_300, 130_000],
            at: limitParts),
        "Credit": Quantiles(
            [0, 0, 2800, 4600, 7200, 10_100, 13_900, 18_900, 22_100, 31_500, 60_000],
            at: limitParts),
        "Debit (Prepaid)": Quantiles(
            [0, 4, 21, 29, 51, 65, 80, 96, 102, 121, 145], at: limitParts),
    ]
    static let chips = 0.895
    static let cardsIssued = Levels(["1": 3114, "2": 2972, "3": 60])
    /// Months before March 2020 in which an account was opened, and behind it in which cards expire.
    static let monthsOpen = Quantiles([1, 1, 1, 1, 45, 119, 160, 199, 222, 267, 350])
    static let monthsToExpiry = Quantiles([-270, -160, -103, -60, 0, 19, 39, 51, 55, 58, 58.9])

    // MARK: Transactions

    /// For each customer.
    static let transactions = 2.4995
    /// The share of customers who buy at all, and how much more often some of them do than others.
    static let buyers = 0.62
    static let activity = 1.25
    static let insideState = 0.891
    static let abroad = Levels(["Mexico": 4, "Vatican City": 4, "Dominican Republic": 1])
    static let abroadShare = 0.0021
    static let errors = Levels([
        "Insufficient Balance": 47, "Bad PIN": 11, "Technical Glitch": 10, "Bad Expiration": 3,
        "Bad CVV": 2, "Bad Card Number": 1,
    ])
    static let errorShare = 0.0148
    static let refund = Quantiles([50, 98, 500], at: [0, 0.75, 1])
    /// By hour from midnight of the first day on; the sample ends in the 38th.
    static let hours = Levels(
        (0..<38).map(String.init),
        weights: [
            35, 34, 41, 28, 31, 43, 177, 205, 200, 216, 236, 241, 267, 233, 197, 203, 202, 140, 144,
            135, 145, 122, 143, 45, 42, 31, 16, 25, 20, 34, 139, 198, 174, 183, 197, 195, 208, 74,
        ])

    static var planted: [PlantedFigure] {
        let total = kinds.reduce(0) { $0 + $1.count }
        let credit = kinds.reduce(0) { $0 + ($1.type == "Credit" ? $1.count : 0) }
        return [
            PlantedFigure(name: "mean credit_score", value: score.mean - 0.5),
            PlantedFigure(name: "share of gender Female", value: women),
            PlantedFigure(name: "share of card_type Credit", value: credit / total),
            PlantedFigure(name: "transactions for each customer", value: transactions),
            PlantedFigure(
                name: "share of refunds",
                value: MerchantCategories.level.mean { MerchantCategories.all[$0].refunds }),
        ]
    }
}
