import Columns
import Foundation
import Runs
import TestProjects
import Testing

@Suite("Excel sources")
struct XLSXTests {
    static let simple: [[TestWorkbook.Cell]] = [["id", "x"], [1, "a"], [2, "b"]]

    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [[TestWorkbook.Cell]]
        var options: [String] = []
        var result: [String]
    }

    static let hostile = [
        "<script>alert('x')</script>", "'; DROP TABLE m; --", "=1+1", "a,b", "say \"hi\"", "\"",
        "\\",
        "two\nlines", "a\r\nb", "\r", "\u{10}n", "\u{10}", "nul\0byte", " padded ",
        "e\u{301}\u{489}\u{489}",
        "😀👩‍👩‍👧", "\u{202E}back", "１２", "'", "NULL", "#N/A", "\n1,\"x\"\n2,",
    ]

    static let examples = [
        Example(
            testDescription: "numbers, dates, booleans and errors",
            rows: [
                ["id", "n", "d", "b", "e"], [1, 0.5, .date(40209), true, .error],
                [2, nil, nil, false, 7],
            ], result: ["1 0.5 2010-01-31 true –", "2 – – false 7"]),
        Example(
            testDescription: "texts that stand for a missing value",
            rows: [["id", "x"], [1, "NA"], [2, "two\nlines"], [3, "c"]],
            options: ["missing: [NA, \"two\\nlines\"]"], result: ["1 –", "2 –", "3 c"]),
        Example(
            testDescription: "notes, a description, a side table, an empty row and a total",
            rows: [
                ["Report"], [], ["id", "x", "y", nil, "code"],
                ["the identifier", "some text", "some number", nil, "meaning"],
                [1, "a", 2.5, nil, "k"], [2, "b", 3.5], [3, "c", 4.5], [4, "d", 1.5], [],
                [5, "e", 7.5],
                [6, "f", 8.5], ["Total", nil, 28],
            ], result: ["1 a 2.5", "2 b 3.5", "3 c 4.5", "4 d 1.5", "5 e 7.5", "6 f 8.5"]),
        Example(
            testDescription: "a range",
            rows: [["x"], ["id", "x", "y"], [1, "a", 2], [2, "b", 3], [9, 9, 9]],
            options: ["range: A2:B4"], result: ["1 a", "2 b"]),
        Example(
            testDescription: "runs of columns",
            rows: [["id", "x", "y"], [1, "a", 2], [2, "b", 3]],
            options: ["range: 'A:A,C:C'"], result: ["1 2", "2 3"]),
        Example(
            testDescription: "dates of which one has a time",
            rows: [
                ["id", "at"], [1, .date(40209)],
                [2, .raw(attributes: "s=\"2\"", content: "<v>40209.5</v>")],
            ],
            result: ["1 2010-01-31T00:00:00", "2 2010-01-31T12:00:00"]),
        Example(
            testDescription: "a column whose first cells are missing",
            rows: [["id", "x"], [1, nil], [2, .error], [3, "c"]], result: ["1 –", "2 –", "3 c"]),
    ]

    @Test("reads", arguments: examples)
    func reads(example: Example) async throws {
        var workbook = TestWorkbook(example.rows)
        workbook.formats = ["yyyy-mm-dd hh:mm"]
        let project = try TestProject(workbook, options: example.options)
        #expect(try await project.rows() == example.result)
    }

    @Test("hostile texts arrive as they are", arguments: hostile)
    func hostileText(text: String) async throws {
        let project = try TestProject(
            TestWorkbook([["id", "x", "y"], [1, .text(text), "z"], [2, "q", .text(text)]]))
        try await project.publish()
        let hex = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            .joined()
        #expect(
            try await project.sql("SELECT hex(x), hex(y) FROM m ORDER BY id")
                == ["\(hex) 7A", "71 \(hex)"])
    }

    @Test("one column with missing values keeps its rows")
    func oneColumn() async throws {
        let project = try TestProject(
            TestWorkbook([["id"], [1], [2], [3], .init(repeating: 4, count: 1)]))
        #expect(try await project.rows() == ["1", "2", "3", "4"])
    }

    @Test("how the table was found stands in the record")
    func facts() async throws {
        let project = try TestProject(
            TestWorkbook([
                .init("Notes", [["Read me"], [], ["more"]]),
                .init(
                    "customers",
                    [
                        ["Report"], ["id", "x"], [1, "a"], [2, .date(40209)], [], [3, "c"],
                        [4, "d"],
                    ]),
            ]))
        let input = try #require(try await project.publish().inputs.first)
        #expect(input.rows == 4)
        #expect(
            input.facts == [
                "sheet 'customers' of 2, the only one with a table; others: "
                    + "'Notes' (holds notes, but no table)",
                "header in row 2: the first row that fills most columns (2 of 2)",
                "row 1 above it: notes, left out", "x: 3 texts and 1 date",
                "1 empty row in the midst of the table: left out",
            ])
    }

    static let sheets = ["sheet: two", "sheet: TWO", "sheet: 2"]

    @Test("a sheet by name or number", arguments: sheets)
    func sheet(option: String) async throws {
        let workbook = TestWorkbook([
            .init("one", Self.simple), .init("two", [["id", "y"], [7, "z"]]),
        ])
        #expect(try await TestProject(workbook, options: [option]).rows() == ["7 z"])
    }

    @Test("files that fit a pattern follow each other, whatever the order of their columns")
    func several() async throws {
        let project = try TestProject(TestWorkbook(Self.simple), file: "part*.xlsx")
        try project.write(TestWorkbook(Self.simple).data, to: "part1.xlsx")
        try project.write(TestWorkbook([["x", "id"], ["c", 3]]).data, to: "part2.xlsx")
        #expect(try await project.rows() == ["1 a", "2 b", "3 c"])
        try project.write(TestWorkbook([["y", "id"], ["c", 3]]).data, to: "part2.xlsx")
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "columns_differ")
        #expect(mistake.message.contains("lacks 'x' and adds 'y'"))
    }

    struct Problem: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var workbook: TestWorkbook
        var options: [String] = []
        var code: String
        var message: String
        var hint: String
    }

    static let problems = [
        Problem(
            testDescription: "several tables",
            workbook: TestWorkbook([.init("one", simple), .init("two", simple)]),
            code: "several_tables",
            message:
                "2 sheets hold a table, but one is expected: 'one' (header in row 1, 2 columns, 2 "
                + "rows), 'two'", hint: "'sheet: one'"),
        Problem(
            testDescription: "an unknown sheet",
            workbook: TestWorkbook([.init("customers", simple)]),
            options: ["sheet: custmers"], code: "unknown_sheet", message: "no sheet 'custmers'",
            hint: "'customers'"),
        Problem(
            testDescription: "no table", workbook: TestWorkbook([[1, 2], [3, 4]]), code: "no_table",
            message: "has no header", hint: "header_row"),
        Problem(
            testDescription: "a named sheet without a table", workbook: TestWorkbook([[]]),
            options: ["sheet: data"], code: "no_table", message: "sheet 'data' is empty",
            hint: "range"),
        Problem(
            testDescription: "columns without a name",
            workbook: TestWorkbook([["id", nil, "x", "y"], [1, 2, 3, 4]]), code: "unnamed_column",
            message: "values, but no name, in the columns B:B", hint: "'range: A:A,C:D'"),
        Problem(
            testDescription: "names that differ by case alone",
            workbook: TestWorkbook([["id", "Total", "TOTAL"], [1, 2, 3]]), code: "duplicate_column",
            message: "columns B:C of sheet 'data' have the same name 'Total'", hint: "case"),
        Problem(
            testDescription: "a range that is none", workbook: TestWorkbook(simple),
            options: ["range: 'A3-F400'"], code: "invalid_range", message: "'A3-F400'",
            hint: "A3:F400"),
        Problem(
            testDescription: "hidden sheets only",
            workbook: TestWorkbook([.init("data", simple, state: "state=\"veryHidden\"")]),
            code: "no_table", message: "2 rows (hidden)", hint: "sheet:"),
    ]

    @Test("says what is wrong", arguments: problems)
    func says(problem: Problem) async throws {
        let project = try TestProject(problem.workbook, options: problem.options)
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == problem.code)
        #expect(mistake.message.contains(problem.message), "\(mistake)")
        #expect(mistake.hint?.contains(problem.hint) == true, "\(mistake)")
    }

    @Test("a damaged file is told at the file, and hides no other mistake")
    func damaged() async throws {
        let project = try TestProject(TestWorkbook(Self.simple))
        try project.write("id,x\n1,2\n", to: "data.xlsx")
        try project.write("type: source/v1\nxlsx: {file: none.xlsx}\n", to: "sources/other.yaml")
        let mistakes = try await project.mistakes()
        #expect(mistakes.map(\.code) == ["not_a_workbook", "file_missing"])
        #expect(mistakes[0].place.file.hasSuffix("data.xlsx"))
    }

    @Test("the same workbook gives the same tables on one and two threads")
    func repeats() async throws {
        let rows: [[TestWorkbook.Cell]] =
            [["id", "x"]] + (1...500).map { [.number("\($0)"), .text(Self.hostile[$0 % 20])] }
        let project = try TestProject(TestWorkbook(rows))
        let one = try await project.publish(threads: 1)
        let two = try await project.publish(threads: 2)
        #expect(one.inputs[0].rows == 500)
        #expect(one.outputs == two.outputs)
    }

    private static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)
    private static let areThere = FileManager.default.fileExists(
        atPath: data.appending(path: "kpmg").path)

    @Test(
        "real workbooks become models",
        .enabled(
            if: areThere, "the workbooks of the reference projects, ../shared/data, are not here"))
    func real() async throws {
        let project = try TestProject([
            "aurora.yaml": "type: project/v1\nname: Test\ndata: \(Self.data.path)\n",
            "sources/raw_users.yaml": "type: source/v1\nxlsx: {file: aurora/users_data.xlsx}\n",
            "sources/raw_cards.yaml": "type: source/v1\nxlsx: {file: aurora/cards_data.xlsx}\n",
            "sources/raw_people.yaml":
                "type: source/v1\nxlsx: {file: kpmg/*.xlsx, sheet: CustomerDemographic}\n",
            "models/users.yaml": "type: model/v1\nfrom: raw_users\nkey: id\nsteps: []\n",
            "models/cards.yaml": "type: model/v1\nfrom: raw_cards\nkey: id\nsteps: []\n",
            "models/people.yaml": "type: model/v1\nfrom: raw_people\nkey: customer_id\nsteps: []\n",
        ])
        let inputs = try await project.publish().inputs
        #expect(inputs.map(\.rows).sorted() == [2000, 4000, 6146])
        #expect(
            try await project.sql(
                "SELECT count(*), count(*) FILTER (WHERE latitude LIKE '____-__-__') FROM users")
                == ["2000 45"])
        #expect(
            try await project.sql("SELECT acct_open_date, card_number FROM cards WHERE id = 4524")
                == ["2002-09-01 4344676511950440"])
        #expect(
            try await project.sql("SELECT \"default\" FROM people WHERE customer_id = 2")
                == ["<script>alert('hi')</script>"])
        #expect(
            try await project.sql(
                "SELECT count(*) FROM people WHERE CAST(DOB AS VARCHAR) LIKE '1843%'") == ["1"])
    }
}

extension TestProject {
    /// A source `data` over a workbook, and a model `m` of it with the key `id`.
    fileprivate convenience init(
        _ workbook: TestWorkbook, options: [String] = [], file: String = "data.xlsx"
    ) throws {
        try self.init([
            "sources/data.yaml": "type: source/v1\nxlsx:\n  file: '\(file)'\n"
                + options.map { "  \($0)\n" }.joined(),
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
        ])
        try write(workbook.data, to: "data.xlsx")
    }
}
