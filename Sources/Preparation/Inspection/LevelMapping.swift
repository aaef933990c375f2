import Columns

/// Two values of a column that seem to mean the same, the rarer and the commoner.
package struct LevelMapping: Hashable, Sendable {
    package var from: String
    package var to: String
    /// Rows with the rarer one.
    package var count: Int
    package var reason: String

    /// Proposals for the levels of a column, which are never applied without the author's word.
    ///
    /// Levels fall together that differ only in case and padding; initials and abbreviations whose
    /// meaning is the only one among the levels; and rare levels a letter away from a common one.
    /// Levels that differ in a digit or a Roman numeral are different on purpose, and so are
    /// comparatives and plurals: High and Higher.
    ///
    /// Complexity: O(levels² · length²).
    static func proposals(_ levels: [InspectedColumn.Level]) -> [LevelMapping] {
        var finder = Finder(levels)
        finder.fold()
        finder.correct()
        finder.expand()
        return finder.mappings.sorted { ($1.count, $0.from) < ($0.count, $1.from) }
    }

    private struct Finder {
        private(set) var mappings: [LevelMapping] = []
        /// Levels that stand for themselves, the commonest first.
        private var open: [Level]

        private struct Level {
            var text: String
            var folded: String
            var count: Int
            var words: [Substring] { folded.split { !$0.isLetter && !$0.isNumber } }
        }

        init(_ levels: [InspectedColumn.Level]) {
            open = levels.map {
                Level(text: $0.text, folded: Self.folded($0.text), count: $0.count)
            }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
        }

        private static func folded(_ text: String) -> String {
            text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        private mutating func map(_ from: Int, to: Int, _ reason: String) {
            let (from, to) = (open[from], open[to])
            // What was to become the one becomes the other.
            for index in mappings.indices where mappings[index].to == from.text {
                mappings[index].to = to.text
            }
            mappings.append(
                LevelMapping(from: from.text, to: to.text, count: from.count, reason: reason))
        }

        mutating func fold() {
            var first: [String: Int] = [:]
            var mapped: Set<Int> = []
            for index in open.indices {
                guard let common = first[open[index].folded] else {
                    first[open[index].folded] = index
                    continue
                }
                let isCase = open[index].text.lowercased() != open[common].text.lowercased()
                map(index, to: common, "differs only in \(isCase ? "spaces" : "case")")
                mapped.insert(index)
            }
            drop(mapped)
        }

        mutating func correct() {
            var mapped: Set<Int> = []
            for rare in open.indices.reversed() {
                let near = open.indices.filter { common in
                    common < rare && isTypo(open[rare], of: open[common])
                }
                // Near to two levels it may be either.
                guard near.count == 1 else { continue }
                map(rare, to: near[0], "one or two letters away, and rare")
                mapped.insert(rare)
            }
            drop(mapped)
        }

        private func isTypo(_ rare: Level, of common: Level) -> Bool {
            let (a, b) = (rare.folded, common.folded)
            guard rare.count * 10 <= common.count, min(a.count, b.count) >= 5, a.first == b.first,
                a.filter(\.isNumber) == b.filter(\.isNumber)
            else { return false }
            let differing = Set(rare.words).symmetricDifference(common.words)
            guard !differing.contains(where: { $0.allSatisfy { "ivx".contains($0) } }) else {
                return false
            }
            let (short, long) = a.count < b.count ? (a, b) : (b, a)
            let endings = ["s", "es", "er", "est", "ed", "ly", "ish", "y", "n", "an"]
            if long.hasPrefix(short), endings.contains(String(long.dropFirst(short.count))) {
                return false
            }
            let distance = NearestName.distance(Array(a), Array(b))
            return distance == 1 || distance == 2 && min(a.count, b.count) >= 10
        }

        mutating func expand() {
            var pairs: [(short: Int, long: Int, reason: String)] = []
            // How many levels of each length are short for another, less how many are not.
            var balance: [Int: Int] = [:]
            for short in open.indices where (1...4).contains(open[short].folded.count) {
                let meanings = open.indices.compactMap { long in
                    meaning(open[short], open[long]).map { (short, long, $0) }
                }
                if meanings.count == 1 { pairs.append(meanings[0]) }
                balance[open[short].folded.count, default: 0] += meanings.count == 1 ? 1 : -1
            }
            // Where most levels of a length are no abbreviations, as in grades or among codes of
            // states, none is.
            for (short, long, reason) in pairs
            where balance[open[short].folded.count, default: 0] > 0 {
                let isLongRarer = open[long].count < open[short].count
                map(isLongRarer ? long : short, to: isLongRarer ? short : long, reason)
            }
        }

        /// Why one level could be short for another, nil where it could not.
        private func meaning(_ short: Level, _ long: Level) -> String? {
            let letters = short.folded.filter { $0 != "." }
            guard !letters.isEmpty, letters.allSatisfy(\.isLetter),
                long.folded.count >= 2 * letters.count, long.folded.count >= 4
            else { return nil }
            let words = long.words
            if words.count > 1, words.count == letters.count,
                String(words.compactMap(\.first)) == letters
            {
                return "the initials of '\(long.text)'"
            }
            guard words.count == 1, letters.count <= 3, long.folded.first == letters.first else {
                return nil
            }
            if long.folded.hasPrefix(letters) { return "the beginning of '\(long.text)'" }
            var rest = letters[...]
            for letter in long.folded where letter == rest.first { rest.removeFirst() }
            let isCode = short.text == short.text.uppercased() && letters.count == 3
            return isCode && rest.isEmpty ? "letters of '\(long.text)'" : nil
        }

        private mutating func drop(_ indices: Set<Int>) {
            open = open.indices.filter { !indices.contains($0) }.map { open[$0] }
        }
    }
}
