import Columns
import DuckDBEngine
import Engine
import Preparation
import TestProjects
import Testing
import Workspace

/// A column of texts and how it is read, without a project around it.
struct ReadColumn {
    var reading: ColumnReading
    /// The values as SQL writes them, "–" where missing.
    var values: [String]
    var misfits: Int

    /// - Parameter change: what the author states of the column.
    init(
        _ texts: [String?], named name: String = "x",
        _ change: (inout ColumnSetting) -> Void = { _ in }
    ) async throws {
        let engine = try await TestProject.provider().intake(at: ":memory:")
        let dialect = engine.dialect
        let rows = texts.enumerated().map { index, text in
            "(\(index), \(text.map { dialect.literal($0) } ?? "NULL"))"
        }
        let column = dialect.quoted(name)
        try await engine.execute("CREATE TABLE raw (position BIGINT, \(column) VARCHAR)")
        try await engine.execute("INSERT INTO raw VALUES " + rows.joined(separator: ", "))
        var setting = ColumnSetting(Self.stated(name))
        change(&setting)
        let question = ColumnQuestion(column: name, setting: setting)
        if let settled = question.settled {
            reading = settled
        } else {
            let inference = ReadingInference(engine, relation: "raw", scratch: "texts")
            reading = try await inference.findings(of: [question]).columns[0].reading
        }
        let value = reading.value(dialect)
        let answer = try await engine.query(
            "SELECT COALESCE(CAST(\(value) AS VARCHAR), '–') FROM raw ORDER BY position")
        values = (0..<answer.rowCount).map { answer.row($0)[0].description }
        let isMisfit = reading.isMisfit(dialect) ?? "FALSE"
        misfits =
            try await engine.query("SELECT count(*) FILTER (WHERE \(isMisfit)) FROM raw")
            .row(0)[0].integerValue ?? -1
        engine.close()
    }

    static func stated<Content>(_ value: Content) -> Located<Content> {
        Located(value, at: .init(file: "sources/data.yaml"))
    }
}

/// What texts are read as, for tests over many of them.
struct ReadingExample: Sendable, CustomTestStringConvertible {
    var texts: [String]
    var name: String
    var type: ColumnType
    var values: [String]
    var testDescription: String { "\(name): \(texts.joined(separator: " | ")) → \(type)" }

    init(_ texts: [String], _ type: ColumnType, _ values: [String]? = nil, name: String = "x") {
        self.texts = texts
        self.name = name
        self.type = type
        self.values = values ?? texts
    }

    func expect(_ column: ReadColumn) {
        #expect(column.reading.type == type, "\(column.reading)")
        #expect(column.values == values)
        #expect(column.misfits == 0)
    }
}

@Suite("Dates in every order")
struct ReadingDateTests {
    static let wallClock = ColumnType.timestamp(zoned: false)

    static let examples = [
        ReadingExample(["06-05-2019", "31-12-2001"], .date, ["2019-05-06", "2001-12-31"]),
        ReadingExample(["10/12/1953", "12/16/1980"], .date, ["1953-10-12", "1980-12-16"]),
        ReadingExample(["1.2.2003", "13.2.2003"], .date, ["2003-02-01", "2003-02-13"]),
        ReadingExample(["2019/5/6", "2019/12/31"], .date, ["2019-05-06", "2019-12-31"]),
        ReadingExample(["31/12/68", "01/02/69"], .date, ["2068-12-31", "1969-02-01"]),
        ReadingExample(
            ["31/12/68", "01/02/09", "01/02/10"], .date,
            ["1968-12-31", "2009-02-01", "1910-02-01"], name: "date of birth"),
        ReadingExample(["Jan-2019", "Feb-2020"], .date, ["2019-01-01", "2020-02-01"]),
        ReadingExample(["01/2019", "12/2020"], .date, ["2019-01-01", "2020-12-01"]),
        ReadingExample(["5 Jan 2019", "12 Feb 2020"], .date, ["2019-01-05", "2020-02-12"]),
        ReadingExample(["January 5, 2019", "May 12, 2020"], .date, ["2019-01-05", "2020-05-12"]),
        ReadingExample(["05-Mar-21", "06-May-21"], .date, ["2021-03-05", "2021-05-06"]),
        ReadingExample(
            ["31/12/2019 9:05", "01/02/2020 23:59"], wallClock,
            ["2019-12-31 09:05:00", "2020-02-01 23:59:00"]),
        ReadingExample(
            ["12/31/2019 9:05:01 PM", "1/2/2020 12:00:00 AM"], wallClock,
            ["2019-12-31 21:05:01", "2020-01-02 00:00:00"]),
        ReadingExample(["12:30", "07:05"], .time, ["12:30:00", "07:05:00"]),
        ReadingExample(["9:30", "17:05"], .time, ["09:30:00", "17:05:00"]),
        ReadingExample(
            ["20190105", "20201231"], .date, ["2019-01-05", "2020-12-31"],
            name: "opened_date"),
        ReadingExample(["930101", "000229"], .date, ["1993-01-01", "2000-02-29"], name: "date"),
        ReadingExample(
            ["2019-10", "2020-12"], .date, ["2019-10-01", "2020-12-01"],
            name: "Start Date"),
        ReadingExample(["43831", "44196"], .date, ["2020-01-01", "2020-12-31"], name: "openDate"),
        ReadingExample([" 31-12-2019", "01-02-2020 "], .date, ["2019-12-31", "2020-02-01"]),
    ]

