/// The invented country of the demo bank: eight states on an island where the map shows open ocean.
enum BankPlaces {
    struct State: Sendable {
        let name: StaticString
        let weight: Double
        let latitude: Double
        let longitude: Double
        let branches: Int
    }

    /// A rival bank has opened here, and more customers leave than elsewhere.
    static let contested = 3

    static let states = [
        State(name: "Aldmoor", weight: 0.22, latitude: -40.6, longitude: -125.2, branches: 12),
        State(name: "Brackwater", weight: 0.18, latitude: -41.8, longitude: -123.9, branches: 10),
        State(name: "Corvale", weight: 0.15, latitude: -42.9, longitude: -125.6, branches: 8),
        State(name: "Dunreach", weight: 0.13, latitude: -39.7, longitude: -122.8, branches: 7),
        State(name: "Eastfold", weight: 0.11, latitude: -41.1, longitude: -121.6, branches: 6),
        State(name: "Ferngard", weight: 0.09, latitude: -43.6, longitude: -123.2, branches: 5),
        State(name: "Greyhollow", weight: 0.07, latitude: -42.6, longitude: -121.4, branches: 4),
        State(name: "Highmarch", weight: 0.05, latitude: -39.2, longitude: -124.8, branches: 3),
    ]
    static let weights = states.map(\.weight)

    struct Branch: Sendable {
        /// From 0, over all states.
        let index: Int
        let state: Int
        let name: String
        /// In ten-thousandths of a degree.
        let latitude: Int
        let longitude: Int
        let opened: BankDay
        /// Four digits, the first of them the state's; the next nine are near it.
        let postcode: Int
    }

    /// The branches, the same for every seed.
    static let branches: [Branch] = {
        var branches: [Branch] = []
        for (state, place) in states.enumerated() {
            for number in 0..<place.branches {
                let index = branches.count
                let draws = RandomDraws(seed: 0, .bankBranches, index: index)
                branches.append(
                    Branch(
                        index: index, state: state,
                        name: BankNames.town(index),
                        latitude: Int(((place.latitude + 0.45 * draws.normal(0)) * 1e4).rounded()),
                        longitude: Int(
                            ((place.longitude + 0.45 * draws.normal(1)) * 1e4).rounded()),
                        opened: BankDay(number: 3653 + Int(draws.uniform(2) * 12_000)),
                        postcode: (state + 1) * 1000 + number * 10))
            }
        }
        return branches
    }()

    /// The number of each state's first branch.
    static let firstBranch = states.indices.map { state in
        states[..<state].reduce(0) { $0 + $1.branches }
    }
}

/// Invented names, put together of syllables.
enum BankNames {
    private static let starts = [
        "Bal", "Cor", "Del", "Fen", "Gor", "Hal", "Il", "Jor", "Kel", "Lum", "Mar", "Nor", "Or",
        "Pel", "Quin", "Ros", "Sel", "Tav", "Ul", "Ver", "Wil", "Yor", "Zan", "Bren",
    ]
    private static let givenEnds = [
        "a", "en", "ia", "o", "is", "ette", "um", "ara", "ine", "us", "eth", "ilo", "ora", "im",
    ]
    private static let familyEnds = [
        "dane", "mont", "wick", "sted", "rell", "hurn", "bray", "lund", "vane", "thorn", "mere",
        "gill", "croy", "finch", "sley", "dorn",
    ]
    private static let townEnds = ["holm", "wick", "ford", "stead", "mere", "ley", "garth"]

    /// Given and family name, of four numbers from 0 to 1.
    static func person(_ draws: RandomDraws) -> (given: String, family: String) {
        func pick(_ list: [String], _ draw: UInt64) -> String {
            list[Int(draws.uniform(draw) * Double(list.count))]
        }
        return (
            pick(starts, 0) + pick(givenEnds, 1), pick(starts, 2) + pick(familyEnds, 3)
        )
    }

    /// A name for each of 168 towns.
    static func town(_ index: Int) -> String {
        starts[index * 7 % starts.count] + townEnds[index % townEnds.count]
    }
}
