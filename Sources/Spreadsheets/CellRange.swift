/// A rectangle of cells, as spreadsheets write it: A3:F400.
package struct CellRange: Sendable, Equatable {
    /// From 1, as rows are shown.
    package var rows: ClosedRange<Int>
    /// From 0.
    package var columns: ClosedRange<Int>

    package static let lastRow = 1_048_576
    package static let lastColumn = 16_383

    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        self.rows = rows
        self.columns = columns
    }

    /// Reads `A3:F400`, `A:F`, `3:400` or `B7`.
    package init?(_ text: some StringProtocol) {
        let corners = text.split(separator: ":", omittingEmptySubsequences: false)
            .map { Self.corner($0) }
        guard (1...2).contains(corners.count), let first = corners[0],
            let last = corners[corners.count - 1],
            (first.row == nil) == (last.row == nil), (first.column == nil) == (last.column == nil),
            corners.count == 2 || (first.row != nil && first.column != nil)
        else { return nil }
        let rows = (first.row ?? 1, last.row ?? Self.lastRow)
        let columns = (first.column ?? 0, last.column ?? Self.lastColumn)
        guard rows.0 <= rows.1, columns.0 <= columns.1 else { return nil }
        self.init(rows: rows.0...rows.1, columns: columns.0...columns.1)
    }

    private static func corner(_ text: some StringProtocol) -> (column: Int?, row: Int?)? {
        let plain = Array(text.utf8.filter { $0 != UInt8(ascii: "$") })
        let letters = plain.prefix { (65...90).contains($0) || (97...122).contains($0) }
        let digits = plain.dropFirst(letters.count)
        var column: Int?
        if !letters.isEmpty {
            guard letters.count <= 3 else { return nil }
            let number = letters.reduce(0) { $0 * 26 + Int($1 & 0x5F) - 64 } - 1
            guard number <= lastColumn else { return nil }
            column = number
        }
        if digits.isEmpty { return column == nil ? nil : (column, nil) }
        guard digits.count <= 7, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let row = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        return (1...lastRow).contains(row) ? (column, row) : nil
    }

    /// The letters of a column counted from 0: A, …, Z, AA, …
    package static func letters(_ column: Int) -> String {
        let last = String(Unicode.Scalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }

    /// Columns in short, as a range may be stated: A:P,V:W.
    package static func list(_ columns: [Int]) -> String {
        Words.ranges(columns).map { letters($0.lowerBound) + ":" + letters($0.upperBound) }
            .joined(separator: ",")
    }

    func overlaps(_ other: CellRange) -> Bool {
        rows.overlaps(other.rows) && columns.overlaps(other.columns)
    }
}

extension CellRange: CustomStringConvertible {
    package var description: String {
        let first = Self.letters(columns.lowerBound) + String(rows.lowerBound)
        let last = Self.letters(columns.upperBound) + String(rows.upperBound)
        return first == last ? first : first + ":" + last
    }
}
