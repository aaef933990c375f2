import Columns
import Engine
import Foundation
import Preparation
import Reporting
import Runs
import TestProjects
import Testing

@Suite("JSON sources")
struct JSONTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var json: String
        var options = ""
        var rows: [String]
    }

    static let examples = [
        Example(
            testDescription: "a list of objects", json: #"[{"id": 1, "x": "a"}, {"id":2,"x":"b"}]"#,
            rows: ["1 a", "2 b"]),
        Example(
            testDescription: "one object a line, with CR LF and empty lines",
            json: "{\"id\":1,\"x\":\"a\"}\r\n\r\n{\"id\":2,\"x\":\"b\"}", rows: ["1 a", "2 b"]),
        Example(
            testDescription: "a byte order mark", json: "\u{FEFF}[{\"id\":1}]", rows: ["1"]),
        Example(
            testDescription: "a whole number of any length keeps its digits",
            json: #"[{"id":1,"x":9007199254740993},{"id":2,"x":12345678901234567890123}]"#,
            rows: ["1 9007199254740993", "2 12345678901234567890123"]),
        Example(
            testDescription: "money keeps its cents",
            json: #"[{"id":1,"x":0.10},{"id":2,"x":1234567890123456.78}]"#,
            rows: ["1 0.10", "2 1234567890123456.78"]),
        Example(
            testDescription: "a column of numbers and words is text",
            json: #"[{"id":1,"x":1.50},{"id":2,"x":"many"},{"id":3,"x":true}]"#,
            rows: ["1 1.50", "2 many", "3 true"]),
        Example(
            testDescription: "a missing key and null are missing, an empty text is not",
            json: #"[{"id":1,"x":null},{"id":2},{"id":3,"x":""},{"x":"a","id":4}]"#,
            rows: ["1 –", "2 –", "3 ", "4 a"]),
        Example(
            testDescription: "columns stand in the order in which they appear",
            json: #"[{"id":1},{"id":2,"b":"x"},{"a":"y","id":3}]"#,
            rows: ["1 – –", "2 x –", "3 – y"]),
        Example(
            testDescription: "objects are flattened one level",
            json: #"[{"id":1,"at":{"city":"Oslo","geo":{"lat": 1}}},{"id":2,"at":null}]"#,
            rows: [#"1 Oslo {"lat":1}"#, "2 – –"]),
        Example(
            testDescription: "what is an object in some rows only stays JSON",
            json: #"[{"id":1,"at":{"city": "Os lo"}},{"id":2,"at":"Rome"}]"#,
            rows: [#"1 {"city":"Os lo"}"#, "2 Rome"]),
        Example(
            testDescription: "lists stay JSON", json: #"[{"id":1,"x":[1, "a, b", null]}]"#,
            rows: [#"1 [1,"a, b",null]"#]),
        Example(
            testDescription: "escapes and other scripts",
            json: #"[{"id":1,"x":"\"\\\/\t\u00e9\ud83d\ude00日本"}]"#, rows: ["1 \"\\/\té😀日本"]),
        Example(
            testDescription: "escaped keys are the same keys",
            json: #"[{"id":1,"x":"a"},{"\u0069d":2,"x":"b"}]"#, rows: ["1 a", "2 b"]),
        Example(
            testDescription: "one object whose members are rows",
            json: #"{"5812": "Eating", "5541": null, "07": "x"}"#, options: "map: [id, name]",
            rows: ["07 x", "5541 –", "5812 Eating"]),
        Example(
            testDescription: "a list within one object",
            json: #"{"next":2,"data":[{"id":1},{"id":2}]}"#, options: "rows: data",
            rows: ["1", "2"]),
        Example(
            testDescription: "hostile texts stay texts",
            json: #"[{"id":1,"x\"; DROP TABLE m; --":"'; DROP TABLE m; --"}]"#,
            rows: ["1 '; DROP TABLE m; --"]),
    ]

    @Test("reads", arguments: examples)
    func reads(example: Example) async throws {
        let project = try TestProject(json: example.json, options: example.options)
        #expect(try await project.rows() == example.rows)
    }

    @Test("the record tells what was flattened and what was not")
    func facts() async throws {
        let project = try TestProject(
            json: #"[{"id":1,"at":{"city":"Oslo","geo":[1]},"tags":["a"]}]"#)
        let input = try await project.publish().inputs[0]
        #expect(
            input.facts == [
                "JSON, a list of objects", "objects under 'at' flattened to columns of their keys",
                "lists and objects in 'at.geo', 'tags' kept as JSON texts",
            ])
        #expect(input.columns.map(\.name) == ["id", "at.city", "at.geo", "tags"])
    }

    @Test("several files are one table, in the order of their names")
    func several() async throws {
        let project = try TestProject(
            json: #"[{"id":2,"x":"b"}]"#, options: "", file: "d*.json",
            others: ["d0.json": #"[{"y":"n","id":1}]"#])
        #expect(try await project.rows() == ["n 1 –", "– 2 b"])
        #expect(
            try await project.publish().inputs[0].files.map(\.path) == ["d0.json", "data.json"])
    }

    struct Problem: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var json: String
        var options = ""
        var code: String
        var line: Int? = 1
        var words: String
    }

    static let problems = [
        Problem(
            testDescription: "an empty file", json: " \n", code: "empty_file", words: "empty"),
        Problem(
            testDescription: "a list of nothing", json: "[ ]", code: "no_rows", line: nil,
            words: "no row"),
        Problem(
            testDescription: "objects without keys", json: "[{}]", code: "no_rows", line: nil,
            words: "no keys"),
        Problem(
            testDescription: "a CSV file", json: "id,x\n1,2\n", code: "malformed_file",
            words: "neither [ nor {"),
        Problem(
            testDescription: "a list that does not end", json: "[{\"id\":1},\n{\"id\":2}",
            code: "malformed_file", line: 2, words: "ends within"),
        Problem(
            testDescription: "two lists", json: "[{\"id\":1}]\n[{\"id\":2}]",
            code: "malformed_file", line: 2, words: "something follows"),
        Problem(
            testDescription: "a broken line", json: "{\"id\":1}\n{\"id\":2,}\n{\"id\":\n",
            code: "malformed_file", line: 2, words: "a key in double quotes is expected (2 such"),
        Problem(
            testDescription: "two keys of one name", json: #"[{"id":1,"x":2,"x":3}]"#,
            code: "malformed_file", words: "two keys of one object have the same name"),
        Problem(
            testDescription: "NaN", json: "[{\"id\":1},\n{\"id\":2,\"x\":NaN}]",
            code: "malformed_file", line: 2, words: "NaN is no value"),
        Problem(
            testDescription: "infinity", json: "[{\"id\":2,\"x\":-Infinity}]",
            code: "malformed_file", words: "-Infinity is no value"),
        Problem(
            testDescription: "half a character", json: #"[{"id":1,"x":"\ud83d"}]"#,
            code: "malformed_file", words: "half a character"),
        Problem(
            testDescription: "a number with a leading zero", json: #"[{"id":1,"x":007}]"#,
            code: "malformed_file", words: "a number is written as"),
        Problem(
            testDescription: "a list of numbers", json: "[1, 2]", code: "malformed_file",
            words: "not an object (2 such rows)"),
        Problem(
            testDescription: "keys that differ by case alone", json: #"[{"id":1,"Id":2}]"#,
            code: "duplicate_column", line: nil, words: "'id', 'Id'"),
        Problem(
            testDescription: "a flattened name that is there already",
            json: #"[{"id":1,"a":{"b":1},"a.b":2}]"#, code: "duplicate_column", line: nil,
            words: "'a.b', 'a.b'"),
        Problem(
            testDescription: "a key without a name", json: #"[{"id":1,"":2}]"#,
            code: "unnamed_column", line: nil, words: "without a name"),
        Problem(
            testDescription: "one object of texts", json: #"{"5812": "Eating", "5541": "Fuel"}"#,
            code: "single_object", words: "one object with 2 keys"),
        Problem(
            testDescription: "a map of one name", json: "{}", options: "map: [id]",
            code: "wrong_type", line: 4, words: "1 names"),
        Problem(
            testDescription: "two members of one name", json: #"{"a":1,"a":2}"#,
            options: "map: [id, x]", code: "malformed_file", words: "the same name"),
        Problem(
            testDescription: "a list that is not there", json: #"{"data":[{"id":1}]}"#,
            options: "rows: date", code: "unknown_column", line: 4, words: "no list 'date'"),
        Problem(
            testDescription: "nesting without end",
            json: "[" + String(repeating: "{\"a\":", count: 100_000), code: "malformed_file",
            words: "nested too deep"),
    ]

    @Test("says what is wrong", arguments: problems)
    func says(problem: Problem) async throws {
        let mistake = try await TestProject(json: problem.json, options: problem.options)
            .onlyMistake()
        #expect(mistake.code == problem.code, "\(mistake)")
        #expect(mistake.place.line == problem.line)
        #expect(mistake.message.contains(problem.words), "\(mistake.message)")
        #expect(mistake.hint != nil)
    }

    @Test(
        "says that a file is UTF-16",
        arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16])
    func wide(encoding: String.Encoding) async throws {
        let project = try TestProject(json: "")
        let url = project.folder.appending(path: "data.json")
        try #require(#"[{"id":1}]"#.data(using: encoding)).write(to: url)
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "encoding")
        #expect(mistake.message.contains("UTF-16"))
    }

    @Test("bytes that are not UTF-8 break their row only")
    func bytes() async throws {
        let project = try TestProject(json: "", options: "broken_rows: quarantine")
        let url = project.folder.appending(path: "data.json")
        let text = Array("{\"id\":1}\n{\"id\":2,\"x\":\"Jos".utf8) + [0xE9] + Array("\"}\n".utf8)
        try Data(text).write(to: url)
        #expect(try await project.rows() == ["1"])
    }

    @Test("rows set aside keep their place, their reason and their text, and are counted")
    func quarantine() async throws {
        let lines = [
            #"{"id":1,"x":"a"}"#, #"{"id":2,"x":}"#, #"{"id":3,"x":1,"x":2}"#, "[3]",
            #"{"id":5,"x":"b"} {}"#, #"{"id":6}"#,
        ]
        let project = try TestProject(
            json: lines.joined(separator: "\n"), options: "broken_rows: quarantine")
        let input = try await project.publish().inputs[0]
        #expect(input.rows == 2)
        #expect(input.quarantined == 4)
        #expect(try await project.sql("SELECT * FROM m ORDER BY id") == ["1 a", "6 –"])
        var context = SourceContext(
            source: "data", data: project.folder, scratch: project.folder,
            intake: try await TestProject.provider().intake(
                at: project.folder.appending(path: "intake.duckdb").path))
        var mistakes: [Diagnostic] = []
        let source = try Project.read(project.folder, &mistakes).recipes.sources[0]
        let broken = try #require(try await source.reader.open(&context)?.broken)
        let rows = try await context.intake.query("SELECT * FROM \(broken) ORDER BY \"row\"")
        let texts = (0..<rows.rowCount).map {
            rows.row($0).map(\.description).joined(separator: " | ")
        }
        #expect(
            texts == [
                "2 | a value is expected | " + lines[1],
                "3 | two keys of one object have the same name | " + lines[2],
                "4 | it is not an object | " + lines[3],
                "5 | something follows the object | " + lines[4],
            ])
    }

    @Test(
        "the description of merchant codes is a table of two columns", .enabled(if: Codes.isThere))
    func codes() async throws {
        let text = try String(contentsOf: Codes.file, encoding: .utf8)
        let mistake = try await TestProject(json: text).onlyMistake()
        #expect(mistake.code == "single_object")
        #expect(mistake.hint?.contains("map: [key, value]") == true)
        let project = try TestProject(json: text, options: "map: [id, description]")
        #expect(try await project.publish().inputs[0].rows == 109)
        #expect(
            try await project.sql("SELECT description FROM m WHERE id = 5812") == [
                "Eating Places and Restaurants"
            ])
    }

    private enum Codes {
        static let file = TestProject.home.deletingLastPathComponent()
            .appending(path: "shared/data/aurora/mcc_codes.json")
        static let isThere = FileManager.default.fileExists(atPath: file.path)
    }
}

extension TestProject {
    /// One JSON source `data`, and a model `m` of it with the key `id`.
    convenience init(
        json: String, options: String = "", file: String = "data.json",
        others: [String: String] = [:]
    ) throws {
        var files = [
            "data.json": json,
            "sources/data.yaml": "type: source/v1\njson:\n  file: '\(file)'\n"
                + (options.isEmpty ? "" : "  \(options)\n"),
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
        ]
        files.merge(others) { $1 }
        try self.init(files)
    }
}
