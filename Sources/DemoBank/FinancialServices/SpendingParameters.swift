/// The one table of parameters of the customers who spend, from aggregates of the original.
enum SpendingParameters {
    static let cities = Levels([
        "Mumbai": 1078, "Chennai": 834, "Bengaluru": 751, "Delhi NCR": 744, "Hyderabad": 593,
    ])
    static let ageGroups = ["21-24", "25-34", "35-45", "45+"]

    struct Occupation: Sendable {
        var name: String
        var count: Double
        /// By age group: weights, mean incomes and their standard deviations.
        var ages: [Double]
        var incomes: [Double]
        var spreads: [Double]
    }

    static let occupations = [
        Occupation(
            name: "Salaried IT Employees", count: 1294, ages: [266, 460, 420, 148],
            incomes: [48_220, 62_200, 66_050, 70_260], spreads: [1610, 1920, 2670, 3520]),
        Occupation(
            name: "Salaried Other Employees", count: 893, ages: [157, 324, 304, 108],
            incomes: [30_140, 38_880, 41_380, 43_840], spreads: [1170, 1390, 1770, 2300]),
        Occupation(
            name: "Freelancers", count: 784, ages: [111, 281, 306, 86],
            incomes: [27_090, 34_830, 36_990, 39_220], spreads: [1040, 1280, 1650, 1910]),
        Occupation(
            name: "Business Owners", count: 630, ages: [91, 239, 155, 145],
            incomes: [53_840, 68_930, 74_000, 78_040], spreads: [1980, 2330, 3090, 3900]),
        Occupation(
            name: "Government Employees", count: 399, ages: [66, 194, 88, 51],
            incomes: [40_480, 52_390, 55_720, 59_270], spreads: [1220, 1360, 2110, 2580]),
    ]
    static let occupation = Levels(occupations.map(\.name), weights: occupations.map(\.count))
    static let men = 0.649
    /// By age group.
    static let married = [0.29, 0.81, 0.94, 0.98]

    // MARK: Spending

    static let months = Levels([
        "May": 697, "June": 661, "July": 638, "August": 646, "September": 673, "October": 684,
    ])
    static let monthFactors = [0.74, 0.90, 0.89, 1.20, 1.37, 0.91]
    static let categories = Levels([
        "Apparel": 511, "Travel": 459, "Health & Wellness": 457, "Groceries": 444,
        "Electronics": 441, "Bills": 436, "Food": 422, "Entertainment": 416, "Others": 413,
    ])
    static let categoryMeans = [343, 590, 755, 921, 822, 1021, 472, 432, 167.0]
    static let payments = Levels([
        "Net Banking": 1033, "Debit Card": 1029, "UPI": 988, "Credit Card": 949,
    ])
    static let paymentFactors = [0.40, 0.93, 1.07, 1.64]
    /// Of the natural logarithm, within a month, category and payment type.
    static let spread = 0.62

    static var planted: [PlantedFigure] {
        let mean =
            categories.mean { categoryMeans[$0] } * months.mean { monthFactors[$0] }
            * payments.mean { paymentFactors[$0] }
        return [PlantedFigure(name: "mean spend", value: mean)] + cities.planted("city")
            + occupation.planted("occupation")
    }
}
