import Columns
import Engine
import Foundation

extension QueryTree {
    /// Names that stand for a function where no column has them.
    private static let valueFunctions: Set = [
        "current_catalog", "current_date", "current_role", "current_schema", "current_time",
        "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user",
    ]

    private static let operators: Set = [
        "OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "COMPARE_IN", "COMPARE_NOT_IN",
        "OPERATOR_COALESCE", "OPERATOR_NULLIF",
    ]

    /// Window functions that give rows of a tie the same value, and those that do not.
    private static let rankings: Set = ["rank", "dense_rank", "percent_rank", "cume_dist"]
    private static let places: Set = [
        "row_number", "ntile", "lag", "lead", "first_value", "last_value", "nth_value",
    ]

    mutating func expressions(
        _ list: [Node], _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) -> [Node] {
        var result: [Node] = []
        for node in list { result.append(try expression(node, ties, visible)) }
        return result
    }

    mutating func expression(
        _ expression: Node, _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) -> Node {
        var node = expression
        switch node["class"] as? String {
        case "CONSTANT": return node
        case "COLUMN_REF":
            let path = node["column_names"] as? [String] ?? []
            let isFunction = path.count == 1 && Self.valueFunctions.contains(path[0].lowercased())
            guard !isFunction, let last = path.last else {
                throw refusal(
                    node, "'\(path.joined(separator: "."))', which changes from run to run,")
            }
            name(last)
            return node
        case "STAR":
            let plain = ["replace_list", "rename_list", "qualified_exclude_list"].allSatisfy {
                (node[$0] as? [Any] ?? []).isEmpty
            }
            guard plain, node["columns"] as? Bool != true, isNull(node["expr"]) else {
                throw refusal(node, "this kind of star")
            }
            readsAll = true
            return node
        case "FUNCTION": return try call(node, ties, visible)
        case "WINDOW": return try window(node, ties, visible)
        case "CAST":
            _ = try ExpressionTree(prefixLength: 0).columnType(node)
            return try mapped(node, ["child"], ties, visible)
        case "CASE":
            var checks = nodes(node, "case_checks")
            for index in checks.indices {
                checks[index] = try mapped(
                    checks[index], ["when_expr", "then_expr"], ties, visible)
            }
            node["case_checks"] = checks
            return try mapped(node, ["else_expr"], ties, visible)
        case "COMPARISON": return try mapped(node, ["left", "right"], ties, visible)
        case "BETWEEN": return try mapped(node, ["input", "lower", "upper"], ties, visible)
        case "CONJUNCTION": return try mapped(node, ["children"], ties, visible)
        case "OPERATOR":
            guard Self.operators.contains(node["type"] as? String ?? "") else { break }
            return try mapped(node, ["children"], ties, visible)
        case "SUBQUERY":
            guard var statement = node["subquery"] as? Node, let inner = statement["node"] as? Node
            else { break }
            statement["node"] = try query(inner, visible: visible)
            node["subquery"] = statement
            return try mapped(node, ["child"], ties, visible)
        default: break
        }
        throw refusal(node)
    }

    /// The node with the expressions and lists of expressions under `keys` checked.
    private mutating func mapped(
        _ node: Node, _ keys: [String], _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) -> Node {
        var node = node
        for key in keys {
            if let child = node[key] as? Node {
                node[key] = try expression(child, ties, visible)
            } else if node[key] is [Any] {
                node[key] = try expressions(nodes(node, key), ties, visible)
            }
        }
        return node
    }

    // MARK: Calls

    private mutating func call(
        _ node: Node, _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) -> Node {
        let (name, function) = try catalogued(node)
        let schema = node["schema"] as? String ?? ""
        let isPlain = ["", "main"].contains(schema) && (node["catalog"] as? String ?? "").isEmpty
        let orders = (node["order_bys"] as? Node).map { nodes($0, "orders") } ?? []
        guard isPlain, orders.isEmpty, node["export_state"] as? Bool != true,
            function.arguments.contains(nodes(node, "children").count)
        else { throw refusal(node, "'\(name)' with these arguments") }
        guard function.isAggregate || node["distinct"] as? Bool != true && isNull(node["filter"])
        else { throw refusal(node, "DISTINCT or FILTER in '\(name)'") }
        return exact(try mapped(node, ["children", "filter"], ties, visible), name)
    }

