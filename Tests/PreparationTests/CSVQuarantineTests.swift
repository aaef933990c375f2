import Columns
import Foundation
import TestProjects
import Testing

@Suite("Broken rows and several files")
struct CSVQuarantineTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var csv: String
        /// The first values of the rows that are kept.
        var kept: [String]
        /// Row, reason and text.
        var broken: [String]
    }

    static let examples = [
        Example(
            testDescription: "too many and too few values", csv: "id,x\n1,a\n2,b,c\n3\n4,d\n",
            kept: ["1", "4"],
            broken: [
                "2: 3 values, but 2 are expected: 2,b,c", "3: 1 values, but 2 are expected: 3",
            ]),
        Example(
            testDescription: "empty values beyond the last column are none",
            csv: "id,x\n1,a,\n2,b,,\n", kept: ["1", "2"], broken: []),
        Example(
            testDescription: "a quote that never ends takes its own line only",
            csv: "id,x\n1,a\n2,\"b\n3,c\n4,\"d\"\"\n5,e\n", kept: ["1", "3", "5"],
            broken: [
                "2: a quoted value goes on after its quote: 2,\"b",
                "4: a quote opens a value and never ends: 4,\"d\"\"",
            ]),
        Example(
            testDescription: "text behind a quote",
            csv: "id,x\n1,\"a\"b\n2,\"c\" \"d\"\n3,\"e\" \n",
            kept: ["3"],
            broken: [
                "1: a quoted value goes on after its quote: 1,\"a\"b",
                "2: a quoted value goes on after its quote: 2,\"c\" \"d\"",
            ]),
        Example(
            testDescription: "a quote with a combining mark behind it",
            csv: "id,x\n1,a\n2,\"\u{200D}b\n", kept: ["1"],
            broken: ["2: a quote opens a value and never ends: 2,\"\u{200D}b"]),
        Example(
            testDescription: "rows whose values hold line ends",
            csv: "id,x\n1,\"a\nb\"\n2,\"c\nd\",e\n",
            kept: ["1"], broken: ["2: 3 values, but 2 are expected: 2,\"c\nd\",e"]),
    ]

    @Test("are set aside with their row, reason and text", arguments: examples)
    func setAside(example: Example) async throws {
        let reading = try await CSVReading(["broken_rows: quarantine"])
        try reading.write(example.csv.utf8)
        let answer = try await reading.read()
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.rows.map { $0[0] } == example.kept)
        #expect(answer.broken.map { "\($0.row): \($0.reason): \($0.text)" } == example.broken)
        let fact = answer.facts.contains { $0.contains("set aside") }
        #expect(fact == !example.broken.isEmpty)
    }

    @Test("stop tells the line of the first and the number of others")
    func stops() async throws {
        let reading = try await CSVReading()
        try reading.write("id,x\n1,\"a\nb\"\n2\n3\n4,c\n".utf8)
        let problem = try #require(try await reading.read().diagnostics.first)
        #expect(problem.code == "ragged_rows")
        #expect(problem.place.line == 4)
        #expect(problem.message.contains("and 1 more rows"))
    }

    @Test("a quote that never ends doesn't hide the rows behind it")
    func openQuote() async throws {
        let reading = try await CSVReading()
        let rows = String(repeating: "1,a\n", count: 5000)
        try reading.write("id,x\n\(rows)2,\"b\n\(rows)".utf8)
        let problem = try #require(try await reading.read().diagnostics.first)
        #expect(problem.code == "malformed_file")
        #expect(problem.place.line == 5002)
    }

    @Test("bytes that are not UTF-8 are set aside where nearly all is")
    func strays() async throws {
        let reading = try await CSVReading(["broken_rows: quarantine"])
        try reading.write(Array("id,x\n1,é\n2,".utf8) + [0xE9] + Array("\n3,日本\n".utf8))
        let answer = try await reading.read()
        #expect(answer.rows.map { $0[1] } == ["é", "日本"])
        #expect(answer.broken.map(\.row) == [2])
    }

    @Test("a line without an end is set aside, whatever its length")
    func endlessLine() async throws {
        let reading = try await CSVReading(["broken_rows: quarantine"])
        let long = Data(repeating: 97, count: 17_000_000)
        try reading.write(Data("id,x\n1,a\n2,".utf8) + long + Data("\n3,b\n".utf8))
        let answer = try await reading.read()
        #expect(answer.rows.map { $0[0] } == ["1", "3"])
        #expect(answer.broken.map(\.row) == [2])
        #expect(answer.broken.first?.reason.contains("longer than 16 million bytes") == true)
    }

    // MARK: Several files

    @Test("files that a pattern names are one table in the order of their names")
    func severalFiles() async throws {
        let reading = try await CSVReading(file: "m-*.txt", ["broken_rows: quarantine"])
        try reading.write("id;x\n3;c\n4\n5;é\n".utf8, to: "m-2.txt")
        try reading.write("id;x\n1;a\n2;b\n".utf8, to: "m-1.txt")
        try reading.write(Array("id;x\n6;".utf8) + [0xE9, 10], to: "m-3.txt")
        try reading.write("id;x\n".utf8, to: "m-4.txt")
        let answer = try await reading.read()
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.rows.map { $0[0] } == ["1", "2", "3", "5", "6"])
        #expect(answer.rows.last?[1] == "é")
        #expect(answer.broken.map(\.row) == [4])
        #expect(answer.facts.first?.hasPrefix("4 files") == true)
        #expect(answer.facts.contains { $0.hasSuffix("in 1 of the files: m-3.txt") })
    }

    @Test("all files must have the same columns")
    func differentFiles() async throws {
        let reading = try await CSVReading(file: "m-*.csv")
        try reading.write("id,x,y\n1,a,b\n".utf8, to: "m-1.csv")
        try reading.write("id,x,z\n1,a,b\n".utf8, to: "m-2.csv")
        try reading.write("id,y,x\n1,a,b\n".utf8, to: "m-3.csv")
        let problems = try await reading.read().diagnostics
        #expect(problems.map(\.code) == ["files_differ", "files_differ"])
        #expect(problems[0].place.file.hasSuffix("m-2.csv"))
        #expect(problems[0].message.hasSuffix("than m-1.csv: it lacks 'y' and has 'z'"))
        #expect(problems[1].message.hasSuffix("it has them in another order"))
    }

    @Test("as many names as columns are expected")
    func names() async throws {
        let reading = try await CSVReading(["header: false", "names: [id, x, y]"])
        try reading.write("1,a\n".utf8)
        let problem = try #require(try await reading.read().diagnostics.first)
        #expect(problem.code == "names_mismatch")
        #expect(problem.place.description == "sources/data.yaml:5:10")
    }

    @Test(
        "names, comments and encodings that can't be",
        arguments: [
            ("names: [id, ID]", "duplicate_column"), ("names: [id, '']", "unnamed_column"),
            ("comment: ''", "invalid_delimiter"), ("encoding: utf-16", "encoding"),
        ])
    func stated(option: String, code: String) async throws {
        let reading = try await CSVReading([option])
        try reading.write("\u{FEFF}1,a\n2,b\n".utf8)
        #expect(try await reading.read().diagnostics.map(\.code) == [code])
    }
}
