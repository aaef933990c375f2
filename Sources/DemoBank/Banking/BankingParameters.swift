/// The one table of parameters of the banking twin, from aggregates of the original: shares of
/// levels, quantiles to two or three digits, and rank correlations.
enum BankingParameters {
    // MARK: Levels

    static let nationality = Levels([
        "European": 1309, "Asian": 754, "American": 507, "Australian": 254, "African": 176,
    ])
    static let fees = Levels(["High": 1476, "Mid": 962, "Low": 562])
    static let loyalty = Levels(["Jade": 1331, "Silver": 767, "Gold": 585, "Platinum": 317])
    static let cards = Levels(["1": 1922, "2": 765, "3": 313])
    static let properties = Levels(["0": 705, "1": 776, "2": 777, "3": 742])
    static let risk = Levels(["1": 836, "2": 1222, "3": 460, "4": 322, "5": 160])
    static let relationship = Levels([
        "Retail": 660, "Institutional": 495, "Private Bank": 1352, "Commercial": 493,
    ])
    static let gender = Levels(["Male": 1488, "Female": 1512])
    /// Twelve advisors have twice as many clients as the other ten.
    static let advisor = Levels(
        (0..<22).map { InventedNames.person(5000 + 331 * $0) },
        weights: (0..<22).map { $0 < 4 || (7..<15).contains($0) ? 2 : 1 })
    static let contact = Levels(even: (0..<49).map { InventedNames.person(900 + 467 * $0) })

    // MARK: Amounts

    static let age = Quantiles(
        [17, 18, 20, 24, 34, 51, 69, 79, 82, 85, 86])
    /// Days before the last day, 2021-12-31: the bands are those of the page.
    static let daysWithBank = Quantiles(
        [0, 365, 1825, 3650, 7300, 9860], at: [0, 0.065, 0.281, 0.474, 0.828, 1])
    static let lastDay = CalendarDay(year: 2021, month: 12, day: 31)

    static let income = Quantiles([
        16_000, 23_400, 37_300, 50_800, 82_900, 142_000, 242_000, 341_000, 394_000, 476_000,
        522_000,
    ])
    static let superannuation = Quantiles([
        1480, 2320, 4520, 6560, 12_500, 22_400, 35_500, 50_100, 57_300, 67_800, 76_000,
    ])
    static let cardBalance = Quantiles([
        1.2, 52, 269, 503, 1240, 2560, 4520, 6720, 8140, 10_900, 14_000,
    ])
    static let loan = Quantiles([
        900, 27_000, 73_000, 117_000, 244_000, 484_000, 830_000, 1_255_000, 1_505_000, 2_000_000,
        2_670_000,
    ])
    static let deposits = Quantiles([
        4000, 24_000, 63_000, 102_000, 210_000, 470_000, 950_000, 1_570_000, 2_060_000, 3_010_000,
        3_890_000,
    ])
    static let checking = Quantiles([
        2500, 14_000, 36_000, 57_000, 124_000, 246_000, 438_000, 703_000, 892_000, 1_345_000,
        1_970_000,
    ])
    static let savings = Quantiles([
        1500, 8600, 22_000, 36_000, 77_000, 166_000, 318_000, 518_000, 700_000, 1_175_000,
        1_720_000,
    ])
    static let foreignCurrency = Quantiles([
        45, 464, 2610, 5130, 11_900, 24_400, 42_000, 61_800, 76_800, 103_000, 125_000,
    ])
    static let businessLending = Quantiles([
        3000, 63_000, 128_000, 195_000, 379_000, 715_000, 1_190_000, 1_780_000, 2_160_000,
        2_890_000, 3_830_000,
    ])
    /// Who has none: of loans, of all three accounts at once, of business loans.
    static let withoutLoan = 0.009
    static let withoutAccounts = 0.0113
    static let withoutBusinessLoan = 0.0047

    // MARK: What goes together

    /// Three factors: means, what a bank makes of an income, and the accounts among themselves.
    static let incomeLoadings = Loadings(0.50, 0.52, 0)
    static let superannuationLoadings = Loadings(0.42, 0.32, 0)
    static let riskLoadings = Loadings(0.72, 0.66, 0)
    static let cardLoadings = Loadings(0.52, 0, 0)
    static let loanLoadings = Loadings(0.56, 0, 0)
    static let businessLoadings = Loadings(0.64, 0, 0)
    static let foreignLoadings = Loadings(0.56, 0, 0)
    static let depositLoadings = Loadings(0.61, 0, 0.78)
    static let checkingLoadings = Loadings(0.49, 0.1, 0.75)
    static let savingsLoadings = Loadings(0.46, 0.1, 0.66)

    // MARK: Flaws

    /// So many ids of 3,000 rows are shared, by two people each and one of them by three.
    static let sharedIdentifiers = 59

    static var planted: [PlantedFigure] {
        [
            PlantedFigure(name: "mean Estimated Income", value: income.mean),
            PlantedFigure(name: "mean Bank Loans", value: loan.mean * (1 - withoutLoan)),
            PlantedFigure(
                name: "mean Business Lending",
                value: businessLending.mean * (1 - withoutBusinessLoan)),
            PlantedFigure(name: "mean Credit Card Balance", value: cardBalance.mean),
            PlantedFigure(
                name: "mean of all accounts",
                value: (deposits.mean + checking.mean + savings.mean) * (1 - withoutAccounts)
                    + foreignCurrency.mean),
        ] + loyalty.planted("Loyalty Classification") + risk.planted("Risk Weighting")
            + relationship.planted("Banking Relationship") + gender.planted("Gender")
            + nationality.planted("Nationality") + fees.planted("Fee Structure")
    }
}
