package import Columns
import Engine

/// Days and times written by a pattern of strptime, as `%d-%m-%Y %H:%M`.
///
/// Years of two digits from 69 are of the 1900s and all others of the 2000s, as everywhere. Birth
/// dates differ: hardly a customer was born before 1910 or after 2009, so 10–99 are of the 1900s.
package struct DateForm: Hashable, Sendable {
    package let pattern: String
    /// Whether the column holds birth dates.
    package let isBirth: Bool
    private let parts: [Part]

    private enum Part: Hashable {
        case literal(Character)
        case field(Character)
    }

    /// The fields that a pattern may hold: what each means, and the characters that it takes.
    private static let fields: [Character: (meaning: String, characters: String, most: Int)] = [
        "Y": ("year", "[0-9]{4}", 4), "y": ("year of two digits", "[0-9]{2}", 2),
        "m": ("month", "[0-9]{1,2}", 2), "d": ("day", "[0-9]{1,2}", 2),
        "b": ("month's short name", "[A-Za-z]{3}", 3), "B": ("month's name", "[A-Za-z]{3,9}", 9),
        "H": ("hour", "[0-9]{1,2}", 2), "I": ("hour", "[0-9]{1,2}", 2),
        "M": ("minute", "[0-9]{2}", 2), "S": ("second", "[0-9]{2}", 2),
        "f": ("fraction", "[0-9]{1,6}", 6), "p": ("AM or PM", "[AaPp][Mm]", 2),
    ]

    /// Nil where the pattern holds a field that is not known here, the same one twice, or no year,
    /// month or hour.
    package init?(_ pattern: String, isBirth: Bool = false) {
        var parts: [Part] = []
        var rest = pattern[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                parts.append(.literal(character))
                continue
            }
            guard let field = rest.popFirst() else { return nil }
            guard field != "%" else {
                parts.append(.literal("%"))
                continue
            }
            guard Self.fields[field] != nil, !parts.contains(.field(field)) else { return nil }
            parts.append(.field(field))
        }
        self.pattern = pattern
        self.isBirth = isBirth
        self.parts = parts
        guard isComplete else { return nil }
    }

    private func has(_ fields: String) -> Bool {
        fields.contains { parts.contains(.field($0)) }
    }

    private var isComplete: Bool {
        let hasDate = has("Yy") && has("mbB")
        let hasTime = has("HI") && has("M")
        let isHalf = has("HIMSfp") && !hasTime || has("Yymdb") && !hasDate || has("B") && !hasDate
        let isDouble = has("Y") && has("y") || [has("m"), has("b"), has("B")].count { $0 } > 1
        // Only 12 hours have a morning and an afternoon.
        return (hasDate || hasTime) && !isHalf && !isDouble && has("I") == has("p")
            && !(has("H") && has("I"))
    }

    package var type: ColumnType {
        guard has("Yy") else { return .time }
        return has("HI") ? .timestamp(zoned: false) : .date
    }

    /// The date's fields in their order, as two readings of the same texts differ: `dmY`.
    var order: String {
        parts.reduce(into: "") { order, part in
            guard case .field(let field) = part, "Yymdb".contains(field) || field == "B" else {
                return
            }
            order.append(field == "B" || field == "b" ? "m" : field == "y" ? "Y" : field)
        }
    }

    /// The same form with day and month the other way; nil where they can't be taken for each other.
    var swapped: DateForm? {
        guard has("m"), has("d") else { return nil }
        let exchanged = pattern.map { $0 == "m" ? "d" : $0 == "d" ? "m" : $0 }
        return parts.first == .field("Y") ? nil : DateForm(String(exchanged), isBirth: isBirth)
    }

    /// Whether days, months and years stand one behind the other without a sign between.
    var isCompact: Bool {
        has("Yy") && !has("bB")
            && zip(parts, parts.dropFirst()).contains { pair in
                if case (.field, .field) = pair { true } else { false }
            }
    }
}

// MARK: The forms that are tried

extension DateForm {
    /// The patterns that a column without a stated one is tried on, those first that say more.
    private static let patterns: [String] = {
        var days = ["-", "/", "."].flatMap { sign in
            ["dmY", "mdY", "Ymd", "dmy", "mdy", "ymd"].map { fields in
                fields.map { "%\($0)" }.joined(separator: sign)
            }
        }
        days += [
            "%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d %B %Y",
            "%d. %B %Y", "%d-%B-%Y", "%B %d, %Y", "%B %d %Y",
        ]
        let times = [
            "", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p",
        ]
        let months = ["%b-%Y", "%b %Y", "%b-%y", "%B %Y", "%B-%Y", "%m/%Y", "%m-%Y"]
        return times.flatMap { time in days.map { $0 + time } } + months
            + ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"]
    }()

