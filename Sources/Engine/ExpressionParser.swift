/// Turns text into a checked ``CheckedExpression``, or says what is not allowed in it and where.
package protocol ExpressionParser: Sendable {
    func parse(_ text: String) async throws(ExpressionError) -> CheckedExpression
}

/// Turns the text of a whole query into one that reads nothing but the tables it is given, and gives
/// the same rows in any run, or says what is not allowed in it and where.
package protocol QueryParser: Sendable {
    /// - Parameter tables: the tables that the query may name, each with the names of its columns.
    func query(
        _ text: String, over tables: [String: [String]]
    ) async throws(ExpressionError) -> CheckedQuery
}

/// A query that has passed Aurora's checks.
package struct CheckedQuery: Hashable, Sendable {
    /// As the engine is to run it: what was checked, with the order of ties completed.
    package var sql: String
    /// The columns that it names, by table, in the tables' own order; all where it says `*`.
    package var reads: [String: [String]]

    package init(sql: String, reads: [String: [String]]) {
        self.sql = sql
        self.reads = reads
    }

    /// What an engine's message holds where a sum of DOUBLE was asked for.
    package static let inexactSum = "sums of DOUBLE depend on the order of rows"
}

/// Why a text is not an expression that Aurora accepts.
package struct ExpressionError: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        case syntax = "expression_syntax"
        case refused = "expression_refused"
        case unknownFunction = "unknown_function"
        case refusedQuery = "query_refused"
        case unorderedLimit = "unordered_limit"
    }

    package var code: Code
    package var message: String
    package var hint: String?
    /// Where it stands in the text, in bytes from its start; nil where the parser doesn't say.
    package var offset: Int?

    package init(_ code: Code, _ message: String, hint: String? = nil, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.offset = offset
    }
}
