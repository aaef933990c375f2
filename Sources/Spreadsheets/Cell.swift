/// What kind of value a cell holds.
package enum CellKind: UInt8, Sendable, CaseIterable {
    case text, number, percent, boolean, date, dateTime, time, error
    /// A formula of which the file holds no result.
    case unvalued

    /// In words, for one and for many.
    package var names: (one: String, many: String) {
        switch self {
        case .text: ("text", "texts")
        case .number: ("number", "numbers")
        case .percent: ("percentage", "percentages")
        case .boolean: ("boolean", "booleans")
        case .date: ("date", "dates")
        case .dateTime: ("date with a time", "dates with a time")
        case .time: ("time", "times")
        case .error: ("error", "errors")
        case .unvalued: ("formula without a stored value", "formulas without a stored value")
        }
    }

    /// Whether a table shows a value there.
    package var isValue: Bool { self != .error && self != .unvalued }
}

/// A cell that holds something.
package struct Cell: Sendable {
    /// From 0.
    package var column: Int
    package var kind: CellKind
    /// Where its text lies: a shared string, or bytes of the row.
    var place: Place

    enum Place: Sendable {
        case shared(Int)
        case row(start: Int, end: Int)
    }
}

/// A row of a sheet, used again for the next one.
package struct SheetRow: Sendable {
    /// From 1, as spreadsheet programs show it.
    package var number = 0
    package var isHidden = false
    /// In the order of their columns, without the empty ones.
    package var cells: [Cell] = []
    var bytes: [UInt8] = []
    let shared: SharedStrings

    init(_ shared: SharedStrings) { self.shared = shared }

    /// Becomes a copy of another row in the memory that it has.
    mutating func take(_ other: SheetRow) {
        number = other.number
        isHidden = other.isHidden
        cells.removeAll(keepingCapacity: true)
        cells.append(contentsOf: other.cells)
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: other.bytes)
    }

    /// Calls `body` with the text of a cell, in UTF-8. A cell that is an error holds its name.
    package func withText<Result>(
        of cell: Cell, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch cell.place {
        case .shared(let index): shared.withText(index, body)
        case .row(let start, let end):
            bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
        }
    }

    package func text(of cell: Cell) -> String {
        withText(of: cell) { String(decoding: $0, as: UTF8.self) }
    }
}
