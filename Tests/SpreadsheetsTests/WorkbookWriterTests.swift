import Columns
import Foundation
import Spreadsheets
import Testing

@Suite("Workbooks that are written")
struct WorkbookWriterTests {
    private static func text(_ sheets: [WrittenSheet]) -> String {
        String(decoding: WorkbookWriter(sheets).bytes, as: UTF8.self)
    }

    @Test("numbers keep their digits and get their format, each format once")
    func numbers() {
        let money = CellStyle(format: "#,##0.00 [$EUR]")
        let text = Self.text([
            WrittenSheet(
                name: "A",
                rows: [
                    [.text("x", .bold), .number("0.1", money)], [],
                    [.empty, .number("123456789.123456789", money), .boolean(true)],
                ], frozenRows: 1)
        ])
        #expect(text.contains("<c r=\"B1\" s=\"2\"><v>0.1</v></c>"))
        #expect(text.contains("<c r=\"B3\" s=\"2\"><v>123456789.123456789</v></c>"))
        #expect(text.contains("<c r=\"C3\" t=\"b\"><v>1</v></c>"))
        #expect(text.contains("<numFmts count=\"1\">"))
        #expect(text.contains("ySplit=\"1\" topLeftCell=\"A2\""))
    }

    @Test("texts are never formulas, and what XML can't hold is escaped as Excel does")
    func texts() {
        let text = Self.text([
            WrittenSheet(
                name: "A & B",
                rows: [[.text("=1+1", CellStyle(isLiteral: true)), .text("a\u{1}b<_x0041_\r")]])
        ])
        #expect(text.contains("s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>"))
        #expect(text.contains("quotePrefix=\"1\"") && !text.contains("<f>"))
        #expect(text.contains("a_x0001_b&lt;_x005F_x0041__x000D_"))
        #expect(text.contains("name=\"A &amp; B\""))
        for (text, isFormula) in [
            ("=1", true), ("+1", true), ("-1", true), ("@a", true), ("\t1", true), ("\r=1", true),
            ("\r\n=1", true), ("", false), ("a=1", false), ("1", false), ("'=1", false),
        ] { #expect(WrittenCell.isFormula(text) == isFormula, "\(text)") }
    }

    @Test("what is written is read again as it was")
    func again() throws {
        let texts = ["=1+1", "a\u{1}b<&>\"_x0041_", " spaced ", "line\nbreak", "é👩‍👩‍👧‍👦"]
        let sheet = WrittenSheet(
            name: "A", rows: [texts.map { .text($0) }, [.number("-0.25", CellStyle(format: "0%"))]])
        let found = try cells(of: Data(WorkbookWriter([sheet]).bytes))
        #expect(found == zip("ABCDE", texts).map { "\($0)1 text \($1)" } + ["A2 percent -0.25"])
    }

    @Test("names of sheets are cut, cleaned and kept apart")
    func names() {
        var names = SheetNames()
        #expect(names.name(for: "Money: in/out [2024]?") == "Money in out 2024")
        #expect(names.name(for: "MONEY in out 2024") == "MONEY in out 2024 (2)")
        #expect(names.name(for: "'quoted'") == "quoted")
        #expect(names.name(for: "") == "Sheet")
        #expect(names.name(for: "History") == "History (2)")
        let long = String(repeating: "👩‍👩‍👧‍👦", count: 9)
        #expect(names.name(for: long).utf16.count <= 31)
        #expect(names.name(for: long).hasSuffix(" (2)"))
    }
}
