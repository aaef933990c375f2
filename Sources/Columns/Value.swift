/// An exact decimal number: `unscaled` · 10^−`scale`.
package struct FixedDecimal: Hashable, Sendable, CustomStringConvertible {
    package var unscaled: Int128
    package var scale: Int

    package init(unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    package var description: String {
        guard scale > 0 else { return String(unscaled) }
        let digits = String(unscaled.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return (unscaled < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    /// How many digits it has, with one before the point at least where there is room for it.
    package var precision: Int {
        max(String(unscaled.magnitude).count, min(scale + 1, 38))
    }

    /// The nearest floating-point number.
    package var doubleValue: Double {
        // Both operands are exact up to 2^53 and 10^22, so one division rounds once.
        if scale <= 22, let small = Int64(exactly: unscaled), small.magnitude <= 1 << 53 {
            return Double(small) / Self.powersOfTen[scale]
        }
        return Double(description) ?? .nan
    }

    /// The numbers nearest to many decimals of one scale.
    static func doubles(_ unscaled: [Int128], scale: Int) -> [Double] {
        guard scale <= 22 else {
            return unscaled.map { FixedDecimal(unscaled: $0, scale: scale).doubleValue }
        }
        let power = powersOfTen[scale]
        return unscaled.map { value in
            let small = Int64(truncatingIfNeeded: value)
            guard Int128(small) == value, small.magnitude <= 1 << 53 else {
                return FixedDecimal(unscaled: value, scale: scale).doubleValue
            }
            return Double(small) / power
        }
    }

    private static let powersOfTen: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }
}

/// One cell of a table.
package enum Value: Hashable, Sendable {
    case missing
    case boolean(Bool)
    case integer(Int64)
    case hugeInteger(Int128)
    case decimal(FixedDecimal)
    case double(Double)
    case text(String)
    case date(days: Int32)
    case time(microseconds: Int64)
    case timestamp(microseconds: Int64, zoned: Bool)

    package var isMissing: Bool { self == .missing }

    /// The value as a floating-point number, nil where it is missing or not a number.
    package var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .hugeInteger(let value): Double(value)
        case .decimal(let value): value.doubleValue
        case .double(let value): value
        default: nil
        }
    }

    package var integerValue: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        case .hugeInteger(let value): Int(exactly: value)
        case .decimal(let value) where value.scale == 0: Int(exactly: value.unscaled)
        default: nil
        }
    }

    package var textValue: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// Numbers stay numbers with all their digits, dates and times are ISO 8601 text, and what is
    /// missing or not a finite number is null.
    package var json: JSON {
        switch self {
        case .missing: .null
        case .boolean(let value): .bool(value)
        case .integer(let value): .number(String(value))
        case .hugeInteger(let value): .number(String(value))
        case .decimal(let value): .number(value.description)
        case .double(let value): JSON(value)
        case .text, .date, .time, .timestamp: .string(description)
        }
    }
}

extension Value: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "–"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .hugeInteger(let value): String(value)
        case .decimal(let value): value.description
        case .double(let value): String(value)
        case .text(let value): value
        case .date(let days):
            Self.infinity(days) ?? CalendarDate(daysSince1970: Int(days)).description
        case .time(let microseconds): Self.clock(microseconds)
        case .timestamp(let microseconds, let zoned):
            Self.infinity(microseconds) ?? Self.timestamp(microseconds, zoned: zoned)
        }
    }

    /// The greatest number and its negative stand for "no end" and "no beginning", as in DuckDB and
    /// PostgreSQL.
    private static func infinity<Count: FixedWidthInteger & SignedInteger>(
        _ count: Count
    ) -> String? {
        count == .max ? "infinity" : count == -.max ? "-infinity" : nil
    }

    private static func timestamp(_ microseconds: Int64, zoned: Bool) -> String {
        let day: Int64 = 86_400_000_000
        // Days times microseconds of a day would overflow for the earliest.
        let ofDay = (microseconds % day + day) % day
        return CalendarDate(daysSince1970: Int(microseconds.floorDivided(by: day))).description
            + "T" + clock(ofDay) + (zoned ? "Z" : "")
    }

    private static func clock(_ microseconds: Int64) -> String {
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = microseconds / 1_000_000
        let fraction = microseconds % 1_000_000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
        return clock.joined(separator: ":") + (fraction == 0 ? "" : "." + padded(fraction, 6))
    }
}

/// A day of the proleptic Gregorian calendar; year 0 is 1 BC.
package struct CalendarDate: Hashable, Sendable, CustomStringConvertible {
    package var year: Int
    package var month: Int
    package var day: Int

    /// Days are counted in eras of 400 years, which all have 146,097 days.
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads a day that exists, written like 2024-12-31.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2],
            parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        // Counted to a number and back, 30 February becomes another day.
        guard (1...12).contains(month), CalendarDate(daysSince1970: daysSince1970) == self else {
            return nil
        }
    }

    /// The inverse of ``init(daysSince1970:)``.
    package var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floorDivided(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    package var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return (year < 0 ? "-" : "") + padded(abs(year), 4) + "-" + padded(month, 2) + "-"
            + padded(day, 2)
    }
}

extension FixedWidthInteger where Self: SignedInteger {
    package func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
