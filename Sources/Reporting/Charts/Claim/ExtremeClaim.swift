import Columns
import Kernels
import Learning
import Query

/// Whether one value of a dimension has the highest figure, or the lowest.
struct ExtremeClaim {
    private let claimed: String
    private let isHighest: Bool
    private let format: FigureFormat
    private let isFormed: Bool
    private let isRounded: Bool

    private static let level = 0.05

    /// - Parameters:
    ///   - isFormed: whether the measure formed the groups, so that no test means anything.
    ///   - isRounded: to three digits, so that no number of rows can be solved for.
    init(
        _ claimed: String, isHighest: Bool, format: FigureFormat?, isFormed: Bool, isRounded: Bool
    ) {
        self.claimed = claimed
        self.isHighest = isHighest
        self.format = format ?? FigureFormat(.decimal, digits: 2)
        self.isFormed = isFormed
        self.isRounded = isRounded
    }

    /// The figures of all values of the dimension, with what a test takes.
    struct Levels {
        var values: [Value]
        var figures: [Double?]
        var spreads: [Spread?]
        /// Nil where the measure is neither a mean nor a share.
        var kind: MeasureSpread.Kind?
        var isHidden: Bool

        init(_ table: FigureTable, _ spread: MeasureSpread?) {
            let rows = table.rows.filter { !$0[0].isMissing }
            values = rows.map { $0[0] }
            figures = rows.map { $0[1].doubleValue }
            spreads = values.map { spread?.groups[$0] }
            kind = spread?.kind
            isHidden = table.suppressed > 0 || table.rowsUsed == nil
        }
    }

    func verdict(_ levels: Levels) -> ClaimVerdict {
        guard let own = levels.values.firstIndex(where: { $0.description == claimed }) else {
            return .untold("No row of \(label: claimed) is left.")
        }
        guard let figure = levels.figures[own] else {
            return .untold(
                levels.isHidden
                    ? "\(name: levels.values[own]) has too few rows to be told of."
                    : "\(name: levels.values[own]) has no figure.")
        }
        let rivals = levels.values.indices.filter { $0 != own && levels.figures[$0] != nil }
        guard !rivals.isEmpty else {
            return .untold("\(name: levels.values[own]) is the only value with a figure.")
        }
        let compared = compared(own, figure, rivals, levels)
        // The nearest first: those ahead, then those that follow.
        let behind = compared.filter { $0.test.standing == .behind }
        let ties = compared.filter { $0.test.standing == .tie }
        let told = Told(own: (levels.values[own], figure), behind, ties, compared)
        var verdict = words(told)
        verdict.tests = compared.map(\.test)
        verdict.details = compared.map { detail($0, of: levels.kind) }
        verdict.about = about(levels.kind, tests: compared.filter { $0.test.p != nil }.count)
        return verdict
    }

    // MARK: Comparisons

    private struct Compared {
        var test: ClaimVerdict.Test
        var figure: Double
        /// How far the claimed value is ahead.
        var lead: Double
        var means: MeanComparison?
        var isTrivial = false
    }

    private func compared(
        _ own: Int, _ figure: Double, _ rivals: [Int], _ levels: Levels
    ) -> [Compared] {
        var all = rivals.map { rival in
            let other = levels.figures[rival] ?? 0
            let test = ClaimVerdict.Test(
                value: levels.values[rival], difference: rounded(figure - other),
                standing: .untested)
            return Compared(
                test: test, figure: other, lead: isHighest ? figure - other : other - figure)
        }
        for (place, rival) in rivals.enumerated() where !isFormed {
            guard let a = levels.spreads[own], let b = levels.spreads[rival] else { continue }
            switch levels.kind {
            case .mean:
                guard let test = MeanComparison(a, b) else { continue }
                all[place].means = test
                all[place].test.p = test.p
                all[place].test.effect = rounded(test.effect)
                all[place].isTrivial = abs(test.effect) < TrivialDifference.effect
            case .share:
                guard let test = ShareComparison(Self.part(a), Self.part(b)) else { continue }
                all[place].test.p = test.p
                all[place].test.effect = rounded(test.effect)
                all[place].isTrivial = abs(test.difference) < TrivialDifference.points
            case nil: break
            }
        }
        let tested = all.indices.filter { all[$0].test.p != nil }
        let corrected = MultipleTests.holm(tested.map { all[$0].test.p ?? 1 })
        for (place, p) in zip(tested, corrected) { all[place].test.p = rounded(p) }
        for place in all.indices { all[place].test.standing = standing(all[place], levels.kind) }
        return all.indices.sorted { (all[$0].lead, $0) < (all[$1].lead, $1) }.map { all[$0] }
    }

    private func standing(
        _ compared: Compared, _ kind: MeasureSpread.Kind?
    ) -> ClaimVerdict.Standing {
        guard kind != nil, !isFormed else {
            // Figures that no test is for say what they say.
            return compared.lead > 0 ? .ahead : compared.lead < 0 ? .behind : .tie
        }
        guard let p = compared.test.p, p < Self.level, !compared.isTrivial else { return .tie }
        return compared.lead > 0 ? .ahead : .behind
    }

