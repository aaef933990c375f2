import Columns
import Testing
import Workspace

@Suite("Changes of lists and maps in a project's text")
struct TextPatchItemsTests {
    static let page = """
        # The first page
        type: page/v1
        title: "Sales"   # what it is called
        slicers:
          - list: {dimension: town}

        visuals:
          # How many there are
          - kpi: {measure: customers, title: 'It''s, all', width: 3}  # small
          - bar:
              title: Sales by town   # a finding
              measure: sales
              # which town
              by: town

          # Words
          - text:
              paragraphs:
                - text: |
                    One
                    # not a comment

                    two
              height: 2
        # the end

        """

    static func moved(_ index: Int, _ to: Int, _ text: String = page) throws -> String {
        try TextPatch.moving(index, to: to, in: "visuals", text: text, file: "f.yaml")
    }

    static func set(
        _ key: String, _ value: PatchValue?, at index: Int, _ kind: String, _ text: String = page
    ) throws -> String {
        try TextPatch.setting(
            key, in: [.key("visuals"), .item(index), .key(kind)], to: value, text: text,
            file: "f.yaml")
    }

    @Test("an item moves with the comments above it, and all else stays")
    func moves() throws {
        let expected = """
            # The first page
            type: page/v1
            title: "Sales"   # what it is called
            slicers:
              - list: {dimension: town}

            visuals:
              # Words
              - text:
                  paragraphs:
                    - text: |
                        One
                        # not a comment

                        two
                  height: 2
              # How many there are
              - kpi: {measure: customers, title: 'It''s, all', width: 3}  # small

              - bar:
                  title: Sales by town   # a finding
                  measure: sales
                  # which town
                  by: town
            # the end

            """
        #expect(try Self.moved(2, 0) == expected)
        #expect(try Self.moved(0, 2, expected) == Self.page)
    }

