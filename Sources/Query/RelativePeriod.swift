package import Columns

/// Days that are counted from the as-of date: the last 30 days, this year so far, the previous month.
///
/// Never from the clock: the same project gives the same days whenever it is looked at.
package struct RelativePeriod: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        case day, week, month, quarter, year
    }

    package enum Kind: Sendable, Hashable {
        /// So many units that end with the as-of date.
        case last(Int)
        /// The calendar's unit that holds the as-of date, up to that date.
        case this
        /// The whole one before that.
        case previous
    }

    package var kind: Kind
    package var unit: Unit

    package init(_ kind: Kind, _ unit: Unit) {
        self.kind = kind
        self.unit = unit
    }

    /// Reads `last_30_days`, `last_3_months`, `this_year`, `previous_month`.
    package init?(_ name: String) {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        if parts.count == 3, parts[0] == "last", let count = Int(parts[1]),
            (1...1000).contains(count), parts[2].last == "s",
            let unit = Unit(rawValue: String(parts[2].dropLast()))
        {
            self.init(.last(count), unit)
        } else if parts.count == 2, let unit = Unit(rawValue: String(parts[1])), unit != .day {
            switch parts[0] {
            case "this": self.init(.this, unit)
            case "previous": self.init(.previous, unit)
            default: return nil
            }
        } else {
            return nil
        }
    }

    /// What a page offers where it states none.
    package static let usual = [
        RelativePeriod(.last(30), .day), RelativePeriod(.last(3), .month),
        RelativePeriod(.last(12), .month), RelativePeriod(.this, .year),
        RelativePeriod(.previous, .year),
    ]

    package var name: String {
        switch kind {
        case .last(let count): "last_\(count)_\(unit.rawValue)s"
        case .this: "this_\(unit.rawValue)"
        case .previous: "previous_\(unit.rawValue)"
        }
    }

    package var label: String {
        switch kind {
        case .last(1): "Last \(unit.rawValue)"
        case .last(let count): "Last \(count) \(unit.rawValue)s"
        case .this: "This \(unit.rawValue) so far"
        case .previous: "Previous \(unit.rawValue)"
        }
    }

    /// Its first and last day.
    package func days(asOf: CalendarDate) -> (from: CalendarDate, through: CalendarDate) {
        switch kind {
        case .last(let count):
            let before = asOf.moved(by: -count, unit)
            return (CalendarDate(daysSince1970: before.daysSince1970 + 1), asOf)
        case .this:
            return (asOf.start(of: unit), asOf)
        case .previous:
            let start = asOf.start(of: unit)
            return (
                start.moved(by: -1, unit), CalendarDate(daysSince1970: start.daysSince1970 - 1)
            )
        }
    }
}

extension CalendarDate {
    /// So many units later. A month's end stays one where the other month is shorter.
    func moved(by count: Int, _ unit: RelativePeriod.Unit) -> CalendarDate {
        switch unit {
        case .day: return CalendarDate(daysSince1970: daysSince1970 + count)
        case .week: return CalendarDate(daysSince1970: daysSince1970 + 7 * count)
        case .month: return moved(byMonths: count)
        case .quarter: return moved(byMonths: 3 * count)
        case .year: return moved(byMonths: 12 * count)
        }
    }

    private func moved(byMonths count: Int) -> CalendarDate {
        let months = year * 12 + month - 1 + count
        var moved = self
        moved.year = months.floorDivided(by: 12)
        moved.month = months - moved.year * 12 + 1
        moved.day = 1
        let first = moved.daysSince1970
        var next = moved
        (next.year, next.month) =
            moved.month == 12 ? (moved.year + 1, 1) : (moved.year, moved.month + 1)
        moved.day = min(day, next.daysSince1970 - first)
        return moved
    }

    /// The first day of the unit that holds this day; weeks begin on Monday.
    func start(of unit: RelativePeriod.Unit) -> CalendarDate {
        var start = self
        switch unit {
        case .day: break
        case .week:
            // 1 January 1970 was a Thursday.
            let weekday = (daysSince1970 + 3) - (daysSince1970 + 3).floorDivided(by: 7) * 7
            return CalendarDate(daysSince1970: daysSince1970 - weekday)
        case .month: start.day = 1
        case .quarter: (start.month, start.day) = ((month - 1) / 3 * 3 + 1, 1)
        case .year: (start.month, start.day) = (1, 1)
        }
        return start
    }
}
