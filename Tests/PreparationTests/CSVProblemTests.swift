import Columns
import Foundation
import TestProjects
import Testing

@Suite("CSV files that can't be used")
struct CSVProblemTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var csv: String
        var options: [String] = []
        var code: String
        var line: Int?
        var message: String
    }

    static let examples = [
        Example(
            testDescription: "an empty file", csv: "", code: "empty_file", line: 1,
            message: "is empty"),
        Example(
            testDescription: "a byte order mark and nothing else", csv: "\u{FEFF}",
            code: "empty_file", line: 1, message: "is empty"),
        Example(
            testDescription: "an empty line and nothing else", csv: "\n", code: "empty_file",
            line: 1, message: "is empty"),
        Example(
            testDescription: "a header only", csv: "id,x\n", code: "no_rows", line: 1,
            message: "header of 2 columns"),
        Example(
            testDescription: "a header without a line end", csv: "id,x", code: "no_rows", line: 1,
            message: "header of 2 columns"),
        Example(
            testDescription: "a header and empty lines", csv: "id,x\r\n\r\n\n", code: "no_rows",
            line: 1, message: "header of 2 columns"),
        Example(
            testDescription: "two columns of one name", csv: "id,x,y,x\n1,2,3,4\n",
            code: "duplicate_column", line: 1, message: "columns 2, 4 have the same name 'x'"),
        Example(
            testDescription: "names that differ by case alone", csv: "id,Total,TOTAL\n1,2,3\n",
            code: "duplicate_column", line: 1, message: "columns 2, 3 have the same name 'Total'"),
        Example(
            testDescription: "a column without a name", csv: "id,,x\n1,2,3\n",
            code: "unnamed_column", line: 1, message: "column 2 of 3 has no name"),
        Example(
            testDescription: "too many values", csv: "id,x\n1,2\n2,3,4\n3,4\n",
            code: "ragged_rows", line: 3, message: "but 2 are expected"),
        Example(
            testDescription: "too few values", csv: "id,x,y\n1,2,3\n2,3,4\n3,4\n",
            code: "ragged_rows", line: 4, message: "but 3 are expected"),
        Example(
            testDescription: "ragged rows after lines that end in CR LF and a quoted line end",
            csv: "id,x\r\n1,\"a\r\nb\"\r\n2\r\n", code: "ragged_rows", line: 4,
            message: "but 2 are expected"),
        Example(
            testDescription: "another delimiter than stated", csv: "id;x\n1;2,5\n",
            options: ["delimiter: ','"], code: "ragged_rows", line: 2,
            message: "but 1 are expected"),
        Example(
            testDescription: "a quoted name that goes on after its quote",
            csv: "id,\"x\"y\n1,2\n", code: "malformed_file", line: 1,
            message: "goes on after its quote"),
        Example(
            testDescription: "a quote that never ends", csv: "id,x\n1,\"a\n2,b\n",
            code: "malformed_file", line: 2, message: "can't be read"),
        Example(
            testDescription: "a delimiter that is nothing", csv: "id,x\n1,2\n",
            options: ["delimiter: ''"], code: "invalid_delimiter", line: 4, message: "delimiter"),
        Example(
            testDescription: "a delimiter that is the quote", csv: "id,x\n1,2\n",
            options: ["delimiter: '\"'"], code: "invalid_delimiter", line: 4, message: "delimiter"),
        Example(
            testDescription: "a quote of two characters", csv: "id,x\n1,2\n",
            options: ["quote: '<<'"], code: "invalid_delimiter", line: 4, message: "quote"),
    ]

    @Test("says what is wrong", arguments: examples)
    func says(example: Example) async throws {
        let project = try TestProject(csv: example.csv, options: example.options)
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == example.code)
        #expect(mistake.place.line == example.line)
        #expect(mistake.message.contains(example.message), "\(mistake)")
        #expect(mistake.hint != nil)
    }

    @Test("every problem of a header is told at once")
    func allAtOnce() async throws {
        let codes = try await TestProject(csv: "id,,x,X\n1,2,3,4\n").mistakes().map(\.code)
        #expect(codes == ["unnamed_column", "duplicate_column"])
    }

    @Test("bytes that are not UTF-8 are told with their line, and not shown")
    func encoding() async throws {
        let project = try TestProject(csv: "id,x\n", options: ["encoding: utf-8"])
        let url = project.folder.appending(path: "data.csv")
        try Data(Array("id,x\n1,ok\n2,Jos".utf8) + [0xE9] + Array(" M\n".utf8)).write(to: url)
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "malformed_file")
        #expect(mistake.place.line == 3)
        #expect(mistake.message.contains("not UTF-8"))
        #expect(!mistake.description.contains("Jos"))
    }

    @Test("a header that is not UTF-8")
    func headerEncoding() async throws {
        let project = try TestProject(csv: "id\n1\n", options: ["encoding: utf-8"])
        let url = project.folder.appending(path: "data.csv")
        try Data(Array("id,Gr".utf8) + [0xF6, 0xDF] + Array("e\n1,2\n".utf8)).write(to: url)
        #expect(try await project.onlyMistake().code == "encoding")
    }

    @Test("a ragged row doesn't show the customer's values")
    func redacted() async throws {
        let mistake = try await TestProject(csv: "id,name\n1,Smith\n2,Jones,5 High St\n")
            .onlyMistake()
        #expect(!mistake.description.contains("Jones"))
        #expect(!mistake.description.contains("High St"))
    }
}
