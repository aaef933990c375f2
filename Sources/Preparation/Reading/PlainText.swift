package import Columns
package import Engine

/// Values in the usual spelling of their type.
///
/// Two tests give the same answer. The pattern says what a spelling is. The engine's own spelling
/// of the value costs a fraction of it and settles nearly every row, so the pattern is asked only
/// where the two differ: for `1.`, `.5` or `2024-01-31T12:00`.
package enum PlainText {
    /// SQL of the value, missing where the text is not in the usual spelling.
    ///
    /// - Parameter converted: SQL of ``conversion(_:_:_:)``, where that is known already.
    package static func value(
        _ text: String, _ type: ColumnType, _ dialect: any Dialect, converted: String? = nil
    ) -> String {
        let value = converted ?? conversion(text, type, dialect)
        guard let quick = quickTest(text, type, dialect, value) else {
            return "CASE WHEN \(fits(text, type, dialect)) THEN \(value) END"
        }
        guard needsPattern(type) else { return "CASE WHEN \(quick) THEN \(value) END" }
        return "CASE WHEN \(quick) THEN \(value) "
            + "WHEN \(fits(text, type, dialect)) THEN \(value) END"
    }

    /// SQL that is true where the engine itself would write the value so. A decimal may lack zeros
    /// at its end.
    private static func quickTest(
        _ text: String, _ type: ColumnType, _ dialect: any Dialect, _ value: String
    ) -> String? {
        let name = dialect.typeName(.text)
        let written = "CAST(\(value) AS \(name))"
        switch type {
        case .integer, .hugeInteger, .time: return "\(written) = \(text)"
        case .decimal: return dialect.call("starts_with", [written, text])
        case .double:
            return "\(written) = \(text) AND \(isFinite(value, dialect))"
        case .date: return "length(\(text)) = 10 AND \(written) = \(text)"
        case .timestamp(let zoned):
            return zoned ? nil : "length(\(text)) = 19 AND \(written) = \(text)"
        case .boolean, .text: return nil
        }
    }

    /// Whether there are usual spellings other than the engine's own.
    private static func needsPattern(_ type: ColumnType) -> Bool {
        switch type {
        case .integer, .hugeInteger, .date: false
        default: true
        }
    }

    /// SQL that is true where the text is in the usual spelling.
    package static func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        let converts = "\(conversion(text, type, dialect)) IS NOT NULL"
        switch type {
        case .boolean: return "lower(\(text)) IN ('true', 'false')"
        case .integer: return dialect.matches(text, "-?[1-9][0-9]{0,18}|0") + " AND " + converts
        case .hugeInteger: return dialect.matches(text, "-?[1-9][0-9]{0,38}|0") + " AND " + converts
        case .decimal(let precision, let scale):
            // More decimals than the type has would be rounded away.
            let pattern = number(wholeDigits: precision - scale, decimals: scale)
            return dialect.matches(text, pattern) + " AND " + converts
        case .double:
            let pattern = anyNumber + "([eE][-+]?[0-9]+)?"
            return isFinite(conversion(text, .double, dialect), dialect) + " AND "
                + dialect.matches(text, pattern)
        case .date:
            return dialect.matches(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}") + " AND " + converts
        case .time:
            return dialect.matches(text, "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?")
                + " AND " + converts
        case .timestamp:
            let pattern =
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
            return dialect.matches(text, pattern) + " AND " + converts
        case .text: return "\(text) IS NOT NULL"
        }
    }

    /// SQL that is true where the text is a number of digits, however many stand behind the point.
    static func isNumber(_ text: String, _ dialect: any Dialect) -> String {
        dialect.matches(text, anyNumber)
    }

    /// The most digits before and after the point, of texts that are numbers.
    static func decimalDigits(_ text: String) -> [String] {
        let whole = "split_part(replace(\(text), '-', ''), '.', 1)"
        return ["max(length(\(whole)))", "max(length(split_part(\(text), '.', 2)))"]
    }

    /// Without a zero or a plus in front: those are codes and telephone numbers. Nor longer than a
    /// decimal holds, since a double would lose digits of it.
    private static let anyNumber = number(wholeDigits: 38, decimals: nil)

    private static func number(wholeDigits: Int, decimals: Int?) -> String {
        let most = decimals.map(String.init) ?? ""
        // A type without room before the point still spells a zero there.
        let whole = wholeDigits > 0 ? "(0|[1-9][0-9]{0,\(wholeDigits - 1)})" : "0"
        let fraction = decimals == 0 ? "" : "|\\.[0-9]{1,\(most)}"
        return "-?(\(whole)(\\.[0-9]{0,\(most)})?\(fraction))"
    }

    /// A text beyond the largest number converts to infinity, which is no number.
    private static func isFinite(_ value: String, _ dialect: any Dialect) -> String {
        let limit = dialect.literal(.double(.greatestFiniteMagnitude))
        return "abs(\(value)) <= \(limit)"
    }

    /// SQL of what the engine makes of the text, missing where it makes nothing of it.
    package static func conversion(
        _ text: String, _ type: ColumnType, _ dialect: any Dialect
    ) -> String {
        "TRY_CAST(\(text) AS \(dialect.typeName(type)))"
    }
}

/// Values that an engine can read as a type that the author states.
enum LenientText {
    static func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        if type == .boolean { return BooleanWords.anyValue(text, dialect) }
        return "CASE WHEN \(fits(text, type, dialect)) "
            + "THEN TRY_CAST(\(text) AS \(dialect.typeName(type))) END"
    }

    /// Without rounding.
    static func fits(
        _ text: String, _ type: ColumnType, _ dialect: any Dialect
    ) -> String {
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
