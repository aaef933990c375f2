import Columns
import Testing
import Workspace

@Suite("YAML")
struct YAMLTests {
    @Test(
        "what isn't YAML is told with its line and column",
        arguments: [
            ("type: sample/v1\ntext: 'open\n", 3), ("type: sample/v1\n\ttext: a\n", 2),
            ("type: sample/v1\nlist: [a\n", 3), ("type: sample/v1\ntext: a: b\n", 2),
            ("a: b: c", 1), ("type: sample/v1\ntext: *nothing\n", 2), ("%&$\n", 1),
            ("text: \"\\q\"\n", 1), ("- a\nb: c\n", 2),
        ])
    func syntax(text: String, line: Int) throws {
        let reading = try Reading(text: text)
        #expect(reading.codes == ["yaml_syntax"])
        #expect(reading.diagnostics.first?.place.line == line)
        #expect(reading.diagnostics.first?.place.column != nil)
        #expect(reading.values == nil)
    }

    @Test("a control character is no YAML", arguments: ["\u{0}", "\u{7}", "\u{1B}"])
    func controlCharacters(character: String) throws {
        let reading = try Reading("text: a\(character)b\n")
        #expect(reading.codes == ["yaml_syntax"])
    }

    @Test("a file with two documents is refused")
    func twoDocuments() throws {
        let reading = try Reading("---\ntype: sample/v1\n")
        #expect(reading.codes == ["yaml_syntax"])
    }

    @Test(
        "a file with nothing in it is empty",
        arguments: ["", "\n\n", "# only a comment\n", "---\n"])
    func empty(text: String) throws {
        let reading = try Reading(text: text)
        #expect(reading.diagnostics.count == 1)
        #expect(["empty_file", "wrong_type"].contains(reading.codes[0]))
        #expect(reading.values == nil)
    }

    @Test(
        "a key that stands twice is told where it stands",
        arguments: [
            ("text: a\ntext: b\n", "text"), ("map:\n  x: 1\n  \"x\": 2\n", "x"),
            ("objects:\n  1: {of: a}\n  '1': {of: b}\n", "1"),
            ("map:\n  yes: 1\n  'yes': 2\n", "yes"),
        ])
    func duplicates(body: String, name: String) throws {
        let reading = try Reading(body)
        #expect(reading.codes == ["duplicate_key"])
        #expect(reading.diagnostics.first?.message.contains(name) == true)
        #expect((reading.diagnostics.first?.place.line ?? 0) >= 1)
    }

    @Test("a key that is no text names nothing", arguments: ["? [a, b]\n  : c", "? {a: b}\n  : c"])
    func compoundKeys(entry: String) throws {
        let reading = try Reading("map:\n  \(entry)\n")
        #expect(reading.codes == ["wrong_type"])
        #expect(reading.diagnostics.first?.place.line == 3)
    }

    @Test("an alias stands for what its anchor names")
    func aliases() throws {
        let reading = try Reading("text: &name Zürich\nlist: [*name, b]\nmap: {a: *name}\n")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.values?.texts("list")?.map(\.value) == ["Zürich", "b"])
        #expect(reading.values?.textMap("map")?.map(\.value.value) == ["Zürich"])
    }

    @Test("a merge key is a key like others, and unknown")
    func mergeKey() throws {
        let reading = try Reading("object: &o {inner: a}\n<<: *o\n")
        #expect(reading.codes == ["unknown_key"])
    }

    @Test("aliases of aliases don't take the machine down", .timeLimit(.minutes(1)))
    func manyAliases() throws {
        let levels = (1...40).map { level in
            let previous = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            return "- &a\(level) [\(previous)]"
        }
        let reading = try Reading("list:\n- &a0 x\n" + levels.joined(separator: "\n"))
        #expect(reading.diagnostics.count == 40)
    }
}
