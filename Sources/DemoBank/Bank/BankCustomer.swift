/// A customer of the demo bank: who it is, how it behaves, and what happens to it in which month.
///
/// All of it is a function of the seed and the customer's index, and nothing depends on how many
/// customers or months there are; the months that are not written simply are not told.
struct BankCustomer: Sendable {
    enum LifeEvent: String, CaseIterable, Sendable {
        case house = "bought a house"
        case child = "had a child"
        case job = "found a better job"
    }

    private enum Draw: UInt64 {
        case segment, occupation, age, gender, state, branch, postcode, income
        case joined, joinedMonth, joinedDay, birthDay
        case doNotContact, consent, statementDay, newsletter, survey, household
        case movesAt, movesTo, leavesAt, leavesDay, defaultsAt, defaultDay
        case event, eventAt
        case purchases, ticket, digital, travel, withdrawals, deposits, utilisation, products
    }

    /// New customers join in the first months, so that whoever is there has a history.
    static let joiningMonths = 11
    /// Nobody moves to another segment before.
    static let firstMove = 12
    static let monthlyMove = 0.004
    static let monthlyLeaving = 0.001
    static let contestedLeaving = 0.004
    static let monthlyEvent = 0.005
    static let doNotContactShare = 0.06

    let index: Int
    /// The segment in which the customer begins, and the one to which it moves.
    let segment: Int
    let nextSegment: Int
    /// The month from which on the customer behaves like `nextSegment`.
    let movesAt: Int
    /// The first month without the customer; its last day with the bank lies in it.
    let leavesAt: Int
    let defaultsAt: Int
    let event: LifeEvent
    let eventAt: Int

    let occupation: BankOccupation
    let born: BankDay
    let joined: BankDay
    /// Negative for customers of before the records begin.
    let joinedMonth: Int
    let state: Int
    let branch: Int
    let isFemale: Bool
    /// A year, in whole units.
    let income: Int
    private let draws: RandomDraws

    init(seed: UInt64, index: Int) {
        let draws = RandomDraws(seed: seed, .bankCustomers, index: index)
        let segment = draws.index(weights: Self.shares, Draw.segment)
        let profile = BankSegment.all[segment]
        let occupation = BankOccupation.allCases[
            draws.index(weights: Self.occupationWeights[segment], Draw.occupation)]
        self.index = index
        self.draws = draws
        self.segment = segment
        self.occupation = occupation
        movesAt = Self.firstMove + Self.month(Self.monthlyMove, draws.uniform(Draw.movesAt))
        // The others, each as likely as its share.
        var others = Self.shares
        others[segment] = 0
        nextSegment = draws.index(weights: others, Draw.movesTo)
        state = draws.index(weights: BankPlaces.weights, Draw.state)
        let place = BankPlaces.states[state]
        branch =
            BankPlaces.firstBranch[state] + draws.integer(in: 0..<place.branches, Draw.branch)
        isFemale = draws.uniform(Draw.gender) < 0.5
        let age: Double =
            switch occupation {
            case .student: 18 + 9 * draws.uniform(Draw.age)
            case .retired: 63 + 24 * draws.uniform(Draw.age)
            default:
                min(
                    max(
                        profile.age.mean
                            + profile.age.deviation * min(max(draws.normal(Draw.age), -2.4), 2.4),
                        20), 66)
            }
        let start = BankMonth(index: 0).first
        born = BankDay(number: start.number - Int(age * 365.25) - 1)
        if draws.uniform(Draw.joined) < 0.12 {
            joinedMonth = draws.integer(in: 0..<Self.joiningMonths, Draw.joinedMonth)
            joined = BankMonth(index: joinedMonth).day(at: draws.uniform(Draw.joinedDay))
        } else {
            // More of the last years; nobody before the age of 16.
            let years = min((age - 16.5), 35) * Elementary.power(draws.uniform(Draw.joinedDay), 1.7)
            joined = BankDay(number: start.number - 1 - Int(max(years, 0) * 365))
            joinedMonth = -1
        }
        let firstMonth = max(joinedMonth, 0) + 3
        let leaving = state == BankPlaces.contested ? Self.contestedLeaving : Self.monthlyLeaving
        leavesAt = firstMonth + Self.month(leaving, draws.uniform(Draw.leavesAt))
        defaultsAt =
            firstMonth + Self.month(profile.monthlyDefault, draws.uniform(Draw.defaultsAt))
        event = LifeEvent.allCases[draws.integer(in: 0..<LifeEvent.allCases.count, Draw.event)]
        eventAt = firstMonth + Self.month(Self.monthlyEvent, draws.uniform(Draw.eventAt))
        let usual = LogNormal(median: occupation.medianIncome * profile.incomeFactor, spread: 0.3)
        income = Int((usual.value(at: draws.normal(Draw.income)) / 100).rounded()) * 100
    }

