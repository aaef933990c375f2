import Columns

/// Names groups by what sets them apart, in a few plain words: "High balance, few visits".
struct GroupNamer {
    /// Longer names are cut in legends.
    static let longest = 30
    /// What is read at a glance.
    private static let usual = 24
    /// Standard deviations from the mean of all from which on something is said of a group.
    private static let least = 0.4
    private static let slight = 0.15

    let features: [StarterFeature]
    /// Groups × features: the distance of a group's mean from that of all, in standard deviations.
    let centroids: Matrix
    /// Groups × features: the share of a group's rows whose value is 0.
    let zeros: Matrix
    /// The same of all rows.
    let allZeros: [Double]
    private let nouns: [FeatureNoun]

    init(features: [StarterFeature], centroids: Matrix, zeros: Matrix, allZeros: [Double]) {
        self.features = features
        self.centroids = centroids
        self.zeros = zeros
        self.allZeros = allZeros
        nouns = FeatureNoun.all(features)
    }

    /// A different name for each group.
    func names() -> [String] {
        var taken: Set<String> = []
        return (0..<centroids.rows).map { group in
            let names = candidates(group)
            let free = names.first { !taken.contains($0) }
            let name = free ?? numbered(names[0], taken)
            taken.insert(name)
            return name
        }
    }

    /// Two groups of which the same is true are told apart by a number.
    private func numbered(_ name: String, _ taken: Set<String>) -> String {
        var number = 2
        while taken.contains("\(name) (\(number))") { number += 1 }
        return "\(name) (\(number))"
    }

    /// Names that are true of a group, the best first: the two largest differences where there is
    /// room for both, else the largest with another one, else the largest alone.
    private func candidates(_ group: Int) -> [String] {
        let phrases = spread(phrases(group))
        guard let first = phrases.first else { return ["Close to the average"] }
        var names: [String] = []
        func add(_ parts: [String], upTo length: Int) {
            let text = parts.joined(separator: ", ")
            if text.count <= length { names.append(Self.capitalised(text)) }
        }
        for other in phrases.dropFirst().prefix(2) { add([first, other], upTo: Self.usual) }
        if phrases.count > 1 { add([first, phrases[1]], upTo: Self.longest) }
        add([first], upTo: Self.longest)
        for (index, one) in phrases.enumerated() {
            for other in phrases.dropFirst(index + 1) { add([one, other], upTo: Self.longest) }
        }
        for one in phrases.dropFirst() { add([one], upTo: Self.longest) }
        // What is told more briefly, or differs less, sets apart what else would share a name.
        let brief = self.phrases(group, from: Self.slight, isBrief: true).map(\.text)
        for (index, one) in brief.enumerated() {
            for other in brief.dropFirst(index + 1) { add([one, other], upTo: Self.longest) }
        }
        return names.isEmpty ? [Self.capitalised(FeatureNoun.cut(first, to: Self.longest))] : names
    }

    private static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// What is said of a group, the most striking first.
    private func phrases(
        _ group: Int, from least: Double = least, isBrief: Bool = false
    ) -> [(text: String, feature: Int)] {
        let order = features.indices.sorted {
            (-abs(centroids[group, $0]), $0) < (-abs(centroids[group, $1]), $1)
        }
        var said: [(text: String, feature: Int)] = []
        for index in order where abs(centroids[group, index]) >= least {
            let text = (isBrief ? nouns[index].brief : nouns[index]).phrase(
                isHigh: centroids[group, index] > 0,
                isNone: zeros[group, index] >= 0.95 && allZeros[index] < 0.8)
            if !said.contains(where: { $0.text == text }) { said.append((text, index)) }
        }
        return said
    }

    /// Phrases about the same thing stand behind those about another one.
    private func spread(_ phrases: [(text: String, feature: Int)]) -> [String] {
        guard let first = phrases.first else { return [] }
        let words = nouns[first.feature].words
        func isAlike(_ phrase: (text: String, feature: Int)) -> Bool {
            !words.isDisjoint(with: nouns[phrase.feature].words)
        }
        let others = phrases.dropFirst()
        return ([first] + others.filter { !isAlike($0) } + others.filter(isAlike)).map(\.text)
    }
}
