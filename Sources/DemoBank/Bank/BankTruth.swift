import Columns

/// What was planted in a bank, and how often it came out.
struct BankTruth {
    /// A difference between two parts of the customers, or one that isn't there.
    private struct Comparison {
        let of: String
        let among: String
        let against: String
        /// The probabilities with which it was planted.
        let planted: (Double, Double)
        var customers = (0, 0)
        var hits = (0, 0)

        /// Whether the probabilities are those of a month.
        let isMonthly: Bool

        init(
            _ of: String, among: String, against: String, _ planted: (Double, Double),
            isMonthly: Bool = false
        ) {
            self.isMonthly = isMonthly
            self.of = of
            self.among = among
            self.against = against
            self.planted = planted
        }

        mutating func count(isIn: Bool, _ isHit: Bool) {
            if isIn {
                customers.0 += 1
                hits.0 += isHit ? 1 : 0
            } else {
                customers.1 += 1
                hits.1 += isHit ? 1 : 0
            }
        }

        var json: JSON {
            func side(_ planted: Double, _ customers: Int, _ hits: Int) -> JSON {
                .object([
                    isMonthly ? "planted_a_month" : "planted": JSON(planted),
                    "customers": JSON(customers), "found": JSON(hits),
                ])
            }
            return .object([
                "of": .string(of), "among": .string(among), "against": .string(against),
                "in": side(planted.0, customers.0, hits.0),
                "out": side(planted.1, customers.1, hits.1),
            ])
        }
    }

    private let bank: SyntheticBank
    private var segments: [Int]
    private var beginning: [Int]
    private var staying: [Int]
    private var moves: [[Int]]
    private var movesInLastSixMonths = 0
    private var events: [BankCustomer.LifeEvent: Int] = [:]
    private var defaults = 0
    private var left = 0
    private var effects: [Comparison]
    private var nonEffects: [Comparison]
    private var flaws: [String: Int] = [:]
    private var transactionFlaws: [BankFlaws.Transaction: Int] = [:]

    init(_ bank: SyntheticBank) {
        self.bank = bank
        let count = BankSegment.all.count
        segments = Array(repeating: 0, count: count)
        beginning = segments
        staying = segments
        moves = Array(repeating: segments, count: count)
        let all = BankSegment.all
        let weights = all.map { segment in
            let weights = BankOccupation.allCases.map { $0.weight * (segment.occupations[$0] ?? 1) }
            return (BankOccupation.retired.weight * (segment.occupations[.retired] ?? 1))
                / weights.reduce(0, +)
        }
        let savers = BankSegment.carefulSavers
        let others = all.indices.filter { $0 != savers }
        let otherRetired =
            others.reduce(0) { $0 + all[$1].share * weights[$1] }
            / others.reduce(0) { $0 + all[$1].share }
        let reliant = BankSegment.creditReliant
        let elsewhere =
            all.indices.filter { $0 != reliant }.reduce(0) {
                $0 + all[$1].share * all[$1].monthlyDefault
            } / (1 - all[reliant].share)
        effects = [
            Comparison(
                "marketing_consent = yes", among: "who begin as Digital natives",
                against: "all others", (all[BankSegment.digitalNatives].marketingConsent, 0.45)),
            Comparison(
                "left_on", among: "state = Dunreach", against: "all others",
                (BankCustomer.contestedLeaving, BankCustomer.monthlyLeaving), isMonthly: true),
            Comparison(
                "defaulted", among: "who begin as Credit reliant", against: "all others",
                (all[reliant].monthlyDefault, elsewhere), isMonthly: true),
            Comparison(
                "occupation = Retired", among: "who begin as Careful savers",
                against: "all others", (weights[savers], otherRetired)),
        ]
        nonEffects = [
            Comparison(
                "gender = F", among: "who begin as Careful savers", against: "all others",
                (0.5, 0.5)),
            Comparison(
                "do_not_contact = yes", among: "who begin as Private clients",
                against: "all others",
                (BankCustomer.doNotContactShare, BankCustomer.doNotContactShare)),
            Comparison(
                "newsletters_opened >= 6", among: "who begin as Frequent travellers",
                against: "all others", (7.0 / 13, 7.0 / 13)),
            Comparison(
                "statement_day <= 14", among: "state = Aldmoor", against: "all others",
                (0.5, 0.5)),
        ]
    }

