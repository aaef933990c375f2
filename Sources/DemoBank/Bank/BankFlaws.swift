/// What is wrong with a customer's row.
struct BankFlaws: Sendable {
    enum Occupation: Sendable { case right, upperCase, padded, notAvailable, missing }

    private enum Draw: UInt64 {
        case occupation, income, name, gender, born, postcode, doubled, accountType
    }

    let occupation: Occupation
    let hasIncome: Bool
    let isNamePadded: Bool
    /// An index of the ways to write a gender; nil for the usual one.
    let gender: Int?
    /// An index of the days that can't be; nil where the day is right.
    let born: Int?
    let hasPostcode: Bool
    /// The row stands twice, the second time with the name in capitals.
    let isDoubled: Bool
    let isAccountTypeUntidy: Bool

    init(seed: UInt64, customer: Int) {
        let draws = RandomDraws(seed: seed, .bankFlaws, index: customer)
        let uniform = draws.uniform(Draw.occupation)
        occupation =
            uniform < 0.015
            ? .upperCase
            : uniform < 0.03
                ? .padded : uniform < 0.05 ? .notAvailable : uniform < 0.06 ? .missing : .right
        hasIncome = draws.uniform(Draw.income) >= 0.03
        isNamePadded = draws.uniform(Draw.name) < 0.02
        let spelling = draws.uniform(Draw.gender)
        gender = spelling < 0.04 ? Int(spelling / 0.01) : nil
        let day = draws.uniform(Draw.born)
        born = day < 0.004 ? Int(day / 0.001) : nil
        hasPostcode = draws.uniform(Draw.postcode) >= 0.01
        isDoubled = draws.uniform(Draw.doubled) < 0.004
        isAccountTypeUntidy = draws.uniform(Draw.accountType) < 0.01
    }

    /// What is wrong with a transaction's row.
    enum Transaction: CaseIterable, Sendable {
        case doubled, impossibleDate, noCategory, upperCaseChannel
    }

    static func transaction(seed: UInt64, number: Int) -> Transaction? {
        let uniform = RandomDraws(seed: seed, .bankFlaws, index: -1 - number).uniform(0)
        return uniform < 0.00025
            ? .doubled
            : uniform < 0.0003
                ? .impossibleDate
                : uniform < 0.0053 ? .noCategory : uniform < 0.0103 ? .upperCaseChannel : nil
    }
}
