/// The one table of parameters of the twin of BankChurners.csv, from aggregates of the original.
enum ChurnParameters {
    /// How customers of one level of activity use their card. Spreads are of natural logarithms.
    struct Activity: Sendable {
        /// Amount and number of the transactions of a year.
        var amount: LogNormal
        var count: LogNormal
        /// How far the two go together.
        var correlation: Double
        /// Weights of 1 to 6 products.
        var products: [Double]
        /// Share of cards that are better than Blue.
        var betterCards: Double
    }

    /// Who stays, and who has left.
    struct Fate: Sendable {
        var flag: String
        var activities: [Activity]
        var weights: Levels
        /// Shares of customers who owe nothing, and who owe all that may be carried over.
        var nothingOwed: Double
        var mostOwed: Double
        var owed: Quantiles
        /// Weights of 0 to 6 months and contacts.
        var inactiveMonths: Levels
        var contacts: Levels
        var women: Double
        var amountChange: Quantiles
        var countChange: Quantiles
        /// What a model that knew the outcome says of the probability to leave.
        var score: LogNormal
    }

    static let attrition = 0.1607
    private static let tenth = Quantiles.usual
    private static let changes = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]

    static let staying = Fate(
        flag: "Existing Customer",
        activities: [
            Activity(
                amount: LogNormal(median: 1513, spread: 0.17),
                count: LogNormal(median: 35, spread: 0.26), correlation: 0.59,
                products: [0, 0, 25, 25, 25, 25], betterCards: 0.04),
            Activity(
                amount: LogNormal(median: 2566, spread: 0.15),
                count: LogNormal(median: 56.3, spread: 0.21), correlation: 0.54,
                products: [0, 0, 24, 25, 25, 26], betterCards: 0.06),
            Activity(
                amount: LogNormal(median: 4316, spread: 0.12),
                count: LogNormal(median: 74.3, spread: 0.13), correlation: 0.43,
                products: [5, 10, 22, 21, 21, 21], betterCards: 0.04),
            Activity(
                amount: LogNormal(median: 7917, spread: 0.07),
                count: LogNormal(median: 89.6, spread: 0.10), correlation: 0.40,
                products: [42, 40, 16, 2, 0, 0], betterCards: 0.23),
            Activity(
                amount: LogNormal(median: 14_660, spread: 0.07),
                count: LogNormal(median: 109.8, spread: 0.10), correlation: 0.23,
                products: [30, 32, 18, 10, 6, 4], betterCards: 0.21),
        ],
        weights: Levels(numbers: 5, [1735, 1109, 4431, 478, 747]),
        nothingOwed: 0.1855, mostOwed: 0.0412,
        owed: Quantiles([430, 580, 724, 1140, 1490, 1840, 2290, 2460, 2516], at: changes),
        inactiveMonths: Levels(numbers: 7, [14, 2133, 2777, 3020, 305, 146, 105]),
        contacts: Levels(numbers: 7, [392, 1391, 2824, 2699, 1077, 117, 0]), women: 0.521,
        amountChange: Quantiles(
            [0.26, 0.4, 0.5, 0.643, 0.743, 0.86, 1.14, 1.56, 3.4], at: changes),
        countChange: Quantiles(
            [0.03, 0.31, 0.45, 0.617, 0.721, 0.833, 1.09, 1.5, 3.7], at: changes),
        score: LogNormal(median: 0.00016, spread: 0.72))

    static let leaving = Fate(
        flag: "Attrited Customer",
        activities: [
            Activity(
                amount: LogNormal(median: 1320, spread: 0.37),
                count: LogNormal(median: 30.3, spread: 0.37), correlation: 0.86,
                products: [20, 24, 22, 12, 12, 10], betterCards: 0.06),
            Activity(
                amount: LogNormal(median: 2412, spread: 0.11),
                count: LogNormal(median: 43.4, spread: 0.15), correlation: 0.17,
                products: [10, 18, 26, 15, 16, 15], betterCards: 0.02),
            Activity(
                amount: LogNormal(median: 4854, spread: 0.14),
                count: LogNormal(median: 56.3, spread: 0.14), correlation: 0.41,
                products: [20, 26, 24, 12, 10, 8], betterCards: 0.20),
            Activity(
                amount: LogNormal(median: 8371, spread: 0.11),
                count: LogNormal(median: 69.8, spread: 0.13), correlation: 0.12,
                products: [15, 25, 27, 15, 10, 8], betterCards: 0.20),
        ],
        weights: Levels(numbers: 4, [471, 836, 99, 221]), nothingOwed: 0.549, mostOwed: 0.097,
        owed: Quantiles([132, 160, 240, 593, 1085, 1783, 2400, 2490, 2516], at: changes),
        inactiveMonths: Levels(numbers: 7, [15, 100, 505, 826, 130, 32, 19]),
        contacts: Levels(numbers: 7, [7, 108, 403, 681, 315, 59, 54]), women: 0.572,
        amountChange: Quantiles([0, 0.175, 0.35, 0.544, 0.7, 0.856, 1.03, 1.06, 1.5], at: changes),
        countChange: Quantiles([0, 0.09, 0.23, 0.4, 0.53, 0.69, 0.93, 1.14, 2.5], at: changes),
        score: LogNormal(median: 0.9957, spread: 0.0015))

    // MARK: Levels

    static let education = Levels([
        "Graduate": 3128, "High School": 2013, "Unknown": 1519, "Uneducated": 1487,
        "College": 1013, "Post-Graduate": 516, "Doctorate": 451,
    ])
    static let maritalStatus = Levels([
        "Married": 4687, "Single": 3943, "Unknown": 749, "Divorced": 748,
    ])
    static let incomes = [
        "Less than $40K", "$40K - $60K", "$60K - $80K", "$80K - $120K", "$120K +", "Unknown",
    ]
    static let incomeOfWomen = Levels(incomes, weights: [3284, 1014, 0, 0, 0, 1060])
    static let incomeOfMen = Levels(incomes, weights: [277, 776, 1402, 1535, 727, 52])
    /// How much more or less often than others customers of an income have a better card than Blue.
    static let betterCardFactors = [0.65, 0.94, 1.35, 1.34, 1.65, 0.88]
    /// Silver, Gold and Platinum by income.
    static let betterCards = [
        [130, 24, 4], [99, 15, 1], [96, 29, 4], [117, 21, 2], [60, 18, 4], [53, 9, 5],
    ].map { Levels(["Silver", "Gold", "Platinum"], weights: $0) }

    // MARK: Limits

    static let lowestLimit = 1438.3
    static let highestLimit = 34_516.0
    static let mostOwed = 2517.0
    /// Of a Blue card and of a better one, by income.
    static let blueLimits = [
        [1200, 1220, 1290, 1981, 2705, 3947, 7825, 9505, 9990],
        [1300, 1340, 1400, 2359, 3454, 5877, 11_370, 14_280, 14_990],
        [1400, 1438, 1790, 3384, 6784, 13_000, 21_700, 24_000, 24_700],
        [1400, 1438, 2080, 4994, 11_600, 21_300, 34_520, 34_600, 34_700],
        [1430, 1610, 2940, 7474, 15_770, 29_700, 46_000, 49_000, 50_000],
        [1400, 1438, 1620, 3054, 5798, 11_000, 22_000, 27_000, 30_000],
    ].map { Quantiles($0, at: changes) }
    static let betterLimits = [
        10_000...16_000, 15_000...24_000, 25_000...39_000, 34_516...34_600, 34_516...34_600,
        28_000...45_000,
    ].map { Quantiles([$0.lowerBound, $0.upperBound], at: [0, 1]) }

    // MARK: Ages

    static let age = Quantiles([26, 27.5, 33, 36, 41, 46.5, 52.5, 57.5, 60.5, 65.5, 70], at: tenth)
    /// Weights of 0 to 5 dependents, by tens of years of age.
    static let dependents = [
        Levels(numbers: 6, [120, 66, 9, 0, 0, 0]),
        Levels(numbers: 6, [195, 437, 590, 432, 162, 25]),
        Levels(numbers: 6, [61, 378, 1034, 1601, 1136, 351]),
        Levels(numbers: 6, [241, 748, 986, 699, 276, 48]),
        Levels(numbers: 6, [285, 209, 36, 0, 0, 0]),
    ]
    /// A quarter has been there for exactly 36 months, others for ten less than years of age.
    static let exactly36Months = 0.225
    static let monthsBelowAge = LogNormal(median: 10.4, spread: 0.40)

    static var planted: [PlantedFigure] {
        [
            PlantedFigure(name: "share of Attrited Customer", value: attrition),
            PlantedFigure(name: "mean Total_Trans_Amt", value: meanAmount),
        ] + education.planted("Education_Level") + maritalStatus.planted("Marital_Status")
    }

    private static var meanAmount: Double {
        func mean(_ fate: Fate) -> Double {
            fate.weights.mean { index in
                let amount = fate.activities[index].amount
                return amount.median * Elementary.exp(amount.spread * amount.spread / 2)
            }
        }
        return (1 - attrition) * mean(staying) + attrition * mean(leaving)
    }
}

extension Levels {
    /// The numbers 0, 1, 2 … with their weights.
    fileprivate init(numbers count: Int, _ weights: [Double]) {
        self.init((0..<count).map(String.init), weights: weights)
    }
}