    @Test("a column of", arguments: examples)
    func reads(example: ReadingExample) async throws {
        example.expect(try await ReadColumn(example.texts, named: example.name))
    }

    /// Nothing decides, or a row is impossible, or the name gives no reason.
    static let texts = [
        ReadingExample(["06-05-2019", "10-12-2001"], .text),
        ReadingExample(["01/02/03", "04/05/06"], .text),
        ReadingExample(["31-12-2019", "12-31-2019"], .text),
        ReadingExample(["31.02.2019", "1.1.2019"], .text),
        ReadingExample(["31-12-2019", "31/12/2019"], .text),
        ReadingExample(["31-12-0019x", "31-12-2019"], .text),
        ReadingExample(["31-12-2019 10:00", "31-12-2019"], .text),
        ReadingExample(["20190105", "20201231"], .integer, name: "amount"),
        ReadingExample(["20190105", "20201331"], .integer, name: "date"),
        ReadingExample(["99990101", "20190105"], .integer, name: "date"),
        ReadingExample(["43831", "99"], .integer, name: "date"),
        ReadingExample(["43831", "44196"], .integer, name: "last_update"),
        ReadingExample(["2009-10", "2010-11"], .text),
        ReadingExample(["Jan-2019", "Foo-2019"], .text),
        ReadingExample(["25:00", "12:00"], .text),
    ]

    @Test("no dates in a column of", arguments: texts)
    func refuses(example: ReadingExample) async throws {
        example.expect(try await ReadColumn(example.texts, named: example.name))
    }

    @Test("where no row decides the order, the reading says so")
    func ambiguous() async throws {
        let summary = try #require(
            try await ReadColumn(["06-05-2019", "10-12-2001"]).reading.summary)
        #expect(summary.contains("ambiguous"))
        #expect(summary.contains("'%d-%m-%Y' or '%m-%d-%Y'"))
    }

    @Test("the reading tells the order and the century")
    func told() async throws {
        let plain = try await ReadColumn(["31-12-2019"]).reading
        #expect(plain.summary == "dates written as day-month-year")
        let short = try await ReadColumn(["31-12-68"], named: "DOB").reading
        #expect(
            short.summary
                == "dates written as day-month-year, two-digit years 10–99 of the 1900s and "
                + "00–09 of the 2000s")
    }
}

@Suite("Amounts, percentages and numbers with signs")
struct ReadingAmountTests {
    static func decimal(_ scale: Int) -> ColumnType { .decimal(precision: 18, scale: scale) }

    static let examples = [
        ReadingExample(
            ["$59,696 ", "$-77.00", "$1,234,567.5"], decimal(2),
            ["59696.00", "-77.00", "1234567.50"]),
        ReadingExample(["$29,278 ", "$37,891 "], decimal(2), ["29278.00", "37891.00"]),
        ReadingExample(["-$77", "($77.10)", "$5"], decimal(2), ["-77.00", "-77.10", "5.00"]),
        ReadingExample(["(77.00)", "12.50"], decimal(2), ["-77.00", "12.50"]),
        ReadingExample(["860,29", "1,5"], decimal(2), ["860.29", "1.50"]),
        ReadingExample(["1.234,56", "0,5"], decimal(2), ["1234.56", "0.50"]),
        ReadingExample(["1,234.5", "1,234,567"], decimal(1), ["1234.5", "1234567.0"]),
        ReadingExample(["1,234", "1,234,567"], decimal(0), ["1234", "1234567"]),
        ReadingExample(["0,234", "1,234"], decimal(3), ["0.234", "1.234"]),
        ReadingExample(["16755.91 EUR", "3 EUR"], decimal(2), ["16755.91", "3.00"]),
        ReadingExample(["CHF 1'200.50", "CHF 12'345.00"], decimal(2), ["1200.50", "12345.00"]),
        ReadingExample(["1 234,56 €", "−5,00 €"], decimal(2), ["1234.56", "-5.00"]),
        ReadingExample(["€1.234", "€5.678"], decimal(2), ["1234.00", "5678.00"]),
        ReadingExample(["Rs. 1,234.50", "Rs. 5.25"], decimal(2), ["1234.50", "5.25"]),
        ReadingExample(["12.5%", "3%"], decimal(3), ["0.125", "0.030"]),
        ReadingExample(["12,5 %", "-0,25 %"], decimal(4), ["0.1250", "-0.0025"]),
        ReadingExample([" 5", "17 "], .integer, ["5", "17"]),
        ReadingExample(["0.1234567 EUR"], decimal(7), ["0.1234567"]),
    ]

