package import Columns

/// What a sheet says beside its cells.
package struct SheetNotes: Sendable {
    /// Rectangles of which only the first cell holds a value; no more than the first thousand.
    package var merged: [CellRange] = []
    package var mergedCount = 0
    package var hiddenColumns: [ClosedRange<Int>] = []
    /// The last column that has a cell, if only an empty one.
    package var lastColumn: Int?
}

extension Workbook {
    /// Hands over the rows of a sheet that hold something, in their order.
    ///
    /// Memory: one row. Complexity: O(bytes of the sheet).
    ///
    /// - Throws: `workbook_damaged`, `workbook_too_large`, `file_unreadable`, `interrupted`, and
    ///   what `body` throws.
    package func read(
        _ sheet: Sheet, _ body: (SheetRow) throws(AuroraError) -> Void
    ) throws(AuroraError) -> SheetNotes {
        guard sheet.hasCells else { return SheetNotes() }
        guard let entry = sheet.entry else {
            throw .damaged("the archive", "lacks the part of a sheet")
        }
        var reader = SheetReader(
            xml: try XMLScanner.open(entry, of: archive), styles: styles, dates: dates,
            row: SheetRow(shared))
        return try reader.read(body)
    }
}

private struct SheetReader: ~Copyable {
    private var xml: XMLScanner
    private let styles: Styles
    private let dates: SerialDate
    private var row: SheetRow
    private var notes = SheetNotes()
    /// A cell's value as it is written.
    private var value: [UInt8] = []

    private static let mostRowBytes = 256 << 20
    private static let mostMerged = 1000

    init(xml: consuming XMLScanner, styles: Styles, dates: SerialDate, row: SheetRow) {
        self.xml = xml
        self.styles = styles
        self.dates = dates
        self.row = row
    }

    mutating func read(
        _ body: (SheetRow) throws(AuroraError) -> Void
    ) throws(AuroraError) -> SheetNotes {
        while true {
            switch try xml.next() {
            case .open where xml.isNamed("row"):
                try readRow()
                if !row.cells.isEmpty { try body(row) }
            case .open where xml.isNamed("mergeCell"): try readMerged()
            case .open where xml.isNamed("col"): try readColumn()
            case .open where xml.isNamed("extLst"): try xml.skipElement()
            case .open where xml.depth == 1 && !xml.isNamed("worksheet"):
                throw .damaged(xml.part, "is not a worksheet's")
            case .end: return notes
            default: continue
            }
        }
    }

    private mutating func readMerged() throws(AuroraError) {
        guard let text = try xml.attribute("ref"), let range = CellRange(text) else { return }
        notes.mergedCount += 1
        if notes.merged.count < Self.mostMerged { notes.merged.append(range) }
    }

    private mutating func readColumn() throws(AuroraError) {
        guard try xml.isSet("hidden"), let first = try xml.integer("min"),
            let last = try xml.integer("max"), 1 <= first, first <= last,
            notes.hiddenColumns.count < Self.mostMerged
        else { return }
        notes.hiddenColumns.append((first - 1)...(last - 1))
    }

    private mutating func readRow() throws(AuroraError) {
        let previous = row.number
        row.cells.removeAll(keepingCapacity: true)
        row.bytes.removeAll(keepingCapacity: true)
        var isHidden = false
        var number: Int? = previous + 1
        try xml.forEachAttribute { (name, value) throws(AuroraError) in
            if name.elementsEqual("r".utf8) {
                number = Int(String(decoding: value, as: UTF8.self))
            } else if name.elementsEqual("hidden".utf8) {
                isHidden = value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
            }
        }
        row.isHidden = isHidden
        guard let number, number > previous, number <= CellRange.lastRow else {
            throw .damaged(xml.part, "has its rows out of order after row \(previous)")
        }
        row.number = number
        if number & 0xFFF == 0, Task.isCancelled { throw .interrupted }
        var column = -1
        let inner = xml.depth
        while true {
            switch try xml.next() {
            case .open where xml.isNamed("c"): try readCell(&column)
            case .open: try xml.skipElement()
            case .close where xml.depth < inner: return
            case .end: throw .damaged(xml.part, "ends in the middle")
            default: continue
            }
        }
    }

    // MARK: Cells

    private enum CellType { case number, shared, inline, formulaText, boolean, error, isoDate }

    private mutating func readCell(_ column: inout Int) throws(AuroraError) {
        let previous = column
        var type: CellType? = .number
        var style = 0
        var found = column + 1
        try xml.forEachAttribute { (name, value) throws(AuroraError) in
            guard name.count == 1 else { return }
            switch name[0] {
            case UInt8(ascii: "r"): found = Self.column(value)
            case UInt8(ascii: "s"): style = Self.number(value) ?? 0
            case UInt8(ascii: "t"): type = Self.type(value)
            default: break
            }
        }
        column = found
        guard column > previous, column <= CellRange.lastColumn else {
            throw .damaged(xml.part, "has its cells out of order in row \(row.number)")
        }
        guard let type else {
            throw .damaged(xml.part, "has a cell of an unknown type in row \(row.number)")
        }
        notes.lastColumn = max(notes.lastColumn ?? 0, column)
        value.removeAll(keepingCapacity: true)
        var isFormula = false
        let inner = xml.depth
        reading: while true {
            switch try xml.next() {
            case .open where xml.isNamed("v"): try xml.appendElementText(to: &value)
            case .open where xml.isNamed("is"): try xml.appendRichText(to: &value)
            case .open where xml.isNamed("f"):
                isFormula = true
                try xml.skipElement()
            case .open: try xml.skipElement()
            case .close where xml.depth < inner: break reading
            case .end: throw .damaged(xml.part, "ends in the middle")
            default: continue
            }
        }
        if value.isEmpty {
            if isFormula, type != .formulaText { append(.unvalued, column, from: row.bytes.count) }
            return
        }
        try add(type, style, at: column)
    }

