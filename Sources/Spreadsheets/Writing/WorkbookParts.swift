/// The parts of a workbook but for its sheets.
package struct WorkbookParts {
    package static let declaration =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    /// Below it are the formats that every program knows by number.
    private static let firstFormat = 165

    private let names: [String]
    private let styleSheet: String

    /// - Parameter styleSheet: the element that cells' styles are taken from.
    package init(_ names: [String], styleSheet: String) {
        self.names = names
        self.styleSheet = styleSheet
    }

    init(_ names: [String], _ styles: [CellStyle]) {
        self.init(names, styleSheet: Self.styleSheet(styles))
    }

    package var all: [(name: String, text: String)] {
        let sheets = names.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
        return [
            ("[Content_Types].xml", contentTypes),
            ("_rels/.rels", Self.relationships([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", workbook),
            (
                "xl/_rels/workbook.xml.rels",
                Self.relationships(sheets + [("styles", "styles.xml")])
            ), ("xl/styles.xml", Self.declaration + styleSheet),
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
                "<sheet name=\"\(XMLEscape.text($1))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
            }.joined() + "</sheets></workbook>"
    }

    private static func relationships(_ targets: [(type: String, target: String)]) -> String {
        declaration + "<Relationships xmlns=\"\(package)/relationships\">"
            + targets.enumerated().map { index, entry in
                "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(entry.type)\" "
                    + "Target=\"\(entry.target)\"/>"
            }.joined() + "</Relationships>"
    }

    /// Fonts are those of ``CellStyle/Font``, in its order.
    private static func styleSheet(_ styles: [CellStyle]) -> String {
        var formats: [String] = []
        let cells = styles.map { style -> String in
            var number = 0
            if let format = style.format {
                let place = formats.firstIndex(of: format) ?? formats.endIndex
                if place == formats.endIndex { formats.append(format) }
                number = firstFormat + place
            }
            return "<xf numFmtId=\"\(number)\" fontId=\"\(style.font.rawValue)\" fillId=\"0\" "
                + "borderId=\"0\" xfId=\"0\"" + (number > 0 ? " applyNumberFormat=\"1\"" : "")
                + (style.font == .plain ? "" : " applyFont=\"1\"")
                + (style.isLiteral ? " quotePrefix=\"1\"" : "") + "/>"
        }
        let named = formats.enumerated().map {
            "<numFmt numFmtId=\"\(firstFormat + $0)\" formatCode=\"\(XMLEscape.text($1))\"/>"
        }
        let numbers =
            named.isEmpty ? "" : "<numFmts count=\"\(named.count)\">\(named.joined())</numFmts>"
        let name = "<name val=\"Calibri\"/>"
        return "<styleSheet xmlns=\"\(main)\">" + numbers
            + "<fonts count=\"3\"><font><sz val=\"11\"/>\(name)</font>"
            + "<font><b/><sz val=\"11\"/>\(name)</font><font><b/><sz val=\"14\"/>\(name)</font>"
            + "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>"
            + "</borders><cellStyleXfs count=\"1\">"
            + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"\(cells.count)\">\(cells.joined())</cellXfs></styleSheet>"
    }
}

/// Text as XML and Excel take it.
enum XMLEscape {
    /// Characters that XML can't hold, and what looks like their escape, become Excel's `_x000D_`.
    static func text(_ text: String) -> String {
        var result = ""
        var units = Substring(text).unicodeScalars
        while let scalar = units.first {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "_" where looksEscaped(units): result += "_x005F_"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || [0xFFFE, 0xFFFF].contains(scalar.value):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
            default: result.unicodeScalars.append(scalar)
            }
            units.removeFirst()
        }
        return result
    }

    private static func looksEscaped(_ units: Substring.UnicodeScalarView) -> Bool {
        let head = Array(units.prefix(7))
        return head.count == 7 && head[1] == "x" && head[6] == "_"
            && head[2...5].allSatisfy { $0.properties.isHexDigit && $0.isASCII }
    }
}
