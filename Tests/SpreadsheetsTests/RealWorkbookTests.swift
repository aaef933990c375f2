import Spreadsheets
import Testing

/// Expected values are those that openpyxl 3.1 reads, written down once.
@Suite(
    "Workbooks of the reference projects",
    .enabled(if: RealWorkbook.areThere, RealWorkbook.reason))
struct RealWorkbookTests {
    static let sheets: [(path: String, summaries: [String])] = [
        (
            RealWorkbook.users,
            [
                "users_data A1:N2001 header in row 1, 14 columns, 2,000 rows",
                "dictionary A1:B14 describes the columns of 'users_data'",
            ]
        ),
        (
            RealWorkbook.cards,
            [
                "cards_data A1:L6147 header in row 1, 12 columns, 6,146 rows",
                "dictionary A1:B12 describes the columns of 'cards_data'",
            ]
        ),
        (
            RealWorkbook.categories,
            [
                "mcc_codes A1:B110 header in row 1, 2 columns, 109 rows",
                "dictionary A1:B2 describes the columns of 'mcc_codes'",
            ]
        ),
        (
            RealWorkbook.kpmg,
            [
                "Title Sheet B1:I99 holds notes, but no table",
                "Transactions A1:M20001 header in row 1, 13 columns, 20,000 rows",
                "NewCustomerList A1:W1001 header in row 1, 18 columns, 1,000 rows",
                "CustomerDemographic A1:M4001 header in row 1, 13 columns, 4,000 rows",
                "CustomerAddress A1:F4000 header in row 1, 6 columns, 3,999 rows",
            ]
        ),
    ]

    @Test("sheets, headers and row counts", arguments: sheets)
    func overview(path: String, summaries: [String]) throws {
        let overviews = try Workbook(RealWorkbook.url(path)).overview()
        let found = overviews.map { "\($0.name) \($0.usedRange?.description ?? "–") \($0.summary)" }
        #expect(found == summaries)
    }

    static let facts: [(path: String, sheet: Int, fact: String)] = [
        (RealWorkbook.users, 0, "latitude: 1,955 texts and 45 dates"),
        (RealWorkbook.kpmg, 1, "columns N:Z: empty, left out"),
        (RealWorkbook.kpmg, 2, "columns Q:U without a name and hidden: left out"),
        (RealWorkbook.kpmg, 2, "DOB: 929 texts and 54 dates"),
        (RealWorkbook.kpmg, 3, "DOB: 3,912 dates and 1 text"),
        (RealWorkbook.kpmg, 3, "default: 3,179 texts, 546 numbers and 35 dates"),
    ]

    @Test("oddities are told", arguments: facts)
    func oddities(path: String, sheet: Int, fact: String) throws {
        let table = try Workbook(RealWorkbook.url(path)).overview(ofSheet: sheet).table
        #expect(table?.facts.contains(fact) == true, "\(table?.facts ?? [])")
    }

    static let samples: [(path: String, sheet: Int, count: Int, cells: [String])] = [
        (
            RealWorkbook.users, 0, 28_014,
            [
                "A2 number 825", "G6 text 9620 Valley Stream Drive", "J2 text $29278",
                "N2001 number 2",
            ]
        ),
        (
            RealWorkbook.cards, 0, 73_764,
            [
                "E2 number 4344676511950440", "F2 date 2022-12-01", "K6 date 2008-09-01",
                "J2 text $24295", "L6147 number 2017",
            ]
        ),
        (RealWorkbook.categories, 0, 220, ["B4 text Amusement Parks, Carnivals, Circuses"]),
        (
            RealWorkbook.kpmg, 1, 258_471,
            [
                "D2 date 2017-02-25", "E2 boolean false", "K2 number 71.49", "M2 number 41245",
                "L20001 number 1580.47",
            ]
        ),
        (RealWorkbook.kpmg, 2, 22_866, ["R5 number 1.0125000000000002", "E4 date 1974-08-28"]),
        (
            RealWorkbook.kpmg, 3, 50_968,
            ["K2 text \"'", "K3 text <script>alert('hi')</script>", "K4 date 2018-02-01"]
        ),
        (RealWorkbook.kpmg, 4, 24_000, ["B2 text 060 Morning Avenue", "C4000 number 2251"]),
    ]

    @Test("cells", arguments: samples)
    func holds(path: String, sheet: Int, count: Int, cells: [String]) throws {
        let found = try Workbook(RealWorkbook.url(path)).cells(ofSheet: sheet)
        #expect(found.count == count)
        #expect(Set(cells).subtracting(found).isEmpty)
    }
}
