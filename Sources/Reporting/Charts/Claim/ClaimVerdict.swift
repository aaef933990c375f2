import Columns
import Learning
import Query

/// What became of a claim, in plain words and in statistics.
struct ClaimVerdict {
    enum Outcome: String {
        case holds
        /// Others have as much, as far as can be told.
        case tie
        case fails = "does_not_hold"
        /// Nothing was found of which the claim speaks.
        case same = "no_difference"
        /// Too few rows, or privacy hides them.
        case untold = "not_told"
    }

    /// A comparison that was made, for the table and "Details".
    struct Test {
        var value: Value
        var difference: Double?
        var p: Double?
        /// In standard deviations.
        var effect: Double?
        var standing: Standing
    }

    /// How the claimed value stands against another.
    enum Standing: String { case ahead, tie, behind, untested }

    var outcome: Outcome
    /// Those with which it is a tie, or that contradict it.
    var with: [Value] = []
    var words: Phrase
    var details: [Phrase] = []
    var tests: [Test] = []
    var statistics: [JSON.Member] = []
    var about: [AboutEntry] = []

    static func untold(_ words: Phrase) -> ClaimVerdict {
        ClaimVerdict(outcome: .untold, words: words)
    }

    var members: [JSON.Member] {
        [
            .init(name: "verdict", value: .string(outcome.rawValue)),
            .init(name: "with", value: .array(with.map(\.json))),
            .init(name: "words", value: words.json),
            .init(name: "details", value: .array(details.map(\.json))),
            .init(
                name: "tests",
                value: .array(
                    tests.map { test in
                        .object([
                            "value": test.value.json, "difference": JSON(test.difference),
                            "p": JSON(test.p), "effect": JSON(test.effect),
                            "standing": .string(test.standing.rawValue),
                        ])
                    })),
            .init(name: "tried", value: JSON(tests.filter { $0.p != nil }.count)),
        ] + statistics
    }
}

extension ClaimVerdict {
    /// What a χ² test says of two dimensions that are claimed to differ.
    init(_ relation: Relation, _ labels: [String]) {
        let names: Phrase = "\(label: labels[0]) spreads"
        let over: Phrase = " over the groups of \(label: labels[1])"
        switch relation.strength {
        case .untested: self.init(outcome: .untold, words: relation.phrase)
        case .none:
            self.init(outcome: .same, words: names + " alike" + over + ": no difference was found.")
        case .hardly:
            self.init(
                outcome: .same,
                words: names + " almost alike" + over + ": what differs is too little to matter.")
        case .weak: self.init(outcome: .holds, words: names + " a little differently" + over + ".")
        case .moderate, .strong:
            self.init(outcome: .holds, words: names + " differently" + over + ".")
        }
        if relation.strength != .untested, let test = relation.test {
            details = Self.details(test)
            statistics.append(
                .init(name: "chi_squared_p", value: JSON(Self.distributionP(test))))
        }
        about = [AboutEntry(term: "Test", words: Relation.method)]
        statistics.append(.init(name: "relation", value: relation.json))
    }

    /// Of the χ² distribution, also where the test counts random tables instead.
    private static func distributionP(_ test: ChiSquaredTest) -> Double {
        Tails.chiSquared(test.statistic, degrees: test.degrees)
    }

    private static func details(_ test: ChiSquaredTest) -> [Phrase] {
        let two = FigureFormat(.decimal, digits: 2)
        let statistic: Phrase =
            "χ²\u{a0}=\u{a0}\(test.statistic, two) on \(count: test.degrees) "
            + "\(text: test.degrees == 1 ? "degree" : "degrees") of freedom, "
        var details = [
            statistic + chance(distributionP(test))
                + "; Cramér's V\u{a0}=\u{a0}\(test.cramersV ?? 0, two), from 0 without a relation to 1."
        ]
        if let replicates = test.replicates {
            details.append(
                "Some groups are small, so the verdict goes by \(count: replicates) random tables with "
                    + "the same totals: " + chance(test.p) + ".")
        }
        return details
    }

    /// "p = 0.78", as statistics write it.
    static func chance(_ p: Double) -> Phrase {
        p < 0.001
            ? "p\u{a0}<\u{a0}0.001"
            : "p\u{a0}=\u{a0}\(p, FigureFormat(.decimal, digits: p < 0.095 ? 3 : 2))"
    }

    /// To three digits, where privacy hides small cells: else a number of rows could be solved for.
    static func rounded(_ value: Double, _ isRounded: Bool) -> Double {
        guard isRounded, value != 0, value.isFinite else { return value }
        var scale = 1.0
        while abs(value) * scale < 100 { scale *= 10 }
        while abs(value) * scale >= 1000 { scale /= 10 }
        return (value * scale).rounded() / scale
    }

    /// "A, B and C".
    static func list(_ phrases: [Phrase]) -> Phrase {
        guard let last = phrases.last else { return "" }
        let before = phrases.dropLast()
        guard let first = before.first else { return last }
        return before.dropFirst().reduce(first) { $0 + ", " + $1 } + " and " + last
    }
}
