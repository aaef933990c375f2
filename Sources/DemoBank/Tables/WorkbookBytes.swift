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
        for (name, text) in WorkbookParts(sheets.map(\.name)).all {
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

/// The parts of a workbook but for its sheets.
private struct WorkbookParts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private let names: [String]

    init(_ names: [String]) { self.names = names }

    var all: [(name: String, text: String)] {
        [
            ("[Content_Types].xml", contentTypes),
            ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", workbook),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(
                    names.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
                        + [("styles", "styles.xml")])
            ),
            ("xl/styles.xml", Self.declaration + Self.styles),
        ]
    }

    private var contentTypes: String {
        let overrides =
            [("/xl/workbook.xml", "sheet.main+xml"), ("/xl/styles.xml", "styles+xml")]
            + names.indices.map { ("/xl/worksheets/sheet\($0 + 1).xml", "worksheet+xml") }
        return Self.declaration + "<Types xmlns=\"\(Self.package)/content-types\">"
            + "<Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + overrides.map {
                "<Override PartName=\"\($0)\" ContentType=\"\(Self.kind).\($1)\"/>"
            }.joined() + "</Types>"
    }

    private var workbook: String {
        Self.declaration + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>"
            + names.enumerated().map {
                "<sheet name=\"\($1)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
            }.joined() + "</sheets></workbook>"
    }

    private func relationships(_ targets: [(type: String, target: String)]) -> String {
        Self.declaration + "<Relationships xmlns=\"\(Self.package)/relationships\">"
            + targets.enumerated().map { index, entry in
                "<Relationship Id=\"rId\(index + 1)\" Type=\"\(Self.office)/\(entry.type)\" "
                    + "Target=\"\(entry.target)\"/>"
            }.joined() + "</Relationships>"
    }

    /// Style 0 is general and 1 a date.
    private static let styles =
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
