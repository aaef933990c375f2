import Columns
import Testing
import Workspace

@Suite("Changes of a project's text")
struct TextPatchTests {
    static func patched(
        _ text: String, _ index: Int = 1, to value: String = "New", usual: [String] = []
    ) throws -> String {
        try TextPatch.setting("names", index, to: value, usual: usual, in: text, file: "f.yaml")
    }

    @Test(
        "only the text itself changes",
        arguments: [
            ("names: [A, B, C]  # kept\nk: 1\n", "names: [A, New, C]  # kept\nk: 1\n"),
            (
                "# top\nnames:\n  - A # one\n  - 'B ''b'   # two\n",
                "# top\nnames:\n  - A # one\n  - New   # two\n"
            ),
            ("names: [\"Ä\u{1F600}\", \"B \\\" b\", C]\n", "names: [\"Ä\u{1F600}\", New, C]\n"),
            ("names:\r\n- A\r\n- B\r\nk: 1\r\n", "names:\r\n- A\r\n- New\r\nk: 1\r\n"),
            ("\u{FEFF}names: [A, B]", "\u{FEFF}names: [A, New]"),
            ("{names: [A, 'B'], k: 1}", "{names: [A, New], k: 1}"),
            ("names: [1, 2]\n", "names: [1, New]\n"),
        ])
    func exact(before: String, after: String) throws {
        let result = try Self.patched(before)
        #expect(Array(result.unicodeScalars) == Array(after.unicodeScalars))
    }

    @Test("a list that is not there is written behind the rest")
    func inserted() throws {
        let usual = ["Segment 1", "Segment 2"]
        #expect(
            try Self.patched("k: 2 # last", usual: usual)
                == "k: 2 # last\nnames: [Segment 1, New]\n")
        #expect(
            try Self.patched("k: 2\r\n", usual: usual) == "k: 2\r\nnames: [Segment 1, New]\r\n")
    }

    @Test(
        "text of any kind stays text",
        arguments: [
            "true", "No", "null", "12", "a: b", "a # b", "- a", "[x]", "{x}", "*x", "&x", "!x",
            "%x",
            "'q'", "\"q\"", "back\\slash", "tab\there", "<script>", "naïve", "日本", "a, b", "x ",
            "~",
            "\u{202E}x", "@x", "`x`", "a\u{0}b", "\u{1F469}\u{200D}\u{1F4BB}", "y",
        ])
    func hostile(value: String) throws {
        for text in ["names: [A, B]\nk: 1\n", "names:\n  - A\n  - B\nk: 1\n"] {
            let result = try Self.patched(text, to: value)
            // Written back over what was written: the same as at once.
            #expect(try Self.patched(result, to: "B") == text)
        }
    }

    @Test(
        "what can't be changed safely is refused",
        arguments: [
            "names: [A, &b B]\nx: *b\n", "a: &l [A, B]\nnames: *l\n",
            "names:\n  - A\n  - |\n    B\n",
            "names: [A, \n B\n B]\n", "names: [A]\n", "names: A\n", "names: [A, [B]]\n", "- A\n",
            "names: [A, B\n", "",
        ])
    func refused(text: String) {
        let error = #expect(throws: AuroraError.self) { try Self.patched(text) }
        #expect(error?.code == "unpatchable")
    }

    @Test("an end mark or an open block behind which nothing may follow is refused")
    func insertRefused() {
        for text in ["k: 1\n...\n", "{k: 1}\n"] {
            let error = #expect(throws: AuroraError.self) {
                try Self.patched(text, usual: ["A", "B"])
            }
            #expect(error?.code == "unpatchable")
        }
    }
}
