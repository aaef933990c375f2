/// Draws customers and one row of spending for each but one.
struct Spenders: Sendable {
    private enum Draw: UInt64 {
        case occupation, age, income, city, gender, marital, month, category, payment, spend
    }

    private let count: Int
    private let seed: UInt64
    private let order: Shuffle
    private let spendingOrder: Shuffle

    init(count: Int, seed: UInt64) {
        self.count = count
        self.seed = seed
        order = Shuffle(count, seed: seed)
        spendingOrder = Shuffle(count, seed: seed &+ 1)
    }

    func appendPerson(_ row: Int, to csv: inout CSVBytes) {
        let parameters = SpendingParameters.self
        let draws = RandomDraws(seed: seed, table: .spenders, row: row)
        let occupation = parameters.occupations[
            parameters.occupation.index(at: draws.uniform(Draw.occupation))]
        let age = draws.index(weights: occupation.ages, Draw.age)
        let normal = min(max(draws.normal(Draw.income), -2.4), 2.4)
        let income = occupation.incomes[age] + occupation.spreads[age] * normal
        append(identifier: order[row], &csv)
        csv.appendComma()
        csv.append(fields: [
            parameters.ageGroups[age], parameters.cities.name(at: draws.uniform(Draw.city)),
            occupation.name, draws.uniform(Draw.gender) < parameters.men ? "Male" : "Female",
            draws.uniform(Draw.marital) < parameters.married[age] ? "Married" : "Single",
            String(Int(income.rounded())),
        ])
    }

    func appendSpending(_ row: Int, to csv: inout CSVBytes) {
        let parameters = SpendingParameters.self
        let draws = RandomDraws(seed: seed, table: .spends, row: row)
        let month = parameters.months.index(at: draws.uniform(Draw.month))
        let category = parameters.categories.index(at: draws.uniform(Draw.category))
        let payment = parameters.payments.index(at: draws.uniform(Draw.payment))
        let mean =
            parameters.categoryMeans[category] * parameters.monthFactors[month]
            * parameters.paymentFactors[payment]
        // The median of a log-normal amount of this mean.
        let median = mean / Elementary.exp(parameters.spread * parameters.spread / 2)
        let spend = LogNormal(median: median, spread: parameters.spread)
            .value(at: draws.normal(Draw.spend))
        append(identifier: spendingOrder[row], &csv)
        csv.appendComma()
        csv.append(fields: [
            parameters.months.names[month], parameters.categories.names[category],
            parameters.payments.names[payment], String(max(1, Int(spend.rounded()))),
        ])
    }

    private func append(identifier: Int, _ csv: inout CSVBytes) {
        csv.append("ATQCUS")
        csv.append(identifier + 1, width: 4)
    }
}
