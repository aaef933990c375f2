import Columns
import Foundation
import Kernels
package import Learning
import Workspace

/// What makes each segment: its features ranked, and a short rule in the data's own units.
///
/// Over the features that formed the segments, so there is no test in it: effect sizes only.
package struct SegmentExplanation: Codable, Sendable {
    /// How much of a feature lies between the segments.
    package struct Feature: Codable, Sendable {
        package var name: String
        package var isCategory: Bool
        /// η² of a number, Cramér's V of a category; nil where it doesn't vary.
        package var strength: Double?
        package var mean: Double?

        private enum CodingKeys: String, CodingKey {
            case name, strength, mean
            case isCategory = "is_category"
        }
    }

    /// How one segment differs from the others in one feature.
    package struct Trait: Codable, Sendable {
        package var feature: String
        /// The level of a category.
        package var level: String?
        /// The segment's mean, or the level's share of it.
        package var value: Double
        /// The same over all customers.
        package var overall: Double
        /// Cohen's d against the others for a number, ln of the lift for a level.
        package var effect: Double

        package var isHigh: Bool { effect > 0 }
    }

    package struct Group: Codable, Sendable {
        /// Strongest first.
        package var traits: [Trait]
        /// Describes the segment; customers are assigned by the model itself.
        package var rule: SurrogateTree.Rule?
        package var suggestedName: String

        private enum CodingKeys: String, CodingKey {
            case traits, rule
            case suggestedName = "suggested_name"
        }
    }

    /// Strongest first.
    package var features: [Feature]
    /// In the order of the segments.
    package var groups: [Group]
    /// The share of the customers that the rules' tree puts in their own segment.
    package var fidelity: Double?
}

extension ClusterFit {
    /// Traits shown for each segment.
    private static let mostTraits = 5
    /// Effects below which a segment is like the others (Cohen 1988: small).
    private static let leastEffect = 0.2
    /// Rules that are read at one glance.
    private static let rules: SurrogateTree = {
        var tree = SurrogateTree()
        tree.depth = 3
        tree.parts = 2
        return tree
    }()
    /// Levels of which hardly anybody in a segment is, make no trait.
    private static let leastShare = 0.2

    func explanation(
        _ preprocessing: Preprocessing.Model, _ labels: [Int32], groups: Int, work: Work
    ) throws(AuroraError) -> SegmentExplanation {
        var explained: [SegmentExplanation.Feature] = []
        var traits = [[SegmentExplanation.Trait]](repeating: [], count: groups)
        var described: [SurrogateTree.Feature] = []
        for (index, source) in features.sources.enumerated() {
            let filled = features.matrix.column(index).map {
                $0.isNaN ? preprocessing.features[index].fill ?? .nan : $0
            }
            if source.levels != nil {
                let levels = preprocessing.configuration.features[index].levels
                let codes = filled.map { $0.isNaN ? -1 : Int32($0) }
                let profile = try CategoryProfile(
                    codes, levels: levels.count, labels: labels, groups: groups)
                explained.append(
                    .init(name: source.column, isCategory: true, strength: profile.cramersV))
                for group in 0..<groups {
                    traits[group] += Self.traits(of: profile, group, source.column, levels)
                }
                described.append(
                    .init(source.column, .codes(codes, levels: levels.count)))
            } else {
                let profile = try NumberProfile(
                    filled, labels: labels, groups: groups, work: work)
                explained.append(
                    .init(
                        name: source.column, isCategory: false, strength: profile.etaSquared,
                        mean: profile.mean))
                for (group, part) in profile.groups.enumerated() {
                    guard let mean = part.mean, let effect = part.cohensD,
                        abs(effect) >= Self.leastEffect, let overall = profile.mean
                    else { continue }
                    traits[group].append(
                        .init(
                            feature: source.column, value: mean, overall: overall, effect: effect))
                }
                described.append(.init(source.column, .numbers(filled)))
            }
        }
        var tree: SurrogateTree.Model?
        if groups > 1 {
            tree = try Self.rules.fit(described, labels: labels, groups: groups, work: work)
        }
        let order = explained.indices.sorted {
            (-(explained[$0].strength ?? 0), $0) < (-(explained[$1].strength ?? 0), $1)
        }
        let ranked = traits.map { traits in
            let order = traits.indices.sorted {
                (-abs(traits[$0].effect), $0) < (-abs(traits[$1].effect), $1)
            }
            return order.prefix(Self.mostTraits).map { traits[$0] }
        }
        let names = SegmentNames.suggested(ranked)
        return SegmentExplanation(
            features: order.map { explained[$0] },
            groups: (0..<groups).map { group in
                .init(
                    traits: ranked[group], rule: tree?.rules[group], suggestedName: names[group])
            }, fidelity: tree?.fidelity)
    }

    private static func traits(
        of profile: CategoryProfile, _ group: Int, _ feature: String, _ levels: [String]
    ) -> [SegmentExplanation.Trait] {
        levels.indices.compactMap { level in
            let part = profile.groups[group][level]
            guard let share = part.share, let lift = part.lift, lift > 0,
                max(share, profile.shares[level]) >= leastShare, abs(log(lift)) >= leastEffect
            else { return nil }
            return .init(
                feature: feature, level: levels[level], value: share,
                overall: profile.shares[level], effect: log(lift))
        }
    }
}
