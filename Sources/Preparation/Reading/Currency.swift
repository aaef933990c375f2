/// Currencies by how they stand with amounts.
enum Currency {
    /// Nil where it is none.
    static func code(of affix: String) -> String? {
        if let code = symbols[affix] { return code }
        return codes.contains(affix) ? affix : nil
    }

    /// What may stand with amounts of a currency, or of any, as a regular expression.
    ///
    /// - Parameter isStated: whether signs that several currencies share may stand for this one.
    static func pattern(_ currency: String?, isStated: Bool = false) -> String {
        let affixes = Set(Array(symbols.keys) + codes + (currency.map { [$0] } ?? []))
        // The longest first, so that `US$` is not `U`, `S$`.
        return
            affixes.filter { affix in
                guard let currency else { return true }
                return affix == currency || code(of: affix) == currency
                    || isStated && shared[affix, default: []].contains(currency)
            }
            .sorted { ($1.count, $0) < ($0.count, $1) }
            .map { $0.map { "$.".contains($0) ? "\\\($0)" : String($0) }.joined() }
            .joined(separator: "|")
    }

    /// Whether a text has the form of a code of ISO 4217.
    static func isCode(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) }
    }

    /// Currencies with three decimals, of which 1.234 may be one and a bit.
    static let withThreeDecimals: Set = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    private static let symbols = [
        "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
        "₩": "KRW", "₺": "TRY", "₪": "ILS", "₫": "VND", "₱": "PHP", "฿": "THB", "A$": "AUD",
        "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
        "R$": "BRL", "Rs": "INR", "Rs.": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
        "Fr.": "CHF", "kr": "SEK",
    ]

    private static let shared: [String: Set] = [
        "$": [
            "ARS", "AUD", "BRL", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD",
        ],
        "kr": ["DKK", "ISK", "NOK"], "¥": ["CNY"], "£": ["EGP"], "Rs": ["PKR"], "Rs.": ["PKR"],
    ]

    private static let codes = [
        "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
        "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "IQD", "ISK", "JOD", "JPY", "KES",
        "KRW", "KWD", "LYD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR",
        "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH",
        "USD", "VND", "ZAR",
    ]
}