    mutating func count(_ customer: BankCustomer) {
        let months = bank.months
        let segment = customer.segment(by: months)
        segments[segment] += 1
        beginning[customer.segment] += 1
        let hasLeft = customer.left(by: months) != nil
        if hasLeft { left += 1 } else { staying[segment] += 1 }
        if customer.hasMoved(by: months) {
            moves[customer.segment][customer.nextSegment] += 1
            if customer.movesAt >= months - 6 { movesInLastSixMonths += 1 }
        }
        if customer.hasEvent(by: months) { events[customer.event, default: 0] += 1 }
        let hasDefaulted = customer.defaulted(by: months) != nil
        if hasDefaulted { defaults += 1 }
        let first = customer.segment
        effects[0].count(isIn: first == BankSegment.digitalNatives, customer.hasConsented)
        effects[1].count(isIn: customer.state == BankPlaces.contested, hasLeft)
        effects[2].count(isIn: first == BankSegment.creditReliant, hasDefaulted)
        effects[3].count(
            isIn: first == BankSegment.carefulSavers, customer.occupation == .retired)
        nonEffects[0].count(isIn: first == BankSegment.carefulSavers, customer.isFemale)
        nonEffects[1].count(isIn: first == BankSegment.privateClients, customer.isNotToContact)
        nonEffects[2].count(
            isIn: first == BankSegment.travellers, customer.newslettersOpened >= 6)
        nonEffects[3].count(isIn: customer.state == 0, customer.statementDay <= 14)
    }

    mutating func count(_ flaws: BankFlaws) {
        func add(_ name: String, _ isThere: Bool) {
            self.flaws[name, default: 0] += isThere ? 1 : 0
        }
        add("customers standing twice", flaws.isDoubled)
        add("occupation in capitals", flaws.occupation == .upperCase)
        add("occupation padded", flaws.occupation == .padded)
        add("occupation N/A", flaws.occupation == .notAvailable)
        add("occupation missing", flaws.occupation == .missing)
        add("income missing", !flaws.hasIncome)
        add("name padded", flaws.isNamePadded)
        add("gender spelled otherwise", flaws.gender != nil)
        add("birth date impossible", flaws.born != nil)
        add("postcode missing", !flaws.hasPostcode)
        add("account types in capitals", flaws.isAccountTypeUntidy)
    }

    mutating func count(_ row: BankTransaction, _ flaw: BankFlaws.Transaction?) {
        guard let flaw, flaw != .noCategory || row.kind == .purchase else { return }
        transactionFlaws[flaw, default: 0] += 1
    }

    func json(_ files: [WrittenBank.File]) -> JSON {
        func counted(_ flaw: BankFlaws.Transaction) -> JSON {
            JSON(transactionFlaws[flaw, default: 0])
        }
        var dirt = flaws.sorted { $0.key < $1.key }.map {
            JSON.Member(name: $0.key, value: JSON($0.value))
        }
        dirt += [
            .init(name: "transactions standing twice", value: counted(.doubled)),
            .init(name: "transactions with an impossible date", value: counted(.impossibleDate)),
            .init(name: "purchases without a category", value: counted(.noCategory)),
            .init(name: "channels in capitals", value: counted(.upperCaseChannel)),
        ]
        let names = BankSegment.all.map(\.name)
        return .object([
            "generator": "aurora generate", "edition": JSON(SyntheticBank.edition),
            "customers": JSON(bank.customers),
            "months": JSON(bank.months), "seed": .number(String(bank.seed)),
            "as_of": .string(bank.asOf),
            "files": .array(
                files.map {
                    .object([
                        "name": .string($0.name), "rows": JSON($0.rows), "bytes": JSON($0.bytes),
                        "sha256": .string($0.sha256),
                    ])
                }),
            "segments": .array(
                names.indices.map {
                    .object([
                        "name": .string(names[$0]), "planted": JSON(BankSegment.all[$0].share),
                        "customers_at_first": JSON(beginning[$0]),
                        "customers": JSON(segments[$0]), "still_there": JSON(staying[$0]),
                    ])
                }),
            "movers": .object([
                "customers": JSON(moves.joined().reduce(0, +)),
                "in_the_last_six_months": JSON(movesInLastSixMonths),
                "planted_a_month": JSON(BankCustomer.monthlyMove),
                "first_month": .string(BankMonth(index: BankCustomer.firstMove).text),
                "moves": .array(
                    names.indices.flatMap { from in
                        names.indices.filter { moves[from][$0] > 0 }.map { to in
                            .object([
                                "from": .string(names[from]), "to": .string(names[to]),
                                "customers": JSON(moves[from][to]),
                            ])
                        }
                    }),
            ]),
            "effects": .array(effects.map(\.json)),
            "non_effects": .array(nonEffects.map(\.json)),
            "noise": .array([
                "statement_day", "newsletters_opened", "survey_score", "household_size",
            ]),
            "seasonality": .object([
                "purchases": .array(BankMonth.season.map { JSON($0) }),
                "travel_odds": .array(BankMonth.travelSeason.map { JSON($0) }),
            ]),
            "life_events": .object(
                BankCustomer.LifeEvent.allCases.map {
                    .init(name: $0.rawValue, value: JSON(events[$0, default: 0]))
                }),
            "defaulted": JSON(defaults), "left": JSON(left), "dirt": .object(dirt),
        ])
    }
}
