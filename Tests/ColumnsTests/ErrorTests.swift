import Columns
import Testing

@Suite("Errors, diagnostics and redaction")
struct ErrorTests {
    @Test(
        "a value's shape shows none of its letters and digits",
        arguments: [
            ("Mr. 42", "Aa. 99"), ("", ""), ("IBAN DE89-3704", "AAAA AA99-9999"),
            ("Zoë Ünal", "Aaa Aaaa"), ("李小龍", "aaa"), ("a\nb", "a⏎a"), ("a\r\nb", "a⏎a"),
            ("12,5 €", "99,9 €"), ("½٣", "99"),
        ])
    func shapes(text: String, shape: String) { #expect(Redaction.shape(of: text) == shape) }

    @Test("a long value's shape is cut after 24 characters")
    func longShape() {
        #expect(Redaction.shape(of: String(repeating: "a", count: 24)).count == 24)
        let shape = Redaction.shape(of: String(repeating: "7", count: 1_000_000))
        #expect(shape == String(repeating: "9", count: 24) + "…")
    }

    @Test(
        "a shape can't give orders to a terminal",
        arguments: ["\u{1B}[2J", "\u{0}", "a\u{8}b", "\u{9B}31m", "\u{202E}abc"])
    func controlCharacters(text: String) {
        let hostile = Redaction.shape(of: text).unicodeScalars.filter {
            [.control, .format].contains($0.properties.generalCategory)
        }
        #expect(hostile.isEmpty)
    }

    @Test("an error tells its context from the outside in, its cause and its hint")
    func errorText() {
        let error = AuroraError("k_above_rows", "k is 8", cause: "a\nb", hint: "choose less")
            .within("step 2").within("model 'm'")
        #expect(error.context == ["model 'm'", "step 2"])
        #expect(
            error.description == """
                model 'm': step 2: k is 8 [k_above_rows]
                  a
                  b
                  choose less
                """)
        #expect(
            error.json.text()
                == #"{"code":"k_above_rows","message":"k is 8","context":["model 'm'","step 2"],"#
                + #""cause":"a\nb","hint":"choose less"}"#)
    }

    @Test("an error without cause and hint is one line")
    func shortError() {
        #expect(AuroraError("c", "m").description == "m [c]")
        #expect(
            AuroraError("c", "m").json.text()
                == #"{"code":"c","message":"m","context":[],"cause":null,"hint":null}"#)
    }

    @Test(
        "a place names as much as is known",
        arguments: [
            (Diagnostic.Place(file: "a.yaml"), "a.yaml"), (.init(file: "a", line: 3), "a:3"),
            (.init(file: "a", line: 3, column: 7), "a:3:7"),
        ])
    func places(place: Diagnostic.Place, text: String) { #expect(place.description == text) }

    @Test("a diagnostic reads like a compiler's, and its JSON has every part")
    func diagnostics() {
        let place = Diagnostic.Place(file: "m.yaml", line: 3, column: 7)
        let error = Diagnostic("unknown_key", at: place, "'a' is no key", hint: "did you mean 'b'?")
        #expect(
            error.description
                == "m.yaml:3:7: error: 'a' is no key [unknown_key]\n  did you mean 'b'?")
        let warning = Diagnostic("w", severity: .warning, at: .init(file: "m.yaml"), "odd")
        #expect(warning.description == "m.yaml: warning: odd [w]")
        #expect(
            warning.json.text()
                == #"{"code":"w","severity":"warning","file":"m.yaml","line":null,"#
                + #""column":null,"message":"odd","hint":null}"#)
    }
}