    @Test("a column of", arguments: examples)
    func reads(example: ReadingExample) async throws {
        example.expect(try await ReadColumn(example.texts))
    }

    static let texts = [
        ReadingExample(["1,234", "12,345"], .text),
        ReadingExample(["5.00 EUR", "5.00 USD"], .text),
        ReadingExample(["$007", "$5"], .text),
        ReadingExample(["12.5%", "3"], .text),
        ReadingExample(["1,23,456.00"], .text),
        ReadingExample(["1.234,56", "1,234.56"], .text),
        ReadingExample(["KWD 1.234", "KWD 5.678"], .text),
        ReadingExample(["5 apples", "6 pears"], .text),
        ReadingExample(["$-", "$5"], .text),
        ReadingExample(["462 Rose Lane"], .text),
    ]

    @Test("no amounts in a column of", arguments: texts)
    func refuses(example: ReadingExample) async throws {
        example.expect(try await ReadColumn(example.texts))
    }

    @Test("the currency or percent is the column's unit, and the reading tells both")
    func units() async throws {
        let money = try await ReadColumn(["$1,000.00"]).reading
        #expect(money.unit == "USD")
        #expect(money.summary == "amounts in USD, written like 1,234.56")
        let share = try await ReadColumn(["12,5 %"]).reading
        #expect(share.unit == "percent")
        #expect(share.summary == "percentages read as shares, written like 12,5%")
    }

    @Test("where a sign may be of thousands or of decimals, the reading says so")
    func ambiguous() async throws {
        let summary = try await ReadColumn(["1,234", "5,678"]).reading.summary
        #expect(summary?.contains("ambiguous") == true)
    }
}

@Suite("Booleans, missing values and identifiers")
struct ReadingWordTests {
    static let examples = [
        ReadingExample(["Yes", "no"], .boolean, ["true", "false"]),
        ReadingExample(["Y", "N"], .boolean, ["true", "false"]),
        ReadingExample(["t", "F"], .boolean, ["true", "false"]),
        ReadingExample(["ja", "nein"], .boolean, ["true", "false"]),
        ReadingExample(["oui", "non"], .boolean, ["true", "false"]),
        ReadingExample(["si", "no"], .boolean, ["true", "false"]),
        ReadingExample(["on", "off"], .boolean, ["true", "false"]),
        ReadingExample(["yes", "yes"], .boolean, ["true", "true"]),
        ReadingExample(["true", "unknown"], .boolean, ["true", "–"]),
        ReadingExample(["no", "no"], .text),
        ReadingExample(["F", "F"], .text),
        ReadingExample(["yes", "nein"], .text),
        ReadingExample(["y", "n", "x"], .text),
        ReadingExample(["1", "0"], .integer),
        ReadingExample(
            ["1", "NA", "n/a", "?", " ", "-"], .integer, ["1", "–", "–", "–", "–", "–"]),
        ReadingExample(
            ["1.5", "#N/A", "NaN", "null", "None", "\\"],
            .decimal(precision: 18, scale: 1), ["1.5", "–", "–", "–", "–", "–"]),
        ReadingExample(["2024-01-31", "Unknown"], .date, ["2024-01-31", "–"]),
        ReadingExample(["NA", "ZA", "?"], .text),
        ReadingExample(["-", "?"], .text),
        ReadingExample(["1", "missing"], .text),
        ReadingExample(["4111111111111111", "5500000000000004"], .text),
        ReadingExample(["4111111111111111", "5"], .integer),
        ReadingExample(["491701234567", "491701234568"], .text, name: "Mobile phone"),
        ReadingExample(["491701234567", "491701234568"], .integer),
        ReadingExample([" a", "b "], .text),
    ]

    @Test("a column of", arguments: examples)
    func reads(example: ReadingExample) async throws {
        example.expect(try await ReadColumn(example.texts, named: example.name))
    }

    @Test("the reading lists the spellings that are missing values")
    func told() async throws {
        let reading = try await ReadColumn(["5", "?", "N/A", "?"]).reading
        #expect(reading.missing == ["?", "N/A"])
        #expect(reading.summary(missing: 3) == "3 of '?', 'N/A' as missing")
    }
}

