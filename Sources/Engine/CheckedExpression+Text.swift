import Columns

extension CheckedExpression {
    /// The expression as its author might have written it, for messages.
    package var text: String {
        switch self {
        case .literal(let value): return Self.text(of: value)
        case .column(let reference): return Self.text(ofName: reference.name)
        case .call(let function, let arguments): return Self.text(of: function, arguments)
        case .aggregate(let aggregate):
            let arguments =
                aggregate.arguments.isEmpty ? "*" : Self.list(aggregate.arguments)
            let filter = aggregate.filter.map { " FILTER (WHERE \($0.text))" } ?? ""
            return "\(aggregate.function)(\(aggregate.distinct ? "DISTINCT " : "")\(arguments))"
                + filter
        case .cast(.literal(.text(let text)), let type, false) where type.isTemporal:
            return "\(type.description.uppercased()) '\(text)'"
        case .cast(let operand, let type, let orMissing):
            return "\(orMissing ? "TRY_CAST" : "CAST")(\(operand.text) AS \(type))"
        case .choice(let branches, let otherwise):
            let whens = branches.map { "WHEN \($0.condition.text) THEN \($0.result.text)" }
            return "CASE \(whens.joined(separator: " ")) ELSE \(otherwise.text) END"
        case .comparison(let comparison, let left, let right):
            return "\(left.operand) \(comparison.rawValue) \(right.operand)"
        case .between(let operand, let lower, let upper):
            return "\(operand.operand) BETWEEN \(lower.operand) AND \(upper.operand)"
        case .isIn(let operand, let options, let negated):
            return "\(operand.operand) \(negated ? "NOT IN" : "IN") (\(Self.list(options)))"
        case .all(let terms): return terms.map(\.operand).joined(separator: " AND ")
        case .any(let terms): return terms.map(\.operand).joined(separator: " OR ")
        case .not(let operand): return "NOT \(operand.operand)"
        case .isMissing(let operand, let negated):
            return "\(operand.operand) IS \(negated ? "NOT " : "")NULL"
        }
    }

    /// In brackets where an operator beside it could take hold of a part of it.
    private var operand: String {
        switch self {
        case .all, .any, .not: return "(\(text))"
        case .call(let function, let arguments)
        where arguments.count == 2 && !function.contains(where: \.isLetter):
            return "(\(text))"
        default: return text
        }
    }

    private static func list(_ expressions: [CheckedExpression]) -> String {
        expressions.map(\.text).joined(separator: ", ")
    }

    private static func text(of function: String, _ arguments: [CheckedExpression]) -> String {
        if function.contains(where: \.isLetter) { return "\(function)(\(list(arguments)))" }
        if arguments.count == 1 { return function + arguments[0].operand }
        return arguments.map(\.operand).joined(separator: " \(function) ")
    }

    private static func text(ofName name: String) -> String {
        let isPlain =
            name.first?.isNumber == false
            && name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .missing: "NULL"
        case .text(let text): "'\(text.replacing("'", with: "''"))'"
        case .date: "DATE '\(value)'"
        case .time: "TIME '\(value)'"
        case .timestamp: "TIMESTAMP '\(value)'"
        default: value.description
        }
    }
}
