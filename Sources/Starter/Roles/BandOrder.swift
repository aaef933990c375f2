/// The order of levels that are ranges of numbers, like "$40K - $60K", or steps of a known ladder.
enum BandOrder {
    /// - Returns: the levels, lowest first and those for "unknown" left out, with the reason; nil where
    ///   they have no order that can be told.
    static func of(_ levels: [String]) -> (order: [String], reason: String)? {
        let known = levels.filter { !isUnknown($0) }
        guard known.count > 1 else { return nil }
        let bands = known.compactMap { level in Band(level).map { (level: level, band: $0) } }
        if bands.count == known.count, bands.contains(where: { $0.band.isRange }) {
            let sorted = bands.sorted {
                ($0.band.lower, $0.band.upper, $0.level) < ($1.band.lower, $1.band.upper, $1.level)
            }
            return (sorted.map(\.level), "the levels are ranges of numbers, ordered by these")
        }
        for ladder in ladders {
            let places = known.map { level in ladder.firstIndex { $0.contains(folded(level)) } }
            let found = places.compactMap { $0 }
            guard found.count == known.count, Set(found).count == found.count else { continue }
            let sorted = zip(found, known).sorted { $0.0 < $1.0 }.map(\.1)
            return (sorted, "the levels are steps that have a usual order")
        }
        return nil
    }

    static func isUnknown(_ level: String) -> Bool {
        ["", "unknown", "na", "n/a", "none", "null", "?", "-", "other", "not stated"]
            .contains(folded(level))
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split { $0.isWhitespace || "-_".contains($0) }.joined(separator: " ")
    }

    private static let ladders: [[Set<String>]] = [
        [
            ["very low", "lowest"], ["low", "small"], ["mid", "medium", "middle", "moderate"],
            ["high", "large"], ["very high", "highest"],
        ],
        [["blue", "bronze", "jade"], ["silver"], ["gold"], ["platinum"], ["diamond", "black"]],
        [
            ["uneducated"], ["primary"], ["high school", "secondary"], ["college"],
            ["graduate", "tertiary"], ["post graduate", "postgraduate"], ["doctorate"],
        ],
        [["poor", "bad"], ["fair"], ["good"], ["very good"], ["excellent"]],
        [["never"], ["rarely"], ["sometimes"], ["often"], ["always"]],
        [["junior"], ["mid", "middle"], ["senior"]],
    ]

    /// One range of numbers.
    private struct Band {
        var lower: Double
        var upper: Double
        var isRange: Bool

        private static let below: Set = ["less", "under", "below", "upto", "<", "<=", "≤"]
        private static let above: Set = ["over", "above", "more", "plus", "+", ">", ">=", "≥"]
        private static let filling: Set = [
            "than", "to", "and", "up", "years", "year", "yrs", "months", "old", "or", "-", "–", "—",
        ]

        init?(_ level: String) {
            var (numbers, words) = ([Double](), Set<String>())
            for token in Self.tokens(level) {
                if let number = Self.number(token) {
                    numbers.append(number)
                } else if Self.below.contains(token) || Self.above.contains(token)
                    || Self.filling.contains(token)
                {
                    words.insert(token)
                } else {
                    return nil
                }
            }
            let isBelow = !words.isDisjoint(with: Self.below)
            let isAbove = !words.isDisjoint(with: Self.above)
            switch numbers.count {
            case 1 where isBelow: (lower, upper, isRange) = (-.infinity, numbers[0], true)
            case 1 where isAbove: (lower, upper, isRange) = (numbers[0], .infinity, true)
            case 1: (lower, upper, isRange) = (numbers[0], numbers[0], false)
            case 2 where numbers[0] <= numbers[1]:
                (lower, upper, isRange) = (numbers[0], numbers[1], true)
            default: return nil
            }
        }

        /// Numbers with their `K` or `M`, words, and signs, without currencies.
        private static func tokens(_ text: String) -> [String] {
            var (tokens, token) = ([String](), "")
            func kind(_ character: Character) -> Int {
                character.isNumber || ".,".contains(character) ? 0 : character.isLetter ? 1 : 2
            }
            for character in text.lowercased() where !"$€£¥₹".contains(character) {
                let isSuffix = "km".contains(character) && token.last?.isNumber == true
                if let last = token.last, !isSuffix,
                    character.isWhitespace || kind(last) != kind(character)
                {
                    tokens.append(token)
                    token = ""
                }
                if !character.isWhitespace { token.append(character) }
            }
            return (tokens + [token]).filter { !$0.isEmpty }
        }

        private static func number(_ token: String) -> Double? {
            guard token.first?.isNumber == true else { return nil }
            var digits = token.filter { $0 != "," }
            var factor = 1.0
            if digits.last == "k" { (digits, factor) = (String(digits.dropLast()), 1000) }
            if digits.last == "m" { (digits, factor) = (String(digits.dropLast()), 1_000_000) }
            return Double(digits).map { $0 * factor }
        }
    }
}