    @Test("line ends, a text without one at its end, and letters of all kinds stay as they are")
    func lineEnds() throws {
        let text = Self.page.replacing("town\n", with: "Ort\u{1F600}é\n")
        let windows = text.replacing("\n", with: "\r\n")
        #expect(
            Array(try Self.moved(1, 0, windows).unicodeScalars)
                == Array(try Self.moved(1, 0, text).replacing("\n", with: "\r\n").unicodeScalars))
        let open = "visuals:\n- a: {b: 1}\n- c: {d: 2}"
        #expect(try Self.moved(1, 0, open) == "visuals:\n- c: {d: 2}\n- a: {b: 1}")
        #expect(
            try TextPatch.removing(1, from: "visuals", text: open, file: "f")
                == "visuals:\n- a: {b: 1}")
        #expect(
            try Self.set("d", .integer(3), at: 1, "c", open) == "visuals:\n- a: {b: 1}\n- c: {d: 3}"
        )
    }

    @Test("a value is changed in its place, in brackets and on lines")
    func values() throws {
        #expect(
            try Self.set("width", .integer(4), at: 0, "kpi")
                == Self.page.replacing("width: 3", with: "width: 4"))
        #expect(
            try Self.set("title", .text("All: of them"), at: 0, "kpi")
                == Self.page.replacing("'It''s, all'", with: "\"All: of them\""))
        #expect(
            try Self.set("title", .text("Where"), at: 1, "bar")
                == Self.page.replacing("Sales by town  ", with: "Where  "))
        #expect(
            try Self.set("title", .text("Sold"), at: 2, "text")
                == Self.page.replacing("height: 2\n", with: "height: 2\n      title: Sold\n"))
    }

    @Test("a value that is not there is written behind the last, and one that goes leaves no trace")
    func entries() throws {
        let wide = try Self.set("width", .integer(5), at: 1, "bar")
        #expect(wide == Self.page.replacing("by: town\n\n", with: "by: town\n      width: 5\n\n"))
        #expect(try Self.set("width", nil, at: 1, "bar", wide) == Self.page)
        let tall = try Self.set("height", .integer(2), at: 0, "kpi")
        #expect(tall == Self.page.replacing("width: 3}", with: "width: 3, height: 2}"))
        #expect(try Self.set("height", nil, at: 0, "kpi", tall) == Self.page)
        #expect(
            try Self.set("measure", nil, at: 0, "kpi")
                == Self.page.replacing("measure: customers, ", with: ""))
        #expect(
            try Self.set("title", nil, at: 1, "bar")
                == Self.page.replacing("      title: Sales by town   # a finding\n", with: ""))
        #expect(try Self.set("nothing", nil, at: 1, "bar") == Self.page)
    }

    @Test("lists and long texts are written so that people can read them")
    func long() throws {
        let names = (1...12).map { PatchValue.text("measure_number_\($0)") }
        let listed = try Self.set("measures", .list(names), at: 1, "bar")
        #expect(listed.contains("by: town\n      measures:\n        - measure_number_1\n"))
        #expect(
            try Self.set("measures", .list([.text("a"), .text("b")]), at: 1, "bar", listed)
                .contains("by: town\n      measures: [a, b]\n\n"))
        let words = Array(repeating: "words: that go on", count: 12).joined(separator: " ")
        let folded = try Self.set("subtitle", .text(words), at: 1, "bar")
        #expect(folded.contains("      subtitle: >-\n        words: that go on words:"))
        #expect(folded.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(
            try Self.set("subtitle", .text("Short"), at: 1, "bar", folded)
                .contains("by: town\n      subtitle: Short\n\n"))
    }

    @Test("an item is written at its place, and goes with the comments above it")
    func items() throws {
        let item = PatchValue.map([.init("donut", .map([.init("measure", .text("total_sales"))]))])
        func inserted(_ index: Int, _ text: String = Self.page) throws -> String {
            try TextPatch.inserting(
                item, at: index, into: "visuals", before: "visuals", text: text, file: "f.yaml")
        }
        let line = "  - donut: {measure: total_sales}\n"
        #expect(
            try inserted(0) == Self.page.replacing("  # How many", with: line + "  # How many"))
        #expect(try inserted(2) == Self.page.replacing("  # Words", with: line + "  # Words"))
        #expect(try inserted(3) == Self.page.replacing("# the end", with: line + "# the end"))
        for index in 0...3 {
            let text = try TextPatch.removing(
                index, from: "visuals", text: try inserted(index), file: "f")
            #expect(text.filter { $0 != "\n" } == Self.page.filter { $0 != "\n" })
        }
        let apart = "visuals:\n  - a: {b: 1}\n\n  - c: {d: 2}\n"
        #expect(try inserted(1, apart) == "visuals:\n  - a: {b: 1}\n\n\(line)\n  - c: {d: 2}\n")
        #expect(
            try TextPatch.removing(0, from: "visuals", text: Self.page, file: "f")
                == Self.page.replacing(
                    "  # How many there are\n  - kpi: {measure: customers, title: 'It''s, all', width: 3}  # small\n",
                    with: ""))
    }

    @Test("a list begins and ends")
    func lists() throws {
        let item = PatchValue.map([.init("list", .map([.init("dimension", .text("town"))]))])
        func inserted(_ text: String) throws -> String {
            try TextPatch.inserting(
                item, at: 0, into: "slicers", before: "visuals", text: text, file: "f.yaml")
        }
        #expect(
            try inserted("title: x\n# All\nvisuals: []")
                == "title: x\nslicers:\n  - list: {dimension: town}\n# All\nvisuals: []")
        #expect(
            try inserted("slicers: []\nvisuals: []\n")
                == "slicers:\n  - list: {dimension: town}\nvisuals: []\n")
        #expect(
            try inserted("visuals: []\nslicers: []  # none")
                == "visuals: []\nslicers:  # none\n  - list: {dimension: town}\n")
        #expect(
            try TextPatch.removing(
                0, from: "slicers", text: "slicers: # all\n  # one\n  - a: {b: 1}\n\nk: 1\n",
                file: "f")
                == "slicers: [] # all\n\nk: 1\n")
        #expect(
            try TextPatch.renaming(
                "bar", to: "column", in: [.key("visuals"), .item(1)], text: Self.page, file: "f")
                == Self.page.replacing("- bar:", with: "- column:"))
    }

    @Test(
        "what is written in a way of its own is refused",
        arguments: [
            "visuals:\n  - a: &y {b: 1}\n  - c: *y\n",
            "visuals:\n  -   a: {b: 1}\n  - *x\n", "a: [", "- a\n",
        ])
    func refused(text: String) {
        #expect(throws: AuroraError.self) { try Self.moved(0, 1, text) }
    }

    @Test("values in places of any kind are found, or refused, and never change their neighbours")
    func nasty() throws {
        let text = """
            visuals:
            -
              # inside
              pie: {
                title: Don't, note: "a, 'b' ]}",  # remark ]
                list: [1, [2, 3], {a: '}'}], by: x
              }
            - {kpi: {measure: m}}
            - bar: {by: x, title: two
                lines}
            """
        #expect(
            try Self.set("by", .text("z"), at: 0, "pie", text)
                == text.replacing("by: x\n", with: "by: z\n"))
        #expect(
            try Self.set("list", nil, at: 0, "pie", text)
                == text.replacing("list: [1, [2, 3], {a: '}'}], by", with: "by"))
        #expect(
            try Self.set("width", .integer(3), at: 1, "kpi", text)
                == text.replacing("measure: m", with: "measure: m, width: 3"))
        #expect(
            try Self.set("title", .text("x"), at: 2, "bar", text)
                == text.replacing("two\n    lines", with: "x"))
        let moved = try Self.moved(1, 0, text)
        #expect(moved.hasPrefix("visuals:\n- {kpi: {measure: m}}\n-\n  # inside\n  pie: {"))
        #expect(try Self.moved(0, 1, moved) == text)
    }

    @Test("the texts of items are without their indentation")
    func texts() throws {
        let items = try TextPatch.items(of: "visuals", in: Self.page, file: "f")
        #expect(items.count == 3)
        #expect(items[1].hasPrefix("- bar:\n    title: Sales by town   # a finding\n"))
        #expect(try TextPatch.items(of: "nothing", in: Self.page, file: "f").isEmpty)
        #expect(
            try TextPatch.json(
                at: [.key("visuals"), .item(0), .key("kpi")], in: Self.page, file: "f"
            ).text() == #"{"measure":"customers","title":"It's, all","width":3}"#)
    }
}
