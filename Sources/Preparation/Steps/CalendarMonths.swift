import Columns

extension CalendarDate {
    /// The same day so many months before, or the last of that month where it has no such day:
    /// 31 March less one month is 28 or 29 February.
    func before(months: Int) -> CalendarDate {
        let count = year * 12 + month - 1 - months
        var result = self
        result.year = count.floorDivided(by: 12)
        result.month = count - result.year * 12 + 1
        var next = CalendarDate(daysSince1970: 0)
        let following = count + 1
        next.year = following.floorDivided(by: 12)
        next.month = following - next.year * 12 + 1
        let last = CalendarDate(daysSince1970: next.daysSince1970 - 1).day
        result.day = min(day, last)
        return result
    }
}
