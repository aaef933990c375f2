/// A day of the Gregorian calendar, counted from 1 January 1970.
struct BankDay: Sendable, Comparable {
    var number: Int

    init(number: Int) { self.number = number }

    /// - Parameter month: 1 to 12.
    init(year: Int, month: Int, day: Int) {
        // Years are counted from March, so that a leap day is a year's last.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        number =
            era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Of the years 1 to 9999.
    var parts: (year: Int, month: Int, day: Int) {
        let days = number + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shifted + 2) / 5 + 1
        )
    }

    static func < (a: BankDay, b: BankDay) -> Bool { a.number < b.number }
}

/// A month of the bank's records, 0 for January 2023.
struct BankMonth: Sendable {
    static let firstYear = 2023
    let index: Int

    var year: Int { Self.firstYear + index / 12 }
    /// 1 to 12.
    var month: Int { index % 12 + 1 }
    var first: BankDay { BankDay(year: year, month: month, day: 1) }
    var days: Int { BankMonth(index: index + 1).first.number - first.number }
    var last: BankDay { BankDay(number: first.number + days - 1) }

    /// A day of the month, by a number from 0 to 1.
    func day(at uniform: Double) -> BankDay {
        BankDay(number: first.number + min(Int(uniform * Double(days)), days - 1))
    }

    /// "2024-07".
    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    /// How much is bought in each month of the year, in proportion to a usual one.
    static let season = [0.86, 0.90, 0.97, 1.00, 1.00, 1.02, 1.06, 1.04, 0.96, 0.98, 1.08, 1.30]
    /// How much the odds of travel and meals out change.
    static let travelSeason = [0.8, 0.8, 0.9, 1.0, 1.0, 1.3, 1.7, 1.6, 1.0, 0.9, 0.8, 1.1]
}
