/// What the criteria say about k, whom most of them follow, and who dissents.
///
/// Criteria that answer "none" or 1 vote for no groups, unless they abstain. The recommendation is the k with the most
/// votes, ties to the smaller; none where as many votes are for no groups, or where it has less
/// than a third of all votes.
///
/// A pure function of the table. It weighs criteria; whether anything is there at all is tested
/// against a null with the same marginals, and how many groups can be treated is not for it to say.
package struct Jury: Sendable, Equatable, Codable {
    package enum Criterion: String, Sendable, Equatable, Codable, CaseIterable {
        case elbow, gap, silhouette, bic, repeatability
        case predictionStrength = "prediction_strength"
        case calinskiHarabasz = "calinski_harabasz"
        case daviesBouldin = "davies_bouldin"

        /// Half a vote for those that measure one thing, compact round groups, in two ways; for the
        /// elbow, which finds something in any curve; and for repeatability, which doesn't need
        /// groups to be high.
        var weight: Double {
            switch self {
            case .gap, .predictionStrength, .silhouette, .bic: 1
            case .elbow, .calinskiHarabasz, .daviesBouldin, .repeatability: 0.5
            }
        }

        package var name: String {
            switch self {
            case .elbow: "elbow"
            case .gap: "gap"
            case .predictionStrength: "prediction strength"
            case .silhouette: "silhouette"
            case .calinskiHarabasz: "Calinski-Harabasz"
            case .daviesBouldin: "Davies-Bouldin"
            case .bic: "BIC"
            case .repeatability: "repeatability"
            }
        }
    }

    /// One criterion's choice.
    package struct Opinion: Sendable, Equatable, Codable {
        package let criterion: Criterion
        /// Nil where it chooses none.
        package let k: Int?
        /// One line: the figure that decided.
        package let reason: String
        /// 0 where it abstains.
        package let weight: Double

        /// - Parameter abstains: where the figures exclude no k, so that they choose none either.
        init(_ criterion: Criterion, _ k: Int?, _ reason: String, abstains: Bool = false) {
            (self.criterion, self.k, self.reason) = (criterion, k, reason)
            weight = abstains ? 0 : criterion.weight
        }

        /// "gap 1", "elbow none".
        package var text: String { "\(criterion.name) \(k.map { "\($0)" } ?? "none")" }

        /// 1 stands for no groups.
        var vote: Int { max(1, k ?? 1) }
    }

    /// Of all criteria that could be asked.
    package let opinions: [Opinion]
    /// Nil where the jury recommends no k.
    package let recommendation: Int?
    /// The share of the votes that the strongest k of 2 and more has.
    package let support: Double
    /// One line.
    package let summary: String
    /// Those that chose something else; empty where all agree.
    package let dissent: String

    package init(_ table: KSweep.Table) {
        self.init(opinions: Criterion.allCases.compactMap { $0.opinion(on: table) })
    }

    init(opinions: [Opinion]) {
        self.opinions = opinions
        let all = opinions.reduce(0) { $0 + $1.weight }
        let votes = { vote in opinions.reduce(0) { $0 + ($1.vote == vote ? $1.weight : 0) } }
        let candidates = Set(opinions.map(\.vote)).filter { $0 > 1 }.sorted()
        let strongest = candidates.max {
            let (left, right) = (votes($0), votes($1))
            return left == right ? $0 > $1 : left < right
        }
        let most = strongest.map(votes) ?? 0
        support = all > 0 ? most / all : 0
        let isClear = most > votes(1) && most * 3 >= all
        recommendation = isClear ? strongest : nil
        summary = Self.summary(
            strongest, most, none: votes(1), all: all, isRecommended: recommendation != nil)
        let chosen = recommendation ?? 1
        dissent = opinions.filter { $0.weight > 0 && $0.vote != chosen }.map(\.text)
            .joined(separator: ", ")
    }

    private static func summary(
        _ strongest: Int?, _ most: Double, none: Double, all: Double, isRecommended: Bool
    ) -> String {
        guard all > 0 else { return "no criterion could be measured" }
        guard let strongest else { return "no k: every criterion sees no groups" }
        let votes = "\(most.fixed(1)) of \(all.fixed(1)) votes"
        if isRecommended { return "k = \(strongest), with \(votes)" }
        return most <= none
            ? "no k: \(none.fixed(1)) of \(all.fixed(1)) votes see no groups; "
                + "k = \(strongest) has \(most.fixed(1))"
            : "no k: the criteria disagree; the strongest, k = \(strongest), has \(votes)"
    }
}
