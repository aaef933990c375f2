import Columns
import Kernels
import Learning
import Query

/// What sets a group apart from all others, strongest first.
struct TraitFinder {
    struct Trait {
        /// The size of the difference to all others, in standard deviations.
        var effect: Double
        var words: Phrase
        var detail: Phrase
    }

    private let profile: GroupProfile
    private let names: [String]
    private let catalogue: Catalogue

    static let explanation = AboutEntry(
        term: "Traits",
        words: "up to three, by the difference between the group and all others in standard "
            + "deviations; notable from \(TrivialDifference.effect) on, of shares from 5 points on. "
            + "They describe the groups: what formed them differs by design.")

    private static let most = 3

    init(_ profile: GroupProfile, _ names: [String], _ catalogue: Catalogue) {
        self.profile = profile
        self.names = names
        self.catalogue = catalogue
    }

    func traits(of group: Int) -> [Trait] {
        guard profile.groups[group].rows != nil else { return [] }
        let all = names.compactMap { name -> Trait? in
            guard let dimension = catalogue.dimensions[name] else { return nil }
            if let numbers = profile.numbers.first(where: { $0.dimension == name }) {
                return trait(numbers, dimension, group)
            }
            return profile.levels.first { $0.dimension == name }
                .flatMap { trait($0, dimension, group) }
        }
        let order = all.indices.sorted { (-abs(all[$0].effect), $0) < (-abs(all[$1].effect), $1) }
        return order.prefix(Self.most).map { all[$0] }
    }

    /// What is said below the traits.
    func rest(of group: Int, after count: Int) -> String {
        if profile.groups[group].rows == nil { return "Too few customers to be told of." }
        if names.isEmpty || count == Self.most { return "" }
        if profile.groups.count == 1 { return "All customers shown are in this group." }
        return count == 0
            ? "Close to the average in all that is compared." : "Close to the average in all else."
    }

    // MARK: Traits

    private func trait(
        _ numbers: GroupProfile.Numbers, _ dimension: Catalogue.Dimension, _ group: Int
    ) -> Trait? {
        guard let own = numbers.groups[group], let all = numbers.all,
            let others = all.without(own)
        else { return nil }
        let effect = StandardisedDifference.of(own, others)
        guard abs(effect) >= TrivialDifference.effect else { return nil }
        let format = FigureFormat.average(of: dimension, near: all.mean)
        let isRatio = numbers.isNowhereNegative && all.mean > 0 && format.style != .percent
        let ratio = own.mean / all.mean
        let label = dimension.label
        let words: Phrase
        switch (isRatio, ratio) {
        case (true, 1.995...):
            words = "\(label: label) \(ratio, FigureFormat(.decimal, digits: 1))× the average"
        case (true, 1...): words = "\(label: label) \(share: ratio - 1) above average"
        case (true, _): words = "\(label: label) \(share: 1 - ratio) below average"
        default: words = "\(label: label) \(effect > 0 ? "above" : "below") average"
        }
        return Trait(
            effect: effect, words: words, detail: "\(own.mean, format) against \(all.mean, format)")
    }

    private func trait(
        _ levels: GroupProfile.Levels, _ dimension: Catalogue.Dimension, _ group: Int
    ) -> Trait? {
        guard let rows = profile.groups[group].rows, let used = profile.rowsUsed, used > rows else {
            return nil
        }
        // No and yes say the same.
        let told = levels.levels.filter { $0.value != .boolean(false) }
        let traits = told.compactMap { level -> Trait? in
            guard let own = level.rows[group], let all = level.all else { return nil }
            let share = Double(own) / Double(rows)
            let others = Double(all - own) / Double(used - rows)
            let effect = StandardisedDifference.of(share, others)
            guard abs(share - others) >= TrivialDifference.points,
                abs(effect) >= TrivialDifference.effect
            else { return nil }
            let often = effect > 0 ? "More often" : "Less often"
            let figures: Phrase = "\(share: share) against \(share: Double(all) / Double(used))"
            guard dimension.kind == .boolean else {
                return Trait(
                    effect: effect, words: "\(text: often) \(name: level.value)",
                    detail: "\(label: dimension.label): \(figures)")
            }
            return Trait(
                effect: effect,
                words:
                    "\(label: dimension.label): \(text: often.lowercased()) \(name: level.value)",
                detail: figures)
        }
        return traits.max { abs($0.effect) < abs($1.effect) }
    }
}

/// Differences below these may be real, but are of no use.
enum TrivialDifference {
    /// In standard deviations: Cohen's "small" (1988).
    static let effect = 0.2
    /// Of two shares.
    static let points = 0.05
}
