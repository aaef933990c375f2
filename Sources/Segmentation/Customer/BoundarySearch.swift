import Columns
import Kernels
import Learning
import Workspace

/// The nearest boundaries of one customer along what the project declares actionable.
///
/// Each way is measured on the model's scale and told in the data's own units; before it is told,
/// the changed customer is scored again and must land where it says.
///
/// Source: METHODS.md section 8.
struct BoundarySearch {
    let frozen: FrozenSegments
    let geometry: CentroidGeometry
    /// As the model's table has it, with codes of levels.
    let raw: [Double]
    /// The place of its group.
    let own: Int

    /// What can be changed: a feature by itself, or linked ones that change together.
    struct Way: Hashable {
        var features: [Int]
        var isActionable: Bool
    }

    typealias Boundary = CustomerExplanation.Boundary
    typealias Refusal = CustomerExplanation.Refusal

    /// The ways that features declare: those that are linked, directly or through others, are one.
    ///
    /// - Parameter declared: by the preprocessing's features, what the file says of each.
    static func ways(_ declared: [FeatureSpec]) -> [Way] {
        let names = declared.map(\.column.value)
        var group = Array(declared.indices)
        for (index, feature) in declared.enumerated() {
            for other in feature.linked.compactMap({ names.firstIndex(of: $0.value) }) {
                let (kept, joined) = (
                    min(group[index], group[other]), max(group[index], group[other])
                )
                for place in group.indices where group[place] == joined { group[place] = kept }
            }
        }
        return group.indices.filter { group[$0] == $0 }.compactMap { first in
            let members = group.indices.filter { group[$0] == first }
            guard members.contains(where: { declared[$0].isActionable }) else { return nil }
            return Way(
                features: members, isActionable: members.allSatisfy { declared[$0].isActionable })
        }
    }

    /// The shortest way to a boundary along each of `ways`, or why there is none.
    ///
    /// Complexity: O(ways · groups² · columns), and ``ProportionalChange`` for linked features.
    func run(_ ways: [Way]) throws(AuroraError) -> (boundaries: [Boundary], refusals: [Refusal]) {
        var boundaries: [Boundary] = []
        var refusals: [Refusal] = []
        let designed = try frozen.preprocessing.designed(Matrix([raw])).row(0)
        for way in ways {
            if let reason = refusal(of: way) {
                refusals.append(Refusal(columns: columns(of: way), reason: reason))
            } else if let found = way.features.count == 1
                ? try alone(way.features[0], designed) : try together(way.features, designed)
            {
                boundaries.append(found)
            } else {
                refusals.append(Refusal(columns: columns(of: way), reason: .outOfReach))
            }
        }
        let order = boundaries.indices.sorted {
            (boundaries[$0].size, $0) < (boundaries[$1].size, $1)
        }
        return (order.map { boundaries[$0] }, refusals)
    }

    private func refusal(of way: Way) -> Refusal.Reason? {
        if !way.isActionable { return .linked }
        if way.features.contains(where: { frozen.sources[$0].levels != nil }) { return .category }
        if way.features.contains(where: { raw[$0].isNaN }) { return .missing }
        return way.features.count > 1 && way.features.contains { raw[$0] <= 0 } ? .noShare : nil
    }

    private func columns(of way: Way) -> [String] {
        way.features.map { frozen.sources[$0].column }
    }

    // MARK: One feature

    private func alone(_ feature: Int, _ designed: [Double]) throws(AuroraError) -> Boundary? {
        let preprocessing = frozen.preprocessing
        guard let column = preprocessing.columns.firstIndex(where: { $0.feature == feature }) else {
            return nil
        }
        let found = NearestBoundary(
            of: designed, own: own, actionable: [column],
            limits: try limits(designed, column, feature), in: geometry)
        for change in found.changes {
            let step = change.changes[0]
            guard let to = preprocessing.raw(designed[column] + step, column: column),
                let beyond = preprocessing.raw(
                    designed[column] + step * (1 + Self.beyond), column: column)
            else { continue }
            guard try lands(in: change.target, changing: [feature], to: [beyond]) else { continue }
            return Boundary(
                changes: [
                    .init(column: frozen.sources[feature].column, from: raw[feature], to: to)
                ],
                segment: frozen.ids[change.target], size: change.size)
        }
        return nil
    }

    /// What part of a way is gone on, so that a customer is beyond the boundary and not on it.
    private static let beyond = 1e-6

    /// From the least to the largest value that a customer of the run has.
    private func limits(
        _ designed: [Double], _ column: Int, _ feature: Int
    ) throws(AuroraError) -> [ClosedRange<Double>] {
        var limits = designed.map { $0...$0 }
        let range = range(of: feature)
        var ends = [raw, raw]
        (ends[0][feature], ends[1][feature]) = (range.lowerBound, range.upperBound)
        let places = try frozen.preprocessing.designed(Matrix(ends))
        // Rounding must not leave the customer's own value outside.
        limits[column] =
            min(places[0, column], designed[column])...max(places[1, column], designed[column])
        return limits
    }

    private func range(of feature: Int) -> ClosedRange<Double> {
        let fitted = frozen.preprocessing.features[feature]
        return min(
            fitted.minimum ?? raw[feature], raw[feature])...max(
                fitted.maximum ?? raw[feature], raw[feature])
    }

    private func lands(
        in group: Int, changing features: [Int], to values: [Double]
    ) throws(AuroraError) -> Bool {
        var changed = raw
        for (feature, value) in zip(features, values) { changed[feature] = value }
        return try frozen.assign(Matrix([changed]), work: .init()).ids[0] == frozen.ids[group]
    }

    // MARK: Several at once

    private func together(
        _ features: [Int], _ designed: [Double]
    ) throws(AuroraError) -> Boundary? {
        let search = ProportionalChange(
            preprocessing: frozen.preprocessing, geometry: geometry, raw: raw, own: own,
            features: features, ranges: features.map { range(of: $0) })
        for change in try search.nearest(from: designed) {
            guard
                try lands(
                    in: change.target, changing: features,
                    to: features.map { raw[$0] * change.beyond })
            else { continue }
            return Boundary(
                changes: features.map {
                    .init(
                        column: frozen.sources[$0].column, from: raw[$0],
                        to: raw[$0] * change.factor)
                }, segment: frozen.ids[change.target], size: change.size)
        }
        return nil
    }
}
