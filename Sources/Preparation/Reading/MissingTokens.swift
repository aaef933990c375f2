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
        // None begins with a digit, and to see that of a number takes a fraction of the time.
        "CASE WHEN \(text) >= '0' AND \(text) < ':' THEN FALSE "
            + "ELSE \(dialect.isAny("lower(trim(\(text)))", of: all)) END"
    }
}