    private func catalogued(
        _ node: Node
    ) throws(ExpressionError) -> (name: String, FunctionCatalogue.Function) {
        let written = node["function_name"] as? String ?? ""
        let name = written == "count_star" ? "count" : written
        if let function = FunctionCatalogue.all[name] { return (name, function) }
        let known = FunctionCatalogue.all.keys.filter { $0.contains(where: \.isLetter) }
        throw ExpressionError(
            .unknownFunction, "the function '\(written)' is not one that a query may call",
            hint: NearestName.hint(for: written, among: known.sorted()), offset: offset(node))
    }

    /// Sums that would depend on the order of rows fail; exact numbers go through as they are.
    private func exact(_ node: Node, _ name: String) -> Node {
        guard FunctionCatalogue.sums.contains(name), let argument = nodes(node, "children").first
        else { return node }
        var node = node
        node["children"] = [replacing(in: exactArgument, with: argument)]
        return node
    }

    private func replacing(in template: Any, with argument: Node) -> Any {
        if let list = template as? [Any] { return list.map { replacing(in: $0, with: argument) } }
        guard let node = template as? Node else { return template }
        if node["column_names"] as? [String] == [":x"] { return argument }
        return node.mapValues { replacing(in: $0, with: argument) }
    }

    func isAggregated(_ node: Node) -> Bool {
        switch node["class"] as? String {
        case "WINDOW", "SUBQUERY": return false
        case "FUNCTION":
            let name = node["function_name"] as? String ?? ""
            if name == "count_star" || FunctionCatalogue.all[name]?.isAggregate == true {
                return true
            }
        default: break
        }
        return node.values.contains { value in
            (value as? Node).map(isAggregated) ?? (value as? [Node])?.contains(where: isAggregated)
                ?? false
        }
    }

    // MARK: Windows

    private mutating func window(
        _ window: Node, _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) -> Node {
        var node = window
        let written = node["function_name"] as? String ?? ""
        let isPlace = Self.places.contains(written)
        var name = written
        if !isPlace, !Self.rankings.contains(written) {
            let (known, function) = try catalogued(node)
            guard function.isAggregate else { throw refusal(node, "'\(written)' OVER") }
            name = known
        }
        let isPlain = ["schema", "catalog"].allSatisfy { key in
            ["", "main"].contains(node[key] as? String ?? "")
        }
        guard isPlain, nodes(node, "arg_orders").isEmpty else { throw refusal(node) }
        node = exact(
            try mapped(
                node,
                [
                    "children", "partitions", "filter_expr", "start_expr", "end_expr",
                    "offset_expr", "default_expr",
                ], ties, visible), name)
        var orders = nodes(node, "orders")
        for index in orders.indices {
            orders[index] = try mapped(orders[index], ["expression"], ties, visible)
        }
        let bounds = [node["start"], node["end"]].map { $0 as? String ?? "" }
        let countsRows = bounds.contains { $0.hasSuffix("_ROWS") }
        let isRanking = Self.rankings.contains(written)
        guard !orders.isEmpty || !(isPlace || isRanking || countsRows) else {
            throw ExpressionError(
                .refusedQuery, "'\(written)' OVER needs an ORDER BY",
                hint: "rows have no order of their own", offset: offset(node))
        }
        let skipsRows = node["exclude_clause"] as? String ?? "NO_OTHER" != "NO_OTHER"
        if isPlace || !isRanking && (countsRows || skipsRows) {
            guard !bounds.contains(where: { $0.hasPrefix("EXPR") && $0.hasSuffix("_RANGE") }) else {
                throw refusal(node, "'\(written)' over a RANGE of values")
            }
            orders = try settled(orders, ties, "'\(written)'", .refusedQuery, node)
        }
        node["orders"] = orders
        return node
    }
}
