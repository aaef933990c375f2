import Columns
import Query
import Testing

@Suite("Days seen from the as-of date")
struct RelativePeriodTests {
    @Test(
        "are counted by the calendar, whatever the clock says",
        arguments: [
            ("last_30_days", "2020-02-28", "2020-01-30", "2020-02-28"),
            ("last_1_days", "2010-01-02", "2010-01-02", "2010-01-02"),
            ("last_2_weeks", "2020-03-01", "2020-02-17", "2020-03-01"),
            ("last_3_months", "2020-02-29", "2019-11-30", "2020-02-29"),
            ("last_1_months", "2021-03-31", "2021-03-01", "2021-03-31"),
            ("last_12_months", "2020-02-29", "2019-03-01", "2020-02-29"),
            ("this_year", "2020-02-28", "2020-01-01", "2020-02-28"),
            ("this_quarter", "2020-05-15", "2020-04-01", "2020-05-15"),
            ("this_week", "2020-03-01", "2020-02-24", "2020-03-01"),
            ("previous_year", "2020-02-28", "2019-01-01", "2019-12-31"),
            ("previous_month", "2020-03-31", "2020-02-01", "2020-02-29"),
            ("previous_quarter", "2020-01-01", "2019-10-01", "2019-12-31"),
            ("previous_week", "1970-01-01", "1969-12-22", "1969-12-28"),
        ])
    func counted(name: String, asOf: String, from: String, through: String) throws {
        let period = try #require(RelativePeriod(name))
        let days = period.days(asOf: try #require(CalendarDate(asOf)))
        #expect(days.from.description == from)
        #expect(days.through.description == through)
        #expect(period.name == name)
    }

    @Test(
        "have names of one form",
        arguments: [
            "last_0_days", "last_3_month", "last_x_days", "this_day", "next_year", "", "last",
        ])
    func refused(name: String) {
        #expect(RelativePeriod(name) == nil)
    }
}
