import Engine

extension CheckedExpression {
    /// The same expression with other expressions in the place of these columns.
    func binding(_ values: [String: CheckedExpression]) -> CheckedExpression {
        func bound(_ expression: CheckedExpression) -> CheckedExpression {
            expression.binding(values)
        }
        switch self {
        case .literal: return self
        case .column(let reference): return values[reference.name] ?? self
        case .call(let function, let arguments):
            return .call(function: function, arguments: arguments.map(bound))
        case .aggregate(var aggregate):
            aggregate.arguments = aggregate.arguments.map(bound)
            aggregate.filter = aggregate.filter.map(bound)
            return .aggregate(aggregate)
        case .cast(let operand, let type, let orMissing):
            return .cast(bound(operand), type, orMissing: orMissing)
        case .choice(let branches, let otherwise):
            return .choice(
                branches: branches.map { .init(when: bound($0.condition), then: bound($0.result)) },
                otherwise: bound(otherwise))
        case .comparison(let comparison, let left, let right):
            return .comparison(comparison, bound(left), bound(right))
        case .between(let operand, let lower, let upper):
            return .between(bound(operand), lower: bound(lower), upper: bound(upper))
        case .isIn(let operand, let options, let negated):
            return .isIn(bound(operand), options: options.map(bound), negated: negated)
        case .all(let terms): return .all(terms.map(bound))
        case .any(let terms): return .any(terms.map(bound))
        case .not(let operand): return .not(bound(operand))
        case .isMissing(let operand, let negated):
            return .isMissing(bound(operand), negated: negated)
        }
    }
}
