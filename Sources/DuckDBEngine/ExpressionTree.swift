import Columns
import Engine
import Foundation

/// The allow-list over DuckDB's parse tree: node classes and functions that are not named here are
/// refused.
struct ExpressionTree {
    typealias Node = [String: Any]

    /// How many bytes stand before the expression's text in the statement that was parsed.
    let prefixLength: Int

    func expression(_ node: Node) throws(ExpressionError) -> CheckedExpression {
        let type = node["type"] as? String ?? ""
        switch node["class"] as? String ?? "" {
        case "CONSTANT": return .literal(try literal(node))
        case "COLUMN_REF": return try column(node)
        case "FUNCTION": return try call(node)
        case "CAST": return try cast(node)
        case "CASE": return try choice(node)
        case "COMPARISON": return try comparison(node, type)
        case "BETWEEN":
            return .between(
                try child(node, "input"), lower: try child(node, "lower"),
                upper: try child(node, "upper"))
        case "CONJUNCTION":
            let terms = try children(node)
            if type == "CONJUNCTION_AND" { return .all(terms) }
            if type == "CONJUNCTION_OR" { return .any(terms) }
        case "OPERATOR": return try operation(node, type)
        default: break
        }
        throw refusal(node)
    }

    // MARK: Leaves

    private func column(_ node: Node) throws(ExpressionError) -> CheckedExpression {
        let path = node["column_names"] as? [String] ?? []
        guard path.count == 1 else {
            throw ExpressionError(
                .refused, "'\(path.joined(separator: "."))' names a column of another table",
                hint: "name a column of this model; a dotted name goes in double quotes",
                offset: offset(node))
        }
        return .column(.init(name: path[0], offset: offset(node) ?? 0))
    }

    private func literal(_ node: Node) throws(ExpressionError) -> Value {
        guard let value = node["value"] as? Node, let type = value["type"] as? Node else {
            throw refusal(node)
        }
        if value["is_null"] as? Bool == true { return .missing }
        let content = value["value"]
        switch type["id"] as? String ?? "" {
        case "BOOLEAN": return .boolean((content as? Bool) ?? false)
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT":
            return .integer((content as? NSNumber)?.int64Value ?? 0)
        case "HUGEINT": return .hugeInteger(integer(content))
        case "DECIMAL":
            let scale = ((type["type_info"] as? Node)?["scale"] as? NSNumber)?.intValue ?? 0
            return .decimal(FixedDecimal(unscaled: integer(content), scale: scale))
        // Foundation reads some numbers as Decimal, whose doubleValue is not the nearest.
        case "DOUBLE":
            return .double((content as? NSNumber).flatMap { Double($0.stringValue) } ?? 0)
        // Empty text is left out of the tree, as is all that is empty.
        case "VARCHAR": return .text(content as? String ?? "")
        default: throw refusal(node)
        }
    }

    private func integer(_ content: Any?) -> Int128 {
        if let halves = content as? Node {
            let upper = (halves["upper"] as? NSNumber)?.int64Value ?? 0
            let lower = (halves["lower"] as? NSNumber)?.uint64Value ?? 0
            return Int128(upper) << 64 | Int128(lower)
        }
        return Int128((content as? NSNumber)?.int64Value ?? 0)
    }

    // MARK: Calls

    private func call(_ node: Node) throws(ExpressionError) -> CheckedExpression {
        let written = node["function_name"] as? String ?? ""
        let name = written == "count_star" ? "count" : written
        guard let function = FunctionCatalogue.all[name] else {
            throw ExpressionError(
                .unknownFunction, "the function '\(written)' is not one that expressions may call",
                hint: NearestName.hint(
                    for: written, among: FunctionCatalogue.all.keys.filter(\.isWord).sorted()),
                offset: offset(node))
        }
        // SQL's own forms, like substring(… FROM …), come with the schema main.
        let schema = node["schema"] as? String ?? "main"
        guard schema == "main", node["catalog"] == nil else {
            throw ExpressionError(
                .refused, "'\(written)' is named without a schema before it", offset: offset(node))
        }
        let ordered = (node["order_bys"] as? Node)?["orders"] != nil
        guard !ordered, node["export_state"] as? Bool != true else {
            throw ExpressionError(
                .refused, "ORDER BY in '\(written)' is not allowed", offset: offset(node))
        }
        let arguments = try children(node)
        guard function.arguments.contains(arguments.count) else {
            throw ExpressionError(
                .refused,
                "'\(written)' has \(arguments.count) arguments, not "
                    + (function.arguments.count == 1
                        ? "\(function.arguments.lowerBound)"
                        : "\(function.arguments.lowerBound) to \(function.arguments.upperBound)"),
                offset: offset(node))
        }
        let isDistinct = node["distinct"] as? Bool == true
        guard function.isAggregate else {
            guard !isDistinct, node["filter"] == nil else {
                throw ExpressionError(
                    .refused, "DISTINCT and FILTER belong to aggregates, not to '\(written)'",
                    offset: offset(node))
            }
            return .call(function: name, arguments: arguments)
        }
        let filter = node["filter"] == nil ? nil : try child(node, "filter")
        let aggregate = CheckedExpression.Aggregate(
            function: name, arguments: arguments, distinct: isDistinct, filter: filter)
        guard !(arguments + (filter.map { [$0] } ?? [])).contains(where: \.containsAggregate) else {
            throw ExpressionError(
                .refused, "'\(written)' holds another aggregate", offset: offset(node))
        }
        return .aggregate(aggregate)
    }

