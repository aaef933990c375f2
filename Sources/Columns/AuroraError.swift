/// A reason why the present operation can't go on.
///
/// The message names both what was found and what was expected ("k is 8 but segmentation 'value'
/// has 3 rows"). It never holds a customer's values: write `Redaction.shape(of:)` instead.
package struct AuroraError: Error, Sendable, CustomStringConvertible {
    /// Stable and searchable, like `k_above_rows`; every code has an entry in docs/errors.md.
    package var code: String
    package var message: String
    /// What was being done, outermost first: "model 'customers'", "step 2 (impute)".
    package var context: [String]
    /// The message of the engine or the system, as it came.
    package var cause: String?
    /// What to do about it.
    package var hint: String?

    package init(
        _ code: String, _ message: String, context: [String] = [], cause: String? = nil,
        hint: String? = nil
    ) {
        self.code = code
        self.message = message
        self.context = context
        self.cause = cause
        self.hint = hint
    }

    /// The same error, told from one level further out.
    package func within(_ outer: String) -> AuroraError {
        var error = self
        error.context.insert(outer, at: 0)
        return error
    }

    package var description: String {
        var lines = [(context + [message]).joined(separator: ": ") + " [\(code)]"]
        if let cause { lines.append("  " + cause.split(separator: "\n").joined(separator: "\n  ")) }
        if let hint { lines.append("  " + hint) }
        return lines.joined(separator: "\n")
    }

    package var json: JSON {
        .object([
            "code": .string(code), "message": .string(message),
            "context": .array(context.map { .string($0) }), "cause": JSON(cause),
            "hint": JSON(hint),
        ])
    }

    package static let interrupted = AuroraError("interrupted", "stopped before it was done")
}

/// Shows what a value looks like without showing the value.
package enum Redaction {
    /// Letters become `a` or `A`, digits become `9`, what a terminal would obey becomes `·`, and all
    /// else stays: "Mr. 42" is "Aa. 99".
    package static func shape(of text: String) -> String {
        let shape = text.prefix(24).map { character -> Character in
            if character.isNumber { return "9" }
            if character.isLetter { return character.isUppercase ? "A" : "a" }
            if character.isNewline { return "⏎" }
            let isVisible = character.unicodeScalars.allSatisfy {
                ![.control, .format].contains($0.properties.generalCategory)
            }
            return isVisible ? character : "·"
        }
        return String(shape) + (text.count > 24 ? "…" : "")
    }
}
