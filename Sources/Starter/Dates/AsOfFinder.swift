import Columns
import Foundation
import Preparation

/// The day at which ages and tenures are taken, as the data states it.
package struct StarterAsOf: Sendable {
    package var day: String
    package var reason: String
}

/// Finds the day that the files describe: the latest day of which they tell.
///
/// Today's date would make another result of the same files tomorrow.
enum AsOfFinder {
    /// Years from which on a day is a stand-in for "never".
    private static let never = 2100

    /// - Returns: nil where no file holds a date that something happened on.
    static func find(_ tables: [StarterTable]) -> StarterAsOf? {
        var latest: (day: String, column: String, file: String)?
        for table in tables {
            for column in table.columns where column.role == .date && !isAhead(column) {
                guard let day = day(column.inspected.quartiles.last) else { continue }
                if let known = latest, known.day >= day { continue }
                latest = (day, column.name, table.file.lastPathComponent)
            }
        }
        return latest.map {
            StarterAsOf(
                day: $0.day,
                reason: "the latest day that the data tells of (\($0.column) in \($0.file)); ages "
                    + "and tenures are taken at it, never at today's date")
        }
    }

    /// Days that are planned and have not come.
    private static func isAhead(_ column: StarterColumn) -> Bool {
        NameSigns(column.name).saysAhead
    }

    /// The day of a date or a timestamp, as ISO 8601 has it.
    private static func day(_ value: Value?) -> String? {
        guard let value,
            let day = value.description.split(whereSeparator: { " T".contains($0) })
                .first.map(String.init), day.count == 10,
            let year = Int(day.prefix(4)), (1900..<never).contains(year)
        else { return nil }
        return day
    }
}
