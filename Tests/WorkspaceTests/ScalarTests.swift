import Columns
import Testing
import Workspace

@Suite("Single values")
struct ScalarTests {
    private static func decimal(_ unscaled: Int128, _ scale: Int) -> Value {
        .decimal(FixedDecimal(unscaled: unscaled, scale: scale))
    }

    @Test(
        "a plain value is what it looks like, with all its digits",
        arguments: [
            ("5", .integer(5)), ("-7", .integer(-7)), ("+7", .integer(7)),
            ("9223372036854775807", .integer(.max)), ("0.10", decimal(10, 2)),
            ("-0.5", decimal(-5, 1)), ("-.5", decimal(-5, 1)), ("1e3", .double(1000)),
            (
                "12345678901234567890.123456789",
                decimal(12_345_678_901_234_567_890_123_456_789, 9)
            ),
            ("true", .boolean(true)), ("no", .boolean(false)), ("~", .missing), ("null", .missing),
            ("", .missing), ("abc", .text("abc")), ("2024-02-29", .text("2024-02-29")),
            ("1.2.3", .text("1.2.3")), ("1_000", .text("1_000")), (".inf", .text(".inf")),
        ] as [(String, Value)])
    func plain(text: String, value: Value) throws {
        #expect(try Reading("scalar: \(text)").values?.scalar("scalar") == value)
        #expect(try Reading("values:\n- \(text)\n- x").values?.scalars("values")?.first == value)
    }

    @Test(
        "what is quoted is a text, whatever it looks like",
        arguments: ["5", "0.1", "true", "null", "", "~", "it''s"])
    func quoted(text: String) throws {
        let value = Value.text(text.replacing("''", with: "'"))
        #expect(try Reading("scalar: '\(text)'").values?.scalar("scalar") == value)
        #expect(
            try Reading("scalar: \"\(text)\"").values?.scalar("scalar") == .text(text))
    }

    @Test("a text in block style keeps its lines")
    func block() throws {
        let reading = try Reading("scalar: |\n  a\n  b\ntext: >\n  c\n  d\n")
        #expect(reading.values?.scalar("scalar") == .text("a\nb\n"))
        #expect(reading.values?.text("text") == "c d\n")
    }
}