    private mutating func add(
        _ type: CellType, _ style: Int, at column: Int
    ) throws(AuroraError) {
        switch type {
        case .shared:
            guard let index = value.withUnsafeBufferPointer({ Self.number($0) }),
                index < row.shared.count
            else {
                throw .damaged(
                    xml.part, "refers in row \(row.number) to a shared text that is not there")
            }
            guard !row.shared.isEmpty(index) else { return }
            row.cells.append(Cell(column: column, kind: .text, place: .shared(index)))
        case .inline, .formulaText: try addText(column)
        case .boolean:
            let isTrue = value == Array("1".utf8) || value == Array("true".utf8)
            append(isTrue ? "true" : "false", .boolean, column)
        case .error: append(String(decoding: value, as: UTF8.self), .error, column)
        case .isoDate: try addISODate(column)
        case .number: try addNumber(styles[style], column)
        }
        guard row.bytes.count <= Self.mostRowBytes else {
            throw .tooLarge(xml.part, "has a row of over \(Self.mostRowBytes >> 20) MB")
        }
    }

    private mutating func append(_ text: String, _ kind: CellKind, _ column: Int) {
        let start = row.bytes.count
        row.bytes.append(contentsOf: text.utf8)
        append(kind, column, from: start)
    }

    /// Adds a cell of which the text stands in the row's bytes already.
    private mutating func append(_ kind: CellKind, _ column: Int, from start: Int) {
        row.cells.append(
            Cell(column: column, kind: kind, place: .row(start: start, end: row.bytes.count)))
    }

    private mutating func addText(_ column: Int) throws(AuroraError) {
        XMLText.unescape(&value, from: 0)
        guard value[...].isUTF8 else { throw .damaged(xml.part, "is not in UTF-8") }
        let start = row.bytes.count
        row.bytes.append(contentsOf: value)
        append(.text, column, from: start)
    }

    private mutating func addNumber(
        _ format: NumberFormat, _ column: Int
    ) throws(AuroraError) {
        let start = row.bytes.count
        var kind = format == .percent ? CellKind.percent : .number
        if format != .number, format != .percent, let number = NumberText.value(value[...]),
            let date = dates.text(number, format)
        {
            kind = date.kind
            row.bytes.append(contentsOf: date.text.utf8)
        } else if !NumberText.append(value[...], to: &row.bytes) {
            // Programs that pad their numbers; anything else is a text, whatever the cell says.
            let trimmed = value.drop { $0 <= 32 }.reversed().drop { $0 <= 32 }.reversed()
            guard !trimmed.isEmpty else { return }
            if !NumberText.append(Array(trimmed)[...], to: &row.bytes) {
                return try addText(column)
            }
        }
        append(kind, column, from: start)
    }

    /// A date as ISO 8601 has it, which some programs write.
    private mutating func addISODate(_ column: Int) throws(AuroraError) {
        let text = String(decoding: value, as: UTF8.self)
        guard
            let parts = text.wholeMatch(
                of: /([0-9]{4}-[0-9]{2}-[0-9]{2})?T?([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)?Z?/),
            parts.1 != nil || parts.2 != nil
        else { return try addText(column) }
        let kind: CellKind = parts.1 == nil ? .time : parts.2 == nil ? .date : .dateTime
        append([parts.1, parts.2].compactMap { $0 }.joined(separator: " "), kind, column)
    }

    // MARK: Attributes

    private static func type(_ name: UnsafeBufferPointer<UInt8>) -> CellType? {
        switch String(decoding: name, as: UTF8.self) {
        case "s": .shared
        case "n": .number
        case "str": .formulaText
        case "inlineStr": .inline
        case "b": .boolean
        case "e": .error
        case "d": .isoDate
        default: nil
        }
    }

    /// The column of a reference like AB12, from 0; beyond all columns where it has no letters.
    private static func column(_ reference: UnsafeBufferPointer<UInt8>) -> Int {
        var column = 0
        for byte in reference {
            let letter = byte & 0x5F
            guard letter >= 65, letter <= 90, column <= CellRange.lastColumn else { break }
            column = column * 26 + Int(letter) - 64
        }
        return column == 0 ? .max : column - 1
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...9).contains(text.count) else { return nil }
        var result = 0
        for byte in text {
            guard byte >= 48, byte <= 57 else { return nil }
            result = result * 10 + Int(byte) - 48
        }
        return result
    }
}
