import Columns
import Testing
import Workspace

@Suite("All mistakes at once")
struct DiagnosticsTests {
    @Test("every mistake of every file is told, each with its place")
    func manyMistakes() throws {
        let texts = [
            "aurora.yaml": "type: project/v1\nnmae: x\ncurrency: euro\n",
            "samples/a.yaml": """
            type: sample/v1
            text: [1]
            # a comment moves nothing
            lst: [a]
            object: {iner: x}
            steps:
              - rename: {a: [1]}
              - flga: {as: x}
            """,
            "samples/b.yaml": "type: sample/v2\ninteger: ten\n",
            "samples/c.yaml": "text: a: b\n",
            "samples/d.yaml": "",
        ]
        let read = try TemporaryProject(texts).read()
        #expect(
            read.diagnostics.map { "\($0.place) \($0.code)" } == [
                "aurora.yaml:2:1 unknown_key", "aurora.yaml:1:1 missing_key",
                "samples/a.yaml:2:7 wrong_type", "samples/a.yaml:4:1 unknown_key",
                "samples/a.yaml:5:10 unknown_key", "samples/a.yaml:5:9 missing_key",
                "samples/a.yaml:7:17 wrong_type", "samples/a.yaml:8:5 unknown_kind",
                "samples/b.yaml:1:7 unknown_choice", "samples/b.yaml:2:10 wrong_type",
                "samples/c.yaml:1:8 yaml_syntax", "samples/d.yaml empty_file",
            ])
        let hints = read.diagnostics.map(\.hint)
        #expect(hints[0] == "did you mean 'name'?")
        #expect(hints[3] == "did you mean 'list'?")
        #expect(hints[4] == "did you mean 'inner'?")
        #expect(hints[7] == "did you mean 'flag'?")
        #expect(hints[8] == "did you mean 'sample/v1'?")
        #expect(hints[11] == "it should begin with 'type: sample/v1'")
    }

    @Test("a required key that is missing is named with what it is for")
    func missingKey() throws {
        let reading = try Reading(text: "text: a\n")
        #expect(reading.codes == ["missing_key"])
        #expect(reading.diagnostics.first?.message == "this file lacks the key 'type'")
        #expect(
            reading.diagnostics.first?.hint
                == "type: the kind and version of this file (one of sample/v1)")
        #expect(reading.values == nil)
    }

    @Test("a required key of the wrong type is wrong, not missing")
    func requiredButWrong() throws {
        let reading = try Reading("object: {inner: [x]}")
        #expect(reading.codes == ["wrong_type"])
    }

    @Test("an optional key that is wrong leaves the rest to be checked further")
    func optionalButWrong() throws {
        let reading = try Reading("integer: ten\ntext: fine")
        #expect(reading.codes == ["wrong_type"])
        #expect(reading.values?.text("text") == "fine")
        #expect(reading.values?.integer("integer") == nil)
    }

    @Test("an unknown key without a near name lists what there is")
    func unknownKey() throws {
        let reading = try Reading("object: {inner: x, completely_else: 1}")
        #expect(reading.diagnostics.first?.message == "'completely_else' is not a key of 'object'")
        #expect(reading.diagnostics.first?.hint == "known here: 'inner'")
    }

    @Test("a file that is a list or a text is no map", arguments: ["- a\n- b\n", "only words\n"])
    func notAMap(text: String) throws {
        let reading = try Reading(text: text)
        #expect(reading.codes == ["wrong_type"])
        #expect(reading.diagnostics.first?.message.hasSuffix("but a map is expected") == true)
    }

    @Test("places count characters of the file, also behind wide ones")
    func wideCharacters() throws {
        let reading = try Reading("map: {größe: ok, 'zwölf 🏦': [x]}")
        #expect(reading.diagnostics.map(\.place.column) == [29])
    }

    @Test("maps keep the order of the file")
    func order() throws {
        let names = ["z", "a", "m", "b", "y", "10", "9"]
        let body =
            "map: {\(names.map { "\($0): v\($0)" }.joined(separator: ", "))}\nobjects:\n"
            + names.map { "  \($0): {of: \($0)}\n" }.joined()
        let values = try #require(try Reading(body).values)
        #expect(values.textMap("map")?.map(\.key.value) == names)
        #expect(values.textMap("map")?.map(\.value.value) == names.map { "v" + $0 })
        #expect(values.objectMap("objects")?.map(\.key.value) == names)
        #expect(values.objectMap("objects")?.map { $0.value.text("of") } == names)
        #expect(values.objectMap("objects")?[2].key.place.line == 6)
    }
}
