import Columns
import Query

/// What the sizes of groups and their shares of a measure come to, in plain words.
struct FindingSentence {
    let phrase: Phrase

    /// A share held counts as much more from this many points above the share of customers on, and
    /// from this many times it.
    private static let notableGap = 0.1
    private static let notableRatio = 1.25
    /// A second group is named where it widens the gap by this.
    private static let worthNaming = 0.05

    /// - Parameter measure: what readers know it by; nil for sizes only.
    init(_ shares: GroupShares, of measure: String?) {
        guard let used = shares.profile.rowsUsed else {
            phrase = "Too few customers to say anything without telling of single ones."
            return
        }
        let named = shares.groups.indices.filter { !shares.groups[$0].value.isMissing }
        guard used > 0, !named.isEmpty else {
            phrase = used > 0 ? "No customer is in any group." : "No customers match."
            return
        }
        let isFiltered = used < shares.profile.rowsTotal
        if named.count == 1, shares.groups.count == 1 {
            phrase =
                used == 1
                ? "The only customer is in the group \(name: shares.groups[named[0]].value)."
                : "All \(count: used) customers\(isFiltered ? " that match" : "") are in one group, "
                    + "\(name: shares.groups[named[0]].value)."
            return
        }
        let verb = used == 1 ? " customer falls" : " customers fall"
        var sentence: Phrase =
            isFiltered
            ? "\(count: used) of \(count: shares.profile.rowsTotal)\(text: verb) "
            : "\(count: used)\(text: verb) "
        sentence =
            sentence + "into \(count: named.count) \(named.count == 1 ? "group" : "groups"). "
        let shown = named.filter { shares.groups[$0].rows != nil }
        sentence =
            sentence
            + (measure.map { Self.holding($0, shares, shown) } ?? Self.sizes(shares, shown))
        phrase = sentence + Self.hidden(named.count - shown.count)
    }

    // MARK: Parts

    private static func holding(_ measure: String, _ shares: GroupShares, _ shown: [Int]) -> Phrase
    {
        let measure = inSentence(measure)
        let rated = shown.compactMap { group -> Holder? in
            guard let size = shares.share(group), let held = shares.valueShare(group), size > 0
            else { return nil }
            return Holder(name: shares.groups[group].value, size: size, held: held)
        }.sorted { $0.held / $0.size > $1.held / $1.size }
        guard shares.total != nil else {
            return "There are no shares of \(label: measure) to tell: it is not above 0 everywhere."
        }
        guard let first = rated.first else { return sizes(shares, shown) }
        var named = [first]
        if rated.count > 2, rated[1].gap >= worthNaming { named.append(rated[1]) }
        let size = named.map(\.size).reduce(0, +)
        let held = named.map(\.held).reduce(0, +)
        if held - size >= notableGap, held / size >= notableRatio {
            let (names, together): (Phrase, Phrase) =
                named.count == 1
                ? ("\(name: first.name)", "")
                : ("\(name: first.name) and \(name: named[1].name)", "together ")
            return "\(names), \(together)\(share: size) of them, hold \(share: held) of "
                + "\(label: measure)."
        }
        let top = rated.max { $0.gap < $1.gap } ?? first
        return "No group holds much more than its share of \(label: measure): "
            + "\(name: top.name), \(share: top.size) of them, hold \(share: top.held)."
    }

    private struct Holder {
        var name: Value
        var size: Double
        var held: Double
        var gap: Double { held - size }
    }

    private static func sizes(_ shares: GroupShares, _ shown: [Int]) -> Phrase {
        let sized = shown.compactMap { group in
            shares.share(group).map { (name: shares.groups[group].value, share: $0) }
        }
        guard sized.count > 1, let largest = sized.max(by: { $0.share < $1.share }),
            let smallest = sized.min(by: { $0.share < $1.share })
        else { return "" }
        if largest.share == smallest.share { return "All of them are of the same size." }
        return "The largest, \(name: largest.name), has \(share: largest.share) of them; the "
            + "smallest, \(name: smallest.name), \(share: smallest.share)."
    }

    private static func hidden(_ count: Int) -> Phrase {
        switch count {
        case 0: ""
        case 1: " One group is too small to be told of."
        default: " \(count: count) groups are too small to be told of."
        }
    }

    /// A label within a sentence; what is not written in small letters keeps its form: "ATM spend".
    static func inSentence(_ label: String) -> String {
        guard label.dropFirst().first?.isLowercase == true else { return label }
        return label.prefix(1).lowercased() + label.dropFirst()
    }
}