    private static let shares = BankSegment.all.map(\.share)
    private static let occupationWeights = BankSegment.all.map { segment in
        BankOccupation.allCases.map { $0.weight * (segment.occupations[$0] ?? 1) }
    }

    /// The month in which something happens that each month happens with the same probability.
    private static func month(_ probability: Double, _ uniform: Double) -> Int {
        Int(min(Elementary.log(uniform) / Elementary.log(1 - probability), 1e6))
    }
}

extension BankCustomer {
    var identifier: Int { 1_000_001 + index }

    func segment(in month: Int) -> Int { month < movesAt ? segment : nextSegment }

    func isThere(in month: Int) -> Bool { joinedMonth <= month && month < leavesAt }

    /// Whether it moved to another segment within `months` months, and before it left.
    func hasMoved(by months: Int) -> Bool { movesAt < min(months, leavesAt) }

    func hasEvent(by months: Int) -> Bool { eventAt < min(months, leavesAt) }

    /// The segment to which it belongs at the end of `months` months.
    func segment(by months: Int) -> Int { hasMoved(by: months) ? nextSegment : segment }

    /// The day on which it left, by the end of `months` months.
    func left(by months: Int) -> BankDay? {
        guard leavesAt < months else { return nil }
        return BankMonth(index: leavesAt).day(at: draws.uniform(Draw.leavesDay))
    }

    /// Since when a loan or card isn't paid any more, by the end of `months` months.
    func defaulted(by months: Int) -> BankDay? {
        guard defaultsAt < min(months, leavesAt) else { return nil }
        return BankMonth(index: defaultsAt).day(at: draws.uniform(Draw.defaultDay))
    }

    var hasConsented: Bool {
        draws.uniform(Draw.consent) < BankSegment.all[segment].marketingConsent
    }

    var isNotToContact: Bool { draws.uniform(Draw.doNotContact) < Self.doNotContactShare }

    /// Three that have to do with nothing.
    var statementDay: Int { draws.integer(in: 1..<29, Draw.statementDay) }
    var newslettersOpened: Int { draws.integer(in: 0..<13, Draw.newsletter) }
    /// 0 to 10; most were not asked.
    var surveyScore: Int? {
        let value = draws.uniform(Draw.survey)
        return value < 0.6 ? nil : min(Int((value - 0.6) / 0.4 * 11), 10)
    }

    var householdSize: Int {
        1 + draws.index(weights: [0.34, 0.33, 0.15, 0.12, 0.06], Draw.household)
    }

    var postcode: Int {
        BankPlaces.branches[branch].postcode + draws.integer(in: 0..<10, Draw.postcode)
    }

    /// How the customer behaves, from its place among those of a segment.
    ///
    /// Whoever moves to another segment keeps the place.
    func behaviour(in segment: Int) -> Behaviour {
        let profile = BankSegment.all[segment]
        return Behaviour(
            purchases: profile.purchases.value(at: draws.normal(Draw.purchases)),
            ticket: profile.ticket.value(at: draws.normal(Draw.ticket)),
            digital: profile.digital.value(at: draws.normal(Draw.digital)),
            travel: profile.travel.value(at: draws.normal(Draw.travel)),
            withdrawals: profile.withdrawals.value(at: draws.normal(Draw.withdrawals)))
    }

    /// Behaviour by the month.
    struct Behaviour: Sendable {
        var purchases: Double
        var ticket: Double
        var digital: Double
        var travel: Double
        var withdrawals: Double
    }

    func deposits(in segment: Int) -> Double {
        BankSegment.all[segment].deposits.value(at: draws.normal(Draw.deposits))
    }

    func utilisation(in segment: Int) -> Double {
        BankSegment.all[segment].utilisation.value(at: draws.normal(Draw.utilisation))
    }

    /// How many products there are with the current account.
    func productCount(in segment: Int) -> Int {
        let count = BankSegment.all[segment].products + 0.85 * draws.normal(Draw.products)
        return min(max(Int(count.rounded()), 1), 1 + BankProduct.allCases.count)
    }
}
