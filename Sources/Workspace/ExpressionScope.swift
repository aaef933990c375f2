package import Columns
package import Engine

/// Checks the expressions of a project against the columns that they may name.
package struct ExpressionScope: Sendable {
    package let columns: [String]
    /// What the columns belong to, as a message names it: "model 'customers'".
    package let owner: String
    private let parser: any ExpressionParser

    package init(columns: [String], owner: String, parser: any ExpressionParser) {
        self.columns = columns
        self.owner = owner
        self.parser = parser
    }

    /// The same checks against other columns.
    package func over(_ columns: [String], owner: String) -> ExpressionScope {
        ExpressionScope(columns: columns, owner: owner, parser: parser)
    }

    /// The checked expression, or nil when diagnostics say what is wrong with it.
    package func check(
        _ text: Located<String>, _ diagnostics: inout [Diagnostic]
    ) async -> CheckedExpression? {
        let expression: CheckedExpression
        do throws(ExpressionError) {
            expression = try await parser.parse(text.value)
        } catch {
            diagnostics.append(Self.diagnostic(error, in: text))
            return nil
        }
        var isKnown = true
        for reference in expression.columns where !columns.contains(reference.name) {
            isKnown = false
            diagnostics.append(
                unknownColumn(reference.name, at: Self.place(reference.offset, in: text)))
        }
        return isKnown ? expression : nil
    }

    /// The column if there is one of that name, or nil with a diagnostic.
    package func column(
        _ name: Located<String>, _ diagnostics: inout [Diagnostic]
    ) -> String? {
        if columns.contains(name.value) { return name.value }
        diagnostics.append(unknownColumn(name.value, at: name.place))
        return nil
    }

    /// What is wrong with a text, at its place.
    package static func diagnostic(
        _ error: ExpressionError, in text: Located<String>
    ) -> Diagnostic {
        Diagnostic(
            error.code.rawValue, at: place(error.offset, in: text), error.message, hint: error.hint)
    }

    private func unknownColumn(_ name: String, at place: Diagnostic.Place) -> Diagnostic {
        Diagnostic(
            "unknown_column", at: place, "\(owner) has no column '\(name)'",
            hint: NearestName.hint(for: name, among: columns))
    }

    /// Counts into the text where it stands on one line; YAML may fold longer ones.
    private static func place(_ offset: Int?, in text: Located<String>) -> Diagnostic.Place {
        var place = text.place
        guard let offset, let column = place.column, !text.value.contains("\n") else {
            return place
        }
        place.column =
            column + String(decoding: text.value.utf8.prefix(offset), as: UTF8.self).count
        return place
    }
}
