import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: age")
struct AgeTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var birth: String
        var at: String
        var unit: String
        var age: String
        var testDescription: String { "\(birth) to \(at) in \(unit)" }
    }

    static let examples = [
        Example(birth: "1990-06-15", at: "2020-06-14", unit: "years", age: "29"),
        Example(birth: "1990-06-15", at: "2020-06-15", unit: "years", age: "30"),
        Example(birth: "1990-12-31", at: "2021-01-01", unit: "years", age: "30"),
        Example(birth: "2004-02-29", at: "2005-02-28", unit: "years", age: "0"),
        Example(birth: "2004-02-29", at: "2005-03-01", unit: "years", age: "1"),
        Example(birth: "2004-02-29", at: "2008-02-29", unit: "years", age: "4"),
        Example(birth: "2020-01-31", at: "2020-02-29", unit: "months", age: "0"),
        Example(birth: "2020-01-31", at: "2020-03-01", unit: "months", age: "1"),
        Example(birth: "2020-01-31", at: "2020-03-31", unit: "months", age: "2"),
        Example(birth: "2019-11-15", at: "2020-02-14", unit: "months", age: "2"),
        Example(birth: "2020-02-28", at: "2020-03-01", unit: "days", age: "2"),
        Example(birth: "2020-03-01", at: "2020-02-28", unit: "days", age: "-2"),
        Example(birth: "2020-06-15", at: "2020-06-14", unit: "years", age: "-1"),
        Example(birth: "2020-06-15", at: "2020-06-15", unit: "years", age: "0"),
    ]

    @Test("completed time from", arguments: examples)
    func completed(example: Example) async throws {
        let project = try TestProject(
            csv: "id,born\n1,\(example.birth)\n2,\n",
            steps: [
                "age: {column: born, into: age, at: \(example.at), unit: \(example.unit)}"
            ])
        #expect(try await project.types()["age"] == .integer)
        #expect(try await project.sql("SELECT age FROM m ORDER BY id") == [example.age, "–"])
    }

    @Test("at the date of each row, with the time of day left out")
    func atColumn() async throws {
        let project = try TestProject(
            csv:
                "id,born,paid\n1,1980-05-05,2010-05-05 00:00:01\n2,1980-05-06,2010-05-05 23:00:00\n"
                + "3,1980-05-05,\n",
            steps: ["age: {column: born, into: age, at: paid}"])
        let step = try await project.publish().step(0)
        #expect(try await project.sql("SELECT age FROM m ORDER BY id") == ["30", "29", "–"])
        #expect(step.lineage == ["age": ["born", "paid"]])
        #expect(step.summary == "age: years from born to paid")
    }

    @Test("at the project's as-of date where none is stated")
    func asOf() async throws {
        let project = try TestProject(
            csv: "id,born\n1,1991-12-31\n", steps: ["age: {column: born, into: age}"])
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "as_of_missing")
        #expect(mistake.place.description == "models/m.yaml:5:10")
        try project.write("type: project/v1\nname: Test\nas_of: 2021-12-31\n", to: "aurora.yaml")
        #expect(try await project.rows() == ["1 1991-12-31 30"])
        #expect(try await project.publish().step(0).summary == "age: years from born to 2021-12-31")
    }

    @Test(
        "ages below zero and above 120 years are told",
        arguments: [("years", "120"), ("months", "1440"), ("days", "43830")])
    func notices(unit: String, limit: String) async throws {
        let project = try TestProject(
            csv: "id,born\n1,1843-12-21\n2,2022-01-01\n3,2020-01-01\n4,1901-12-31\n",
            steps: ["age: {column: born, into: age, at: 2021-12-31, unit: \(unit)}"])
        let record = try await project.publish()
        #expect(
            record.notices.map(\.message) == [
                "in 1 rows born lies after 2021-12-31, so age is negative",
                "in 1 rows age is above \(limit) \(unit), which is 120 years",
            ])
        #expect(record.notices.map(\.code) == ["negative_ages", "implausible_ages"])
    }

    @Test(
        "refuses",
        arguments: [
            ("{column: born, into: age, at: 2020-02-30}", "invalid_date"),
            ("{column: born, into: age, at: pay}", "unknown_column"),
            ("{column: born, into: age, at: name}", "not_a_date"),
            ("{column: name, into: age, at: 2020-02-28}", "not_a_date"),
            ("{column: born, into: Born, at: 2020-02-28}", "column_exists"),
            ("{column: borne, into: age, at: 2020-02-28}", "unknown_column"),
            ("{column: born, into: age, at: 2020-02-28, unit: weeks}", "unknown_choice"),
        ])
    func refuses(step: String, code: String) async throws {
        let mistake = try await TestProject(
            csv: "id,born,name\n1,1990-01-01,a\n", steps: ["age: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }
}
