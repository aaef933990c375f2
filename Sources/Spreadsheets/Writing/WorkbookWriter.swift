import Columns

/// An .xlsx workbook with number formats, as bytes that hold no time: equal sheets, equal bytes.
///
/// Texts are inline and never formulas. Parts are stored as they are, without packing.
///
/// - Complexity: O(cells), all in memory: for the figures of pages, not for tables of customers.
package struct WorkbookWriter: Sendable {
    private let sheets: [WrittenSheet]
    private let styles: [CellStyle]

    /// - Parameter sheets: one at least, with names that Excel accepts (``SheetNames``).
    package init(_ sheets: [WrittenSheet]) {
        precondition(!sheets.isEmpty, "a workbook has one sheet at least")
        self.sheets = sheets
        var styles = [CellStyle.plain]
        var seen: Set<CellStyle> = [.plain]
        for cell in sheets.lazy.flatMap(\.rows).joined() {
            switch cell {
            case .text(_, let style), .number(_, let style):
                if seen.insert(style).inserted { styles.append(style) }
            case .empty, .boolean: break
            }
        }
        self.styles = styles
    }

    package var bytes: [UInt8] {
        var archive = ZipDirectory()
        var bytes: [UInt8] = []
        let places = Dictionary(uniqueKeysWithValues: styles.enumerated().map { ($1, $0) })
        let parts =
            WorkbookParts(sheets.map(\.name), styles).all
            + sheets.enumerated().map { index, sheet in
                (
                    "xl/worksheets/sheet\(index + 1).xml",
                    SheetXML(sheet, styles: places, isFirst: index == 0).text
                )
            }
        for (name, text) in parts {
            let part = Array(text.utf8)
            var checksum = Checksum()
            checksum.add(part)
            bytes += archive.header(name, checksum.value, part.count)
            bytes += part
        }
        return bytes + archive.end()
    }
}

/// The XML of one sheet.
private struct SheetXML {
    /// Widths of columns, in characters.
    private static let (narrowest, widest) = (9, 60)

    let sheet: WrittenSheet
    let styles: [CellStyle: Int]
    let isFirst: Bool

    init(_ sheet: WrittenSheet, styles: [CellStyle: Int], isFirst: Bool) {
        self.sheet = sheet
        self.styles = styles
        self.isFirst = isFirst
    }

    var text: String {
        var xml = WorkbookParts.declaration + "<worksheet xmlns=\"\(WorkbookParts.main)\">"
        xml += "<sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\">"
        if sheet.frozenRows > 0 {
            xml +=
                "<pane ySplit=\"\(sheet.frozenRows)\" topLeftCell=\"A\(sheet.frozenRows + 1)\" "
                + "activePane=\"bottomLeft\" state=\"frozen\"/>"
        }
        xml += "</sheetView></sheetViews>" + columns + "<sheetData>"
        for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
            xml += "<row r=\"\(row + 1)\">"
            for (column, cell) in cells.enumerated() {
                append(cell, at: "\(Self.letters(column))\(row + 1)", to: &xml)
            }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
    }

    /// As wide as what stands below the rows that stay in sight, and their last one: the table.
    private var columns: String {
        let table = sheet.rows.dropFirst(max(0, sheet.frozenRows - 1))
        let count = table.map(\.count).max() ?? 0
        guard count > 0 else { return "" }
        let columns = (0..<count).map { column in
            let longest = table.map { $0.indices.contains(column) ? $0[column].length : 0 }.max()
            let width = min(Self.widest, max(Self.narrowest, (longest ?? 0) + 2))
            return "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\" "
                + "customWidth=\"1\"/>"
        }
        return "<cols>" + columns.joined() + "</cols>"
    }

    private func append(_ cell: WrittenCell, at place: String, to xml: inout String) {
        func style(_ style: CellStyle) -> String {
            styles[style].map { $0 == 0 ? "" : " s=\"\($0)\"" } ?? ""
        }
        switch cell {
        case .empty: break
        case .number(let digits, let look):
            xml += "<c r=\"\(place)\"\(style(look))><v>\(digits)</v></c>"
        case .boolean(let flag):
            xml += "<c r=\"\(place)\" t=\"b\"><v>\(flag ? 1 : 0)</v></c>"
        case .text(let text, let look):
            xml +=
                "<c r=\"\(place)\"\(style(look)) t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                + XMLEscape.text(text) + "</t></is></c>"
        }
    }

    private static func letters(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }
}

extension WrittenCell {
    fileprivate var length: Int {
        switch self {
        case .empty: 0
        case .boolean: 5
        case .text(let text, _): text.count
        // Separators and a currency take room, more digits than a format shows don't.
        case .number(let digits, let style): min(digits.count, 14) + (style.format == nil ? 0 : 6)
        }
    }
}
