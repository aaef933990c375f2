import Learning
import Query
import Segmentation

/// One way in which a segment differs from all other customers.
struct ProfileFact {
    /// By place among the profile's columns.
    var column: Int
    /// The level of a category.
    var level: String?
    /// The segment's mean, or the level's share of it.
    var value: Double
    /// The same of all customers.
    var overall: Double
    var lift: Double?
    /// In standard deviations, against all others: Cohen's d of a number, the standardised difference
    /// of a share (Austin 2009).
    var effect: Double
}

extension GuardedProfile {
    /// What sets a segment apart, strongest first: of each column at most one fact.
    ///
    /// Nothing is told below Cohen's "small" (1988), of shares nor below five points.
    func facts(of segment: Int) -> [ProfileFact] {
        guard !guarded.hidden.contains(segment), guarded.result.segments.count > 1 else {
            return []
        }
        let facts = columns.indices.compactMap { place in
            columns[place].kind == .category
                ? levels(of: place, in: segment).filter(Self.isNotable)
                    .max { abs($0.effect) < abs($1.effect) }
                : number(of: place, in: segment)
        }
        let order = facts.indices.sorted {
            (-abs(facts[$0].effect), $0) < (-abs(facts[$1].effect), $1)
        }
        return order.map { facts[$0] }
    }

    private func number(of place: Int, in segment: Int) -> ProfileFact? {
        let column = columns[place]
        guard let own = column.segments[segment], let value = own.mean, let effect = own.effect,
            let overall = column.all?.mean, abs(effect) >= TrivialDifference.effect
        else { return nil }
        return ProfileFact(
            column: place, value: value, overall: overall, lift: own.lift, effect: effect)
    }

    private static func isNotable(_ fact: ProfileFact) -> Bool {
        abs(fact.value - fact.overall) >= TrivialDifference.points
            && abs(fact.effect) >= TrivialDifference.effect
    }

    /// Every level of a category in a segment, as far as it is told, in the order of the levels.
    func levels(of place: Int, in segment: Int) -> [ProfileFact] {
        let size = guarded.result.segments[segment].size
        // No and yes say the same.
        let told = columns[place].levels.filter {
            !columns[place].isBoolean || $0.name != Self.no || columns[place].levels.count == 1
        }
        guard size > 0 else { return [] }
        return told.compactMap { level in
            guard let own = level.segments[segment], let all = level.all else { return nil }
            let share = Double(own) / Double(size)
            let overall = Double(all) / Double(rows)
            let rest = rows - size
            let others = rest > 0 ? Double(all - own) / Double(rest) : share
            return ProfileFact(
                column: place, level: level.name, value: share, overall: overall,
                lift: overall > 0 ? share / overall : nil,
                effect: StandardisedDifference.of(share, others))
        }
    }

    /// How the engine writes a boolean that does not hold.
    private static let no = "false"
}