    private static func part(_ spread: Spread) -> (rows: Int, of: Int) {
        (Int((spread.mean * Double(spread.count)).rounded()), spread.count)
    }

    // MARK: Words

    private struct Told {
        var own: (value: Value, figure: Double)
        var behind: [Compared]
        var ties: [Compared]
        var all: [Compared]

        init(
            own: (Value, Double), _ behind: [Compared], _ ties: [Compared], _ all: [Compared]
        ) {
            (self.own, self.behind, self.ties, self.all) = (own, behind, ties, all)
        }
    }

    private func words(_ told: Told) -> ClaimVerdict {
        let own = told.own
        if let first = told.behind.first {
            let others = told.behind.count - 1
            let more: Phrase =
                others == 0
                ? ""
                : others == 1 ? ", and one other is, too" : ", and \(count: others) others are, too"
            return ClaimVerdict(
                outcome: .fails, with: told.behind.map(\.test.value),
                words: "\(name: first.test.value) is \(text: isHighest ? "higher" : "lower"): "
                    + "\(first.figure, format) against \(own.figure, format)" + more + ".")
        }
        guard let nearest = told.ties.first else {
            let next = told.all[0]
            return ClaimVerdict(
                outcome: .holds,
                words: "\(name: own.value) has \(own.figure, format); "
                    + "\(text: next.lead > 0 && told.all.count > 1 ? "the next is " : "")\(name: next.test.value) "
                    + "\(text: told.all.count > 1 ? "with" : "has") \(next.figure, format)."
                    + caution)
        }
        let names = ClaimVerdict.list(
            told.ties.map { "\(name: $0.test.value) with \($0.figure, format)" })
        let isSame = told.ties.allSatisfy { ($0.test.p ?? 1) < Self.level }
        let reason: Phrase =
            isSame
            ? ": the difference is real, but too small to matter."
            : nearest.lead == 0 && told.ties.count == 1
                ? "." : ": chance alone would often make as much of a difference."
        let clear = told.all.filter { $0.test.standing == .ahead }
        let others: Phrase =
            clear.isEmpty
            ? ""
            : " \(text: isHighest ? "Clearly lower: " : "Clearly higher: ")"
                + ClaimVerdict.list(
                    clear.map { "\(name: $0.test.value) with \($0.figure, format)" }) + "."
        return ClaimVerdict(
            outcome: .tie, with: told.ties.map(\.test.value),
            words: "\(name: own.value) with \(own.figure, format) can't be told from " + names
                + reason + others)
    }

    private var caution: Phrase {
        isFormed ? " What formed the groups differs by design: this describes them." : ""
    }

    private func detail(_ compared: Compared, of kind: MeasureSpread.Kind?) -> Phrase {
        let name: Phrase = "\(label: claimed) against \(name: compared.test.value): "
        guard let p = compared.test.p, let effect = compared.test.effect else {
            return name + "\(compared.test.difference ?? 0, format) apart, "
                + (isFormed ? "not tested: it formed the groups." : "not tested.")
        }
        let two = FigureFormat(.decimal, digits: 2)
        guard let means = compared.means else {
            return name + "\(points: compared.test.difference ?? 0) apart, "
                + ClaimVerdict.chance(p) + "."
        }
        let interval = means.interval()
        let (low, high) = (rounded(interval.lowerBound), rounded(interval.upperBound))
        let t = rounded(means.difference / means.standardError)
        return name + ClaimVerdict.chance(p) + ", Cohen's d\u{a0}=\u{a0}\(effect, two); "
            + "difference \(rounded(means.difference), format), 95% interval \(low, format) to "
            + "\(high, format); t\u{a0}=\u{a0}\(t, two) on \(rounded(means.degrees), FigureFormat(.decimal, digits: 0)) "
            + "degrees of freedom."
    }

    private func about(_ kind: MeasureSpread.Kind?, tests: Int) -> [AboutEntry] {
        guard !isFormed, let kind else {
            return [
                AboutEntry(
                    term: "Not tested",
                    words: isFormed
                        ? "What formed the groups differs by design, also in noise: it is described."
                        : "Only means and shares of rows can be tested. The verdict goes by the figures."
                )
            ]
        }
        let test =
            kind == .mean
            ? "Welch's t-test of the claimed value against each other one"
            : "Two-proportion z-test of the claimed value against each other one"
        let threshold =
            kind == .mean ? "\(TrivialDifference.effect) standard deviations" : "5 points"
        return [
            AboutEntry(
                term: "Test",
                words: "\(test); p is corrected by Holm's method for the \(tests) of them."),
            AboutEntry(
                term: "Verdict",
                words:
                    "The claim holds where each difference is significant (p below 0.05) and at least "
                    + "\(threshold); else it is a tie. It does not hold where another value is ahead by as much."
            ),
        ]
    }

    private func rounded(_ value: Double) -> Double { ClaimVerdict.rounded(value, isRounded) }
}
