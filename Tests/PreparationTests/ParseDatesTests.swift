import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: parse_dates")
struct ParseDatesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var values: [String]
        var options: String
        var dates: [String]
        var facts: [String] = []
        var notices: [String] = []
    }

    static let examples = [
        Example(
            testDescription: "month, day, year",
            values: ["1/2/1952", "12/31/1999", " 02/29/2024 ", ""],
            options: "format: \"%m/%d/%Y\"", dates: ["1952-01-02", "1999-12-31", "2024-02-29", "–"]),
        Example(
            testDescription: "two-digit years", values: ["31-Dec-68", "01-Jan-69"],
            options: "format: \"%d-%b-%y\"", dates: ["2068-12-31", "1969-01-01"],
            facts: ["a year of two digits is one of 1969 to 2068"]),
        Example(
            testDescription: "months without a day", values: ["Mar 2021", "December 2020"],
            options: "format: [\"%b %Y\", \"%B %Y\"]", dates: ["2021-03-01", "2020-12-01"],
            facts: [
                "a date without a day is the first of its month", "1 values of x read as %b %Y",
                "1 values of x read as %B %Y",
            ]),
        Example(
            testDescription: "times of day", values: ["2.1.1952 5:03 PM"],
            options: "format: \"%d.%m.%Y %I:%M %p\"", dates: ["1952-01-02T17:03:00"]),
        Example(
            testDescription: "the first format that fits",
            values: ["13/2/2020", "2/13/2020", "2/3/2020"],
            options: "format: [\"%d/%m/%Y\", \"%m/%d/%Y\"]",
            dates: ["2020-02-13", "2020-02-13", "2020-03-02"],
            facts: ["2 values of x read as %d/%m/%Y", "1 values of x read as %m/%d/%Y"],
            notices: ["1 values of x would be other days by a later format"]),
        Example(
            testDescription: "misfits become missing",
            values: ["1/2/1952", "02/30/2020", "x", "1/2/52", "1/2/20200"],
            options: "format: \"%m/%d/%Y\", misfits: missing",
            dates: ["1952-01-02", "–", "–", "–", "–"],
            notices: [
                "4 values of 'x', like '99/99/9999', are no dates of the format %m/%d/%Y and became "
                    + "missing"
            ]),
        Example(
            testDescription: "implausible days become missing",
            values: ["12/31/1899", "1/1/1900", "12/31/2021", "1/1/2022", "5/5/1843"],
            options: "format: \"%m/%d/%Y\", earliest: 1900-01-01, latest: as_of",
            dates: ["–", "1900-01-01", "2021-12-31", "–", "–"],
            notices: ["3 values of x lie outside 1900-01-01 to 2021-12-31 and became missing"]),
        Example(
            testDescription: "the days of a column of dates", values: ["1843-12-21", "1977-08-09"],
            options: "earliest: 1900-01-01", dates: ["–", "1977-08-09"],
            notices: ["1 values of x lie outside 1900-01-01 and later and became missing"]),
        Example(
            testDescription: "a spreadsheet's serials", values: ["1", "59", "61", "44561", ""],
            options: "format: excel",
            dates: ["1900-01-01", "1900-02-28", "1900-03-01", "2021-12-31", "–"]),
        Example(
            testDescription: "serials that are no day", values: ["0", "60", "2958465", "2958466"],
            options: "format: excel, misfits: missing", dates: ["–", "–", "9999-12-31", "–"],
            notices: [
                "3 values of 'x', like '9', are no dates of the format excel and became missing"
            ]),
        Example(
            testDescription: "serials with a time of day", values: ["44561.75", "44561"],
            options: "format: excel", dates: ["2021-12-31", "2021-12-31"],
            notices: ["1 values of x lost their time of day"]),
        Example(
            testDescription: "serials among texts", values: ["44561", "31.12.2021"],
            options: "format: [\"%d.%m.%Y\", excel]", dates: ["2021-12-31", "2021-12-31"],
            facts: ["1 values of x read as %d.%m.%Y", "1 values of x read as excel"]),
        Example(
            testDescription: "a format with a quote", values: ["it's 2 1 2020"],
            options: "format: \"it's %d %m %Y\"", dates: ["2020-01-02"]),
    ]

    private static func project(
        _ values: [String], _ step: String, types: [String] = []
    ) throws -> TestProject {
        let project = try TestProject(
            csv: "id,x\n" + values.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined(),
            types: types, steps: ["parse_dates: \(step)"])
        try project.write("type: project/v1\nname: Test\nas_of: 2021-12-31\n", to: "aurora.yaml")
        return project
    }

    @Test("reads", arguments: examples)
    func reads(example: Example) async throws {
        // Texts that look like dates would be read as dates before any step.
        let project = try Self.project(
            example.values, "{column: x, \(example.options)}",
            types: example.options.contains("%") ? ["x: text"] : [])
        let record = try await project.publish()
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == example.dates)
        let facts = record.step(0).facts.filter { !$0.contains(" was ") }
        #expect(facts == example.facts)
        #expect(record.notices.map(\.message) == example.notices)
        #expect(record.step(0).lineage == ["x": ["x"]])
    }

    @Test("what a text becomes is a date, and the column's new type is told")
    func type() async throws {
        let project = try Self.project(["1/2/1952"], "{columns: [x], format: \"%m/%d/%Y\"}")
        #expect(try await project.types()["x"] == .date)
        let step = try await project.publish().step(0)
        #expect(step.facts == ["x was text and is date now"])
        #expect(step.summary == "x read as %m/%d/%Y")
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var step: String
        var code: String
        var value = "1/2/1952"
    }

    static let refusals = [
        Refusal(
            testDescription: "a text that doesn't fit", step: "{column: x, format: \"%d.%m.%Y\"}",
            code: "wrong_value"),
        Refusal(testDescription: "no format", step: "{column: x}", code: "missing_key"),
        Refusal(
            testDescription: "an empty list", step: "{column: x, format: []}",
            code: "invalid_format"),
        Refusal(
            testDescription: "a part that is not known", step: "{column: x, format: \"%Q %m %Y\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "half a part", step: "{column: x, format: \"%d %m %Y %\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "a format without a year", step: "{column: x, format: \"%d.%m.\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "a format without a month", step: "{column: x, format: \"%Y\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "two years", step: "{column: x, format: \"%m %y %Y\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "half a day", step: "{column: x, format: \"%m %Y %I\"}",
            code: "invalid_format"),
        Refusal(
            testDescription: "a bound that is no day",
            step: "{column: x, format: \"%m/%d/%Y\", earliest: 1900}", code: "invalid_date"),
        Refusal(
            testDescription: "bounds the wrong way round",
            step: "{column: x, format: \"%m/%d/%Y\", earliest: 2000-01-01, latest: 1999-12-31}",
            code: "invalid_bounds"),
        Refusal(
            testDescription: "a number that is no serial",
            step: "{column: id, format: \"%m/%d/%Y\"}",
            code: "not_a_text"),
        Refusal(
            testDescription: "dates by a format", step: "{column: x, format: \"%m/%d/%Y\"}",
            code: "not_a_text", value: "1952-01-02"),
        Refusal(
            testDescription: "dates without a bound", step: "{column: x}", code: "not_a_text",
            value: "1952-01-02"),
    ]

    @Test("refuses", arguments: refusals)
    func refuses(refusal: Refusal) async throws {
        let mistake = try await Self.project([refusal.value], refusal.step).onlyMistake()
        #expect(mistake.code == refusal.code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }

    @Test("the project must state the as-of date that a step names")
    func asOfMissing() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,1952-01-02\n", steps: ["parse_dates: {column: x, latest: as_of}"]
        ).onlyMistake()
        #expect(mistake.code == "as_of_missing")
    }
}
