import Columns
import Testing
import Workspace

@Suite("Changes of lists and maps in brackets")
struct TextPatchFlowTests {
    static let item = PatchValue.map([.init("kpi", .map([.init("measure", .text("new"))]))])
    static let one = "v: [{a: {b: 1}}, {c: {d: 'x, ]'}}, {e: {f: \"}, {\"}}]  # all\nk: 1\n"
    static let lines = """
        v: [  # of the whole list
          # about a
          {a: {b: 1}},   # a, [

          # about c
          # (two lines)
          {c: [1, {d: "# no comment"},
               2]}, # c
          e: {f: it's},
        ]
        k: 1

        """
    static let mixed = """
        v: [{a: {b: 1}},  # a
            {c: {d: 2}},
            {e: {f: 3}}]  # behind
        k: 1

        """

    static func moved(_ index: Int, _ to: Int, _ text: String) throws -> String {
        try TextPatch.moving(index, to: to, in: "v", text: text, file: "f.yaml")
    }

    static func removed(_ index: Int, _ text: String) throws -> String {
        try TextPatch.removing(index, from: "v", text: text, file: "f.yaml")
    }

    static func inserted(_ index: Int, _ text: String) throws -> String {
        try TextPatch.inserting(
            item, at: index, into: "v", before: "k", text: text, file: "f.yaml")
    }

    static func set(
        _ key: String, _ value: PatchValue?, in map: TextPatch.Step..., text: String
    ) throws -> String {
        try TextPatch.setting(key, in: map, to: value, text: text, file: "f.yaml")
    }

