import Columns
import Learning
import Query

/// Whether one value of a dimension is the most frequent in every group of another.
struct DominanceClaim {
    private let claimed: String
    private let isRounded: Bool

    private static let level = 0.05

    /// - Parameter isRounded: to three digits, so that no number of rows can be solved for.
    init(_ claimed: String, isRounded: Bool) {
        self.claimed = claimed
        self.isRounded = isRounded
    }

    private struct Group {
        var value: Value
        var own: Int
        var rival: (value: Value, rows: Int)?
        var rows: Int
        var p: Double?
        var standing = ClaimVerdict.Standing.untested
        var share: Double { Double(own) / Double(rows) }
        var lead: Double { Double(own - (rival?.rows ?? 0)) / Double(rows) }
    }

    /// - Parameter table: the groups' dimension, the claimed value's, a number of rows.
    func verdict(_ table: FigureTable) -> ClaimVerdict {
        guard table.suppressed == 0, table.rowsUsed != nil else {
            return .untold("Some groups have too few rows to be told of.")
        }
        var groups = groups(table)
        guard !groups.isEmpty else { return .untold("No row is left.") }
        let tested = groups.indices.filter { groups[$0].p != nil }
        let corrected = MultipleTests.holm(tested.map { groups[$0].p ?? 1 })
        for (place, p) in zip(tested, corrected) {
            groups[place].p = ClaimVerdict.rounded(p, isRounded)
        }
        for place in groups.indices { groups[place].standing = standing(groups[place]) }
        var verdict = words(groups)
        verdict.tests = groups.map { group in
            ClaimVerdict.Test(
                value: group.value, difference: ClaimVerdict.rounded(group.lead, isRounded),
                p: group.p, standing: group.standing)
        }
        verdict.details = groups.map(detail)
        verdict.about = [
            AboutEntry(
                term: "Test",
                words:
                    "In each group the rows of the claimed value against those of the most frequent "
                    + "other (sign test); p is corrected by Holm's method for the "
                    + "\(tested.count) groups."),
            AboutEntry(
                term: "Verdict",
                words:
                    "The claim holds where in each group the lead is significant (p below 0.05) and 5 "
                    + "points at least; else it is a tie. It does not hold where another value leads."
            ),
        ]
        return verdict
    }

    private func groups(_ table: FigureTable) -> [Group] {
        let rows = table.rows.filter { !$0[0].isMissing && !$0[1].isMissing }
        return rows.map { $0[0] }.unique.compactMap { value in
            let cells = rows.filter { $0[0] == value }.map { ($0[1], $0[2].integerValue ?? 0) }
            let total = cells.map(\.1).reduce(0, +)
            guard total > 0 else { return nil }
            let own = cells.first { $0.0.description == claimed }?.1 ?? 0
            let others = cells.filter { $0.0.description != claimed }
            let most = others.map(\.1).max()
            let rival = others.first { $0.1 == most }
            var group = Group(
                value: value, own: own, rival: rival.map { ($0.0, $0.1) }, rows: total)
            group.p = CountComparison(own, rival?.1 ?? 0)?.p
            return group
        }
    }

    private func standing(_ group: Group) -> ClaimVerdict.Standing {
        guard let p = group.p, p < Self.level, abs(group.lead) >= TrivialDifference.points else {
            return .tie
        }
        return group.lead > 0 ? .ahead : .behind
    }

    // MARK: Words

    private func words(_ groups: [Group]) -> ClaimVerdict {
        func named(_ groups: [Group]) -> Phrase {
            ClaimVerdict.list(
                groups.map { group in
                    guard let rival = group.rival else { return "\(name: group.value)" }
                    return
                        "\(name: group.value) (\(name: rival.value) \(share: Double(rival.rows) / Double(group.rows)) "
                        + "against \(share: group.share))"
                })
        }
        let behind = groups.filter { $0.standing == .behind }
        let ties = groups.filter { $0.standing == .tie }
        if !behind.isEmpty {
            return ClaimVerdict(
                outcome: .fails, with: behind.map(\.value),
                words: "Another value leads in " + named(behind) + ".")
        }
        if !ties.isEmpty {
            return ClaimVerdict(
                outcome: .tie, with: ties.map(\.value),
                words: "\(label: claimed) can't be told from another value in " + named(ties) + ".")
        }
        let least = groups.min { $0.lead < $1.lead } ?? groups[0]
        let opening: Phrase =
            groups.count == 1
            ? "\(label: claimed) is the most frequent in \(name: least.value): "
            : "\(label: claimed) is the most frequent in all \(count: groups.count) groups; closest in \(name: least.value): "
        let rival: Phrase =
            least.rival.map {
                " against \(share: Double($0.rows) / Double(least.rows)) \(name: $0.value)"
            } ?? ""
        return ClaimVerdict(
            outcome: .holds, words: opening + "\(share: least.share)" + rival + ".")
    }

    private func detail(_ group: Group) -> Phrase {
        let rival: Phrase = group.rival.map { " against \(count: $0.rows) \(name: $0.value)" } ?? ""
        let p = group.p.map { ", " + ClaimVerdict.chance($0) } ?? ", too few to test"
        return "\(name: group.value): \(count: group.own) \(label: claimed)" + rival
            + " of \(count: group.rows)" + p + "."
    }
}