    private func cast(_ node: Node) throws(ExpressionError) -> CheckedExpression {
        let operand = try child(node, "child")
        let type = try columnType(node)
        // DuckDB writes TRUE and FALSE as casts of 't' and 'f'.
        if type == .boolean, case .literal(.text(let letter)) = operand,
            letter == "t" || letter == "f"
        {
            return .literal(.boolean(letter == "t"))
        }
        return .cast(operand, type, orMissing: node["try_cast"] as? Bool == true)
    }

    func columnType(_ node: Node) throws(ExpressionError) -> ColumnType {
        let type = node["cast_type"] as? Node ?? [:]
        let information = type["type_info"] as? Node
        switch type["id"] as? String ?? "" {
        case "BOOLEAN": return .boolean
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT": return .integer
        case "HUGEINT": return .hugeInteger
        case "DECIMAL":
            return .decimal(
                precision: (information?["width"] as? NSNumber)?.intValue ?? 18,
                scale: (information?["scale"] as? NSNumber)?.intValue ?? 3)
        case "FLOAT", "DOUBLE": return .double
        case "VARCHAR": return .text
        case "DATE": return .date
        case "TIME": return .time
        case "TIMESTAMP": return .timestamp(zoned: false)
        case "TIMESTAMP WITH TIME ZONE": return .timestamp(zoned: true)
        default:
            throw ExpressionError(
                .refused, "a cast to \(type["id"] ?? "this type") is not allowed",
                hint: "boolean, integer, hugeint, decimal(p,s), double, varchar, date, time, "
                    + "timestamp and timestamptz are",
                offset: offset(node))
        }
    }

    private func choice(_ node: Node) throws(ExpressionError) -> CheckedExpression {
        var branches: [CheckedExpression.Branch] = []
        for check in node["case_checks"] as? [Node] ?? [] {
            branches.append(
                .init(when: try child(check, "when_expr"), then: try child(check, "then_expr")))
        }
        return .choice(branches: branches, otherwise: try child(node, "else_expr"))
    }

    private func comparison(_ node: Node, _ type: String) throws(ExpressionError)
        -> CheckedExpression
    {
        let comparisons: [String: CheckedExpression.Comparison] = [
            "COMPARE_EQUAL": .equal, "COMPARE_NOTEQUAL": .notEqual, "COMPARE_LESSTHAN": .less,
            "COMPARE_LESSTHANOREQUALTO": .lessOrEqual, "COMPARE_GREATERTHAN": .greater,
            "COMPARE_GREATERTHANOREQUALTO": .greaterOrEqual, "COMPARE_DISTINCT_FROM": .distinct,
            "COMPARE_NOT_DISTINCT_FROM": .notDistinct,
        ]
        guard let comparison = comparisons[type] else { throw refusal(node) }
        return .comparison(comparison, try child(node, "left"), try child(node, "right"))
    }

    private func operation(_ node: Node, _ type: String) throws(ExpressionError)
        -> CheckedExpression
    {
        let operands = try children(node)
        switch (type, operands.count) {
        case ("OPERATOR_NOT", 1): return .not(operands[0])
        case ("OPERATOR_IS_NULL", 1): return .isMissing(operands[0], negated: false)
        case ("OPERATOR_IS_NOT_NULL", 1): return .isMissing(operands[0], negated: true)
        case ("COMPARE_IN", 2...), ("COMPARE_NOT_IN", 2...):
            return .isIn(
                operands[0], options: Array(operands.dropFirst()),
                negated: type == "COMPARE_NOT_IN")
        case ("OPERATOR_COALESCE", 1...): return .call(function: "coalesce", arguments: operands)
        case ("OPERATOR_NULLIF", 2): return .call(function: "nullif", arguments: operands)
        default: throw refusal(node)
        }
    }

    // MARK: Helpers

    private func child(_ node: Node, _ key: String) throws(ExpressionError) -> CheckedExpression {
        guard let child = node[key] as? Node else { throw refusal(node) }
        return try expression(child)
    }

    private func children(_ node: Node) throws(ExpressionError) -> [CheckedExpression] {
        var result: [CheckedExpression] = []
        for child in node["children"] as? [Node] ?? [] { result.append(try expression(child)) }
        return result
    }

    private func offset(_ node: Node) -> Int? {
        guard let location = (node["query_location"] as? NSNumber)?.uint64Value,
            location < UInt64(Int32.max)
        else { return nil }
        return max(0, Int(location) - prefixLength)
    }

    private func refusal(_ node: Node) -> ExpressionError {
        let names = [
            "SUBQUERY": "a subquery", "STAR": "a star", "WINDOW": "a window (OVER …)",
            "PARAMETER": "a parameter", "LAMBDA": "a lambda", "COLLATE": "a collation",
            "POSITIONAL_REFERENCE": "a column by its position", "DEFAULT": "DEFAULT",
        ]
        let kind = node["class"] as? String ?? ""
        let found = names[kind] ?? (node["type"] as? String ?? kind).lowercased()
        return ExpressionError(
            .refused, "\(found) is not allowed in an expression", offset: offset(node))
    }
}

extension String {
    /// True for names, as opposed to operators.
    fileprivate var isWord: Bool { contains(where: \.isLetter) }
}
