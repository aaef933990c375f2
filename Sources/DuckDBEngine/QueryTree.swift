import Engine
import Foundation

/// The allow-list over DuckDB's parse tree of a whole query, and what makes its rows the same in any
/// run: ties in an order are settled by all columns that are there, and sums of DOUBLE fail.
struct QueryTree {
    typealias Node = [String: Any]

    /// What settles ties within one SELECT.
    enum Ties {
        /// Together they tell its rows apart, or leave only rows that are the same.
        case terms([Node])
        /// Nothing is known that would.
        case unsettled(because: String)
    }

    /// Names in lower case, as engines compare them.
    let tables: [String: [String]]
    /// `CASE WHEN … THEN error(…) ELSE ":x" END`, which fails where ":x" is floating-point.
    let exactArgument: Node
    /// The columns' names that the query holds anywhere, in lower case.
    private(set) var columns: Set<String> = []
    private(set) var used: Set<String> = []
    var readsAll = false
    /// Every name that a column has anywhere in the query, in lower case.
    private let known: Set<String>

    /// - Parameter root: the query that is going to be checked.
    init(over tables: [String: [String]], exactArgument: Node, root: Node) {
        known = Set(tables.values.joined().map { $0.lowercased() }).union(Self.names(in: root))
        self.tables = Dictionary(
            tables.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        self.exactArgument = exactArgument
    }

    /// The tree that is to be run instead.
    ///
    /// - Parameter visible: the tables that it may name.
    mutating func query(_ node: Node, visible: Set<String>) throws(ExpressionError) -> Node {
        var node = node
        var visible = visible
        try commonTables(&node, &visible)
        switch node["type"] as? String {
        case "SELECT_NODE": return try select(node, visible)
        case "SET_OPERATION_NODE":
            for side in ["left", "right"] {
                guard let part = node[side] as? Node else { throw refusal(node) }
                node[side] = try query(part, visible: visible)
            }
            let reason = "the rows of several SELECTs have no order of their own"
            try settle(&node, .unsettled(because: reason), visible)
            return node
        default: throw refusal(node)
        }
    }

    private mutating func commonTables(
        _ node: inout Node, _ visible: inout Set<String>
    ) throws(ExpressionError) {
        guard var map = node["cte_map"] as? Node else { return }
        var entries = nodes(map, "map")
        for index in entries.indices {
            guard let name = entries[index]["key"] as? String,
                var value = entries[index]["value"] as? Node, nodes(value, "key_targets").isEmpty,
                var statement = value["query"] as? Node, let inner = statement["node"] as? Node
            else { throw refusal(node) }
            guard tables[name.lowercased()] == nil else {
                throw ExpressionError(
                    .refusedQuery, "'\(name)' is the name of a table that the query may use",
                    hint: "give the WITH another name")
            }
            statement["node"] = try query(inner, visible: visible)
            value["query"] = statement
            entries[index]["value"] = value
            visible.insert(name.lowercased())
        }
        map["map"] = entries
        node["cte_map"] = map
    }

    private mutating func select(
        _ select: Node, _ visible: Set<String>
    ) throws(ExpressionError) -> Node {
        var node = select
        guard isNull(node["sample"]),
            nodes(node, "group_expressions").isEmpty
                || (node["group_sets"] as? [Any])?.count ?? 0 <= 1,
            let source = node["from_table"] as? Node
        else { throw refusal(node) }
        var names: [String] = []
        node["from_table"] = try table(source, visible, &names)
        let ties = ties(node, names)
        for key in ["select_list", "group_expressions"] {
            node[key] = try expressions(nodes(node, key), ties, visible)
        }
        for key in ["where_clause", "having", "qualify"] {
            if let condition = node[key] as? Node {
                node[key] = try expression(condition, ties, visible)
            }
        }
        try settle(&node, ties, visible)
        return node
    }

    // MARK: Tables

    /// - Parameter names: the names by which the SELECT sees whole rows of its tables.
    private mutating func table(
        _ table: Node, _ visible: Set<String>, _ names: inout [String]
    ) throws(ExpressionError) -> Node {
        var node = table
        guard isNull(node["sample"]) else { throw refusal(node, "a sample") }
        let alias = node["alias"] as? String ?? ""
        switch node["type"] as? String {
        case "EMPTY": return node
        case "BASE_TABLE":
            let name = node["table_name"] as? String ?? ""
            let isPlain = ["schema_name", "catalog_name"].allSatisfy {
                (node[$0] as? String ?? "").isEmpty
            }
            guard isPlain, isNull(node["at_clause"]), visible.contains(name.lowercased()) else {
                throw ExpressionError(
                    .refusedQuery, "the query may not read the table '\(name)'",
                    hint: "it may name " + tables.keys.sorted().joined(separator: ", ")
                        + "; others are named under 'uses'", offset: offset(node))
            }
            if tables[name.lowercased()] != nil { used.insert(name.lowercased()) }
            names.append(alias.isEmpty ? name : alias)
            return node
        case "SUBQUERY":
            guard var statement = node["subquery"] as? Node, let inner = statement["node"] as? Node
            else { throw refusal(node) }
            statement["node"] = try query(inner, visible: visible)
            node["subquery"] = statement
            if alias.isEmpty { node["alias"] = ":\(names.count)" }
            names.append(node["alias"] as? String ?? "")
            return node
        case "JOIN": return try join(node, visible, &names)
        case "EXPRESSION_LIST":
            let rows = node["values"] as? [[Node]] ?? []
            var checked: [[Node]] = []
            let ties = Ties.unsettled(because: "VALUES have no order")
            for row in rows { checked.append(try expressions(row, ties, visible)) }
            node["values"] = checked
            if alias.isEmpty { node["alias"] = ":\(names.count)" }
            names.append(node["alias"] as? String ?? "")
            return node
        case "TABLE_FUNCTION": throw refusal(node, "a function that makes a table")
        default: throw refusal(node)
        }
    }

    private mutating func join(
        _ join: Node, _ visible: Set<String>, _ names: inout [String]
    ) throws(ExpressionError) -> Node {
        var node = join
        let kinds = ["INNER", "LEFT", "RIGHT", "OUTER", "SEMI", "ANTI"]
        let kind = node["join_type"] as? String ?? ""
        guard ["REGULAR", "CROSS", "NATURAL"].contains(node["ref_type"] as? String ?? ""),
            kinds.contains(kind), let left = node["left"] as? Node,
            let right = node["right"] as? Node
        else { throw refusal(node, "a join of this kind") }
        node["left"] = try table(left, visible, &names)
        var others: [String] = names
        node["right"] = try table(right, visible, &others)
        // Only the left rows go on from SEMI and ANTI.
        if kind != "SEMI", kind != "ANTI" { names = others }
        if let condition = node["condition"] as? Node {
            let ties = Ties.unsettled(because: "a condition of a join has no order")
            node["condition"] = try expression(condition, ties, visible)
        }
        for name in node["using_columns"] as? [String] ?? [] { columns.insert(name.lowercased()) }
        if node["ref_type"] as? String == "NATURAL" { readsAll = true }
        return node
    }

    // MARK: Order

    /// What tells the rows of a SELECT apart: its groups, or the rows of its tables as a whole.
    private func ties(_ node: Node, _ names: [String]) -> Ties {
        guard node["aggregate_handling"] as? String == "STANDARD_HANDLING" else {
            return .unsettled(because: "GROUP BY ALL does not name the columns")
        }
        let items = nodes(node, "select_list")
        let groups = nodes(node, "group_expressions")
        if !groups.isEmpty || items.contains(where: isAggregated) || !isNull(node["having"]) {
            return .terms(
                groups.map { group in
                    var term = group
                    if group["class"] as? String == "CONSTANT",
                        let value = (group["value"] as? Node)?["value"] as? NSNumber,
                        items.indices.contains(value.intValue - 1)
                    {
                        term = items[value.intValue - 1]
                    }
                    term["alias"] = ""
                    return term
                })
        }
        // A column of that name would be taken for the row.
        if let name = names.first(where: { known.contains($0.lowercased()) }) {
            return .unsettled(because: "'\(name)' is a table and a column; give the table an alias")
        }
        return .terms(names.map { Self.column($0) })
    }

    /// The names that the query itself gives to columns.
    private static func names(in value: Any) -> Set<String> {
        if let list = value as? [Any] {
            return list.reduce(into: []) { $0.formUnion(names(in: $1)) }
        }
        guard let node = value as? Node else { return [] }
        var found: Set<String> = node.values.reduce(into: []) { $0.formUnion(names(in: $1)) }
        for key in ["column_name_alias", "aliases"] {
            found.formUnion((node[key] as? [String] ?? []).map { $0.lowercased() })
        }
        if node["class"] != nil, let alias = node["alias"] as? String, !alias.isEmpty {
            found.insert(alias.lowercased())
        }
        return found
    }

    private static func column(_ name: String) -> Node {
        [
            "class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "",
            "query_location": NSNumber(value: UInt64.max), "column_names": [name],
        ]
    }

    /// Orders with what settles their ties behind them.
    func settled(
        _ orders: [Node], _ ties: Ties, _ what: String, _ code: ExpressionError.Code, _ node: Node
    ) throws(ExpressionError) -> [Node] {
        guard case .terms(let terms) = ties else {
            guard case .unsettled(let reason) = ties else { return orders }
            throw ExpressionError(
                code, "the order of \(what) may have ties: \(reason)",
                hint: "put it into a subquery with a name, and order the rows of that",
                offset: offset(node))
        }
        return orders
            + terms.map {
                [
                    "type": "ORDER_DEFAULT", "null_order": "ORDER_DEFAULT", "expression": $0,
                ]
            }
    }

    /// Checks what stands behind a SELECT: DISTINCT, ORDER BY, LIMIT.
    private mutating func settle(
        _ node: inout Node, _ ties: Ties, _ visible: Set<String>
    ) throws(ExpressionError) {
        var modifiers = nodes(node, "modifiers")
        let kinds = modifiers.map { $0["type"] as? String ?? "" }
        for (index, kind) in zip(modifiers.indices, kinds) {
            switch kind {
            case "DISTINCT_MODIFIER":
                guard nodes(modifiers[index], "distinct_on_targets").isEmpty else {
                    throw refusal(modifiers[index], "DISTINCT ON")
                }
            case "ORDER_MODIFIER":
                var orders = nodes(modifiers[index], "orders")
                for place in orders.indices where !isAll(orders[place]) {
                    guard let term = orders[place]["expression"] as? Node else {
                        throw refusal(modifiers[index])
                    }
                    orders[place]["expression"] = try expression(term, ties, visible)
                }
                if kinds.contains("LIMIT_MODIFIER"), !orders.contains(where: isAll) {
                    var ties = ties
                    if kinds.contains("DISTINCT_MODIFIER") {
                        ties = .unsettled(because: "DISTINCT keeps no rows to tell them apart by")
                    }
                    orders = try settled(orders, ties, "LIMIT", .unorderedLimit, node)
                }
                modifiers[index]["orders"] = orders
            case "LIMIT_MODIFIER":
                guard kinds.contains("ORDER_MODIFIER") else {
                    throw ExpressionError(
                        .unorderedLimit, "LIMIT without ORDER BY picks other rows in each run",
                        hint: "say with ORDER BY which rows come first")
                }
                for key in ["limit", "offset"] {
                    if let amount = modifiers[index][key] as? Node,
                        amount["class"] as? String != "CONSTANT"
                    {
                        throw refusal(amount, "a LIMIT that is no number")
                    }
                }
            default: throw refusal(modifiers[index], "LIMIT in percent")
            }
        }
        node["modifiers"] = modifiers
    }

    /// ORDER BY ALL, which leaves only ties of rows that are the same.
    private func isAll(_ order: Node) -> Bool {
        let term = order["expression"] as? Node
        return term?["class"] as? String == "STAR" && term?["columns"] as? Bool == true
            && isNull(term?["expr"])
    }

    // MARK: Helpers

    mutating func name(_ column: String) { columns.insert(column.lowercased()) }

    func nodes(_ node: Node, _ key: String) -> [Node] { node[key] as? [Node] ?? [] }

    func isNull(_ value: Any?) -> Bool { value == nil || value is NSNull }

    func offset(_ node: Node) -> Int? {
        guard let location = (node["query_location"] as? NSNumber)?.uint64Value,
            location < UInt64(Int32.max)
        else { return nil }
        return Int(location)
    }

    func refusal(_ node: Node, _ what: String? = nil) -> ExpressionError {
        let found = what ?? (node["type"] as? String ?? "this").lowercased()
        return ExpressionError(
            .refusedQuery, "\(found) is not allowed in a query", offset: offset(node))
    }
}
