/// Turns text into a checked ``CheckedExpression``, or says what is not allowed in it and where.
package protocol ExpressionParser: Sendable {
    func parse(_ text: String) async throws(ExpressionError) -> CheckedExpression
}

/// Why a text is not an expression that Aurora accepts.
package struct ExpressionError: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        case syntax = "expression_syntax"
        case refused = "expression_refused"
        case unknownFunction = "unknown_function"
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
