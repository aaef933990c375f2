import Columns
import Testing

@Suite("Calendar dates")
struct CalendarDateTests {
    @Test(
        "days are counted from 1970-01-01 in the proleptic Gregorian calendar",
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (789, "1972-02-29"),
            (11_016, "2000-02-29"), (11_017, "2000-03-01"), (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"), (19_782, "2024-02-29"), (20_147, "2025-02-28"),
            (20_148, "2025-03-01"), (2_932_896, "9999-12-31"), (2_932_897, "10000-01-01"),
            (-141_428, "1582-10-14"), (-719_162, "0001-01-01"), (-719_163, "0000-12-31"),
            (-719_469, "0000-02-29"), (-719_528, "0000-01-01"), (-719_529, "-0001-12-31"),
            (-735_599, "-0044-01-01"), (2_147_483_646, "5881580-07-10"),
            (-2_147_483_646, "-5877641-06-25"),
        ])
    func descriptions(days: Int, text: String) {
        #expect(CalendarDate(daysSince1970: days).description == text)
    }

    @Test("each day follows the one before it, from 400 BC to 2400")
    func succession() {
        var last = CalendarDate(daysSince1970: -865_626)
        #expect(last.description == "-0401-12-31")
        for day in -865_625...157_053 {
            let date = CalendarDate(daysSince1970: day)
            let isLastOfMonth = last.day == length(of: last.month, in: last.year)
            let isLastOfYear = isLastOfMonth && last.month == 12
            let expected = (
                isLastOfYear ? last.year + 1 : last.year,
                isLastOfMonth ? last.month % 12 + 1 : last.month,
                isLastOfMonth ? 1 : last.day + 1
            )
            // A million expectations would take a minute.
            if (date.year, date.month, date.day) != expected {
                Issue.record("\(date) follows \(last)")
            }
            last = date
        }
    }

    private func length(of month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    @Test(
        "division rounds towards negative infinity",
        arguments: [(7, 2, 3), (-7, 2, -4), (-8, 2, -4), (-1, 86_400, -1), (0, 5, 0)])
    func floorDivision(dividend: Int, divisor: Int, quotient: Int) {
        #expect(dividend.floorDivided(by: divisor) == quotient)
    }
}
