import Columns
import Kernels
import Learning
import Query

/// Every pair of groups, compared in every dimension, and what of it is worth showing.
struct GroupComparisons {
    enum Verdict: String {
        /// Significant, and large enough to matter.
        case difference
        /// Significant, but too small to matter.
        case same
        /// No difference was found.
        case tie
        /// By design: the dimension formed the groups, so nothing was tested.
        case formed
    }

    struct Comparison {
        var dimension: String
        /// The groups: in the first the figure is higher, or as high.
        var groups: (higher: Value, lower: Value)
        /// Of a text or boolean dimension the value that differs most; nil for numbers.
        var level: Value?
        /// Means, or shares.
        var figures: (higher: Double, lower: Double)
        /// Of the difference; nil where nothing was tested.
        var interval: ClosedRange<Double>?
        /// Corrected for all that were tried; nil where nothing was tested.
        var p: Double?
        /// In standard deviations, not negative.
        var effect: Double
        var verdict: Verdict

        var difference: Double { figures.higher - figures.lower }
    }

    /// One for each pair of groups and dimension, strongest first.
    let all: [Comparison]
    /// Tests that were made, over every pair, dimension and value.
    let tried: Int
    /// Up to three: the strongest differences, in different dimensions where there are several,
    /// then a tie.
    let shown: [Comparison]
    /// What is said in their place where there are none.
    let nothing: String

    private static let level = 0.05
    private static let most = 3

    init(_ profile: GroupProfile, _ names: [String], forming: Set<String>) {
        let groups = profile.groups.indices.filter {
            profile.groups[$0].rows != nil && !profile.groups[$0].value.isMissing
        }
        var candidates: [Candidate] = []
        for name in names {
            let isFormed = forming.contains(name)
            for (place, first) in groups.enumerated() {
                for second in groups[(place + 1)...] {
                    candidates += Candidate.all(
                        profile, name, (first, second), isFormed: isFormed)
                }
            }
        }
        let tested = candidates.indices.filter { candidates[$0].p != nil }
        let corrected = MultipleTests.holm(tested.map { candidates[$0].p ?? 1 })
        for (index, p) in zip(tested, corrected) { candidates[index].p = p }
        tried = tested.count
        all = Self.strongest(candidates)
        shown = Self.chosen(all)
        nothing =
            groups.count < 2
            ? "There are no two groups to compare." : "There is nothing to compare the groups by."
    }

    // MARK: Choice

    /// Of each pair and dimension the value that differs most.
    private static func strongest(_ candidates: [Candidate]) -> [Comparison] {
        var best: [(key: [Value], candidate: Candidate)] = []
        var places: [[Value]: Int] = [:]
        for candidate in candidates {
            let key = [.text(candidate.dimension), candidate.groups.0, candidate.groups.1]
            if let place = places[key] {
                if candidate.precedes(best[place].candidate) { best[place].candidate = candidate }
            } else {
                places[key] = best.count
                best.append((key, candidate))
            }
        }
        let comparisons = best.map { $0.candidate.comparison(level: level) }
        return comparisons.indices.sorted {
            (-comparisons[$0].effect, $0) < (-comparisons[$1].effect, $1)
        }.map { comparisons[$0] }
    }

    private static func chosen(_ all: [Comparison]) -> [Comparison] {
        func first(_ count: Int, _ verdicts: Set<Verdict>) -> [Comparison] {
            let matching = all.filter { verdicts.contains($0.verdict) }
            var seen: Set<String> = []
            let fresh = matching.filter { seen.insert($0.dimension).inserted }
            let again =
                fresh.count < count
                ? matching.filter { match in
                    !fresh.contains { $0.dimension == match.dimension && $0.groups == match.groups }
                } : []
            return Array((fresh + again).prefix(count))
        }
        var ties = all.filter { [.tie, .same].contains($0.verdict) }
        // The closest tie says most; one in a dimension that is not told of yet more still.
        ties.reverse()
        let differences = first(most, [.difference])
        var shown = Array(differences.prefix(ties.isEmpty ? most : most - 1))
        let fresh = ties.first { tie in !shown.contains { $0.dimension == tie.dimension } }
        if let tie = fresh ?? ties.first { shown.append(tie) }
        // What formed the groups is told of only where the tests leave room.
        return shown + first(most - shown.count, [.formed])
    }
}

/// One comparison before the correction.
private struct Candidate {
    var dimension: String
    var groups: (Value, Value)
    var level: Value?
    var figures: (Double, Double)
    var interval: () -> ClosedRange<Double>?
    var p: Double?
    var effect: Double
    var isFormed: Bool

    func precedes(_ other: Candidate) -> Bool {
        abs(figures.0 - figures.1) > abs(other.figures.0 - other.figures.1)
    }

    static func all(
        _ profile: GroupProfile, _ name: String, _ pair: (Int, Int), isFormed: Bool
    ) -> [Candidate] {
        let groups = (profile.groups[pair.0].value, profile.groups[pair.1].value)
        if let numbers = profile.numbers.first(where: { $0.dimension == name }) {
            guard let a = numbers.groups[pair.0], let b = numbers.groups[pair.1],
                let test = MeanComparison(a, b)
            else { return [] }
            return [
                Candidate(
                    dimension: name, groups: groups, figures: (a.mean, b.mean),
                    interval: { isFormed ? nil : test.interval() }, p: isFormed ? nil : test.p,
                    effect: test.effect, isFormed: isFormed)
            ]
        }
        guard let levels = profile.levels.first(where: { $0.dimension == name }),
            let n = profile.groups[pair.0].rows, let m = profile.groups[pair.1].rows
        else { return [] }
        let told = levels.levels.filter { $0.value != .boolean(false) }
        return told.compactMap { level in
            guard let x = level.rows[pair.0], let y = level.rows[pair.1],
                let test = ShareComparison((x, n), (y, m))
            else { return nil }
            return Candidate(
                dimension: name, groups: groups, level: level.value,
                figures: (Double(x) / Double(n), Double(y) / Double(m)),
                interval: { isFormed ? nil : test.interval }, p: isFormed ? nil : test.p,
                effect: test.effect, isFormed: isFormed)
        }
    }

    func comparison(level significant: Double) -> GroupComparisons.Comparison {
        let isSwapped = figures.1 > figures.0
        let interval = interval().map { isSwapped ? -$0.upperBound...(-$0.lowerBound) : $0 }
        let isLarge =
            level == nil
            ? abs(effect) >= TrivialDifference.effect
            : abs(figures.0 - figures.1) >= TrivialDifference.points
        let verdict: GroupComparisons.Verdict =
            isFormed
            ? .formed : (p ?? 1) >= significant ? .tie : isLarge ? .difference : .same
        return GroupComparisons.Comparison(
            dimension: dimension,
            groups: isSwapped ? (groups.1, groups.0) : groups, level: level,
            figures: isSwapped ? (figures.1, figures.0) : figures, interval: interval, p: p,
            effect: abs(effect), verdict: verdict)
    }
}
