import Columns
import Foundation
import Runs
import TestProjects
import Testing

extension TestProject {
    /// A source `data` with rules, and a model `m` of it with the key `id`.
    ///
    /// - Parameter rules: each as YAML in one line: `range: {column: x, max: 3}`.
    convenience init(
        csv: String, types: [String] = [], rules: [String], settings: String = "",
        others: [String: String] = [:]
    ) throws {
        let columns = types.isEmpty ? "" : "columns:\n" + types.map { "  \($0)\n" }.joined()
        let expect = "expect:\n" + rules.map { "  - \($0)\n" }.joined()
        try self.init(
            [
                "data.csv": csv,
                "sources/data.yaml": "type: source/v1\ncsv:\n  file: data.csv\n" + columns + expect,
                "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
                "aurora.yaml": "type: project/v1\nname: Test\n" + settings,
            ].merging(others) { $1 })
    }

    /// Another source, as files of a project.
    static func source(_ name: String, _ csv: String, expect: [String] = []) -> [String: String] {
        [
            "\(name).csv": csv,
            "sources/\(name).yaml": "type: source/v1\ncsv:\n  file: \(name).csv\n"
                + (expect.isEmpty ? "" : "expect:\n" + expect.map { "  - \($0)\n" }.joined()),
        ]
    }

    /// The quarantined rows of a source: number, rules and reasons.
    func quarantined(_ source: String = "data") async throws -> [String] {
        try await sql("SELECT \"row\", rule, reason FROM \"\(source):quarantine\" ORDER BY 1")
    }
}

@Suite("Rules that sources state")
struct ContractTests {
    /// A rule about rows that two of four rows break, and how the first is told.
    struct RowCase: Sendable, CustomTestStringConvertible {
        var rule: String
        /// Where what the rule is about allows for all rows.
        var held: String
        var words: String
        var reason: String
        var shape: String
        var broken = [2, 4]

        var testDescription: String { rule }
    }

    static let csv = """
        id,age,code,day
        1,20,A1,2024-01-05
        2,,B,2024-02-01
        3,30,C3,2024-01-07
        4,130,A1,2023-01-01

        """

    static let rowCases = [
        RowCase(
            rule: "required: {columns: [age]", held: "required: {columns: [id, code]",
            words: "age is not missing", reason: "age is missing", shape: "age is missing",
            broken: [2]),
        RowCase(
            rule: "unique: {columns: [code]", held: "unique: {columns: [code, day]",
            words: "code tells rows apart", reason: "another row has the same code",
            shape: "code is like 'A9'", broken: [1, 4]),
        RowCase(
            rule: "range: {column: age, min: 18, max: 120", held: "range: {column: age, min: 20",
            words: "age is between 18 and 120", reason: "age is above 120",
            shape: "age is like '999'", broken: [4]),
        RowCase(
            rule: "range: {column: day, min: 2024-01-01, max: 2024-01-31",
            held: "range: {column: day, min: 2023-01-01, max: 2024-02-01",
            words: "day is between 2024-01-01 and 2024-01-31", reason: "day is above 2024-01-31",
            shape: "day is like '9999-99-99'"),
        RowCase(
            rule: "values: {column: age, of: [20, 30]",
            held: "values: {column: code, of: [A1, B, C3]",
            words: "age is one of '20', '30'", reason: "age is none of the 2 values allowed",
            shape: "age is like '999'", broken: [4]),
        RowCase(
            rule: "matches: {column: code, pattern: '[A-Z][0-9]'",
            held: "matches: {column: code, pattern: '[A-Z][0-9]?'",
            words: "code matches [A-Z][0-9]",
            reason: "code does not match [A-Z][0-9]", shape: "code is like 'A'", broken: [2]),
        RowCase(
            rule: "holds: {that: age < 25 OR code = 'C3', name: young or C3",
            held: "holds: {that: age > id", words: "young or C3", reason: "not so: young or C3",
            shape: "age is like '999', code is like 'A9'", broken: [4]),
        RowCase(
            rule: "refers: {column: code, to: codes, key: name",
            held: "refers: {column: id, to: codes, key: number", words: "code is a name of codes",
            reason: "codes has no row with this name in code", shape: "code is like 'A'",
            broken: [2]),
    ]

    static let codes = TestProject.source("codes", "number,name\n1,A1\n2,\n3,C3\n4,D4\n")

    private func project(_ rule: String, onFail: String? = nil) throws -> TestProject {
        try TestProject(
            csv: Self.csv, rules: [rule + (onFail.map { ", on_fail: \($0)" } ?? "") + "}"],
            others: Self.codes)
    }

