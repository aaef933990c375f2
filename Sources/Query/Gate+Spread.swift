package import Columns
import Engine
package import Kernels

/// A mean or a share in each group of a dimension, with what a test of it takes.
package struct MeasureSpread: Sendable, Equatable {
    package enum Kind: Sendable { case mean, share }

    package var kind: Kind
    /// By group: nil where it has no value, and where privacy hides it. A share is the mean of 1 for
    /// each row that counts and 0 for each other.
    package var groups: [Value: Spread]
}

extension Gate {
    /// How the values that a measure averages spread in each group of a dimension.
    ///
    /// - Parameters:
    ///   - name: `avg(x)`, or `count(*) FILTER (WHERE …) / count(*)`, whose rows are observations.
    ///   - dimension: of the measure's model, or up its references.
    /// - Returns: nil for any other measure: no row is an observation of a sum or a ratio of sums.
    /// - Throws: `unknown_name`, `unrelated`, `not_permitted`, or the engine's own error.
    package func spread(
        of name: String, by dimension: String, filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> MeasureSpread? {
        let measure = try measures([name], for: reader)[0]
        let grouping = try permitted([dimension], for: reader)[0]
        try check(filter, for: reader, over: [measure.model], by: [grouping])
        guard let (kind, observed) = measure.observed else { return nil }
        var spread = MeasureSpread(kind: kind, groups: [:])
        guard try await rowCount(of: measure.model, filter: filter, for: reader).used != nil
        else { return spread }
        let value = Catalogue.Dimension(
            name: measure.name, model: measure.model, label: measure.label, text: measure.text,
            expression: observed, type: .double)
        let rows = GroupedRows(
            grouping, [value], SQLCompiler(catalogue, dialect, model: measure.model), filter,
            engine)
        let counts = try await rows.counts()
        let values = counts.map(\.value)
        guard let sums = try await rows.sums(0, values) else { return spread }
        let hidden = hiddenCells(values.map { [$0] }, counts.map(\.rows))
        for (group, numbers) in zip(values, numbers(sums, name, hidden, values).groups) {
            spread.groups[group] = numbers
        }
        return spread
    }
}

extension Catalogue.Measure {
    /// What each row adds to a mean or a share; nil where the measure is neither.
    fileprivate var observed: (MeasureSpread.Kind, CheckedExpression)? {
        switch expression.withoutCasts {
        case .aggregate(let aggregate)
        where aggregate.function == "avg" && !aggregate.distinct && aggregate.arguments.count == 1:
            let value = aggregate.arguments[0]
            guard let filter = aggregate.filter else { return (.mean, value) }
            let branch = CheckedExpression.Branch(when: filter, then: value)
            return (.mean, .choice(branches: [branch], otherwise: .literal(.missing)))
        case .call("/", let operands) where operands.count == 2:
            guard let part = operands[0].countOfRows, let whole = operands[1].countOfRows,
                let condition = part.filter, whole.filter == nil
            else { return nil }
            let branch = CheckedExpression.Branch(when: condition, then: .literal(.integer(1)))
            return (.share, .choice(branches: [branch], otherwise: .literal(.integer(0))))
        default: return nil
        }
    }
}

extension CheckedExpression {
    fileprivate var withoutCasts: CheckedExpression {
        var inner = self
        while case .cast(let operand, _, _) = inner { inner = operand }
        return inner
    }

    /// `count(*)`, with or without a filter.
    fileprivate var countOfRows: Aggregate? {
        guard case .aggregate(let aggregate) = withoutCasts, aggregate.function == "count",
            aggregate.arguments.isEmpty, !aggregate.distinct
        else { return nil }
        return aggregate
    }
}
