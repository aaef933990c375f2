import Columns
import Query
import Segmentation

/// A segment in a few sentences, from its ranked facts. The same facts give the same words.
struct ProfileStory {
    /// Facts of what formed the segments, and of all else.
    private static let most = 3

    private let profile: GuardedProfile
    private let segment: Int

    init(_ profile: GuardedProfile, of segment: Int) {
        self.profile = profile
        self.segment = segment
    }

    var phrase: Phrase {
        let result = profile.guarded.result
        let own = result.segments[segment]
        if profile.guarded.hidden.contains(segment) { return "Too few customers to be told of." }
        let size: Phrase =
            own.isOutliers
            ? "\(count: own.size) customers, \(share: own.share) of all, belong to no segment."
            : "\(label: own.name) holds \(count: own.size) customers, \(share: own.share) of all."
        let chance: Phrase =
            result.verdict == "nothing"
            ? " The segments as a whole are no more than chance brings about." : ""
        guard result.segments.count > 1 else {
            return size + " With one segment there is nobody to compare it with." + chance
        }
        return size + distinction + chance
    }

    private var distinction: Phrase {
        let facts = profile.facts(of: segment)
        let compared = profile.columns.count
        guard compared > 0 else { return " Nothing else of it is told." }
        guard !facts.isEmpty else {
            let among: Phrase =
                compared == 1
                ? "in the one column that is compared"
                : "in all \(count: compared) columns that are compared"
            return
                " Nothing sets it apart: \(among) it is close to all other customers."
        }
        let forming = facts.filter { profile.columns[$0.column].isForming }
        let others = facts.filter { !profile.columns[$0.column].isForming }
        var words: Phrase = ""
        if !forming.isEmpty {
            words =
                words + " Of what formed the segments, "
                + listed(forming.prefix(Self.most).map(phrase)) + "."
        } else if profile.columns.contains(where: \.isForming) {
            words = words + " What formed the segments does not set it apart."
        }
        if !others.isEmpty {
            words = words + " Of all else, " + listed(others.prefix(Self.most).map(phrase)) + "."
        } else if profile.columns.contains(where: { !$0.isForming }) {
            words = words + " In nothing else is it far from the other customers."
        }
        return words
    }

    private func phrase(_ fact: ProfileFact) -> Phrase {
        let column = profile.columns[fact.column]
        let label = profile.guarded.label(column.name)
        let degree = Self.degree(fact.effect)
        if let level = fact.level {
            let often = fact.effect > 0 ? "more often" : "less often"
            return
                "\(label: label) is \(text: often) \(label: profile.name(of: level, column)) (\(share: fact.value) against \(share: fact.overall))"
        }
        if column.kind == .date {
            let when = fact.effect > 0 ? "later" : "earlier"
            return
                "\(label: label) is \(text: when) (\(label: Day.text(fact.value)) against \(label: Day.text(fact.overall)) on average)"
        }
        let own = profile.guarded.figureFormat(column.name)
        let format = FigureFormat.average(own, near: fact.overall)
        return
            "\(label: label) is \(text: degree) (\(fact.value, format) against \(fact.overall, format) on average)"
    }

    /// By the thresholds of Cohen 1988.
    private static func degree(_ effect: Double) -> String {
        let word = effect > 0 ? "higher" : "lower"
        switch abs(effect) {
        case 0.8...: return "much \(word)"
        case 0.5...: return word
        default: return "somewhat \(word)"
        }
    }

    private func listed(_ phrases: [Phrase]) -> Phrase {
        var result: Phrase = ""
        for (place, phrase) in phrases.enumerated() {
            if place > 0 { result = result + (place == phrases.count - 1 ? " and " : ", ") }
            result = result + phrase
        }
        return result
    }
}

extension GuardedProfile {
    /// What people call a level.
    func name(of level: String, _ column: Column) -> String {
        guard column.isBoolean else { return level }
        return level == "true" ? "Yes" : "No"
    }
}

/// Days as texts.
enum Day {
    /// - Parameter days: since 1970-01-01; parts of a day are left out.
    static func text(_ days: Double) -> String {
        guard let day = Int32(exactly: days.rounded(.down)) else { return "–" }
        return Value.date(days: day).description
    }
}
