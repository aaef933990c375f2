import Kernels
import Learning
import Columns

/// Names groups by what sets them apart, in plain words: "High balance, few purchases".
struct GroupNamer {
    let features: [StarterFeature]
    /// Groups × features: the distance of a group's mean from that of all, in standard deviations.
    let centroids: Matrix
    /// Groups × features: the share of a group's rows whose value is 0.
    let zeros: Matrix
    /// The same of all rows.
    let allZeros: [Double]

    private static let least = 0.4

    /// A different name for each group.
    func names() -> [String] {
        let phrases = (0..<centroids.rows).map(phrases)
        var lengths = phrases.map { min(2, $0.count) }
        var names = name(phrases, lengths)
        // Where two groups are called the same, what sets them apart comes further behind.
        for _ in features.indices {
            let doubled = names.indices.filter { index in
                names.indices.contains { $0 != index && names[$0] == names[index] }
            }
            for index in doubled where lengths[index] < phrases[index].count { lengths[index] += 1 }
            names = name(phrases, lengths)
        }
        var taken: [String: Int] = [:]
        return names.map { name in
            taken[name, default: 0] += 1
            let number = taken[name, default: 1]
            return number == 1 ? name : "\(name) (\(number))"
        }
    }

    private func name(_ phrases: [[String]], _ lengths: [Int]) -> [String] {
        zip(phrases, lengths).map { phrases, length in
            let text = phrases.prefix(length).joined(separator: ", ")
            return text.isEmpty
                ? "Close to the average" : text.prefix(1).uppercased() + text.dropFirst()
        }
    }

    /// What is said of a group, the most striking first.
    private func phrases(_ group: Int) -> [String] {
        let order = features.indices.sorted {
            (-abs(centroids[group, $0]), $0)
                < (-abs(centroids[group, $1]), $1)
        }
        var said: [String] = []
        for index in order where abs(centroids[group, index]) >= Self.least {
            let text = phrase(
                features[index], isHigh: centroids[group, index] > 0,
                isNone: zeros[group, index] >= 0.95 && allZeros[index] < 0.8)
            if !said.contains(text) { said.append(text) }
        }
        return spread(said)
    }

    /// Phrases about the same thing stand behind those about another one.
    private func spread(_ phrases: [String]) -> [String] {
        guard let first = phrases.first else { return [] }
        let words = Set(first.split(separator: " ").dropFirst())
        let others = phrases.dropFirst()
        func isAlike(_ phrase: String) -> Bool {
            !words.isDisjoint(with: phrase.split(separator: " ").dropFirst())
        }
        return [first] + others.filter { !isAlike($0) } + others.filter(isAlike)
    }

    private func phrase(_ feature: StarterFeature, isHigh: Bool, isNone: Bool) -> String {
        let words = Words.spoken(feature.source)
        let isAge = NameSigns(feature.source).saysAge
        if case .flag(let yes, let no) = feature.form { return (isHigh ? yes : no).lowercased() }
        if isAge, feature.role == .bands || feature.role == .duration && words.last == "age" {
            let retirement = words.count > 1 && !["customer", "current"].contains(words[0])
            if !retirement || feature.role == .bands { return isHigh ? "older" : "younger" }
        }
        let noun = Self.noun(words, of: feature.role)
        if isNone, [.money, .count].contains(feature.role) { return "no \(noun)" }
        switch feature.role {
        case .count: return (isHigh ? "many " : "few ") + noun
        case .duration where ["months", "years", "days", "weeks"].contains(words.first ?? ""):
            return (isHigh ? "many " : "few ") + noun
        case .duration where !isAge: return (isHigh ? "long " : "short ") + noun
        case .flag: return (isHigh ? "" : "not ") + noun
        default: return (isHigh ? "high " : "low ") + noun
        }
    }

    private static let units: Set = ["days", "weeks", "months", "years"]

    private static func noun(_ words: [String], of role: ColumnRole) -> String {
        var words = words.flatMap { $0.split(separator: " ").map(String.init) }
        // "contacts count 12 months" are contacts, and "past 3 years purchases" purchases.
        let numbers = words.indices.filter { words[$0].contains(where: \.isNumber) }
        let spans = numbers.flatMap { number in
            [number]
                + (Self.units.contains(words[safe: number + 1] ?? "") ? [number + 1] : [])
                + (["past", "last"].contains(words[safe: number - 1] ?? "") ? [number - 1] : [])
        }
        if spans.count < words.count {
            words = words.indices.filter { !spans.contains($0) }.map { words[$0] }
        }
        var filling: Set = ["total", "of", "the"]
        if role == .count { filling.formUnion(["count", "number", "amount"]) }
        let kept = words.filter { !filling.contains($0) }
        words = kept.isEmpty ? words : kept
        if role == .count, let last = words.last, !last.hasSuffix("s") {
            words[words.count - 1] = last + "s"
        }
        // "purchases transactions" are purchase transactions.
        if words.last == "transactions", words.count > 1, words[words.count - 2].hasSuffix("s") {
            words[words.count - 2].removeLast()
        }
        return words.joined(separator: " ")
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
