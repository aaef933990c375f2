import Columns
package import Engine
import Foundation

/// Parses expressions with DuckDB's own parser and lets through what Aurora allows.
///
/// `json_serialize_sql` gives the tree of `SELECT <text>` without running it. Everything that the
/// allow-list in ``ExpressionTree`` does not name is refused.
package struct DuckDBExpressionParser: ExpressionParser {
    let engine: any Engine
    private static let prefix = "SELECT "

    /// - Parameter engine: any DuckDB; nothing of the text is ever run on it.
    package init(engine: any Engine) { self.engine = engine }

    package func parse(_ text: String) async throws(ExpressionError) -> CheckedExpression {
        guard !text.utf8.contains(0) else {
            throw ExpressionError(.syntax, "the expression holds a NUL character")
        }
        let tree = try Self.root(of: try await serialized(text))
        return try ExpressionTree(prefixLength: Self.prefix.utf8.count).expression(tree)
    }

    private func serialized(_ text: String) async throws(ExpressionError) -> [String: Any] {
        let sql =
            "SELECT json_serialize_sql(\(engine.dialect.literal(Self.prefix + text)), "
            + "skip_null := true, skip_empty := true)"
        let answer: Batch
        do {
            answer = try await engine.query(sql)
        } catch {
            throw ExpressionError(.syntax, "the expression can't be read: \(error)")
        }
        guard case .text(let json) = answer.columns[0][0],
            let document = Self.object(json)
        else {
            throw ExpressionError(
                .syntax, "the expression is nested too deeply, or holds a number beyond all limits")
        }
        return document
    }

    static func object(_ json: String) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: Data(escaped(json).utf8)) as? [String: Any]
    }

    /// JSONSerialization drops a byte order mark at the beginning of a string, unless it is escaped.
    private static func escaped(_ json: String) -> String {
        json.contains("\u{FEFF}") ? json.replacing("\u{FEFF}", with: "\\uFEFF") : json
    }

    /// The one select item of the one statement that stands there.
    private static func root(of document: [String: Any]) throws(ExpressionError) -> [String: Any] {
        if document["error"] as? Bool == true {
            let position = (document["position"] as? String).flatMap(Int.init)
            throw ExpressionError(
                .syntax, document["error_message"] as? String ?? "the expression can't be read",
                offset: position.map { max(0, $0 - prefix.utf8.count) })
        }
        let statements = document["statements"] as? [[String: Any]] ?? []
        guard statements.count == 1, let node = statements[0]["node"] as? [String: Any] else {
            throw ExpressionError(.refused, "one expression is expected, not several statements")
        }
        let plain: Set = ["type", "select_list", "from_table", "aggregate_handling"]
        let source = (node["from_table"] as? [String: Any])?["type"] as? String
        guard Set(node.keys).isSubset(of: plain), node["type"] as? String == "SELECT_NODE",
            source == "EMPTY", node["aggregate_handling"] as? String == "STANDARD_HANDLING"
        else {
            throw ExpressionError(
                .refused, "an expression is expected, not a query",
                hint: "FROM, WHERE, GROUP BY, UNION and the like don't belong here")
        }
        guard let items = node["select_list"] as? [[String: Any]], items.count == 1 else {
            throw ExpressionError(.refused, "one expression is expected, not a list of them")
        }
        guard items[0]["alias"] == nil else {
            throw ExpressionError(.refused, "a name (AS …) doesn't belong in an expression")
        }
        return items[0]
    }
}
