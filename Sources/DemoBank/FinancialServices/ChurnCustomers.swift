/// Draws card holders: whether they leave comes first, since what they do depends on it.
struct ChurnCustomers: Sendable {
    private enum Draw: UInt64 {
        case fate, activity, amount, count, gender, income, education, marital, age, dependents
        case months, has36Months, products, inactive, contacts, isBetterCard, card, limit
        case owes, owed, amountChange, countChange, score
    }

    static let header = """
        CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,\
        Marital_Status,Income_Category,Card_Category,Months_on_book,Total_Relationship_Count,\
        Months_Inactive_12_mon,Contacts_Count_12_mon,Credit_Limit,Total_Revolving_Bal,\
        Avg_Open_To_Buy,Total_Amt_Chng_Q4_Q1,Total_Trans_Amt,Total_Trans_Ct,\
        Total_Ct_Chng_Q4_Q1,Avg_Utilization_Ratio,\(scores(1)),\(scores(2))
        """

    private static func scores(_ number: Int) -> String {
        "Naive_Bayes_Classifier_Attrition_Flag_Card_Category_Contacts_Count_12_mon_"
            + "Dependent_count_Education_Level_Months_Inactive_12_mon_\(number)"
    }

    private let seed: UInt64
    private let identifiers: Shuffle

    init(seed: UInt64) {
        self.seed = seed
        identifiers = Shuffle(1_600_000, seed: seed)
    }

    func append(_ row: Int, to csv: inout CSVBytes) {
        let draws = RandomDraws(seed: seed, table: .main, row: row)
        let parameters = ChurnParameters.self
        let hasLeft = draws.uniform(Draw.fate) < parameters.attrition
        let fate = hasLeft ? parameters.leaving : parameters.staying
        let activity = fate.activities[fate.weights.index(at: draws.uniform(Draw.activity))]
        let isWoman = draws.uniform(Draw.gender) < fate.women
        let income = (isWoman ? parameters.incomeOfWomen : parameters.incomeOfMen)
            .index(at: draws.uniform(Draw.income))
        let hasBetterCard =
            draws.uniform(Draw.isBetterCard)
            < activity.betterCards * parameters.betterCardFactors[income]
        let age = Int(parameters.age.value(at: draws.uniform(Draw.age)))
        csv.append(708_000_033 + 75 * identifiers[row])
        csv.append(quoted: fate.flag)
        csv.append(next: age)
        csv.append(quoted: isWoman ? "F" : "M")
        csv.append(
            next: parameters.dependents[min(age / 10, 6) - 2]
                .index(at: draws.uniform(Draw.dependents)))
        csv.append(quoted: parameters.education.name(at: draws.uniform(Draw.education)))
        csv.append(quoted: parameters.maritalStatus.name(at: draws.uniform(Draw.marital)))
        csv.append(quoted: parameters.incomes[income])
        csv.append(
            quoted: hasBetterCard
                ? parameters.betterCards[income].name(at: draws.uniform(Draw.card)) : "Blue")
        csv.append(next: months(age, draws))
        csv.append(next: 1 + draws.index(weights: activity.products, Draw.products))
        csv.append(next: fate.inactiveMonths.index(at: draws.uniform(Draw.inactive)))
        csv.append(next: fate.contacts.index(at: draws.uniform(Draw.contacts)))
        appendUse(fate, activity, limit(income, hasBetterCard, draws), draws, &csv)
        appendScores(fate, draws, &csv)
    }

    private func months(_ age: Int, _ draws: RandomDraws) -> Int {
        let parameters = ChurnParameters.self
        if draws.uniform(Draw.has36Months) < parameters.exactly36Months { return 36 }
        let below = parameters.monthsBelowAge.value(at: draws.normal(Draw.months))
        return min(max(age - Int(below), 13), 56)
    }

    /// In tenths.
    private func limit(_ income: Int, _ hasBetterCard: Bool, _ draws: RandomDraws) -> Int {
        let parameters = ChurnParameters.self
        let limits = hasBetterCard ? parameters.betterLimits : parameters.blueLimits
        let limit = limits[income].value(at: draws.uniform(Draw.limit)).rounded()
        let bounded = min(max(limit, parameters.lowestLimit), parameters.highestLimit)
        return Int((bounded * 10).rounded())
    }

    private func appendUse(
        _ fate: ChurnParameters.Fate, _ activity: ChurnParameters.Activity, _ limit: Int,
        _ draws: RandomDraws, _ csv: inout CSVBytes
    ) {
        let place = draws.uniform(Draw.owes)
        var owed = Int(fate.owed.value(at: draws.uniform(Draw.owed)))
        if place < fate.nothingOwed { owed = 0 }
        if place > 1 - fate.mostOwed { owed = Int(ChurnParameters.mostOwed) }
        owed = min(owed, limit / 10)
        let shared = draws.normal(Draw.amount)
        let rest = (1 - activity.correlation * activity.correlation).squareRoot()
        let count = activity.count.value(
            at: activity.correlation * shared + rest * draws.normal(Draw.count))
        csv.append(next: limit, parts: 10)
        csv.append(next: owed)
        csv.append(next: limit - owed * 10, parts: 10)
        csv.append(
            next: Int(fate.amountChange.value(at: draws.uniform(Draw.amountChange)) * 1000),
            parts: 1000)
        csv.append(next: max(510, Int(activity.amount.value(at: shared).rounded())))
        csv.append(next: max(10, Int(count.rounded())))
        csv.append(
            next: Int(fate.countChange.value(at: draws.uniform(Draw.countChange)) * 1000),
            parts: 1000)
        csv.append(
            next: Int((Double(owed) * 10_000 / Double(limit)).rounded()), parts: 1000)
    }

    private func appendScores(
        _ fate: ChurnParameters.Fate, _ draws: RandomDraws, _ csv: inout CSVBytes
    ) {
        let score = min(fate.score.value(at: draws.normal(Draw.score)), 0.99958)
        csv.appendComma()
        csv.append(fiveDigits: score)
        csv.appendComma()
        csv.append(fiveDigits: 1 - score)
    }
}

extension CSVBytes {
    /// Appends a further field.
    fileprivate mutating func append(next number: Int) {
        appendComma()
        append(number)
    }

    /// Appends a further field of tenths or thousandths, with no more decimals than it needs.
    fileprivate mutating func append(next number: Int, parts: Int64) {
        appendComma()
        append(millionths: Int64(number) * (Self.millionthsPerUnit / parts))
    }

    /// Appends a further field in quotes.
    fileprivate mutating func append(quoted text: String) {
        append(",\"")
        append(text: text)
        append("\"")
    }

    /// Appends a number between 0 and 1 with five digits: 0.99991, 9.3448e-05.
    fileprivate mutating func append(fiveDigits number: Double) {
        var scaled = number
        var exponent = 0
        while scaled < 1 {
            scaled *= 10
            exponent += 1
        }
        var digits = Int((scaled * 10_000).rounded())
        if digits == 100_000 {
            digits = 10_000
            exponent -= 1
        }
        var count = 5
        while digits % 10 == 0, count > 1 {
            digits /= 10
            count -= 1
        }
        let text = String(digits)
        if exponent <= 4 {
            append(text: "0." + String(repeating: "0", count: exponent - 1) + text)
        } else {
            append(text: String(text.prefix(1)) + (count > 1 ? "." : "") + String(text.dropFirst()))
            append("e-")
            append(exponent, width: 2)
        }
    }
}
