import Columns
import Testing
import Workspace

@Suite("Types of fields")
struct FieldTypeTests {
    @Test(
        "what doesn't fit a field's type is told with what was found and what is expected",
        arguments: [
            ("text: [a]", "'text' is a list, but text is expected"),
            ("text:", "'text' is empty, but text is expected"),
            ("expression: {a: 1}", "'expression' is a map, but an expression is expected"),
            ("integer: 11", "'integer' is '11', but a whole number from 0 to 10 is expected"),
            ("integer: -1", "'integer' is '-1', but a whole number from 0 to 10 is expected"),
            ("integer: 1.0", "'integer' is '1.0', but a whole number from 0 to 10 is expected"),
            (
                "integer: 99999999999999999999",
                "'integer' is '99999999999999999999', but a whole number from 0 to 10 is expected"
            ),
            ("count: 0", "'count' is '0', but a whole number of at least 1 is expected"),
            ("number: abc", "'number' is 'abc', but a number is expected"),
            ("number: .nan", "'number' is '.nan', but a number is expected"),
            ("number: 1e999", "'number' is '1e999', but a number is expected"),
            ("boolean: maybe", "'boolean' is 'maybe', but true or false is expected"),
            ("boolean: 1", "'boolean' is '1', but true or false is expected"),
            ("scalar: [1]", "'scalar' is a list, but a single value is expected"),
            ("list: a", "'list' is 'a', but a list, each item text is expected"),
            ("list: [a, [b], c]", "item 2 of 'list' is a list, but text is expected"),
            ("map: [a]", "'map' is a list, but a map of names is expected"),
            ("map: {a: 1, b: [x]}", "'b' is a list, but text is expected"),
            ("object: x", "'object' is 'x', but a map is expected"),
            (
                "steps: [x]",
                "item 1 of 'steps' is 'x', but a map with one of the keys rename, flag is expected"
            ),
            (
                "steps: [{rename: {}, flag: {as: x}}]",
                "item 1 of 'steps' is a map, but a map with one of the keys rename, flag is expected"
            ),
        ])
    func wrongType(body: String, message: String) throws {
        let reading = try Reading(body)
        #expect(reading.diagnostics.map(\.message) == [message])
        #expect(reading.codes == ["wrong_type"])
        #expect(reading.diagnostics.first?.place.line == 2)
    }

    @Test("a choice that isn't offered names the nearest one")
    func choice() throws {
        let reading = try Reading("choice: colum")
        #expect(reading.codes == ["unknown_choice"])
        #expect(reading.diagnostics.first?.hint == "did you mean 'column'?")
        #expect(
            reading.diagnostics.first?.message
                == "'choice' is 'colum', but one of bar, column is expected")
    }

    @Test("an unknown kind of step names the nearest one, at its own place")
    func unknownKind() throws {
        let reading = try Reading("steps:\n  - rename: {a: b}\n  - falg: {as: x}")
        #expect(reading.codes == ["unknown_kind"])
        #expect(reading.diagnostics.first?.place.description == "samples/a.yaml:4:5")
        #expect(reading.diagnostics.first?.hint == "did you mean 'flag'?")
    }

    @Test("every type is read as what it is")
    func values() throws {
        let reading = try Reading(
            """
            text: 5
            expression: a + 1
            integer: 10
            number: -2.5e3
            boolean: true
            choice: bar
            list: [a, "b c", 7]
            object: {inner: x}
            steps: [{flag: {as: vip}}, {rename: {a: b, c: d}}]
            """)
        #expect(reading.diagnostics.isEmpty)
        let values = try #require(reading.values)
        #expect(values.text("text") == "5")
        #expect(values.text("expression") == "a + 1")
        #expect(values.integer("integer") == 10)
        #expect(values.number("number") == -2500)
        #expect(values.boolean("boolean") == true)
        #expect(values.text("choice") == "bar")
        #expect(values.texts("list")?.map(\.value) == ["a", "b c", "7"])
        #expect(values.object("object")?.text("inner") == "x")
        let steps = try #require(values.variants("steps"))
        #expect(steps.map(\.name.value) == ["flag", "rename"])
        #expect(steps[0].values.text("as") == "vip")
        let renames = steps[1].values.textMap(FieldValues.entriesKey)
        #expect(renames?.map { $0.key.value + $0.value.value } == ["ab", "cd"])
    }

    @Test("keys that are absent, or asked for as another type, give nil")
    func absent() throws {
        let values = try #require(try Reading("text: a\ninteger: 3").values)
        #expect(values.text("choice") == nil && values.list("list") == nil)
        #expect(values.text("integer") == nil && values.integer("text") == nil)
        #expect(values.boolean("text") == nil && values.number("text") == nil)
        #expect(values.scalar("text") == nil && values.object("text") == nil)
        #expect(values.map("text") == nil && values.variants("text") == nil)
    }
}
