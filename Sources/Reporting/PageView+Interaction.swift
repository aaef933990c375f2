import Columns
import Engine
package import Query
import Workspace

/// How far readers have gone down in visuals, by their ids: what each level above was left by.
package typealias PageDrills = [String: [FilterContext.Selection]]

extension PageView {
    /// The figures of a visual as selections, and where it goes down, leave them.
    ///
    /// - Parameters:
    ///   - visual: at its lower level already.
    ///   - path: the marks through which readers went down to it.
    func figures(
        of visual: PageSpec.Visual, _ selections: [PageSelection],
        _ conditions: [CheckedExpression] = [], along path: [FilterContext.Selection]
    ) async throws(AuroraError) -> JSON? {
        func filter(_ selections: [PageSelection]) -> FilterContext {
            FilterContext(selections: selections.map(\.selection) + path, conditions: conditions)
        }
        let whole = filter(filtering(visual, selections))
        let data = try await visual.chart.data(in: run, whole, for: reader)
        guard visual.interaction == .highlight, case .object(var members)? = data else {
            return data
        }
        let part = filter(selections.filter { $0.source != visual.id })
        if part != whole,
            let json = try await visual.chart.part(
                run.gate, of: whole, part,
                isCut: members.contains {
                    ($0.name == "folded" && $0.value == true) || $0.name == "shown"
                }, for: reader)
        {
            members.append(.init(name: "part", value: json))
        }
        return .object(members)
    }

    /// The selections that filter a visual: none that it made itself, and marks of others only where
    /// it is to react to them so.
    func filtering(
        _ visual: PageSpec.Visual, _ selections: [PageSelection]
    ) -> [PageSelection] {
        let others = Set(page.visuals.map(\.id))
        return selections.filter {
            $0.source != visual.id
                && (visual.interaction == .filter || !others.contains($0.source))
        }
    }
}

extension PageSpec.Visual {
    /// The same visual at the level to which a path leads.
    ///
    /// - Throws: `unknown_drill` where it has no such level.
    func drilled(along path: [FilterContext.Selection]) throws(AuroraError) -> Self {
        guard !path.isEmpty else { return self }
        let levels = [chart.dimensions.first].compactMap { $0?.value } + chart.drill.map(\.value)
        guard path.count < levels.count, zip(path, levels).allSatisfy({ $0.dimension == $1 }) else {
            throw AuroraError(
                "unknown_drill",
                "the levels of '\(id)' are \(levels.joined(separator: ", ")), but a way down by "
                    + "\(path.map(\.dimension).joined(separator: ", ")) was asked for")
        }
        var lower = self
        lower.chart = chart.drilled(to: path.count)
        return lower
    }
}