    @Test("a rule about rows sets those aside that break it", arguments: rowCases)
    func quarantine(_ rowCase: RowCase) async throws {
        let project = try project(rowCase.rule)
        let record = try await project.publish()
        let input = try #require(record.inputs.first { $0.source == "data" })
        #expect(
            input.contracts == [
                .init(
                    rule: rowCase.words, onFail: "quarantine", broken: rowCase.broken.count)
            ])
        #expect(input.quarantined == rowCase.broken.count)
        #expect(input.rows == 4 - rowCase.broken.count)
        let rows = try await project.quarantined()
        #expect(rows.count == rowCase.broken.count)
        #expect(rows.first == "\(rowCase.broken[0]) \(rowCase.words) \(rowCase.reason)")
        let kept = try await project.sql("SELECT id FROM m ORDER BY id")
        #expect(kept == (1...4).filter { !rowCase.broken.contains($0) }.map(String.init))
        #expect(record.notices.map(\.code) == ["rows_quarantined"])
        #expect(record.outputs["quarantine/data"] != nil)
    }

    @Test("a rule that warns leaves all rows and tells the first", arguments: rowCases)
    func warn(_ rowCase: RowCase) async throws {
        let record = try await project(rowCase.rule, onFail: "warn").publish()
        let input = try #require(record.inputs.first { $0.source == "data" })
        #expect(input.rows == 4 && input.quarantined == 0)
        #expect(input.contracts.map(\.broken) == [rowCase.broken.count])
        #expect(record.notices.map(\.code) == ["contract_broken"])
        #expect(record.notices.map(\.about) == ["source 'data'"])
        #expect(
            record.notices.first?.message
                == "\(rowCase.broken.count) of 4 rows break the rule '\(rowCase.words)'; the first "
                + "is row \(rowCase.broken[0]), where \(rowCase.shape)")
    }

    @Test(
        "a rule that stops tells count, first row and shape, and nothing is published",
        arguments: rowCases)
    func stop(_ rowCase: RowCase) async throws {
        let project = try project(rowCase.rule, onFail: "stop")
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "contract_broken")
        #expect(mistake.place.description == "sources/data.yaml:5:5")
        #expect(
            mistake.message.contains(
                "\(rowCase.broken.count) of 4 rows break the rule '\(rowCase.words)'"))
        #expect(mistake.message.hasSuffix("row \(rowCase.broken[0]), where \(rowCase.shape)"))
        #expect(project.state.published == nil)
    }

    @Test("a rule that holds is recorded and changes nothing", arguments: rowCases)
    func held(_ rowCase: RowCase) async throws {
        for onFail in ["quarantine", "warn", "stop"] {
            let record = try await project(rowCase.held, onFail: onFail).publish()
            let input = try #require(record.inputs.first { $0.source == "data" })
            #expect(input.rows == 4 && input.quarantined == 0)
            #expect(input.contracts.map(\.broken) == [0])
            #expect(input.contracts.map(\.onFail) == [onFail])
            #expect(record.notices.isEmpty)
            #expect(record.outputs["quarantine/data"] == nil)
        }
    }

    /// A rule about the table, one that holds, and what is said of the first.
    static let tableCases = [
        ("columns: {names: [id, cod]", "columns: {names: [id, code]", "it lacks 'cod'"),
        (
            "columns: {names: [id, age, code], exactly: true",
            "columns: {names: [id, age, code, day], exactly: true", "it has 'day' besides"
        ),
        (
            "types: {columns: {id: text, day: date}", "types: {columns: {id: integer, day: date}",
            "'id' is integer"
        ),
        ("rows: {min: 5", "rows: {min: 4, max: 4", "there are 4"),
        ("rows: {max: 3", "rows: {max: 4", "there are 4"),
        (
            "fresh: {column: day, days: 10, at: 2024-03-01",
            "fresh: {column: day, days: 29, at: 2024-03-01", "it is 29 days before it"
        ),
        ("fresh: {column: day, days: 2", "fresh: {column: day, days: 3", "it is 3 days before it"),
    ]

    @Test("rules about the table warn or stop", arguments: tableCases)
    func table(broken: String, held: String, found: String) async throws {
        func project(_ rule: String) throws -> TestProject {
            try TestProject(csv: Self.csv, rules: [rule + "}"], settings: "as_of: 2024-01-10\n")
        }
        let mistake = try await project(broken).onlyMistake()
        #expect(mistake.code == "contract_broken")
        #expect(mistake.message.hasSuffix("is broken: \(found)"))
        let warned = try await project(broken + ", on_fail: warn").publish()
        #expect(warned.notices.map(\.code) == ["contract_broken"])
        #expect(warned.inputs[0].contracts.map(\.broken) == [1])
        let sound = try await project(held).publish()
        #expect(sound.notices.isEmpty)
        #expect(sound.inputs[0].contracts.map(\.broken) == [0])
        #expect(sound.inputs[0].contracts.map(\.onFail) == ["stop"])
    }

    @Test("a table can't be set aside", arguments: tableCases)
    func noQuarantine(broken: String, held: String, found: String) async throws {
        let mistake = try await project(broken, onFail: "quarantine").onlyMistake()
        #expect(mistake.code == "unknown_choice")
    }

    @Test("rules about the table look at the rows that are kept")
    func tableAfterRows() async throws {
        let record = try await TestProject(
            csv: "id,day\n1,2024-01-05\n2,2024-01-09\n",
            rules: [
                "values: {column: id, of: [1]}", "rows: {max: 1, on_fail: warn}",
                "fresh: {column: day, days: 3, at: 2024-01-09, on_fail: warn}",
            ]
        ).publish()
        #expect(record.inputs[0].contracts.map(\.broken) == [1, 0, 1])
    }

    static let mistakes = [
        ("range: {column: age}", "invalid_rule"),
        ("range: {column: age, min: 3, max: 2}", "invalid_rule"),
        ("range: {column: age, min: old}", "invalid_rule"),
        ("range: {column: day, min: 5}", "invalid_rule"),
        ("range: {column: code, min: 5}", "invalid_rule"),
        ("rows: {min: 3, max: 2}", "invalid_rule"),
        ("rows: {on_fail: warn}", "invalid_rule"),
        ("values: {column: age, of: [young]}", "invalid_rule"),
        ("values: {column: age, of: []}", "invalid_rule"),
        ("matches: {column: code, pattern: '['}", "invalid_rule"),
        ("fresh: {column: code, days: 3, at: 2024-01-01}", "invalid_rule"),
        ("fresh: {column: day, days: 3}", "as_of_missing"),
        ("fresh: {column: day, days: 3, at: today}", "invalid_date"),
        ("required: {columns: [aeg]}", "unknown_column"),
        ("required: {columns: []}", "wrong_type"),
        ("types: {columns: {id: whole}}", "unknown_type"),
        ("holds: {that: age}", "not_a_condition"),
        ("holds: {that: sum(age) > 3}", "aggregate_in_step"),
        ("holds: {that: \"id IN (SELECT 1)\"}", "expression_refused"),
        ("holds: {that: \"read_text('/etc/hostname') = 'x'\"}", "unknown_function"),
        ("refers: {column: id, to: codex, key: number}", "unknown_source"),
        ("refers: {column: id, to: codes, key: nummer}", "unknown_column"),
        ("refers: {column: code, to: codes, key: number}", "reference_type"),
    ]

    @Test("a rule that can't be checked is told at its place", arguments: mistakes)
    func mistake(rule: String, code: String) async throws {
        let project = try TestProject(csv: Self.csv, rules: [rule], others: Self.codes)
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == code)
        #expect(mistake.place.description.hasPrefix("sources/data.yaml:5:"))
    }

    @Test("a row that breaks several rules stands once, with all its reasons")
    func several() async throws {
        let project = try TestProject(
            csv: "id,age,code\n1,20,A1\n2,130,\n3,30,C3\n",
            rules: [
                "range: {column: age, max: 120}", "required: {columns: [id, code]}",
                "refers: {column: age, to: codes, key: number}",
            ], others: TestProject.source("codes", "number\n20\n30\n"))
        let record = try await project.publish()
        #expect(
            try await project.quarantined() == [
                "2 age is at most 120; id, code are not missing; age is a number of codes "
                    + "age is above 120; code is missing; codes has no row with this number in age"
            ])
        #expect(record.inputs.first { $0.source == "data" }?.contracts.map(\.broken) == [1, 1, 1])
    }

    @Test("no value of a customer stands in the record of a broken rule")
    func redacted() async throws {
        let record = try await TestProject(
            csv: "id,name\n1,Wilhelmina\n2,\n",
            rules: [
                "values: {column: name, of: [A], on_fail: warn}",
                "matches: {column: name, pattern: '[0-9]*', on_fail: warn}",
            ]
        ).publish()
        let text = String(decoding: try JSONEncoder.stable.encode(record), as: UTF8.self)
        #expect(record.notices.count == 2)
        #expect(!text.contains("Wilhelmina"))
    }

    @Test("rows that refer to a row which is set aside are set aside, however long the chain")
    func chain() async throws {
        let refers = "refers: {column: boss, to: data, key: id}"
        let project = try TestProject(
            csv: "id,boss,age\n1,,300\n2,1,40\n3,2,40\n4,3,40\n5,,40\n6,5,40\n",
            rules: [refers, "range: {column: age, max: 120}"],
            others: TestProject.source(
                "cards", "card,owner\n1,1\n2,4\n3,6\n",
                expect: ["refers: {column: owner, to: data, key: id}"]))
        let record = try await project.publish()
        #expect(try await project.sql("SELECT id FROM m ORDER BY id") == ["5", "6"])
        #expect(record.inputs.map(\.quarantined) == [2, 4])
        #expect(record.inputs.map { $0.contracts.map(\.broken) } == [[2], [3, 1]])
        #expect(
            try await project.sql("SELECT * FROM \"cards:quarantine\" ORDER BY 1") == [
                "1 owner is a id of data data has no row with this id in owner 1 1 –",
                "2 owner is a id of data data has no row with this id in owner 2 4 –",
            ])
    }
}
