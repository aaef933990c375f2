package import Columns
package import Engine

/// How the texts of one column become values of its type.
package struct ColumnReading: Hashable, Sendable {
    package var column: String
    package var type: ColumnType
    package var form: Form
    /// Texts that stand for a missing value, exactly as they are written.
    package var missing: [String] = []
    /// Spaces around a value are no part of it. Texts keep theirs.
    package var isPadded = false
    /// A currency of ISO 4217, or `percent`.
    package var unit: String?
    /// Why the column is read no further, where it could have been something else.
    package var note: String?
    /// Formats that all values fit, where nothing decides between them.
    package var alternatives: [String] = []

    /// How the values are written.
    package enum Form: Hashable, Sendable {
        /// Not a text: the column has its type already.
        case typed
        /// The type's usual spelling only, so that no code loses a leading zero.
        case plain
        /// Whatever the engine reads as the type without rounding.
        case lenient
        /// Two words for true and false.
        case words(BooleanWords)
        /// Numbers with signs for groups and decimals, and perhaps a currency or `%`.
        case amount(AmountForm)
        /// Days and times by a pattern.
        case date(DateForm)
        /// Days counted from 1899-12-30, as spreadsheets keep them.
        case serial(SerialForm)

        /// The rules of the form, nil where the engine's own reading is all there is to it.
        var rules: (any TextForm)? {
            switch self {
            case .typed, .plain, .lenient: nil
            case .words(let form): form
            case .amount(let form): form
            case .date(let form): form
            case .serial(let form): form
            }
        }
    }

    package init(
        column: String, type: ColumnType, form: Form, missing: [String] = [],
        isPadded: Bool = false, unit: String? = nil, note: String? = nil
    ) {
        self.column = column
        self.type = type
        self.form = form
        self.missing = missing
        self.isPadded = isPadded
        self.unit = unit
        self.note = note
    }

    /// In words, nil where there is nothing to tell.
    package var summary: String? { summary(missing: nil) }

    /// - Parameters:
    ///   - missing: how many texts stand for a missing value; nil where they were not counted.
    ///   - misfits: how many values became missing because they can't be read.
    package func summary(missing count: Int?, misfits: Int = 0) -> String? {
        var parts: [String] = []
        if let words = form.rules?.words {
            parts.append(words)
        } else if let unit {
            parts.append("amounts in \(unit)")
        }
        if isPadded, form.rules == nil || form.rules is AmountForm {
            parts.append("spaces around values left out")
        }
        if !missing.isEmpty, count != 0 {
            let spellings = missing.map { "'\($0)'" }.joined(separator: ", ")
            parts.append((count.map { "\($0) of " } ?? "") + "\(spellings) as missing")
        }
        if misfits > 0 { parts.append("\(misfits) that are not of the type as missing") }
        if let note { parts.append(note) }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// SQL of the value: missing where the text is, or where it can't be read.
    package func value(_ dialect: any Dialect) -> String { value(dialect, converted: nil) }

    /// - Parameter converted: SQL of ``conversion(_:)``, where that is known already.
    func value(_ dialect: any Dialect, converted: String?) -> String {
        let text = present(dialect)
        guard isRead else { return text }
        switch form {
        case .plain: return PlainText.value(text, type, dialect, converted: converted)
        case .typed, .lenient: return LenientText.value(text, type, dialect)
        case .words, .amount, .date, .serial:
            guard let rules = form.rules else { return text }
            return "CASE WHEN \(rules.fits(text, type, dialect)) "
                + "THEN \(rules.value(text, type, dialect)) END"
        }
    }

    /// SQL that is true where there is a text that can't be read; nil where every text can.
    package func isMisfit(_ dialect: any Dialect) -> String? {
        guard isRead else { return nil }
        return "(\(present(dialect)) IS NOT NULL AND (\(value(dialect))) IS NULL)"
    }

    /// SQL that is true where a text stands for a missing value; nil where none does.
    package func isMissing(_ dialect: any Dialect) -> String? {
        guard !missing.isEmpty else { return nil }
        return dialect.isAny(dialect.quoted(column), of: missing)
    }

    /// SQL of what is used more than once on the way from a text to its value; nil where nothing is.
    func conversion(_ dialect: any Dialect) -> String? {
        isRead && form == .plain ? PlainText.conversion(present(dialect), type, dialect) : nil
    }

    /// SQL of the text that has to be read; nil where every text is a value as it is.
    func readText(_ dialect: any Dialect) -> String? { isRead ? present(dialect) : nil }

    private var isRead: Bool { type != .text && form != .typed }

    /// SQL of the text without what stands for a missing value.
    private func present(_ dialect: any Dialect) -> String {
        let name = dialect.quoted(column)
        let text = isPadded && isRead ? "trim(\(name))" : name
        guard !missing.isEmpty else { return text }
        return "CASE WHEN NOT \(dialect.isAny(name, of: missing)) THEN \(text) END"
    }
}

/// One way in which values are written in texts, beyond the engine's own.
protocol TextForm: Hashable, Sendable {
    /// In words, for people.
    var words: String { get }

    /// SQL that is true where the text without padding is written in this form, and not NULL where
    /// there is a text.
    func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String

    /// SQL of the value of a text that fits.
    func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String
}
