/// The one table of parameters of the mass-affluent twin, from aggregates of the original: shares of
/// levels, quantiles, and one rank correlation.
enum MassAffluentParameters {
    /// Ages are those of the end of this year.
    static let lastYear = 2022
    /// At every twentieth; the oldest stands for one in some thousands.
    static let age = Quantiles(
        [
            20, 24, 27, 29.2, 33, 35, 37.5, 41, 43, 44.2, 45.2, 46.4, 48, 49.6, 52, 54, 57, 60, 63,
            66, 69, 92,
        ], at: (0..<20).map { Double($0) / 20 } + [0.9995, 1])
    static let purchases = Quantiles([0, 1.5, 5.5, 10, 24, 49, 74, 90, 95.5, 99.5, 100])
    /// Years from 1 to 22.
    static let tenure = Levels(
        (1...22).map(String.init),
        weights: [
            165, 150, 160, 191, 228, 192, 235, 211, 200, 218, 220, 202, 191, 200, 178, 215, 182,
            208,
            159, 94, 54, 55,
        ])
    static let ageLoadings = Loadings(0.67)
    static let tenureLoadings = Loadings(0.67)

    static let female = 0.521
    static let carOwners = 0.504
    static let withoutFamilyName = 0.031
    static let withoutTitle = 0.1265
    static let wealth = Levels([
        "Mass Customer": 1951, "High Net Worth": 995, "Affluent Customer": 962,
    ])
    /// With the original's misspelling, and its own text for what is missing.
    static let industry = Levels([
        "Manufacturing": 796, "Financial Services": 766, "n/a": 655, "Health": 596, "Retail": 358,
        "Property": 266, "IT": 150, "Entertainment": 136, "Argiculture": 113,
        "Telecommunications": 72,
    ])
    /// Of customers whose gender is not known.
    static let industryOfUnknown = Levels([
        "IT": 73, "Financial Services": 8, "Health": 6, "Property": 1,
    ])

    // MARK: By state

    static let states = Levels(["NSW": 2089, "VIC": 998, "QLD": 821])
    static let spelledOut = [
        "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland",
    ]
    static let spelledOutShare = [0.040, 0.080, 0]
    static let postcodes = [2000..<2881, 3000..<3997, 4000..<4884]
    /// Property valuations from 1 to 12.
    static let valuations = [
        [63, 37, 45, 64, 71, 72, 185, 349, 423, 401, 224, 155],
        [42, 37, 40, 53, 63, 80, 151, 167, 144, 141, 48, 32],
        [46, 64, 97, 94, 89, 80, 144, 112, 67, 21, 5, 2],
    ].map { Levels((1...12).map(String.init), weights: $0) }

    static var planted: [PlantedFigure] {
        let shares = states.names.map { states.share(of: $0) }
        let valuation = zip(shares, valuations).reduce(0) { sum, state in
            sum + state.0 * state.1.mean { Double($0 + 1) }
        }
        return [
            // Ages and purchases are cut to whole numbers.
            PlantedFigure(name: "mean AGE", value: age.mean - 0.5),
            PlantedFigure(name: "mean purchases", value: purchases.mean - 0.5),
            PlantedFigure(name: "mean tenure", value: tenure.mean { Double($0 + 1) }),
            PlantedFigure(name: "mean property_valuation", value: valuation),
            PlantedFigure(name: "share of Owns_Car Yes", value: carOwners),
            PlantedFigure(name: "share of gender Female", value: female),
        ] + wealth.planted("wealth_segment")
            + states.names.map {
                PlantedFigure(
                    name: "share of State \(spelledOut[$0] ?? $0)", value: states.share(of: $0))
            }
    }
}
