import Columns
import Engine

/// How a date is written, as far as Aurora reads it: by a format of strptime, or as the serial
/// number of a spreadsheet.
enum DateFormat: Sendable {
    case strptime(String, parts: Set<Part>)
    /// Days since 30 December 1899, as Excel counts them from March 1900 on.
    case excel

    enum Part: String, Sendable {
        case day, month, year, shortYear, hour, halfDayHour, minute, second, fraction, halfDay
        case weekday

        /// Of parts with the same role a format has at most one.
        var role: Part {
            switch self {
            case .shortYear: .year
            case .halfDayHour: .hour
            default: self
            }
        }
    }

    private static let specifiers: [Character: Part] = [
        "d": .day, "m": .month, "b": .month, "B": .month, "Y": .year, "y": .shortYear,
        "H": .hour, "I": .halfDayHour, "M": .minute, "S": .second, "f": .fraction, "p": .halfDay,
        "a": .weekday, "A": .weekday,
    ]

    static let known =
        "%d day, %m month, %b Jan, %B January, %Y 2024, %y 24, %H 0–23, %I 1–12 with %p AM or PM, "
        + "%M minute, %S second, %f fraction, %a Mon, %A Monday; or excel"

    /// - Returns: the format, or what is wrong with it.
    static func read(_ text: String) -> (format: DateFormat?, problem: String?) {
        if text == "excel" { return (.excel, nil) }
        var parts: Set<Part> = []
        var characters = text[...]
        while let character = characters.popFirst() {
            guard character == "%" else { continue }
            // %-d is a day without a zero in front, which %d reads too.
            if characters.first == "-" { characters.removeFirst() }
            guard let specifier = characters.popFirst() else {
                return (nil, "it ends in the middle of a part")
            }
            if specifier == "%" { continue }
            guard let part = specifiers[specifier] else {
                return (nil, "%\(specifier) is not known here")
            }
            guard !parts.contains(where: { $0.role == part.role }) else {
                return (nil, "it states the \(part.role) twice")
            }
            parts.insert(part)
        }
        if !parts.contains(where: { $0.role == .year }) { return (nil, "it lacks the year") }
        if !parts.contains(.month) { return (nil, "it lacks the month") }
        if parts.contains(.halfDayHour) != parts.contains(.halfDay) {
            return (nil, "of %I and %p it has only one")
        }
        return (.strptime(text, parts: parts), nil)
    }

    var parts: Set<Part> {
        switch self {
        case .strptime(_, let parts): parts
        case .excel: [.day, .month, .year]
        }
    }

    var hasTime: Bool { parts.contains { $0.role == .hour } }

    var text: String {
        switch self {
        case .strptime(let text, _): text
        case .excel: "excel"
        }
    }

    /// SQL of the date that `value` states, a text or for a spreadsheet's serial a number too;
    /// missing where it states none.
    func parsed(_ value: String, _ dialect: any Dialect) -> String {
        switch self {
        case .strptime(let format, let parts):
            let date = dialect.timestamp(value, pattern: format)
            guard parts.contains(.year) else { return date }
            // Engines read '52' as the year 52 too.
            return "CASE WHEN \(dialect.call("year", [date])) >= 1000 THEN \(date) END"
        case .excel:
            let number = Self.serial(value, dialect)
            let shift = "CASE WHEN \(number) < 60 THEN 1 ELSE 0 END"
            let epoch = dialect.literal(.date(days: -25_569))
            // Serial 60 is 29 February 1900, a day that never was.
            return "CASE WHEN \(number) >= 1 AND \(number) < 2958466 "
                + "AND NOT (\(number) >= 60 AND \(number) < 61) "
                + "THEN \(epoch) + CAST(floor(\(number)) + \(shift) AS INTEGER) END"
        }
    }

    /// SQL of a serial number, whose digits behind the point are the time of day.
    static func serial(_ value: String, _ dialect: any Dialect) -> String {
        "TRY_CAST(\(value) AS \(dialect.typeName(.decimal(precision: 18, scale: 9))))"
    }
}
