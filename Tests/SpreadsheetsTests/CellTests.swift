import Spreadsheets
import TestProjects
import Testing

@Suite("Cells of a workbook")
struct CellTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var attributes = ""
        var content: String
        var format: String?
        /// Kind and text, nil where the cell is empty.
        var cell: String?
    }

    static let numbers = [
        ("5", "5"), ("5.0", "5"), ("-0", "0"), ("0.5", "0.5"), (".5", "0.5"), ("1e3", "1000"),
        ("1E-7", "0.0000001"), ("1.0125000000000002", "1.0125000000000002"),
        ("0.10000000000000001", "0.1"), ("1.50", "1.5"), ("4344676511950440", "4344676511950440"),
        ("12345678901234567890", "12345678901234567890"), ("1e20", "100000000000000000000"),
        ("1e21", "1e21"), ("1.7976931348623157E+308", "1.7976931348623157e308"),
        ("5e-324", "5e-324"), ("-1234.5678", "-1234.5678"), (" 7 ", "7"), ("007", "7"),
        ("1.2345678901234568E+17", "123456789012345680"), ("+3", "3"), ("0.000", "0"),
    ]

    @Test("numbers are written in the shortest way that keeps them", arguments: numbers)
    func number(stored: String, text: String) throws {
        let cells = try TestWorkbook([[.number(stored)]]).cells()
        #expect(cells == ["A1 number \(text)"])
        #expect(Double(text) == Double(stored.filter { $0 != " " }))
    }

    @Test("what is no number is a text", arguments: ["nan", "inf", "0x1p3", "1e999", "abc", "1 2"])
    func noNumber(stored: String) throws {
        #expect(try TestWorkbook([[.number(stored)]]).cells() == ["A1 text \(stored)"])
    }

    static let texts = [
        Example(
            testDescription: "a shared text", attributes: "t=\"s\"", content: "<v>0</v>",
            cell: "text plain"),
        Example(
            testDescription: "formatted runs, without their pronunciation", attributes: "t=\"s\"",
            content: "<v>1</v>", cell: "text 東京 Tower"),
        Example(
            testDescription: "a shared text that is empty", attributes: "t=\"s\"",
            content: "<v>2</v>"),
        Example(
            testDescription: "spaces, tabs and line ends stay", attributes: "t=\"s\"",
            content: "<v>3</v>", cell: "text  a\tb\nc\n"),
        Example(
            testDescription: "entities and CDATA", attributes: "t=\"inlineStr\"",
            content:
                "<is><t>&lt;a href=&quot;&#x41;&#66;&apos;&amp;amp;&gt;<![CDATA[<&amp;>]]></t></is>",
            cell: "text <a href=\"AB'&amp;><&amp;>"),
        Example(
            testDescription: "Excel's escapes", attributes: "t=\"inlineStr\"",
            content: "<is><t>a_x000D_b_x005F_x000A__xD83D__xDE00_ _xZZZZ_</t></is>",
            cell: "text a\rb_x000A_😀 _xZZZZ_"),
        Example(
            testDescription: "line ends of Windows in the XML", attributes: "t=\"str\"",
            content: "<v>a\r\nb\rc</v>", cell: "text a\nb\nc"),
        Example(
            testDescription: "comments and prefixes",
            attributes: "t=\"x\"".replacing("x", with: "str"),
            content: "<!-- <v>9</v> --><x:v xmlns:x=\"y\">a<!-- > -->b</x:v>", cell: "text ab"),
        Example(
            testDescription: "a formula's stored text", attributes: "t=\"str\"",
            content: "<f>A1&amp;\"x\"</f><v>ax</v>", cell: "text ax"),
        Example(
            testDescription: "a formula that gives nothing", attributes: "t=\"str\"",
            content: "<f>\"\"</f><v></v>"),
        Example(
            testDescription: "a formula without a stored value", content: "<f>A2+1</f>",
            cell: "unvalued "),
        Example(
            testDescription: "true", attributes: "t=\"b\"", content: "<v>1</v>",
            cell: "boolean true"),
        Example(
            testDescription: "false", attributes: "t=\"b\"", content: "<v>0</v>",
            cell: "boolean false"),
        Example(
            testDescription: "an error", attributes: "t=\"e\"", content: "<f>1/0</f><v>#DIV/0!</v>",
            cell: "error #DIV/0!"),
        Example(
            testDescription: "a date in ISO 8601", attributes: "t=\"d\"",
            content: "<v>2010-01-31T13:45:00Z</v>", cell: "dateTime 2010-01-31 13:45:00"),
        Example(testDescription: "a cell with a style only", attributes: "s=\"1\"", content: ""),
        Example(
            testDescription: "an extension is passed over",
            content: "<v>1</v><extLst><ext><v>2</v></ext></extLst>", cell: "number 1"),
        Example(
            testDescription: "a greater-than sign in an attribute",
            attributes: "x=\"a>b\" t='n'", content: "<v>1</v>", cell: "number 1"),
    ]

    @Test("reads", arguments: texts)
    func reads(example: Example) throws {
        var workbook = TestWorkbook([
            [.raw(attributes: example.attributes, content: example.content)]
        ])
        workbook.sharedStrings = [
            "<t>plain</t>",
            "<r><rPr><b/></rPr><t>東京</t></r><r><t xml:space=\"preserve\"> Tower</t></r>"
                + "<rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>",
            "<t/>", "<t xml:space=\"preserve\"> a\tb\nc\r\n</t>",
        ]
        #expect(try workbook.cells() == [example.cell.map { "A1 " + $0 }].compactMap { $0 })
    }

    static let dates: [(serial: String, format: String, cell: String)] = [
        ("40209", "yyyy-mm-dd", "date 2010-01-31"),
        ("40209.572916666664", "dd/mm/yyyy h:mm", "dateTime 2010-01-31 13:45:00"),
        ("40209", "dd/mm/yyyy h:mm", "dateTime 2010-01-31 00:00:00"),
        ("40209.5", "d mmm yy", "dateTime 2010-01-31 12:00:00"),
        ("0.572916666666667", "h:mm AM/PM", "time 13:45:00"),
        ("0.5000014467592593", "hh:mm:ss.000", "time 12:00:00.125"),
        ("1.5", "[h]:mm", "time 36:00:00"), ("0.75", "[mm]:ss", "time 18:00:00"),
        ("40209.25", "h:mm", "dateTime 2010-01-31 06:00:00"),
        ("1", "m/d/yy", "date 1900-01-01"), ("59", "m/d/yy", "date 1900-02-28"),
        ("60", "m/d/yy", "date 1900-02-29"), ("61", "m/d/yy", "date 1900-03-01"),
        ("2958465", "m/d/yy", "date 9999-12-31"), ("2958466", "m/d/yy", "number 2958466"),
        ("-1", "m/d/yy", "number -1"), ("0", "m/d/yy", "number 0"),
        ("36526", "mmm", "date 2000-01-01"),
        ("36585", "[$-409]d\\-mmm\\-yyyy;@", "date 2000-02-29"),
        ("73415", "[Red]yyyy", "date 2100-12-31"),
        ("40209", "\"day \"0", "number 40209"), ("40209", "0.00E+00", "number 40209"),
        ("40209", "General", "number 40209"), ("40209", "#,##0\\d", "number 40209"),
        ("40209", "_-* #,##0.00\\ [$€-407]_-", "number 40209"),
        ("0.25", "0.0%", "percent 0.25"), ("0.25", "0;[Red]-0 \"d\"", "number 0.25"),
    ]

    @Test("number formats tell dates from numbers", arguments: dates)
    func date(serial: String, format: String, cell: String) throws {
        var workbook = TestWorkbook([[.raw(attributes: "s=\"2\"", content: "<v>\(serial)</v>")]])
        workbook.formats = [format]
        #expect(try workbook.cells() == ["A1 " + cell])
    }

    @Test(
        "dates counted from 1904",
        arguments: [("0", "1904-01-01"), ("38747", "2010-01-31"), ("60", "1904-03-01")])
    func from1904(serial: String, date: String) throws {
        var workbook = TestWorkbook([[.raw(attributes: "s=\"1\"", content: "<v>\(serial)</v>")]])
        workbook.is1904 = true
        #expect(try workbook.cells() == ["A1 date \(date)"])
    }

    @Test("rows and cells without references follow each other")
    func withoutReferences() throws {
        var workbook = TestWorkbook([[]])
        workbook.sheets[0].behind =
            "<sheetData><row r=\"3\"><c><v>1</v></c><c r=\"D3\"><v>2</v></c><c><v>3</v></c></row>"
            + "<row><c><v>4</v></c></row></sheetData>"
        #expect(
            try workbook.cells() == ["A3 number 1", "D3 number 2", "E3 number 3", "A4 number 4"])
    }
}
