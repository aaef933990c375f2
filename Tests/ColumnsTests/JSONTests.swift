import Columns
import Foundation
import Testing

@Suite("JSON text")
struct JSONTests {
    @Test(
        "plain values are written as JSON writes them",
        arguments: [
            (JSON.null, "null"), (true, "true"), (false, "false"), (-17, "-17"),
            (.number("12.340"), "12.340"), ("", #""""#), ("Zürich 🏦", #""Zürich 🏦""#),
            (JSON(nil as Int?), "null"), (JSON(nil as String?), "null"), (JSON(0.1), "0.1"),
            (JSON(-0.0), "-0.0"), (JSON(.leastNonzeroMagnitude), "5e-324"),
            (JSON(1.7976931348623157e308), "1.7976931348623157e+308"),
        ])
    func plainValues(value: JSON, text: String) {
        #expect(value.text() == text)
        #expect(value.text(indented: true) == text)
    }

    @Test(
        "what is not a finite number is null",
        arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func notFinite(value: Double) { #expect(JSON(value).text() == "null") }

    @Test(
        "quotes, backslashes and control characters are escaped",
        arguments: [
            ("\"", #""\"""#), ("\\", #""\\""#), ("\n\r\t", #""\n\r\t""#), ("\r\n", #""\r\n""#),
            ("\u{0}\u{1F}\u{7F}", #""\u0000\u001f\u007f""#),
            ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("</script>", #""</script>""#),
            ("\"\u{301}", "\"\\\"\u{301}\""), ("\\\u{301}", "\"\\\\\u{301}\""),
        ])
    func escapes(text: String, json: String) { #expect(JSON.string(text).text() == json) }

    @Test("every Unicode scalar comes back from another reader as it was")
    func everyScalar() throws {
        let scalars = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
        for start in stride(from: 0, to: scalars.count, by: 4096) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[start..<min(start + 4096, scalars.count)])
            let text = JSON.array([.string(String(view))]).text()
            let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String]
            #expect(read?.first.map { Array($0.unicodeScalars) } == Array(view))
        }
    }

    @Test("objects keep the order and the repetition of their members")
    func order() {
        let object = JSON.object(["z": 1, "a": [2, "x"], "\n": .object([:]), "z": nil])
        #expect(object.text() == #"{"z":1,"a":[2,"x"],"\n":{},"z":null}"#)
    }

    @Test("indented, lists of plain values stand on one line and containers below each other")
    func indented() {
        let value = JSON.object([
            "columns": ["a", "b"], "rows": [[1, 2], []], "empty": .object([:]),
        ])
        #expect(
            value.text(indented: true) == """
                {
                  "columns": ["a","b"],
                  "rows": [
                    [1,2],
                    []
                  ],
                  "empty": {}
                }
                """)
    }
}
