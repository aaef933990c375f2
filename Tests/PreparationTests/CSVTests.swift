import Columns
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("CSV sources")
struct CSVTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var csv: String
        var options: [String] = []
        var rows: [String]
    }

    static let examples = [
        Example(
            testDescription: "lines that end in CR LF", csv: "id,x\r\n1,a\r\n2,b\r\n",
            rows: ["1 a", "2 b"]),
        Example(
            testDescription: "a byte order mark", csv: "\u{FEFF}id,x\n1,a\n", rows: ["1 a"]),
        Example(
            testDescription: "a byte order mark before a quoted name",
            csv: "\u{FEFF}\"id\",x\n1,a\n", rows: ["1 a"]),
        Example(
            testDescription: "no line end after the last row", csv: "id,x\n1,a\n2,b",
            rows: ["1 a", "2 b"]),
        Example(
            testDescription: "quoted delimiters, quotes and line ends",
            csv: "id,x\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n",
            rows: ["1 a,b", "2 say \"hi\"", "3 two\nlines"]),
        Example(
            testDescription: "a quoted name with a line end and a delimiter",
            csv: "id,\"x\n,y\"\n1,a\n2,b\n", rows: ["1 a", "2 b"]),
        Example(
            testDescription: "semicolons", csv: "id;x\n1;a,b\n", options: ["delimiter: ;"],
            rows: ["1 a,b"]),
        Example(
            testDescription: "tabs", csv: "id\tx\n1\ta b\n", options: ["delimiter: \"\\t\""],
            rows: ["1 a b"]),
        Example(
            testDescription: "a delimiter of two characters", csv: "id||x\n1||a|b\n",
            options: ["delimiter: '||'"], rows: ["1 a|b"]),
        Example(
            testDescription: "another quote", csv: "id,x\n1,'a,b'\n2,\"c\"\n",
            options: ["quote: \"'\""], rows: ["1 a,b", "2 \"c\""]),
        Example(
            testDescription: "nothing between delimiters is missing, quoted or not",
            csv: "id,x,y\n1,,a\n2,\"\",b\n", rows: ["1 – a", "2 – b"]),
        Example(
            testDescription: "texts that stand for a missing value", csv: "id,x\n1,NA\n2,?\n3,a\n",
            options: ["missing: [NA, '?']"], rows: ["1 –", "2 –", "3 a"]),
        Example(
            testDescription: "spaces belong to the value", csv: "id,x\n1, a \n", rows: ["1  a "]),
        Example(
            testDescription: "names with spaces, quotes and other scripts",
            csv: "id,\"Größe \"\"x\"\"; DROP\"\n1,日本\n", rows: ["1 日本"]),
        Example(
            testDescription: "hostile texts stay texts",
            csv: "id,x\n1,<script>\n2,'; DROP TABLE m; --\n3,=1+1\n",
            rows: ["1 <script>", "2 '; DROP TABLE m; --", "3 =1+1"]),
    ]

    @Test("reads", arguments: examples)
    func reads(example: Example) async throws {
        let project = try TestProject(csv: example.csv, options: example.options)
        let rows = try await project.rows()
        #expect(rows == example.rows)
    }

    @Test("names are taken from the file as they are")
    func names() async throws {
        let project = try TestProject(csv: "id,Order,select, x ,a.b\n1,2,3,4,5\n")
        let table = try await project.run().tables[0]
        #expect(table.schema.names == ["id", "Order", "select", " x ", "a.b"])
    }

    @Test("a value of 200,000 characters is read whole")
    func longValue() async throws {
        let value = String(repeating: "ä", count: 200_000)
        let project = try TestProject(csv: "id,x\n1,\(value)\n2,b\n")
        try await project.publish()
        #expect(try await project.sql("SELECT length(x) FROM m ORDER BY id") == ["200000", "1"])
    }

    @Test("the record names the file, its bytes, its hash and its rows")
    func record() async throws {
        let project = try TestProject(csv: "id\n1\n2\n")
        let input = try #require(try await project.publish().inputs.first)
        #expect(input.file == "data.csv")
        #expect(input.bytes == 7)
        #expect(input.rows == 2)
        // As `printf 'id\n1\n2\n' | sha256sum` gives it.
        #expect(
            input.sha256 == "1d1c91d15ace6e21ea5f551e16e717f326992bdf800f6696628859be29b906bf")
    }
}