    @Test("items on one line change their places, come and go")
    func oneLine() throws {
        #expect(
            try Self.moved(0, 2, Self.one)
                == "v: [{c: {d: 'x, ]'}}, {e: {f: \"}, {\"}}, {a: {b: 1}}]  # all\nk: 1\n")
        #expect(try Self.moved(2, 0, try Self.moved(0, 2, Self.one)) == Self.one)
        #expect(
            try Self.removed(0, Self.one)
                == "v: [{c: {d: 'x, ]'}}, {e: {f: \"}, {\"}}]  # all\nk: 1\n")
        #expect(
            try Self.removed(1, Self.one)
                == "v: [{a: {b: 1}}, {e: {f: \"}, {\"}}]  # all\nk: 1\n")
        #expect(
            try Self.removed(2, Self.one) == "v: [{a: {b: 1}}, {c: {d: 'x, ]'}}]  # all\nk: 1\n")
        #expect(try Self.removed(0, "v: [ {a: 1}, ]\nk: 1") == "v: []\nk: 1")
        for index in 0...3 {
            let text = try Self.inserted(index, Self.one)
            #expect(text.contains("{kpi: {measure: new}}"))
            #expect(try Self.removed(index, text) == Self.one)
        }
        #expect(try Self.inserted(0, "{v: [], k: 1}") == "{v: [{kpi: {measure: new}}], k: 1}")
        #expect(try Self.inserted(0, "{k: 1}") == "{k: 1, v: [{kpi: {measure: new}}]}")
        #expect(
            try Self.inserted(1, "v: [a: 1,]\nk: 1\n")
                == "v: [a: 1, {kpi: {measure: new}},]\nk: 1\n")
    }

    @Test("items on lines of their own keep their comments")
    func onLines() throws {
        #expect(
            try Self.moved(2, 0, Self.lines) == """
                v: [  # of the whole list
                  e: {f: it's},

                  # about a
                  {a: {b: 1}},   # a, [
                  # about c
                  # (two lines)
                  {c: [1, {d: "# no comment"},
                       2]}, # c
                ]
                k: 1

                """)
        #expect(try Self.moved(0, 2, try Self.moved(2, 0, Self.lines)) == Self.lines)
        #expect(
            try Self.removed(1, Self.lines) == """
                v: [  # of the whole list
                  # about a
                  {a: {b: 1}},   # a, [

                  e: {f: it's},
                ]
                k: 1

                """)
        #expect(
            try Self.inserted(3, Self.lines)
                == Self.lines.replacing("it's},\n", with: "it's},\n  {kpi: {measure: new}},\n"))
        #expect(
            try Self.inserted(0, Self.lines)
                == Self.lines.replacing(
                    "  # about a\n", with: "  {kpi: {measure: new}},\n  # about a\n"))
        for index in 0...3 {
            #expect(try Self.removed(index, try Self.inserted(index, Self.lines)) == Self.lines)
        }
    }

    @Test("comments above the first item are its own")
    func aboveTheFirst() throws {
        let text = "v: [\n  # about a\n  {a: 1},\n  {b: 2}\n]\nk: 1\n"
        #expect(
            try Self.moved(0, 1, text)
                == "v: [\n  {b: 2},\n  # about a\n  {a: 1}\n]\nk: 1\n")
        #expect(try Self.removed(0, text) == "v: [\n  {b: 2}\n]\nk: 1\n")
    }

    @Test("items of which the first stands behind the bracket keep their comments")
    func behindTheBracket() throws {
        #expect(
            try Self.moved(0, 2, Self.mixed) == """
                v: [{c: {d: 2}},
                    {e: {f: 3}},
                    {a: {b: 1}}  # a
                ]  # behind
                k: 1

                """)
        #expect(
            try Self.removed(0, Self.mixed) == """
                v: [{c: {d: 2}},
                    {e: {f: 3}}]  # behind
                k: 1

                """)
        #expect(
            try Self.removed(2, Self.mixed)
                == Self.mixed.replacing("2}},\n    {e: {f: 3}}]", with: "2}}]"))
        #expect(
            try Self.inserted(3, Self.mixed)
                == Self.mixed.replacing("3}}]", with: "3}},\n    {kpi: {measure: new}}]"))
        #expect(
            try Self.inserted(0, Self.mixed)
                == Self.mixed.replacing(
                    "v: [{a", with: "v: [{kpi: {measure: new}},\n    {a"))
        let crlf = Self.mixed.replacing("\n", with: "\r\n")
        #expect(
            try Self.removed(1, crlf)
                == Self.mixed.replacing("    {c: {d: 2}},\n", with: "").replacing(
                    "\n", with: "\r\n"))
        // A line that would get too long is not made longer.
        let long = "v: [{a: \(String(repeating: "x", count: 80))}]\nk: 1\n"
        #expect(
            try Self.inserted(1, long)
                == long.replacing("}]", with: "},\n    {kpi: {measure: new}}]"))
    }

    @Test("keys of maps in brackets are set, added and removed")
    func maps() throws {
        let text = """
            v:
              - kpi: {measure: m, title: 'a, {b', width: 3}  # small
              - {bar: {by: x,   # what by
                       title: two
                         lines, empty: , list: [a, "b, c", [d]]}}
              - pie: {}
            k: 1
            """
        func at(_ index: Int, _ key: String, _ value: PatchValue?, _ kind: String) throws -> String
        {
            try Self.set(key, value, in: .key("v"), .item(index), .key(kind), text: text)
        }
        #expect(
            try at(0, "measure", nil, "kpi") == text.replacing("measure: m, ", with: ""))
        #expect(
            try at(0, "title", nil, "kpi") == text.replacing("title: 'a, {b', ", with: ""))
        #expect(
            try at(0, "title", .text("c: d"), "kpi")
                == text.replacing("'a, {b'", with: "\"c: d\""))
        #expect(
            try at(1, "title", .text("one"), "bar")
                == text.replacing("two\n             lines", with: "one"))
        #expect(
            try at(1, "by", nil, "bar")
                == text.replacing(
                    "by: x,   # what by\n           title: two\n             lines,",
                    with: "title: two\n             lines,"))
        #expect(
            try at(1, "title", nil, "bar")
                == text.replacing(
                    "title: two\n             lines, empty: ,", with: "empty: ,"))
        #expect(
            try at(1, "empty", .integer(1), "bar") == text.replacing("empty: ,", with: "empty: 1,"))
        #expect(
            try at(1, "list", .list([.text("x"), .text("y, z")]), "bar")
                == text.replacing("[a, \"b, c\", [d]]", with: "[x, \"y, z\"]"))
        #expect(
            try at(2, "by", .text("x"), "pie") == text.replacing("pie: {}", with: "pie: {by: x}"))
        #expect(
            try Self.set("by", nil, in: .key("v"), text: "v: {by: x}\nk: 1")
                == "v: {}\nk: 1")
        #expect(
            try Self.set(
                "c", .boolean(true), in: .key("v"), text: "v: {\n  a: 1, # one\n  b: 2 # two\n}")
                == "v: {\n  a: 1, # one\n  b: 2, # two\n  c: true\n}")
        #expect(
            try Self.set("title", .text("x"), text: "{\"title\": \"y\", \"v\": [1]}")
                == "{\"title\": x, \"v\": [1]}")
    }

    @Test("whatever changes, the rest of the file means the same, and comments stay")
    func everyChange() throws {
        for text in [Self.one, Self.lines, Self.mixed] {
            let all = try TextPatch.items(of: "v", in: text, file: "f")
            #expect(all.count == 3)
            for index in 0..<3 {
                for target in 0..<3 {
                    let moved = try Self.moved(index, target, text)
                    var expected = all
                    expected.insert(expected.remove(at: index), at: target)
                    #expect(try TextPatch.items(of: "v", in: moved, file: "f") == expected)
                    #expect(
                        moved.filter { !$0.isWhitespace && $0 != "," }.sorted()
                            == text.filter { !$0.isWhitespace && $0 != "," }.sorted())
                    let back = try Self.moved(target, index, moved)
                    #expect(try TextPatch.items(of: "v", in: back, file: "f") == all)
                }
                let removed = try Self.removed(index, text)
                #expect(try TextPatch.items(of: "v", in: removed, file: "f").count == 2)
                #expect(removed.hasSuffix("k: 1\n"))
            }
            var emptied = text
            for _ in 0..<3 { emptied = try Self.removed(0, emptied) }
            #expect(try TextPatch.count(of: [.key("v")], in: emptied, file: "f") == 0)
            #expect(
                try TextPatch.count(of: [.key("v")], in: Self.inserted(0, emptied), file: "f") == 1)
        }
    }

    @Test(
        "what can't be changed safely is refused",
        arguments: [
            "v: [&x {a: 1}, *x]\nk: 1\n", "v: &l [{a: 1}, {b: 2}]\nw: *l\nk: 1\n",
            "v: [{a: 1}\n  # before the comma\n  , {b: 2}]\nk: 1\n", "v: [{a: 1}, {b: 2}\nk: 1\n",
            "v: {a: 1, b: 2}\nk: 1\n", "v: text\nk: 1\n",
        ])
    func refused(text: String) {
        let error = #expect(throws: AuroraError.self) { try Self.moved(0, 1, text) }
        #expect(error?.code == "unpatchable")
    }
}

