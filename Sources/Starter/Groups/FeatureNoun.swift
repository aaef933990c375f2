/// What a feature is called within the name of a group: one to three short words.
struct FeatureNoun {
    let feature: StarterFeature
    let noun: String
    /// All words of the column, by which features that speak of the same thing are told.
    let words: Set<String>

    private static let longest = 18
    private static let units: Set = ["days", "weeks", "months", "years"]
    /// Words without which a name says the same, the most dispensable first.
    private static let filling: [Set<String>] = [
        ["total", "of", "the", "in", "at", "on", "for", "a", "an"],
        ["average", "avg", "mean", "current", "estimated", "yearly", "annual", "monthly", "value"],
        ["bank", "customer", "client", "account", "related"],
    ]

    /// The nouns of features, each as short as it can be while no two are the same.
    static func all(_ features: [StarterFeature]) -> [FeatureNoun] {
        let ladders = features.map(nouns)
        var steps = ladders.map { $0.count - 1 }
        func noun(_ index: Int) -> String { ladders[index][steps[index]] }
        // One that is taken says a word more, as long as it has one.
        for _ in features.indices {
            for index in features.indices where steps[index] > 0 {
                let isTaken = features.indices.contains {
                    $0 != index && noun($0) == noun(index)
                        && isCounted(features[$0]) == isCounted(features[index])
                }
                if isTaken { steps[index] -= 1 }
            }
        }
        return features.indices.map {
            FeatureNoun(
                feature: features[$0], noun: noun($0),
                words: Set(spoken(features[$0]).map(singular)))
        }
    }

    /// What is many or few can't be taken for what is high or low.
    private static func isCounted(_ feature: StarterFeature) -> Bool { feature.role == .count }

    private static func singular(_ word: String) -> String {
        word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : word
    }

    private static func spoken(_ feature: StarterFeature) -> [String] {
        Words.spoken(feature.form == .derived ? feature.name : feature.source)
            .flatMap { $0.split(separator: " ").map(String.init) }
    }

    /// The nouns of a feature from the longest to the shortest.
    private static func nouns(_ feature: StarterFeature) -> [String] {
        var words = withoutSpans(spoken(feature))
        var nouns = [finished(words, feature)]
        func shorten(_ shorter: [String]) {
            guard !shorter.isEmpty, shorter != words else { return }
            words = shorter
            let noun = finished(words, feature)
            if noun != nouns.last { nouns.append(noun) }
        }
        shorten(words.filter { !filling[0].contains($0) })
        if isCounted(feature) {
            shorten(words.filter { !["count", "number", "amount"].contains($0) })
            // Many purchases are many purchase transactions.
            if words.count > 1 { shorten(words.filter { $0 != "transactions" }) }
        }
        shorten(words.filter { !filling[1].contains($0) })
        shorten(words.filter { !filling[2].contains($0) })
        while words.count > 1, finished(words, feature).count > longest {
            shorten(Array(words.dropFirst()))
        }
        return nouns.map { cut($0, to: longest + 4) }
    }

    /// "contacts count 12 months" are contacts, and "past 3 years purchases" purchases.
    private static func withoutSpans(_ words: [String]) -> [String] {
        let numbers = words.indices.filter { words[$0].contains(where: \.isNumber) }
        let spans = numbers.flatMap { number in
            [number]
                + (words.indices.contains(number + 1) && units.contains(words[number + 1])
                    ? [number + 1] : [])
                + (number > 0 && ["past", "last"].contains(words[number - 1]) ? [number - 1] : [])
        }
        guard spans.count < words.count else { return words }
        return words.indices.filter { !spans.contains($0) }.map { words[$0] }
    }

    private static func finished(_ words: [String], _ feature: StarterFeature) -> String {
        var words = words
        if isCounted(feature), let last = words.last, !last.hasSuffix("s"), last.count > 2 {
            words[words.count - 1] = last + "s"
        }
        // "purchases transactions" are purchase transactions.
        if words.last == "transactions", words.count > 1, words[words.count - 2].hasSuffix("s") {
            words[words.count - 2].removeLast()
        }
        return words.joined(separator: " ")
    }

    /// At the end of a word where one fits, with an ellipsis.
    static func cut(_ text: String, to length: Int) -> String {
        guard text.count > length else { return text }
        let begin = text.prefix(length - 1)
        let whole = begin.lastIndex(of: " ").map { begin[..<$0] } ?? begin
        return whole + "…"
    }

    /// The same in its last word, for a name that has no room for more.
    var brief: FeatureNoun {
        let last = noun.split(separator: " ").last.map(String.init) ?? noun
        return FeatureNoun(feature: feature, noun: last, words: words)
    }

    // MARK: Phrases

    /// - Parameters:
    ///   - isHigh: whether the group's mean is above that of all.
    ///   - isNone: whether nearly every value is 0.
    func phrase(isHigh: Bool, isNone: Bool) -> String {
        if case .flag(let yes, let no) = feature.form {
            return Self.cut((isHigh ? yes : no).lowercased(), to: Self.longest)
        }
        let words = Words.spoken(feature.form == .derived ? feature.name : feature.source)
        let isAge = NameSigns(feature.form == .derived ? feature.name : feature.source).saysAge
        if isAge,
            feature.role == .bands
                || feature.role == .duration && ["age", "alter"].contains(words.last)
        {
            let retirement = words.count > 1 && !["customer", "current"].contains(words[0])
            if !retirement || feature.role == .bands { return isHigh ? "older" : "younger" }
        }
        if isNone, [.money, .count].contains(feature.role) { return "no \(noun)" }
        switch feature.role {
        case .count: return (isHigh ? "many " : "few ") + noun
        case .duration where Self.units.contains(words.first ?? ""):
            return (isHigh ? "many " : "few ") + noun
        case .duration where !isAge: return (isHigh ? "long " : "short ") + noun
        case .flag: return flag(isHigh)
        default: return (isHigh ? "high " : "low ") + noun
        }
    }

    /// "has credit card" is with a card or without one, "is active member" is one or isn't.
    private func flag(_ isHigh: Bool) -> String {
        var words = noun.split(separator: " ").map(String.init)
        let verb = words.count > 1 ? words[0] : ""
        if ["has", "have", "owns", "is"].contains(verb) { words.removeFirst() }
        let thing = words.joined(separator: " ")
        if verb == "is" { return isHigh ? thing : "not \(thing)" }
        return isHigh ? "with \(thing)" : "no \(thing)"
    }
}