@Suite("What a source file states of a column's spelling")
struct ReadingStatedTests {
    typealias Setting = (inout ColumnSetting) -> Void

    static func format(_ text: String) -> Setting { { $0.format = ReadColumn.stated(text) } }

    @Test("a pattern decides what no row decides, and the type follows")
    func pattern() async throws {
        let days = try await ReadColumn(["06-05-2019", "10-12-2001"], Self.format("%d-%m-%Y"))
        #expect(days.reading.type == .date)
        #expect(days.values == ["2019-05-06", "2001-12-10"])
        let months = try await ReadColumn(["06-05-2019"], Self.format("%m-%d-%Y"))
        #expect(months.values == ["2019-06-05"])
        let times = try await ReadColumn(["06-05-2019 7:30"], Self.format("%m-%d-%Y %H:%M"))
        #expect(times.values == ["2019-06-05 07:30:00"])
    }

    @Test("what is not written so is a misfit, never another day")
    func misfits() async throws {
        let days = try await ReadColumn(["31-12-2019", "12-31-2019"], Self.format("%d-%m-%Y"))
        #expect(days.values == ["2019-12-31", "–"])
        #expect(days.misfits == 1)
    }

    @Test("a number as an example")
    func number() async throws {
        let comma = try await ReadColumn(["1,234", "2,5"], Self.format("1234,56"))
        #expect(comma.values == ["1.234", "2.500"])
        let grouped = try await ReadColumn(["1,234", "12"], Self.format("1,234"))
        #expect(grouped.values == ["1234", "12"])
        let both = try await ReadColumn(["1.234"], Self.format("1.234,56"))
        #expect(both.values == ["1234"])
    }

    @Test("a stated format is the format even where a value is not written so")
    func numberMisfits() async throws {
        let column = try await ReadColumn(["1.234,50", "x"], Self.format("1.234,56"))
        #expect(column.reading.type == .decimal(precision: 18, scale: 2))
        #expect(column.values == ["1234.50", "–"])
        #expect(column.misfits == 1)
    }

    @Test("a spreadsheet's day numbers, whatever the column is called")
    func serial() async throws {
        let column = try await ReadColumn(["45292", "61"], Self.format("excel"))
        #expect(column.values == ["2024-01-01", "1900-03-01"])
    }

    @Test("a unit: the currency that $ is, and numbers that are percentages")
    func units() async throws {
        let dollars = try await ReadColumn(["$1,000.50"]) { $0.unit = ReadColumn.stated("AUD") }
        #expect(dollars.reading.unit == "AUD")
        #expect(dollars.values == ["1000.50"])
        let plain = try await ReadColumn(["12.50"]) { $0.unit = ReadColumn.stated("EUR") }
        #expect(plain.reading.summary == "amounts in EUR")
        let share = try await ReadColumn(["12.5", "3%"]) { $0.unit = ReadColumn.stated("percent") }
        #expect(share.values == ["0.125", "0.030"])
    }

    @Test("a type alone is read in whatever form its values have")
    func types() async throws {
        let date = try await ReadColumn(["31.12.2019"]) { $0.type = ReadColumn.stated(.date) }
        #expect(date.values == ["2019-12-31"])
        let money = try await ReadColumn(["$1,200.50"]) {
            $0.type = ReadColumn.stated(.decimal(precision: 18, scale: 2))
        }
        #expect(money.values == ["1200.50"])
        let flag = try await ReadColumn(["1", "no"]) { $0.type = ReadColumn.stated(.boolean) }
        #expect(flag.values == ["true", "false"])
    }

    @Test("stated missing values, in texts as well")
    func missing() async throws {
        let levels = try await ReadColumn(["NA", "ZA"]) { $0.missing = ["NA"] }
        #expect(levels.values == ["–", "ZA"])
        let numbers = try await ReadColumn(["-1", "5", "?"]) { $0.missing = ["-1"] }
        #expect(numbers.reading.type == .integer)
        #expect(numbers.values == ["–", "5", "–"])
    }

    @Test(
        "formats and units that are none",
        arguments: [
            "format: '%q'", "format: '%d'", "format: abc", "format: '%d-%m-%Y %H'",
            "format: '1,23,4'",
            "unit: euro", "{format: excel, type: text}", "{format: '%d-%m-%Y', type: integer}",
            "{format: '1.234,56', type: date}",
        ])
    func mistakes(setting: String) async throws {
        let body = setting.hasPrefix("{") ? setting : "{\(setting)}"
        let mistake = try await TestProject(csv: "id,x\n1,1\n", types: ["x: \(body)"]).onlyMistake()
        #expect(["invalid_format", "invalid_unit"].contains(mistake.code))
        #expect(mistake.place.line == 5)
    }
}
