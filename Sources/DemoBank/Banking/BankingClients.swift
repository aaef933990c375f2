/// Draws clients: what is theirs alone, and amounts that follow common factors.
struct BankingClients: Sendable {
    static let originalCount = 3000

    private enum Draw: UInt64 {
        case means, credit, accounts
        case income, superannuation, risk, card, loan, business, foreign, deposit, checking, savings
        case hasLoan, hasAccounts, hasBusinessLoan
        case age, location, joined, contact, nationality, occupation, fees, loyalty, cards
        case properties, relationship, gender, advisor, given, family, sharer
    }

    private let seed: UInt64
    private let identifiers: Shuffle
    private static let sharing = Strata(
        rows: originalCount, count: BankingParameters.sharedIdentifiers)

    init(seed: UInt64) {
        self.seed = seed
        identifiers = Shuffle(90_000, seed: seed)
    }

    func append(_ row: Int, to csv: inout CSVBytes) {
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        let owner = ownerOfIdentifier(of: row)
        csv.append("IND")
        csv.append(10_000 + identifiers[owner.row])
        csv.appendComma()
        csv.append(text: name(of: row, owner))
        appendPerson(draws, to: &csv)
        appendMoney(draws, to: &csv)
        csv.appendLevel(BankingParameters.relationship, draws.uniform(Draw.relationship))
        csv.appendLevel(BankingParameters.gender, draws.uniform(Draw.gender))
        csv.appendLevel(BankingParameters.advisor, draws.uniform(Draw.advisor))
    }

    private func appendPerson(_ draws: RandomDraws, to csv: inout CSVBytes) {
        let parameters = BankingParameters.self
        csv.appendComma()
        csv.append(Int(parameters.age.value(at: draws.uniform(Draw.age))))
        csv.appendComma()
        csv.append(draws.integer(in: 10..<43_400, Draw.location))
        let days = Int(parameters.daysWithBank.value(at: draws.uniform(Draw.joined)))
        let joined = CalendarDay(parameters.lastDay.number - days)
        csv.appendComma()
        csv.append(joined.day, width: 2)
        csv.append("-")
        csv.append(joined.month, width: 2)
        csv.append("-")
        csv.append(joined.year)
        for (levels, draw) in [
            (parameters.contact, Draw.contact), (parameters.nationality, .nationality),
            (Occupations.levels, .occupation), (parameters.fees, .fees),
            (parameters.loyalty, .loyalty),
        ] {
            csv.appendComma()
            csv.append(field: levels.name(at: draws.uniform(draw)))
        }
    }

    private func appendMoney(_ draws: RandomDraws, to csv: inout CSVBytes) {
        let parameters = BankingParameters.self
        let factors = [Draw.means, .credit, .accounts].map { draws.normal($0) }
        func uniform(_ loadings: Loadings, _ draw: Draw) -> Double {
            loadings.uniform(factors, own: draws.normal(draw))
        }
        func amount(_ quantiles: Quantiles, _ loadings: Loadings, _ draw: Draw, none: Bool = false)
        {
            let amount = none ? 0 : quantiles.value(at: uniform(loadings, draw))
            csv.appendComma()
            csv.append(Int((amount * 100).rounded()), decimals: 2)
        }
        func lacks(_ share: Double, _ draw: Draw) -> Bool { draws.uniform(draw) < share }
        let withoutAccounts = lacks(parameters.withoutAccounts, .hasAccounts)
        amount(parameters.income, parameters.incomeLoadings, .income)
        amount(parameters.superannuation, parameters.superannuationLoadings, .superannuation)
        csv.appendComma()
        csv.append(text: parameters.cards.name(at: draws.uniform(Draw.cards)))
        amount(parameters.cardBalance, parameters.cardLoadings, .card)
        amount(
            parameters.loan, parameters.loanLoadings, .loan,
            none: lacks(parameters.withoutLoan, .hasLoan))
        amount(parameters.deposits, parameters.depositLoadings, .deposit, none: withoutAccounts)
        amount(parameters.checking, parameters.checkingLoadings, .checking, none: withoutAccounts)
        amount(parameters.savings, parameters.savingsLoadings, .savings, none: withoutAccounts)
        amount(parameters.foreignCurrency, parameters.foreignLoadings, .foreign)
        amount(
            parameters.businessLending, parameters.businessLoadings, .business,
            none: lacks(parameters.withoutBusinessLoan, .hasBusinessLoan))
        csv.appendComma()
        csv.append(text: parameters.properties.name(at: draws.uniform(Draw.properties)))
        csv.appendComma()
        csv.append(text: parameters.risk.name(at: uniform(parameters.riskLoadings, .risk)))
    }

    // MARK: Shared identifiers

    /// Whose identifier a row has, and the how manieth row it is that has it.
    private struct Owner {
        var row: Int
        var number = 0
    }

    /// Each run of rows has an identifier that its first row shares with another; every 59th run
    /// one that two others share.
    private func ownerOfIdentifier(of row: Int) -> Owner {
        let index = Self.sharing.index(ofRow: row)
        let run = Self.sharing.run(index)
        let sharer = RandomDraws(seed: seed, table: .orphans, row: index)
            .integer(in: run.dropFirst().dropLast(), Draw.sharer)
        if row == sharer { return Owner(row: run.lowerBound, number: 1) }
        if row == sharer + 1, index % Self.sharing.count == Self.sharing.count / 2 {
            return Owner(row: run.lowerBound, number: 2)
        }
        return Owner(row: row)
    }

    /// Those who share an identifier never share a name.
    private func name(of row: Int, _ owner: Owner) -> String {
        let given = RandomDraws(seed: seed, table: .people, row: owner.row)
            .integer(in: 0..<InventedNames.givenCount, Draw.given)
        let family = RandomDraws(seed: seed, table: .people, row: row)
            .integer(in: 0..<InventedNames.familyCount, Draw.family)
        return InventedNames.given((given + 37 * owner.number) % InventedNames.givenCount) + " "
            + InventedNames.family(family)
    }
}

extension CSVBytes {
    /// Appends the code of a level, counted from 1, as a further field.
    fileprivate mutating func appendLevel(_ levels: Levels, _ uniform: Double) {
        appendComma()
        append(levels.index(at: uniform) + 1)
    }
}
