import Columns
package import Engine
import Foundation

extension DuckDBExpressionParser: QueryParser {
    package func query(
        _ text: String, over tables: [String: [String]]
    ) async throws(ExpressionError) -> CheckedQuery {
        guard !text.utf8.contains(0) else {
            throw ExpressionError(.syntax, "the query holds a NUL character")
        }
        var document = try await self.document(of: text)
        var statements = document["statements"] as? [[String: Any]] ?? []
        guard statements.count == 1, let node = statements[0]["node"] as? [String: Any] else {
            throw ExpressionError(.refusedQuery, "one SELECT is expected, not several statements")
        }
        try requireNames(node)
        var tree = QueryTree(over: tables, exactArgument: try await exactArgument(), root: node)
        statements[0]["node"] = try tree.query(node, visible: Set(tree.tables.keys))
        document["statements"] = statements
        let reads = tables.filter { tree.used.contains($0.key.lowercased()) }.mapValues { names in
            names.filter { tree.readsAll || tree.columns.contains($0.lowercased()) }
        }
        return CheckedQuery(sql: try await rendered(document), reads: reads)
    }

    /// What a sum's argument is wrapped in; the template itself is ours.
    private func exactArgument() async throws(ExpressionError) -> [String: Any] {
        let document = try await self.document(
            of: """
                SELECT CASE WHEN typeof(":x") IN ('DOUBLE', 'FLOAT')
                THEN error(\(engine.dialect.literal(CheckedQuery.inexactSum))) ELSE ":x" END
                """)
        let statements = document["statements"] as? [[String: Any]]
        let node = statements?.first?["node"] as? [String: Any]
        return (node?["select_list"] as? [[String: Any]])?.first ?? [:]
    }

    /// The columns of the result are named by the author, not by an engine.
    private func requireNames(_ node: [String: Any]) throws(ExpressionError) {
        if let left = node["left"] as? [String: Any] { return try requireNames(left) }
        for item in node["select_list"] as? [[String: Any]] ?? [] {
            let isNamed = ["COLUMN_REF", "STAR"].contains(item["class"] as? String ?? "")
            guard isNamed || !(item["alias"] as? String ?? "").isEmpty else {
                let location = (item["query_location"] as? NSNumber)?.uint64Value
                throw ExpressionError(
                    .refusedQuery, "a column of the result has no name",
                    hint: "name what is computed with AS",
                    offset: location.flatMap { $0 < UInt64(Int32.max) ? Int($0) : nil })
            }
        }
    }

    /// The tree of the text, with all that is empty, as the engine needs it to read it back.
    private func document(of text: String) async throws(ExpressionError) -> [String: Any] {
        let json = try await answer("SELECT json_serialize_sql(\(engine.dialect.literal(text)))")
        guard let document = Self.object(json) else {
            throw ExpressionError(
                .syntax, "the query is nested too deeply, or holds a number beyond all limits")
        }
        guard document["error"] as? Bool != true else {
            let message = document["error_message"] as? String ?? "the query can't be read"
            let position = (document["position"] as? String).flatMap(Int.init)
            throw ExpressionError(.syntax, message, offset: position)
        }
        return document
    }

    private func rendered(_ document: [String: Any]) async throws(ExpressionError) -> String {
        guard let data = try? JSONSerialization.data(withJSONObject: document) else {
            throw ExpressionError(.syntax, "the query can't be written down again")
        }
        let json = String(decoding: data, as: UTF8.self)
        return try await answer("SELECT json_deserialize_sql(\(engine.dialect.literal(json)))")
    }

    private func answer(_ sql: String) async throws(ExpressionError) -> String {
        do {
            let answer = try await engine.query(sql)
            if case .text(let text) = answer.columns[0][0] { return text }
        } catch {
            throw ExpressionError(.syntax, "the query can't be read: \(error)")
        }
        throw ExpressionError(.syntax, "the query can't be read")
    }
}
