package import Columns

/// An expression that has passed Aurora's checks: nothing in it can read a file, another table, a
/// setting, the clock or a random number.
///
/// Made by an ``ExpressionParser`` only; rendered back to SQL by a ``Dialect``.
package indirect enum CheckedExpression: Hashable, Sendable {
    case literal(Value)
    case column(ColumnReference)
    case call(function: String, arguments: [CheckedExpression])
    case aggregate(Aggregate)
    case cast(CheckedExpression, ColumnType, orMissing: Bool)
    case choice(branches: [Branch], otherwise: CheckedExpression)
    case comparison(Comparison, CheckedExpression, CheckedExpression)
    case between(CheckedExpression, lower: CheckedExpression, upper: CheckedExpression)
    case isIn(CheckedExpression, options: [CheckedExpression], negated: Bool)
    case all([CheckedExpression])
    case any([CheckedExpression])
    case not(CheckedExpression)
    case isMissing(CheckedExpression, negated: Bool)

    package struct ColumnReference: Hashable, Sendable {
        package var name: String
        /// Where it stands in the expression's text, in bytes from its start.
        package var offset: Int

        package init(name: String, offset: Int) {
            self.name = name
            self.offset = offset
        }
    }

    package struct Aggregate: Hashable, Sendable {
        package var function: String
        /// Empty for `count(*)`.
        package var arguments: [CheckedExpression]
        package var distinct: Bool
        package var filter: CheckedExpression?

        package init(
            function: String, arguments: [CheckedExpression], distinct: Bool = false,
            filter: CheckedExpression? = nil
        ) {
            self.function = function
            self.arguments = arguments
            self.distinct = distinct
            self.filter = filter
        }
    }

    package struct Branch: Hashable, Sendable {
        package var condition: CheckedExpression
        package var result: CheckedExpression

        package init(when condition: CheckedExpression, then result: CheckedExpression) {
            self.condition = condition
            self.result = result
        }
    }

    package enum Comparison: String, Hashable, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case distinct = "IS DISTINCT FROM"
        case notDistinct = "IS NOT DISTINCT FROM"
    }
}

extension CheckedExpression {
    /// The expressions that stand directly in this one.
    package var children: [CheckedExpression] {
        switch self {
        case .literal, .column: []
        case .call(_, let arguments): arguments
        case .aggregate(let aggregate): aggregate.arguments + (aggregate.filter.map { [$0] } ?? [])
        case .cast(let operand, _, _), .not(let operand), .isMissing(let operand, _): [operand]
        case .choice(let branches, let otherwise):
            branches.flatMap { [$0.condition, $0.result] } + [otherwise]
        case .comparison(_, let left, let right): [left, right]
        case .between(let operand, let lower, let upper): [operand, lower, upper]
        case .isIn(let operand, let options, _): [operand] + options
        case .all(let terms), .any(let terms): terms
        }
    }

    /// Every column that the expression reads, in the order of the text.
    package var columns: [ColumnReference] {
        if case .column(let reference) = self { return [reference] }
        return children.flatMap(\.columns)
    }

    /// The columns' names, each once, in the order of the text.
    package var columnNames: [String] {
        var seen: Set<String> = []
        return columns.map(\.name).filter { seen.insert($0).inserted }
    }

    package var containsAggregate: Bool {
        if case .aggregate = self { return true }
        return children.contains(where: \.containsAggregate)
    }

    /// True where every column stands inside an aggregate, as a measure needs it.
    package var isAggregated: Bool {
        switch self {
        case .aggregate: true
        case .column: false
        default: children.allSatisfy(\.isAggregated)
        }
    }

    /// The same expression with `transform` applied to every aggregate.
    package func mapAggregates<Failure: Error>(
        _ transform: (Aggregate) async throws(Failure) -> CheckedExpression
    ) async throws(Failure) -> CheckedExpression {
        func map(_ expression: CheckedExpression) async throws(Failure) -> CheckedExpression {
            try await expression.mapAggregates(transform)
        }
        func map(_ expressions: [CheckedExpression]) async throws(Failure) -> [CheckedExpression] {
            var result: [CheckedExpression] = []
            for expression in expressions { result.append(try await map(expression)) }
            return result
        }
        switch self {
        case .literal, .column: return self
        case .aggregate(let aggregate): return try await transform(aggregate)
        case .call(let function, let arguments):
            return .call(function: function, arguments: try await map(arguments))
        case .cast(let operand, let type, let orMissing):
            return .cast(try await map(operand), type, orMissing: orMissing)
        case .choice(let branches, let otherwise):
            var mapped: [Branch] = []
            for branch in branches {
                mapped.append(
                    Branch(
                        when: try await map(branch.condition), then: try await map(branch.result)))
            }
            return .choice(branches: mapped, otherwise: try await map(otherwise))
        case .comparison(let comparison, let left, let right):
            return .comparison(comparison, try await map(left), try await map(right))
        case .between(let operand, let lower, let upper):
            return .between(
                try await map(operand), lower: try await map(lower), upper: try await map(upper))
        case .isIn(let operand, let options, let negated):
            return .isIn(
                try await map(operand), options: try await map(options), negated: negated)
        case .all(let terms): return .all(try await map(terms))
        case .any(let terms): return .any(try await map(terms))
        case .not(let operand): return .not(try await map(operand))
        case .isMissing(let operand, let negated):
            return .isMissing(try await map(operand), negated: negated)
        }
    }
}
