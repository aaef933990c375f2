package import Columns
package import Query

/// A selection and the slicer or visual that made it, which it does not filter.
package struct PageSelection: Sendable {
    package var source: String
    package var selection: FilterContext.Selection
    /// What the days were chosen as, seen from the as-of date.
    package var period: RelativePeriod?

    package init(
        source: String, _ selection: FilterContext.Selection, period: RelativePeriod? = nil
    ) {
        self.source = source
        self.selection = selection
        self.period = period
    }

    /// As the body of a data request has it.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init(name: "source", value: .string(source)),
            .init(name: "dimension", value: .string(selection.dimension)),
        ]
        members += choice
        return .object(members)
    }

    /// "Age", or "State › City" of a hierarchy.
    func label(_ dimensions: [String: Catalogue.Dimension]) -> String {
        selection.dimensions.map { dimensions[$0]?.label ?? $0 }.joined(separator: " › ")
    }

    /// What is chosen, in words for a file.
    var words: String {
        func name(_ value: Value) -> String { value.isMissing ? "Missing" : value.description }
        switch selection.choice {
        case .values(let values): return values.map(name).joined(separator: ", ")
        case .days(let from, let through):
            let days = "from \(from) to \(through)"
            return period.map { "\($0.label) (\(days))" } ?? days
        case .range(let from, let to, _):
            let ends = [from.map { "from \($0)" }, to.map { "up to \($0)" }].compactMap { $0 }
            return ends.joined(separator: " ")
        case .paths(let paths, _):
            return paths.map { $0.map(name).joined(separator: " › ") }.joined(separator: ", ")
        }
    }

    /// What is chosen of the dimension.
    var choice: [JSON.Member] {
        var members: [JSON.Member]
        switch selection.choice {
        case .values(let values):
            members = [.init(name: "values", value: .array(values.map(\.json)))]
        case .days(let from, let through):
            members = [.init(name: "range", value: [.string(from), .string(through)])]
        case .range(let from, let to, _):
            members = [.init(name: "range", value: [JSON(from), JSON(to)])]
        case .paths(let paths, let dimensions):
            members = [
                .init(name: "dimensions", value: .array(dimensions.map { .string($0) })),
                .init(name: "paths", value: .array(paths.map { .array($0.map(\.json)) })),
            ]
        }
        if let period { members.append(.init(name: "period", value: .string(period.name))) }
        return members
    }
}
