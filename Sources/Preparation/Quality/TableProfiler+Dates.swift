import Columns
import Engine
import Synchronization
import Workspace

extension TableProfiler {
    func dates(
        _ column: TableProfile.Column, _ relation: String
    ) async throws(AuroraError) -> ColumnResult {
        let name = dialect.quoted(column.name)
        let box = Mutex(DayCounts())
        try await engine.stream(
            "SELECT \(name), count(*) FROM \(relation) WHERE \(name) IS NOT NULL "
                + "GROUP BY 1 ORDER BY 1"
        ) { batch throws(AuroraError) in box.withLock { $0.add(batch) } }
        let counts = box.withLock { $0 }
        var column = column
        column.distinct = counts.distinct
        column.dates = counts.profile(asOf: settings.asOf?.value.daysSince1970)
        return ColumnResult(profile: column)
    }
}

/// The rows of each day, in order.
private struct DayCounts {
    private(set) var distinct = 0
    private var days: [(day: Int, rows: Int)] = []
    private var notFinite = 0

    mutating func add(_ batch: Batch) {
        distinct += batch.rowCount
        guard case .integers(let rows) = batch.columns[1].values else { return }
        switch batch.columns[0].values {
        case .days(let days):
            for (day, rows) in zip(days, rows) {
                add(abs(Int(day)) == Int(Int32.max) ? nil : Int(day), Int(rows))
            }
        case .microseconds(let times):
            for (time, rows) in zip(times, rows) {
                let isFinite = time != .max && time != -.max
                add(isFinite ? Int(time.floorDivided(by: 86_400_000_000)) : nil, Int(rows))
            }
        default: break
        }
    }

    private mutating func add(_ day: Int?, _ rows: Int) {
        guard let day else {
            notFinite += rows
            return
        }
        if days.last?.day == day {
            days[days.count - 1].rows += rows
        } else {
            days.append((day, rows))
        }
    }

    func profile(asOf: Int?) -> TableProfile.Dates {
        let rows = days.reduce(0) { $0 + $1.rows }
        let (first, last) = (day(at: rows / 100), day(at: rows - 1 - rows / 100))
        let unit = DateUnit(days: last - first)
        var bins: [TableProfile.Dates.Bin] = []
        // Whole units, so that no bin is cut.
        let (firstLabel, lastLabel) = (unit.label(first), unit.label(last))
        var (before, after) = (0, 0)
        for (day, rows) in days {
            let label = unit.label(day)
            if day < first, label != firstLabel {
                before += rows
            } else if day > last, label != lastLabel {
                after += rows
            } else if bins.last?.label == label {
                bins[bins.count - 1].rows += rows
            } else {
                bins.append(.init(label: label, rows: rows))
            }
        }
        return TableProfile.Dates(
            minimum: days.first.map { Self.text($0.day) },
            maximum: days.last.map { Self.text($0.day) }, unit: unit.rawValue, bins: bins,
            before: before, after: after, sentinels: sentinels(of: rows),
            afterAsOf: asOf.map { asOf in days.reduce(0) { $0 + ($1.day > asOf ? $1.rows : 0) } },
            notFinite: notFinite)
    }

    private static func text(_ day: Int) -> String {
        CalendarDate(daysSince1970: day).description
    }

    /// The day of the row at a place, the rows in order.
    private func day(at place: Int) -> Int {
        var before = 0
        for (day, rows) in days {
            before += rows
            if place < before { return day }
        }
        return days.last?.day ?? 0
    }

    /// Days that stand for "unknown" wherever they occur: the first days of common systems and
    /// the ends of time that people type.
    private static let never: Set<String> = [
        "0001-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
        "2999-12-31", "3000-01-01", "9999-01-01", "9999-12-31",
    ]
    /// Days on which things do happen: they count where far more rows have them than other days.
    private static let sometimes: Set<String> = [
        "1901-01-01", "1904-01-01", "1950-01-01", "1970-01-01", "1980-01-01", "1990-01-01",
        "1999-12-31", "2000-01-01", "2049-12-31", "2050-01-01", "2099-12-31",
    ]

    private func sentinels(of rows: Int) -> [TableProfile.Dates.Day] {
        let usual = Double(rows) / Double(max(days.count, 1))
        return days.compactMap { day, rows in
            let text = Self.text(day)
            let isCrowd = rows >= 5 && Double(rows) >= 10 * usual
            guard Self.never.contains(text) || isCrowd && Self.sometimes.contains(text) else {
                return nil
            }
            return .init(day: text, rows: rows)
        }
    }
}

/// The width of a date histogram's bins.
private enum DateUnit: String {
    case day, month, year, decade

    init(days: Int) {
        switch days {
        case ...31: self = .day
        case ...1_100: self = .month
        case ...14_700: self = .year
        default: self = .decade
        }
    }

    func label(_ day: Int) -> String {
        let date = CalendarDate(daysSince1970: day)
        switch self {
        case .day: return date.description
        case .month: return String(date.description.dropLast(3))
        case .year: return String(date.year)
        case .decade: return "\(date.year.floorDivided(by: 10) * 10)s"
        }
    }
}
