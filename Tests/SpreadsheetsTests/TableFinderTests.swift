import Columns
import Spreadsheets
import TestProjects
import Testing

@Suite("Tables found in sheets")
struct TableFinderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [[TestWorkbook.Cell]]
        var before = ""
        var behind = ""
        var request = Workbook.Request()
        var header: Int? = 1
        var names: [String] = ["id", "name", "amount"]
        var data: ClosedRange<Int>
        var rowCount: Int
        /// What the facts must tell besides the header.
        var facts: [String] = []
    }

    static let header: [TestWorkbook.Cell] = ["id", "name", "amount"]

    static func values(_ count: Int, from first: Int = 1) -> [[TestWorkbook.Cell]] {
        (first..<(first + count)).map {
            [.number("\($0)"), .text("customer \($0)"), .number("\($0).5")]
        }
    }

    static let examples = [
        Example(
            testDescription: "a plain table", rows: [header] + values(4), data: 2...5, rowCount: 4),
        Example(
            testDescription: "a note above it, and an empty row",
            rows: [["Customers of the north"], []] + [header] + values(4), header: 3, data: 4...7,
            rowCount: 4, facts: ["row 1 above it: notes, left out"]),
        Example(
            testDescription: "notes right above it",
            rows: [["Report"], ["of", "May"], header] + values(6),
            header: 3, data: 4...9, rowCount: 6,
            facts: ["rows 1–2 above it: notes, left out"]),
        Example(
            testDescription: "names of groups above the names",
            rows: [["who", nil, "what"], header] + values(4), header: 2, data: 3...6, rowCount: 4,
            facts: ["names more columns", "row 1 above it: notes"]),
        Example(
            testDescription: "a row under the header that describes the columns",
            rows: [
                header, ["unique identifier", "the name in full", "balance at the end of May"],
            ] + values(6),
            data: 3...8, rowCount: 6, facts: ["row 2 under the header: describes the columns"]),
        Example(
            testDescription: "a first row with a text for each missing value",
            rows: [header, ["n/a", "customer 0", "n/a"]] + values(6), data: 2...8, rowCount: 7,
            facts: ["id: 6 numbers and 1 text"]),
        Example(
            testDescription: "a table beside it",
            rows: zip(
                [header] + values(6),
                [["code", "meaning"], ["a", "active"], ["b", "blocked"]]
                    + Array(repeating: [], count: 4)
            ).map { $0 + [nil] + $1 },
            data: 2...7, rowCount: 6,
            facts: ["columns E:F behind an empty column: 6 cells in rows 1–3"]),
        Example(
            testDescription: "an empty column in the midst of it",
            rows: [["id", "name", nil, "amount", "rate"]]
                + values(5).map { [$0[0], $0[1], nil, $0[2], 0.5] },
            names: ["id", "name", "amount", "rate"], data: 2...6, rowCount: 5,
            facts: ["column C in the midst of the table: empty"]),
        Example(
            testDescription: "a total at the end",
            rows: [header] + values(5) + [["Total", nil, 17.5]],
            data: 2...6, rowCount: 5, facts: ["row 7 at the end: totals or footnotes"]),
        Example(
            testDescription: "a total behind an empty row",
            rows: [header] + values(5) + [[], ["Total:", nil, 17.5]], data: 2...6, rowCount: 5,
            facts: ["row 8"]),
        Example(
            testDescription: "footnotes",
            rows: [header] + values(8) + [["* as of May"], ["Source: core"]],
            data: 2...9, rowCount: 8, facts: ["rows 10–11 at the end"]),
        Example(
            testDescription: "notes below, behind an empty row",
            rows: [header] + values(5) + [[], ["made by the risk team"]], data: 2...6, rowCount: 5,
            facts: ["row 8 below it: 1 cell"]),
        Example(
            testDescription: "a customer whose name begins with total",
            rows: [header] + values(5) + [[6, "Total Energies", 3.5]], data: 2...7, rowCount: 6),
        Example(
            testDescription: "an empty row in the midst of it",
            rows: [header] + values(5) + [[]] + values(5, from: 6), data: 2...12, rowCount: 10),
        Example(
            testDescription: "a second table below it",
            rows: [header] + values(9) + [[], ["branch", "city", "opened"]]
                + [["north", "Oslo", .date(40209)], ["south", "Rome", .date(40210)]],
            data: 2...10, rowCount: 9, facts: ["rows 12–14 below it: 9 cells"]),
        Example(
            testDescription: "the header behind an empty row",
            rows: [header, []] + values(5), data: 3...7, rowCount: 5,
            facts: ["the row of names above the table"]),
        Example(
            testDescription: "columns without name and value",
            rows: [["id", "name", "amount", nil]] + values(3).map { $0 + [.text("")] },
            data: 2...4, rowCount: 3, facts: ["column D: empty, left out"]),
        Example(
            testDescription: "hidden columns without a name",
            rows: [header] + values(3).map { $0 + [7] },
            before: "<cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols>", data: 2...4,
            rowCount: 3,
            facts: ["column D without a name and hidden: left out"]),
        Example(
            testDescription: "merged and hidden cells",
            rows: [header] + values(4),
            before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>",
            behind: "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>",
            data: 2...5, rowCount: 4,
            facts: ["1 merged area in the table (like A2:A3)", "column B hidden in the sheet"]),
        Example(
            testDescription: "kinds that mix, errors and formulas without a value",
            rows: [
                header, [1, "a", 1.5], [2, "b", .date(40209)], [3, "c", .error],
                [4, "d", .raw(attributes: "", content: "<f>1</f>")], [5, "e", 2.5],
            ], data: 2...6, rowCount: 5,
            facts: [
                "amount: 2 numbers and 1 date", "amount: 1 error, read as missing",
                "amount: 1 formula without a stored value, read as missing",
            ]),
        Example(
            testDescription: "a range", rows: [["x"], header] + values(5),
            request: .init(window: CellWindow(rows: 2...5, columns: [0...1])), header: 2,
            names: ["id", "name"], data: 3...5, rowCount: 3,
            facts: ["header in row 2: the first of the stated range"]),
        Example(
            testDescription: "columns that are stated", rows: [["Report"], header] + values(5),
            request: .init(
                window: CellWindow(rows: 1...CellRange.lastRow, columns: [0...0, 2...2])),
            header: 2, names: ["id", "amount"], data: 3...7, rowCount: 5, facts: ["row 1 above it"]),
        Example(
            testDescription: "a header row that is stated",
            rows: [header, ["key", "label", "value"]] + values(5), request: .init(headerRow: 2),
            header: 2, names: ["key", "label", "value"], data: 3...7, rowCount: 5,
            facts: ["header in row 2: as stated"]),
        Example(
            testDescription: "no header, as stated", rows: values(5), request: .init(headerRow: 0),
            header: nil, names: ["A", "B", "C"], data: 1...5, rowCount: 5,
            facts: ["no header, as stated"]),
    ]

    @Test("finds", arguments: examples)
    func finds(example: Example) throws {
        let sheet = TestWorkbook.Sheet(
            "data", example.rows, before: example.before, behind: example.behind)
        let table = try #require(try TestWorkbook([sheet]).overview(example.request)[0].table)
        #expect(table.headerRow == example.header)
        #expect(table.columns.compactMap(\.name) == example.names)
        #expect(table.rows == example.data)
        #expect(table.rowCount == example.rowCount)
        for fact in example.facts {
            #expect(table.facts.contains { $0.contains(fact) }, "\(fact) in \(table.facts)")
        }
        if example.facts.isEmpty, example.request.headerRow == nil {
            #expect(table.facts.count == 1)
        }
    }

    static let nothing: [(rows: [[TestWorkbook.Cell]], request: Workbook.Request, reason: String)] =
        [
            ([], .init(), "is empty"),
            ([[1, 2, 3], [4, 5, 6]], .init(), "has no header: row 1"),
            ([["1", "2"], ["3", "4"]], .init(), "has no header: row 1"),
            ([["id", "x"]], .init(), "no row below it"),
            ([["id", "x"], [1, 2]], .init(headerRow: 7), "is empty"),
            ([["id", "x"], [], [1, 2]], .init(headerRow: 2), "has nothing in row 2"),
            (
                [
                    ["Welcome"], [], ["read this first"], [], ["a", nil, nil, "b"],
                    ["c", nil, nil, "d"], [], ["bye"],
                ],
                .init(), "holds notes"
            ),
        ]

    @Test("says why there is none", arguments: nothing)
    func findsNothing(
        rows: [[TestWorkbook.Cell]], request: Workbook.Request, reason: String
    ) throws {
        let overview = try TestWorkbook(rows).overview(request)[0]
        #expect(overview.summary.contains(reason), "\(overview.summary)")
        #expect(overview.table == nil)
    }

    @Test("every sheet is told: tables, dictionaries, charts, hidden ones")
    func overview() throws {
        var workbook = TestWorkbook([
            .init("users", [Self.header] + Self.values(5)),
            .init(
                "words", [["id (key)", "identifier"], ["name", "in full"], ["amount", "in EUR"]]),
            .init("old", [Self.header] + Self.values(3), state: "state=\"hidden\""),
            .init("empty", []),
        ])
        workbook.sheets[0].rows.append([])
        let overviews = try workbook.overview()
        #expect(
            overviews.map { "\($0.number) \($0.name): \($0.summary)" } == [
                "1 users: header in row 1, 3 columns, 5 rows",
                "2 words: describes the columns of 'users'",
                "3 old: header in row 1, 3 columns, 3 rows (hidden)", "4 empty: is empty",
            ])
        #expect(overviews.map { $0.usedRange?.description } == ["A1:C6", "A1:B3", "A1:C4", nil])
    }
}
