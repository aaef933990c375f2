import Columns
import Spreadsheets

/// An .xlsx workbook as a zip archive of stored parts, without any time in it.
///
/// A part's length and checksum stand before it, so that each sheet is made twice: once to know
/// them, and once to write it. Memory doesn't grow with the number of rows.
struct WorkbookBytes: Sendable {
    private static let chunk = 1 << 18

    private let sheets: [TwinSheet]

    init(_ sheets: [TwinSheet]) { self.sheets = sheets }

    typealias Sink = (_ bytes: [UInt8]) throws(AuroraError) -> Void

    /// - Parameters:
    ///   - progress: told the rows of the sheets written so far.
    ///   - sink: takes the archive's bytes in order.
    func write(
        progress: (_ rows: Int) throws(AuroraError) -> Void, to sink: Sink
    ) throws(AuroraError) {
        var archive = ZipDirectory()
        for (name, text) in WorkbookParts(sheets.map(\.name), styleSheet: WorkbookParts.styles).all
        {
            let bytes = Array(text.utf8)
            var checksum = Checksum()
            checksum.add(bytes)
            try sink(archive.header(name, checksum.value, bytes.count))
            try sink(bytes)
        }
        var rows = 0
        for (index, sheet) in sheets.enumerated() {
            var checksum = Checksum()
            var size = 0
            try Self.write(sheet, { _ throws(AuroraError) in }) { bytes throws(AuroraError) in
                checksum.add(bytes)
                size += bytes.count
            }
            try sink(
                archive.header(
                    "xl/worksheets/sheet\(index + 1).xml", checksum.value, size))
            let before = rows
            try Self.write(
                sheet, { done throws(AuroraError) in try progress(before + done) }, sink)
            rows += sheet.rows
        }
        try sink(archive.end())
    }

    private static func write(
        _ sheet: TwinSheet, _ progress: (_ rows: Int) throws(AuroraError) -> Void, _ sink: Sink
    ) throws(AuroraError) {
        var cells = SheetBytes(capacity: chunk + 4096)
        cells.xml.append(text: WorkbookParts.declaration)
        cells.xml.append(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
        cells.xml.append("<sheetData>")
        for texts in sheet.above + (sheet.header.isEmpty ? [] : [sheet.header]) {
            cells.beginRow()
            for text in texts { cells.append(text.isEmpty ? nil : text) }
            cells.endRow()
        }
        for row in 0..<sheet.rows {
            cells.beginRow()
            sheet.append(row, &cells)
            cells.endRow()
            if cells.xml.bytes.count >= chunk {
                try sink(cells.xml.bytes)
                cells.xml.removeAll()
                try progress(row + 1)
            }
        }
        cells.xml.append("</sheetData></worksheet>")
        try sink(cells.xml.bytes)
    }
}

extension WorkbookParts {
    /// Style 0 is general and 1 a date.
    fileprivate static let styles =
        "<styleSheet xmlns=\"\(main)\">"
        + "<numFmts count=\"1\"><numFmt numFmtId=\"165\" "
        + "formatCode=\"yyyy&quot;-&quot;mm&quot;-&quot;dd\"/></numFmts>"
        + "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
        + "</cellStyleXfs><cellXfs count=\"2\">"
        + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        + "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        + "applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
}
