import Columns
import Foundation
import TestProjects
import Testing

@Suite("The form of text files")
struct CSVFormTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var options: [String] = []
        var names = ["id", "x"]
        /// Values with a slash between them.
        var rows: [String]
        /// A part of what is told about the form.
        var fact: String?

        init(
            _ description: String, _ text: String, options: [String] = [],
            names: [String] = ["id", "x"], rows: [String], fact: String? = nil
        ) {
            self.init(
                description, bytes: Array(text.utf8), options: options, names: names, rows: rows,
                fact: fact)
        }

        init(
            _ description: String, bytes: [UInt8], options: [String] = [],
            names: [String] = ["id", "x"], rows: [String], fact: String? = nil
        ) {
            testDescription = description
            (self.bytes, self.options, self.names) = (bytes, options, names)
            (self.rows, self.fact) = (rows, fact)
        }
    }

    static let delimiters = [
        Example("commas", "id,x\n1,a\n", rows: ["1/a"], fact: "commas between values"),
        Example(
            "semicolons with decimal commas", "id;x\n1;2,5\n3;4,5\n", rows: ["1/2,5", "3/4,5"],
            fact: "semicolons between values"),
        Example(
            "decimal commas in each value and no header", "1,5;2,5\n3,5;4,5\n",
            options: ["header: false"], names: ["column_1", "column_2"],
            rows: ["1,5/2,5", "3,5/4,5"], fact: "semicolons"),
        Example(
            "tabs between values that hold commas", "id\tx\n1\ta,b\n2\tc\n",
            rows: ["1/a,b", "2/c"], fact: "tabs between values"),
        Example("vertical bars", "id|x\n1|a\n", rows: ["1/a"], fact: "vertical bars"),
        Example("carets", "id^x\n1^a\n", rows: ["1/a"], fact: "carets"),
        Example(
            "times of day don't make colons a delimiter",
            "id,x\n1,10:00\n2,11:00\n", rows: ["1/10:00", "2/11:00"], fact: "commas"),
        Example(
            "delimiters in quotes don't count", "id;x\n1;\"a,b,c\"\n2;\"d,e\"\n3;\"f\"\n",
            rows: ["1/a,b,c", "2/d,e", "3/f"], fact: "semicolons"),
        Example(
            "one column stays one", "note\nhello, world\nbye\n\"a;b\"\n", names: ["note"],
            rows: ["hello, world", "bye", "a;b"], fact: "one value on each line"),
        Example(
            "what Excel says of the delimiter", "sep=;\nid;x\n1;a\n", rows: ["1/a"],
            fact: "semicolons"),
        Example(
            "a delimiter at the end of each line", "id,x,\n1,a,\n2,b,\n", rows: ["1/a", "2/b"],
            fact: "lines end with a delimiter"),
    ]

    static let lines = [
        Example("lines that end in CR", "id,x\r1,a\r2,b\r", rows: ["1/a", "2/b"]),
        Example(
            "line ends of several kinds", "id,x\r\n1,a\n2,b\r3,c\r\n", rows: ["1/a", "2/b", "3/c"],
            fact: "line ends of several kinds"),
        Example(
            "lines that end in CR CR LF", "id,x\r\r\n1,a\r\r\n2,b\r\r\n", rows: ["1/a", "2/b"]),
        Example(
            "line ends of another kind in quotes", "id,x\r\n1,\"a\nb\"\r\n2,\"c\rd\"\r\n",
            rows: ["1/a\nb", "2/c\rd"]),
        Example(
            "a header with line ends of another kind than the records",
            "id,\"x\ny\"\r\n1,\"a\nb\"\r\n", names: ["id", "x\ny"], rows: ["1/a\nb"]),
        Example("empty lines are no rows", "\n\nid,x\n1,a\n\n2,b\n\n\n", rows: ["1/a", "2/b"]),
        Example(
            "in one column an empty line is a missing value, but not at the end",
            "x\na\n\nb\n\n\n", names: ["x"], rows: ["a", "–", "b"]),
        Example(
            "quotes in values that are not quoted", "id,x\n1,5\" pipe\n2,a\"b\"\n",
            rows: ["1/5\" pipe", "2/a\"b\""]),
        Example("NUL characters stay", "id,x\n1,a\0b\n", rows: ["1/a\0b"]),
        Example(
            "a byte order mark amid the rows, where files were joined",
            "\u{FEFF}id,x\n1,a\n\u{FEFF}2,b\n", rows: ["1/a", "2/b"],
            fact: "1 byte order mark amid the rows left out"),
    ]

    static let tops = [
        Example(
            "no header", "1,a\n2,b\n", options: ["header: false"], names: ["column_1", "column_2"],
            rows: ["1/a", "2/b"], fact: "no header"),
        Example(
            "no header, and names", "1,a\n2,b\n", options: ["header: false", "names: [id, x]"],
            rows: ["1/a", "2/b"]),
        Example(
            "names in place of the header's", ",X\n1,a\n", options: ["names: [id, x]"],
            rows: ["1/a"]),
        Example(
            "lines above the header", "Report \"2024\n\nid,x\n1,a\n", options: ["skip: 2"],
            rows: ["1/a"], fact: "2 lines above the first record left out"),
        Example(
            "comments", "# made by hand\nid,x\n1,#a\n# \"1,2,3\n2,b\n", options: ["comment: '#'"],
            rows: ["1/#a", "2/b"], fact: "1 line of comment left out"),
    ]

    private static func bytes(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return bigEndian ? pair.reversed() : pair
        }
    }

    private static let text = "id,x\n1,Größe\n2,日本😀\n"

    static let encodings = [
        Example(
            "UTF-8", text, rows: ["1/Größe", "2/日本😀"], fact: "UTF-8"),
        Example(
            "UTF-16 with a mark, low byte first",
            bytes: [0xFF, 0xFE] + bytes(text, bigEndian: false), rows: ["1/Größe", "2/日本😀"],
            fact: "UTF-16, low byte first, read as UTF-8"),
        Example(
            "UTF-16 with a mark, high byte first",
            bytes: [0xFE, 0xFF] + bytes(text, bigEndian: true), rows: ["1/Größe", "2/日本😀"],
            fact: "UTF-16, high byte first"),
        Example(
            "UTF-16 without a mark", bytes: bytes("id,x\n1,größer\n2,ab\n", bigEndian: false),
            rows: ["1/größer", "2/ab"], fact: "UTF-16, low byte first, read as UTF-8 (not certain"),
        Example(
            "half a pair in UTF-16",
            bytes: [0xFF, 0xFE] + bytes("id,x\n1,a", bigEndian: false) + [0x3D, 0xD8, 0x0A, 0x00],
            rows: ["1/a\u{FFFD}"], fact: "1 damaged characters"),
        Example(
            "Windows-1252", bytes: Array("id,x\n1,".utf8) + [0x80, 0x20, 0xE9, 0x9C, 10],
            rows: ["1/€ éœ"], fact: "Windows-1252, read as UTF-8 (not certain"),
        Example(
            "Latin-1", bytes: Array("id,x\n1,Jos".utf8) + [0xE9, 10], rows: ["1/José"],
            fact: "Latin-1, read as UTF-8 (not certain"),
        Example(
            "a stated encoding", bytes: Array("id,x\n1,".utf8) + [0xC3, 0xA9, 10],
            options: ["encoding: windows-1252"], rows: ["1/Ã©"], fact: "Windows-1252, read as UTF-8"
        ),
    ]

    @Test("is found", arguments: delimiters + lines + tops + encodings)
    func found(example: Example) async throws {
        let reading = try await CSVReading(example.options)
        try reading.write(example.bytes)
        let answer = try await reading.read()
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.names == example.names)
        #expect(answer.rows.map { $0.map { $0 ?? "–" }.joined(separator: "/") } == example.rows)
        if let fact = example.fact {
            #expect(answer.facts.contains { $0.contains(fact) }, "\(answer.facts)")
        }
    }

    @Test("long texts in each encoding come whole through every chunk of the transcoder")
    func longTexts() async throws {
        // Characters of one to four bytes, so that chunks cut them at every place.
        let value = String(repeating: "aé日😀", count: 700)
        let rows = (0..<400).map { "\($0),\(value)" }
        let text = "id,x\n" + rows.joined(separator: "\n") + "\n"
        for isBig in [false, true] {
            let reading = try await CSVReading()
            try reading.write(
                (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) + Self.bytes(text, bigEndian: isBig))
            let answer = try await reading.read()
            #expect(answer.rows.map { "\($0[0] ?? ""),\($0[1] ?? "")" } == rows)
        }
    }

    @Test("a value with more line ends than a thread's part of the file is one value")
    func quotedLineEnds() async throws {
        // The lines in it look like rows, which would mislead a thread that begins amid them.
        let value = String(repeating: "9,9\n", count: 2_500_000) + "9,x"
        let reading = try await CSVReading()
        try reading.write("id,x\n1,\"\(value)\"\n2,b\n".utf8)
        let answer = try await reading.read()
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.rows.map { $0[0] } == ["1", "2"])
        #expect(answer.rows.first?[1]?.utf8.count == value.utf8.count)
    }

    @Test(
        "a file that is something else is told by its first bytes",
        arguments: [
            ("PK\u{3}\u{4}", "zip archive"), ("PAR1", "Parquet"), ("SQLite format 3\0", "SQLite"),
            ("%PDF-1.7\n", "PDF"), ("\n<HTML><table>", "web page"), ("{\"a\": 1}\n", "JSON"),
        ])
    func signatures(start: String, name: String) async throws {
        let reading = try await CSVReading()
        try reading.write((start + ",b\n1,2\n").utf8)
        let problem = try #require(try await reading.read().diagnostics.first)
        #expect(problem.code == "not_delimited_text")
        #expect(problem.message.contains(name))
        #expect(problem.hint != nil)
    }

    @Test("a packed file, and one of unprintable characters")
    func binary() async throws {
        let reading = try await CSVReading()
        for bytes in [[0x1F, 0x8B, 8, 0], Array(repeating: 0, count: 500), Array(0...255)] {
            try reading.write(bytes.map { UInt8($0) })
            #expect(try await reading.read().diagnostics.map(\.code) == ["not_delimited_text"])
        }
    }
}
