/// Something wrong in a project or its data, told to its author with the place and a way out.
///
/// Diagnostics are collected and shown together; they are never thrown one by one.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable { case error, warning }

    /// Where the mistake stands: a file, and in it a line and a column counted from 1.
    package struct Place: Hashable, Sendable, CustomStringConvertible {
        package var file: String
        package var line: Int?
        package var column: Int?

        package init(file: String, line: Int? = nil, column: Int? = nil) {
            self.file = file
            self.line = line
            self.column = column
        }

        package var description: String {
            ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
        }
    }

    /// Stable and searchable, like `unknown_column`; every code has an entry in docs/errors.md.
    package var code: String
    package var severity: Severity
    package var place: Place
    /// What was found and what was expected.
    package var message: String
    /// What to do about it.
    package var hint: String?

    package init(
        _ code: String, severity: Severity = .error, at place: Place, _ message: String,
        hint: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.place = place
        self.message = message
        self.hint = hint
    }

    package var json: JSON {
        .object([
            "code": .string(code), "severity": .string(severity.rawValue),
            "file": .string(place.file), "line": JSON(place.line), "column": JSON(place.column),
            "message": .string(message), "hint": JSON(hint),
        ])
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String {
        "\(place): \(severity.rawValue): \(message) [\(code)]" + (hint.map { "\n  \($0)" } ?? "")
    }
}

/// Several diagnostics that together make a project unusable.
package struct InvalidProject: Error, Sendable {
    package var diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// Something that was done, with a caveat that a reader of the result should know.
package struct Notice: Hashable, Sendable {
    package var code: String
    package var message: String

    package init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    package var json: JSON {
        .object(["code": .string(code), "message": .string(message)])
    }
}
