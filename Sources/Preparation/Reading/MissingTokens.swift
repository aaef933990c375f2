import Engine

/// Texts that stand for a missing value in columns of numbers, dates and booleans. In a column of
/// texts they may be values: NA is Namibia.
enum MissingTokens {
    /// In small letters and without padding.
    static let all = [
        "", "na", "n/a", "#n/a", "nan", "null", "(null)", "none", "unknown", "?", "-", "--", "\\",
        "\\n",
    ]

    static func contains(_ text: String, _ dialect: any Dialect) -> String {
        "lower(trim(\(text))) IN (\(all.literals(dialect)))"
    }
}
