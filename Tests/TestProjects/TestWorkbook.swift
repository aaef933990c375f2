package import Foundation

/// A small .xlsx workbook, written by hand so that tests can say exactly what is in it.
package struct TestWorkbook: Sendable {
    package enum Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
    {
        case empty
        case text(String)
        case number(String)
        case boolean(Bool)
        /// A serial number that is shown as a date.
        case date(Int)
        /// The attributes behind the reference, and what the element holds.
        case raw(attributes: String, content: String)

        package init(stringLiteral value: String) { self = .text(value) }
        package init(integerLiteral value: Int) { self = .number(String(value)) }
        package init(floatLiteral value: Double) { self = .number(String(value)) }
        package init(booleanLiteral value: Bool) { self = .boolean(value) }
        package init(nilLiteral: ()) { self = .empty }

        package static let error = Cell.raw(attributes: "t=\"e\"", content: "<v>#N/A</v>")

        fileprivate func xml(at reference: String) -> String {
            let (attributes, content) =
                switch self {
                case .empty: ("", "")
                case .text(let text):
                    ("t=\"inlineStr\"", "<is><t xml:space=\"preserve\">\(escaped(text))</t></is>")
                case .number(let text): ("", "<v>\(text)</v>")
                case .boolean(let value): ("t=\"b\"", "<v>\(value ? 1 : 0)</v>")
                case .date(let serial): ("s=\"1\"", "<v>\(serial)</v>")
                case .raw(let attributes, let content): (attributes, content)
                }
            return content.isEmpty && attributes.isEmpty
                ? "" : "<c r=\"\(reference)\" \(attributes)>\(content)</c>"
        }
    }

    package struct Sheet: Sendable {
        package var name: String
        package var rows: [[Cell]]
        /// Attributes of the sheet's entry, like `state="hidden"`.
        package var state = ""
        /// What stands before and behind the rows.
        package var before = ""
        package var behind = ""

        package init(
            _ name: String, _ rows: [[Cell]], state: String = "", before: String = "",
            behind: String = ""
        ) {
            self.name = name
            self.rows = rows
            self.state = state
            self.before = before
            self.behind = behind
        }

        fileprivate var xml: String {
            let lines = rows.enumerated().map { index, cells in
                let xml = cells.enumerated().map { column, cell in
                    cell.xml(at: "\(TestWorkbook.letters(column))\(index + 1)")
                }
                return "<row r=\"\(index + 1)\">\(xml.joined())</row>"
            }
            return TestWorkbook.declaration
                + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                + "\(before)<sheetData>\(lines.joined())</sheetData>\(behind)</worksheet>"
        }
    }

    package var sheets: [Sheet]
    /// Items of the shared texts, in XML.
    package var sharedStrings: [String] = []
    /// Number formats of the cell styles 2 and up; 0 is general and 1 a date.
    package var formats: [String] = []
    package var is1904 = false

    package init(_ sheets: [Sheet]) { self.sheets = sheets }

    package init(_ rows: [[Cell]]) { sheets = [Sheet("data", rows)] }

    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// The workbook's parts, in the order in which they are written.
    package var parts: [(name: String, text: String)] {
        let main =
            Self.declaration + "<workbook xmlns:r=\"\(Self.office)\">"
            + "<workbookPr\(is1904 ? " date1904=\"1\"" : "")/><sheets>"
            + sheets.enumerated().map { index, sheet in
                "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(index + 1)\" "
                    + "r:id=\"rId\(index + 1)\" \(sheet.state)/>"
            }.joined() + "</sheets></workbook>"
        let targets =
            sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        let custom = formats.enumerated().map {
            "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\(escaped($1))\"/>"
        }
        let styles = [0, 14] + formats.indices.map { 164 + $0 }
        let fixed: [(name: String, text: String)] = [
            ("[Content_Types].xml", Self.declaration + "<Types/>"),
            ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", main),
            ("xl/_rels/workbook.xml.rels", relationships(targets)),
            (
                "xl/styles.xml",
                Self.declaration + "<styleSheet><numFmts>\(custom.joined())</numFmts><cellXfs>"
                    + styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>"
            ),
            (
                "xl/sharedStrings.xml",
                Self.declaration + "<sst>" + sharedStrings.map { "<si>\($0)</si>" }.joined()
                    + "</sst>"
            ),
        ]
        return fixed
            + sheets.enumerated().map { ("xl/worksheets/sheet\($0 + 1).xml", $1.xml) }
    }

    private func relationships(_ targets: [(type: String, target: String)]) -> String {
        Self.declaration + "<Relationships>"
            + targets.enumerated().map { index, entry in
                "<Relationship Id=\"rId\(index + 1)\" Type=\"\(Self.office)/\(entry.type)\" "
                    + "Target=\"\(entry.target)\"/>"
            }.joined() + "</Relationships>"
    }

    package var data: Data {
        TestArchive(parts.map { TestArchive.Entry($0.name, Array($0.text.utf8)) }).data
    }

    fileprivate static func letters(_ column: Int) -> String {
        let last = String(Unicode.Scalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }
}

private func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result.append(contentsOf: "&amp;".unicodeScalars)
        case "<": result.append(contentsOf: "&lt;".unicodeScalars)
        case ">": result.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
        case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
        case "\0": result.append(contentsOf: "_x0000_".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}
