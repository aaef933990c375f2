/// Draws customers; both files tell of the same ones.
struct MassAffluentCustomers: Sendable {
    private enum Draw: UInt64 {
        case years, age, tenure, month, day, gender, given, family, hasFamily, purchases
        case industry, wealth, title, hasTitle, hostile, car, state, spelling, postcode, valuation
    }

    private let seed: UInt64
    private let addresses: Shuffle

    init(seed: UInt64) {
        self.seed = seed
        addresses = Shuffle(InventedNames.addressCount, seed: seed)
    }

    func customer(_ row: Int) -> MassAffluentCustomer {
        let parameters = MassAffluentParameters.self
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        func uniform(_ draw: Draw) -> Double { draws.uniform(draw) }
        let mark = MassAffluentRows.mark(of: row)
        let isUnknown = mark == .unknownGender || mark == .bornIn1843
        var isFemale = uniform(.gender) < parameters.female
        switch mark {
        case .genderF, .genderFemal: isFemale = true
        case .genderM: isFemale = false
        default: break
        }
        let state = parameters.states.index(at: uniform(.state))
        let codes = parameters.postcodes[state]
        return MassAffluentCustomer(
            identifier: row + 1,
            given: InventedNames.given(draws.integer(in: 0..<InventedNames.givenCount, Draw.given)),
            family: uniform(.hasFamily) < parameters.withoutFamilyName
                ? nil
                : InventedNames.family(
                    draws.integer(in: 0..<InventedNames.familyCount, Draw.family)),
            isFemale: isFemale, gender: spelling(isFemale, mark),
            born: isUnknown ? nil : born(draws),
            bornText: mark == .bornIn1843 ? "1843-12-21" : nil,
            purchases: Int(parameters.purchases.value(at: uniform(.purchases))),
            title: uniform(.hasTitle) < parameters.withoutTitle
                ? nil : Occupations.levels.name(at: uniform(.title)),
            industry: (isUnknown ? parameters.industryOfUnknown : parameters.industry)
                .name(at: uniform(.industry)),
            wealth: parameters.wealth.name(at: uniform(.wealth)), isDeceased: mark == .deceased,
            hostile: HostileTexts.value(at: uniform(.hostile)),
            ownsCar: uniform(.car) < parameters.carOwners,
            tenure: mark == .unknownGender ? nil : tenure(draws),
            address: InventedNames.address(addresses[row]),
            postcode: draws.integer(in: codes, Draw.postcode),
            state: parameters.states.names[state],
            isStateSpelledOut: uniform(.spelling) < parameters.spelledOutShare[state],
            propertyValuation: 1 + parameters.valuations[state].index(at: uniform(.valuation)))
    }

    private func spelling(_ isFemale: Bool, _ mark: MassAffluentRows.Mark?) -> String {
        switch mark {
        case .unknownGender, .bornIn1843: "U"
        case .genderF: "F"
        case .genderFemal: "Femal"
        case .genderM: "M"
        default: isFemale ? "Female" : "Male"
        }
    }

    /// Age and tenure follow one factor: who is young can't be a customer for long.
    private func born(_ draws: RandomDraws) -> CalendarDay {
        let parameters = MassAffluentParameters.self
        let uniform = parameters.ageLoadings.uniform(
            [draws.normal(Draw.years)], own: draws.normal(Draw.age))
        return CalendarDay(
            year: parameters.lastYear - Int(parameters.age.value(at: uniform)),
            month: draws.integer(in: 1..<13, Draw.month), day: draws.integer(in: 1..<29, Draw.day))
    }

    private func tenure(_ draws: RandomDraws) -> Int {
        let parameters = MassAffluentParameters.self
        let uniform = parameters.tenureLoadings.uniform(
            [draws.normal(Draw.years)], own: draws.normal(Draw.tenure))
        return 1 + parameters.tenure.index(at: uniform)
    }
}
