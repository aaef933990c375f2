/// Draws customers; the workbook and the CSV file tell of the same ones.
struct AuroraUsers: Sendable {
    private enum Draw: UInt64 {
        case name, age, birthMonth, retirement, gender, apartment, hasApartment, state, town
        case perHead, hasIncome, ratio, debt, score, cards
    }

    static let columns = [
        "id", "current_age", "retirement_age", "birth_year", "birth_month", "gender", "address",
        "latitude", "longitude", "per_capita_income", "yearly_income", "total_debt",
        "credit_score", "num_credit_cards",
    ]
    static let csvHeader = """
        Person,Current Age,Retirement Age,Birth Year,Birth Month,Gender,Address,Apartment,City,\
        State,Zipcode,Latitude,Longitude,Per Capita Income - Zipcode,Yearly Income - Person,\
        Total Debt,FICO Score,Num Credit Cards
        """

    let count: Int
    private let seed: UInt64
    private let identifiers: Shuffle
    private let addresses: Shuffle

    init(count: Int, seed: UInt64) {
        self.count = count
        self.seed = seed
        identifiers = Shuffle(count, seed: seed)
        addresses = Shuffle(InventedNames.addressCount, seed: seed)
    }

    func user(_ row: Int) -> AuroraUser {
        let parameters = AuroraParameters.self
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        func uniform(_ draw: Draw) -> Double { draws.uniform(draw) }
        let (age, birthYear, birthMonth) = birth(draws)
        let retirementAge = Int(parameters.retirementAge.value(at: uniform(.retirement)))
        let band = parameters.bands.lastIndex { $0.from <= age } ?? 0
        let (perHead, income) = income(isRetired: age >= retirementAge, draws)
        let debt = parameters.bands[band].debt.value(at: uniform(.debt)) * Double(income)
        return AuroraUser(
            identifier: identifiers[row],
            name: InventedNames.person(draws.integer(in: 0..<25_600, Draw.name)), age: age,
            retirementAge: retirementAge, birthYear: birthYear, birthMonth: birthMonth,
            gender: uniform(.gender) < parameters.women ? "Female" : "Male",
            address: address(row),
            apartment: uniform(.hasApartment) < parameters.apartments
                ? String(1 + Int(200 * uniform(.apartment) * uniform(.apartment))) : "",
            place: place(row), incomePerHead: perHead, income: income,
            debt: max(0, Int(debt.rounded())),
            score: min(850, Int(parameters.score.value(at: uniform(.score)))),
            cards: cardCount(row))
    }

    /// The cards of a customer, 1 to 9.
    func cardCount(_ row: Int) -> Int {
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        let age = birth(draws).age
        let band = AuroraParameters.bands.lastIndex { $0.from <= age } ?? 0
        return 1 + draws.index(weights: AuroraParameters.bands[band].cards, Draw.cards)
    }

    func place(_ row: Int) -> AuroraPlace {
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        let state = AuroraParameters.state.index(at: draws.uniform(Draw.state))
        return AuroraPlace(
            AuroraParameters.states[state], town: draws.integer(in: 0..<60, Draw.town), seed: seed)
    }

    func identifier(_ row: Int) -> Int { identifiers[row] }

    /// Years old at the end of February 2020.
    func age(_ row: Int) -> Int {
        birth(RandomDraws(seed: seed, table: .main, row: row)).age
    }

    private func birth(_ draws: RandomDraws) -> (age: Int, year: Int, month: Int) {
        let age = Int(AuroraParameters.age.value(at: draws.uniform(Draw.age)))
        let month = draws.integer(in: 1..<13, Draw.birthMonth)
        return (age, month <= 2 ? 2020 - age : 2019 - age, month)
    }

    /// In each thousand two customers live at one address in different towns.
    private func address(_ row: Int) -> String {
        let isSecond = row % 1000 == 501 && place(row).longitude != place(row - 1).longitude
        return InventedNames.address(addresses[isSecond ? row - 1 : row])
    }

    private func income(isRetired: Bool, _ draws: RandomDraws) -> (perHead: Int, income: Int) {
        let parameters = AuroraParameters.self
        if draws.uniform(Draw.hasIncome) < parameters.withoutPerHead {
            return (0, 1 + Int(2500 * draws.uniform(Draw.ratio)))
        }
        let perHead = parameters.perHead.value(at: draws.uniform(Draw.perHead)).rounded()
        let ratio =
            isRetired
            ? parameters.retiredRatio.value(at: draws.uniform(Draw.ratio)) : parameters.ratio
        return (Int(perHead), max(1, Int((perHead * ratio).rounded())))
    }
}