    /// Only in columns whose name says that they hold dates: 20190105 may be a number, and 2019-10 a
    /// year that ends in the next.
    private static let patternsByName = ["%Y%m%d", "%y%m%d", "%Y-%m", "%Y/%m"]

    private static func forms(isBirth: Bool) -> [DateForm] {
        (patterns + patternsByName).compactMap { DateForm($0, isBirth: isBirth) }
    }
    private static let ofBirth = forms(isBirth: true)
    private static let ofOthers = forms(isBirth: false)

    /// The forms that the texts of a column may have, judged by some of them.
    static func candidates(_ name: ColumnName, _ texts: [String]) -> [DateForm] {
        (name.saysBirth ? ofBirth : ofOthers).filter { form in
            (name.saysDate || !patternsByName.contains(form.pattern))
                && texts.allSatisfy { form.hasShape(of: $0) }
        }
    }

    /// Whether the text has a digit where the form has one, and so on.
    func hasShape(of text: String) -> Bool {
        var rest = text[...]
        for part in parts {
            switch part {
            case .literal(let character): guard rest.popFirst() == character else { return false }
            case .field(let field):
                guard let rule = Self.fields[field] else { return false }
                let isName = "bBp".contains(field)
                let taken = rest.prefix(rule.most).prefix {
                    isName ? $0.isLetter : ("0"..."9").contains($0)
                }
                let least = "Yybp".contains(field) ? rule.most : field == "B" ? 3 : 1
                guard taken.count >= least else { return false }
                rest = rest.dropFirst(taken.count)
            }
        }
        return rest.isEmpty
    }
}

extension DateForm: TextForm {
    var words: String {
        let kind = type == .time ? "times" : type == .date ? "dates" : "dates and times"
        let written = parts.map { part in
            switch part {
            case .literal(let character): String(character)
            case .field(let field):
                isCompact
                    ? String(repeating: field.uppercased(), count: field == "Y" ? 4 : 2)
                    : "yY".contains(field) ? "year" : Self.fields[field]?.meaning ?? ""
            }
        }.joined()
        guard has("y") else { return "\(kind) written as \(written)" }
        let century =
            isBirth
            ? "10–99 of the 1900s and 00–09 of the 2000s"
            : "69–99 of the 1900s and 00–68 of the 2000s"
        return "\(kind) written as \(written), two-digit years \(century)"
    }

    func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        dialect.matches(text, expression) + " AND "
            + dialect.timestamp(text, pattern: pattern) + " IS NOT NULL"
    }

    func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        let moment = dialect.timestamp(text, pattern: pattern)
        let value = "CAST(\(moment) AS \(dialect.typeName(type)))"
        guard isBirth, has("y") else { return value }
        let lastBirths = "CAST('2010-01-01' AS \(dialect.typeName(type)))"
        return "CASE WHEN \(value) < \(lastBirths) THEN \(value) ELSE "
            + "CAST(\(moment) - INTERVAL '100' YEAR AS \(dialect.typeName(type))) END"
    }

    /// The pattern as a regular expression: strptime alone takes the year 5 for `%Y`.
    private var expression: String {
        parts.map { part in
            switch part {
            case .literal(let character):
                character.isLetter || character.isNumber || " -/:,".contains(character)
                    ? String(character) : "\\\(character)"
            case .field("Y") where isCompact: "(19|20)[0-9]{2}"
            case .field(let field) where isCompact && "md".contains(field): "[0-9]{2}"
            case .field(let field): Self.fields[field]?.characters ?? ""
            }
        }.joined()
    }
}

/// Days counted from 1899-12-30, as spreadsheets keep them: 45292 is 2024-01-01.
package struct SerialForm: TextForm {
    /// The author says so; else only days of 1950 to 2050 are believed.
    package let isStated: Bool

    package init(isStated: Bool) { self.isStated = isStated }

    var words: String { "dates written as a spreadsheet's day numbers" }

    /// The day numbers before 61 are not the same in all spreadsheets, and after 9999 there are none.
    private var range: ClosedRange<Int> { isStated ? 61...2_958_465 : 18_264...55_153 }

    func fits(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        dialect.matches(text, "[1-9][0-9]{1,6}(\\.0*)?")
            + " AND \(number(text, dialect)) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    }

    func value(_ text: String, _ type: ColumnType, _ dialect: any Dialect) -> String {
        let day = dialect.date(
            "CAST('1899-12-30' AS \(dialect.typeName(.date)))", plusDays: number(text, dialect))
        return "CAST(\(day) AS \(dialect.typeName(type)))"
    }

    private func number(_ text: String, _ dialect: any Dialect) -> String {
        "TRY_CAST(split_part(\(text), '.', 1) AS \(dialect.typeName(.integer)))"
    }
}
