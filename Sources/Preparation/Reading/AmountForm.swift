import Columns
import Engine

/// Numbers with a sign between groups of three digits, a decimal point or comma, and perhaps a
/// currency or `%` before or behind them: `$-1,234.50`, `(77.00)`, `1.234,56 EUR`, `12.5%`.
package struct AmountForm: Hashable, Sendable {
    /// What stands between groups of three digits; nil where nothing does.
    package var group: String?
    /// What stands before the decimals.
    package var decimal: String
    /// A number of hundredths: 12.5% is 0.125.
    package var isPercent = false
    /// The currency, where one stands with the amounts or is stated; nil for any or none.
    package var currency: String?
    /// The author says which currency it is, or that these are percentages: `$` may be the dollar of
    /// any country, and `%` may be left out.
    package var isStated = false

    package init(
        group: String?, decimal: String, isPercent: Bool = false, currency: String? = nil
    ) {
        self.group = group
        self.decimal = decimal
        self.isPercent = isPercent
        self.currency = currency
    }

    static let all = [
        (nil, "."), (nil, ","), (",", "."), (".", ","), ("'", "."), ("’", "."), (" ", ","),
        (" ", "."), ("\u{A0}", ","), ("\u{202F}", ","),
    ].map { AmountForm(group: $0.0, decimal: $0.1) }

    /// Minus signs, in figures and in typeset text.
    private static let minus = "[-−]"

    /// A number that shows the signs.
    var example: String { "1\(group ?? "")234\(decimal)56" }

    package var unit: String? { isPercent ? "percent" : currency }

    /// SQL of what stands with the number, an empty text where nothing does.
    static func affix(_ text: String, _ dialect: any Dialect) -> String {
        "translate(\(text), \(dialect.literal("0123456789.,'’()-− \u{A0}\u{202F}")), '')"
    }

    /// SQL of how many digits stand before and behind the decimal sign.
    func digits(_ text: String, _ dialect: any Dialect) -> (whole: String, decimals: String) {
        let number = number(text, dialect)
        return (
            "length(split_part(replace(\(number), '-', ''), '.', 1))",
            "length(split_part(\(number), '.', 2))"
        )
    }

    /// SQL of the text with digits, a minus in front and a point only.
    private func number(_ text: String, _ dialect: any Dialect) -> String {
        let signs = decimal == "." ? ("(−", "--") : ("(−,", "--.")
        let dropped = "),'’ \u{A0}\u{202F}+%$€£¥₹₽₩₺₪₫₱฿" + (decimal == "." ? "" : ".")
        let letters = "łčABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        // The point of an abbreviation is not one of the number.
        let bare =
            decimal == "." ? "replace(replace(\(text), 'Rs.', ''), 'Fr.', '')" : text
        return "translate(\(bare), \(dialect.literal(signs.0 + dropped + letters)), "
            + "\(dialect.literal(signs.1)))"
    }
}

extension AmountForm: TextForm {
    var words: String {
        if isPercent { return "percentages read as shares, written like 12\(decimal)5%" }
        guard let currency else { return "numbers written like \(example)" }
        return "amounts in \(currency), written like \(example)"
    }

    func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        dialect.matches(text, pattern(type))
    }

    func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        let number = number(text, dialect)
        guard isPercent else { return "TRY_CAST(\(number) AS \(dialect.typeName(type)))" }
        // A product of decimals is exact, a quotient would not be.
        let hundredth = dialect.literal(.decimal(FixedDecimal(unscaled: 1, scale: 2)))
        let scale = if case .decimal(_, let scale) = type { max(0, scale - 2) } else { 12 }
        let hundredths = dialect.typeName(.decimal(precision: scale > 14 ? 36 : 16, scale: scale))
        return "TRY_CAST(TRY_CAST(\(number) AS \(hundredths)) * \(hundredth) "
            + "AS \(dialect.typeName(type)))"
    }

    /// - Parameter type: decimals beyond its scale don't fit, since they would be rounded away.
    func pattern(_ type: ColumnType?) -> String {
        var most = ""
        if case .decimal(_, let scale) = type {
            most = String(max(0, isPercent ? scale - 2 : scale))
        }
        if type == .integer { most = "0" }
        func escaped(_ sign: String) -> String { sign == "." ? "\\." : sign }
        let point = escaped(decimal)
        let grouped = group.map { "[1-9][0-9]{0,2}(\(escaped($0))[0-9]{3})+|" } ?? ""
        // Without a zero in front: those are codes.
        var number = "((\(grouped)0|[1-9][0-9]*)(\(point)[0-9]{0,\(most)})?"
        number += most == "0" ? ")" : "|\(point)[0-9]{1,\(most)})"
        let space = "[ \u{A0}\u{202F}]?"
        let minus = Self.minus
        let affix = isPercent ? "%" : "(\(Currency.pattern(currency, isStated: isStated)))"
        let before = isPercent ? "" : "(\(affix)\(space))?"
        let after = "(\(space)\(affix))" + (isPercent && !isStated ? "" : "?")
        let signed = "(\(minus)?\(before)|\(before)\(minus))"
        return "\(signed)\(number)\(after)|\\(\(before)\(number)\(after)\\)"
    }
}