@Suite("Texts that are replaced in their places")
struct TextPatchPlacesTests {
    static func replaced(
        _ places: [(line: Int, column: Int)], _ text: String, with new: String = "New: one"
    ) throws -> String {
        try TextPatch.replacing(
            places.map { .init(.init(file: "f", line: $0.line, column: $0.column), new) }, in: text,
            file: "f.yaml")
    }

    @Test("all of them change, and nothing else")
    func exact() throws {
        let text = "a: [x, 'y', \"z\"]  # x\nb: {c: x}\n- no: 1\n".replacing("- no: 1\n", with: "")
        #expect(
            try Self.replaced([(1, 5), (1, 9), (2, 8)], text)
                == "a: [\"New: one\", \"New: one\", \"z\"]  # x\nb: {c: \"New: one\"}\n")
        #expect(try Self.replaced([(1, 5), (1, 5)], text, with: "y z").hasPrefix("a: [y z, 'y'"))
        #expect(try Self.replaced([], text) == text)
    }

    @Test("where one can't be changed, none is")
    func refused() {
        for text in ["a: x\nb: >-\n  folded\n  text\n", "a: x\nb: &y z\nc: *y\n", "a: x\nb: \n"] {
            let error = #expect(throws: AuroraError.self) {
                try Self.replaced([(1, 4), (2, 4)], text)
            }
            #expect(error?.code == "unpatchable")
        }
    }
}
