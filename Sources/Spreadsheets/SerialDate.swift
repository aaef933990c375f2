/// Days since an epoch, as spreadsheets store dates and times.
struct SerialDate {
    /// Counts from 1904-01-01 rather than from 1899-12-31.
    var is1904: Bool

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The text of a number that is shown as a date or a time.
    ///
    /// Excel takes 1900 for a leap year: its day 60 is 1900-02-29, which is given as it is shown,
    /// and the days before are counted accordingly.
    ///
    /// - Returns: nil where the number is no date: below zero, or after the year 9999.
    func text(_ serial: Double, _ format: NumberFormat) -> (kind: CellKind, text: String)? {
        let last: Double = is1904 ? 2_957_004 : 2_958_466
        guard serial >= 0, serial < last else { return nil }
        let milliseconds = Int64((serial * Double(Self.millisecondsPerDay)).rounded())
        let day = Int(milliseconds / Self.millisecondsPerDay)
        let rest = milliseconds % Self.millisecondsPerDay
        guard Double(day) < last else { return nil }
        switch format {
        case .number, .percent: return nil
        case .elapsed: return (.time, clock(milliseconds))
        case .time where day == 0: return (.time, clock(rest))
        default: break
        }
        // Day 0 of the 1900 system is no day: a time, or a number that someone formatted.
        if day == 0, !is1904 {
            return format == .dateTime || rest != 0 ? (.time, clock(rest)) : nil
        }
        let date = self.date(day)
        return format == .date && rest == 0
            ? (.date, date) : (.dateTime, date + " " + clock(rest))
    }

    private func date(_ day: Int) -> String {
        if is1904 { return Self.date(sinceUnixEpoch: day - 24_107) }
        if day == 60 { return "1900-02-29" }
        return Self.date(sinceUnixEpoch: day - (day < 60 ? 25_568 : 25_569))
    }

    private func clock(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1000)
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        let text = parts.map { Self.padded($0, 2) }.joined(separator: ":")
        let fraction = Int(milliseconds % 1000)
        return fraction == 0 ? text : text + "." + Self.padded(fraction, 3)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// The Gregorian date of a day counted from 1970-01-01, for years 1 to 9999. Years begin in
    /// March here, so that a leap day is the last of its year.
    private static func date(sinceUnixEpoch day: Int) -> String {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let monthOfYear = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (monthOfYear <= 2 ? 1 : 0)
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        return "\(padded(year, 4))-\(padded(monthOfYear, 2))-\(padded(dayOfMonth, 2))"
    }
}
