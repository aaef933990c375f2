package import Columns
package import Engine

/// How the texts of one column become values of its type.
package struct ColumnReading: Hashable, Sendable {
    package var column: String
    package var type: ColumnType
    package var form: Form
    /// Texts that stand for a missing value.
    package var missing: [String] = []

    /// How the values are written.
    package enum Form: Hashable, Sendable {
        /// Not a text: the column has its type already.
        case typed
        /// The type's usual spelling only, so that no code loses a leading zero.
        case plain
        /// Whatever the engine reads as the type without rounding.
        case lenient
    }

    /// In words, nil where there is nothing to tell.
    package var summary: String? { nil }

    /// SQL of the value: missing where the text is, or where it can't be read.
    package func value(_ dialect: any Dialect) -> String {
        let text = present(dialect)
        guard type != .text, form != .typed else { return text }
        return "CASE WHEN \(fits(text, dialect)) "
            + "THEN TRY_CAST(\(text) AS \(dialect.typeName(type))) END"
    }

    /// SQL that is true where there is a text that can't be read.
    package func isMisfit(_ dialect: any Dialect) -> String? {
        guard type != .text, form != .typed else { return nil }
        return "(\(present(dialect)) IS NOT NULL AND (\(value(dialect))) IS NULL)"
    }

    /// SQL of the text without what stands for a missing value.
    private func present(_ dialect: any Dialect) -> String {
        let name = dialect.quoted(column)
        guard !missing.isEmpty else { return name }
        let list = missing.map { dialect.literal($0) }.joined(separator: ", ")
        return "CASE WHEN \(name) NOT IN (\(list)) THEN \(name) END"
    }

    /// SQL that is true where a text is written in this form.
    func fits(_ text: String, _ dialect: any Dialect) -> String {
        switch form {
        case .typed: "TRUE"
        case .plain: PlainText.fits(text, type, dialect)
        case .lenient: LenientText.fits(text, type, dialect)
        }
    }
}

/// Values in the usual spelling of their type.
enum PlainText {
    /// Without a zero or a plus in front: those are codes and telephone numbers. Nor longer than a
    /// decimal holds, since a double would lose digits of it.
    private static let number = "-?((0|[1-9][0-9]{0,37})(\\.[0-9]*)?|\\.[0-9]+)"

    static func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        func converts(_ type: ColumnType) -> String {
            "TRY_CAST(\(text) AS \(dialect.typeName(type))) IS NOT NULL"
        }
        switch type {
        case .boolean: return "lower(\(text)) IN ('true', 'false')"
        case .integer:
            let name = dialect.typeName(.text)
            return "CAST(TRY_CAST(\(text) AS \(dialect.typeName(.integer))) AS \(name)) = \(text)"
        case .hugeInteger, .decimal: return dialect.matches(text, number)
        case .double:
            // A text beyond the largest number converts to infinity, which is no number.
            let limit = dialect.literal(.double(.greatestFiniteMagnitude))
            return "abs(TRY_CAST(\(text) AS \(dialect.typeName(.double)))) <= \(limit) AND "
                + dialect.matches(text, number + "([eE][-+]?[0-9]+)?")
        case .date:
            return dialect.matches(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}") + " AND " + converts(.date)
        case .time:
            return dialect.matches(text, "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?")
        case .timestamp:
            let pattern =
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
            return dialect.matches(text, pattern) + " AND " + converts(.timestamp(zoned: false))
        case .text: return "\(text) IS NOT NULL"
        }
    }

    /// The most digits before and after the point, of texts that are numbers.
    static func decimalDigits(_ name: String) -> String {
        let whole = "split_part(replace(\(name), '-', ''), '.', 1)"
        return "max(length(\(whole))), max(length(split_part(\(name), '.', 2)))"
    }
}

/// Values that an engine can read as a type that the author states.
enum LenientText {
    /// Without rounding.
    static func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        func cast(_ type: ColumnType) -> String { "TRY_CAST(\(text) AS \(dialect.typeName(type)))" }
        let wholeDigits: Int
        switch type {
        case .integer: wholeDigits = 19
        case .decimal(let precision, let scale): wholeDigits = precision - scale
        default: return "\(cast(type)) IS NOT NULL"
        }
        // As many decimals as there is room for beside the type's own digits.
        let finest = ColumnType.decimal(precision: 38, scale: 38 - wholeDigits)
        return "COALESCE(\(cast(type)) = \(cast(finest)), FALSE)"
    }
}
