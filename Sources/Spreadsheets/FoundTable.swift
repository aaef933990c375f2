import Columns

/// A table in a sheet: where it stands, and why it is taken to stand there.
package struct FoundTable: Sendable {
    package struct Column: Sendable {
        /// From 0 among the sheet's columns.
        package var position: Int
        /// As the header has it; nil where it has none.
        package var name: String?
        /// The kinds of its values, without the header.
        package var counts: ColumnCounts
    }

    /// Nil where the author says that there is none, and columns are named by their letters.
    package var headerRow: Int?
    /// From the first row of values to the last.
    package var rows: ClosedRange<Int>
    package var columns: [Column]
    /// How many rows hold a value.
    package var rowCount: Int
    /// How all of it was found and what was left out, in words with the reason.
    package var facts: [String] = []
    /// Formulas without a stored value and errors, which are read as missing, by their column.
    package var lost: [String] { columns.flatMap { CellFacts.lost($0) } }
    /// The part of the sheet's cells that stand in the table, 0…1.
    package var share: Double

    /// Whether someone who looks at the sheet would call it a table, and not notes.
    var isConvincing: Bool {
        guard share >= 0.5, rowCount > 0 else { return false }
        if columns.count > 1 { return true }
        return columns[0].counts.prevailing != .text || rowCount >= 10
    }

    /// Whether dates of this column are written with a time, because some of them have one.
    package static func isTimed(_ counts: ColumnCounts) -> Bool { counts[.dateTime] > 0 }
}

/// What looking for a table came to.
enum TableSearch: Sendable {
    case table(FoundTable)
    /// The sheet holds no table, or one without a header; why, after "the sheet".
    case nothing(String)
}

/// Counts and ranges in words.
enum Words {
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
    }

    static func grouped(_ number: Int) -> String {
        let digits = String(number)
        guard digits.count > 3 else { return digits }
        let head = digits.count % 3
        var groups = head > 0 ? [String(digits.prefix(head))] : []
        var rest = digits.dropFirst(head)
        while !rest.isEmpty {
            groups.append(String(rest.prefix(3)))
            rest = rest.dropFirst(3)
        }
        return groups.joined(separator: ",")
    }

    static func rows(_ rows: ClosedRange<Int>) -> String {
        rows.count == 1 ? "row \(rows.lowerBound)" : "rows \(rows.lowerBound)–\(rows.upperBound)"
    }

    /// "column C", "columns C:E and G".
    static func columns(_ columns: [Int]) -> String {
        (columns.count == 1 ? "column " : "columns ") + letters(columns)
    }

    static func letters(_ columns: [Int]) -> String {
        list(
            ranges(columns).map { range in
                let first = CellRange.letters(range.lowerBound)
                return range.count == 1 ? first : first + ":" + CellRange.letters(range.upperBound)
            })
    }

    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Runs of numbers that follow one another.
    static func ranges(_ numbers: [Int]) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = ranges.last, last.upperBound == number - 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges
    }
}
