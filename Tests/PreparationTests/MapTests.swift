import Columns
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Step: map")
struct MapTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var values: [String]
        var options: String
        var mapped: [String]
        var type: ColumnType
    }

    static let examples = [
        Example(
            testDescription: "other values stay", values: ["F", "Femal", "M", "", "f"],
            options: "values: {F: Female, Femal: Female}",
            mapped: ["Female", "Female", "M", "–", "f"], type: .text),
        Example(
            testDescription: "other values become missing", values: ["F", "U", ""],
            options: "values: {F: Female}, otherwise: missing", mapped: ["Female", "–", "–"],
            type: .text),
        Example(
            testDescription: "other values become one", values: ["F", "U", ""],
            options: "values: {F: Female}, otherwise: Other", mapped: ["Female", "Other", "–"],
            type: .text),
        Example(
            testDescription: "a value becomes missing", values: ["U", "F"],
            options: "values: {U: }", mapped: ["–", "F"], type: .text),
        Example(
            testDescription: "values swap", values: ["a", "b"], options: "values: {a: b, b: a}",
            mapped: ["b", "a"], type: .text),
        Example(
            testDescription: "yes and no are labels", values: ["Y", "N"],
            options: "values: {Y: Yes, N: No}, otherwise: missing", mapped: ["Yes", "No"],
            type: .text),
        Example(
            testDescription: "truth values", values: ["Y", "N", "?"],
            options: "values: {Y: true, N: false}, otherwise: missing",
            mapped: ["true", "false", "–"], type: .boolean),
        Example(
            testDescription: "decimals of one scale", values: ["High", "Mid", "x"],
            options: "values: {High: 0.05, Mid: 0.5}, otherwise: 1",
            mapped: ["0.05", "0.50", "1.00"],
            type: .decimal(precision: 18, scale: 2)),
        Example(
            testDescription: "whole numbers", values: ["a", "b"],
            options: "values: {a: 1, b: -20}, otherwise: missing", mapped: ["1", "-20"],
            type: .integer),
        Example(
            testDescription: "numbers in quotes are texts", values: ["a", "b"],
            options: "values: {a: '01', b: '2'}, otherwise: missing", mapped: ["01", "2"],
            type: .text),
        Example(
            testDescription: "codes become names", values: ["1", "2", "3"],
            options: "values: {1: Retail, 2: Private}, otherwise: missing",
            mapped: ["Retail", "Private", "–"], type: .text),
        Example(
            testDescription: "codes become other codes", values: ["1", "2"],
            options: "values: {1: 10}", mapped: ["10", "2"], type: .integer),
        Example(
            testDescription: "quotes, on both sides", values: ["O'Neill", "a"],
            options: "values: {\"O'Neill\": \"it's \\\"x\\\"\", a: \"'); --\"}",
            mapped: ["it's \"x\"", "'); --"], type: .text),
        Example(
            testDescription: "numbers as texts of a text column", values: ["a", "b"],
            options: "values: {a: 007}", mapped: ["007", "b"], type: .text),
    ]

    @Test("maps so that", arguments: examples)
    func maps(example: Example) async throws {
        let lines = example.values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let project = try TestProject(
            csv: "id,x\n" + lines, steps: ["map: {column: x, \(example.options)}"])
        #expect(try await project.types()["x"] == example.type)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == example.mapped)
    }

    @Test("tells the entries that matched nothing, and the values that are not listed")
    func facts() async throws {
        let csv = "id,x\n1,F\n2,F\n3,M\n4,D\n5,\n"
        let entries = "values: {F: Female, U: Unknown}"
        func step(_ otherwise: String) async throws -> (facts: [String], notices: [String]) {
            let record = try await TestProject(
                csv: csv, steps: ["map: {column: x, \(entries)\(otherwise)}"]
            ).publish()
            #expect(record.step(0).lineage == ["x": ["x"]])
            #expect(record.step(0).summary == "x mapped by 2 values")
            return (record.step(0).facts, record.notices.map(\.message))
        }
        let kept = try await step("")
        #expect(kept.facts == ["x: 'U' matched nothing", "2 values of x are not listed and stay"])
        #expect(kept.notices.isEmpty)
        let missing = try await step(", otherwise: missing")
        #expect(missing.facts == ["x: 'U' matched nothing"])
        #expect(missing.notices == ["2 values of x are not listed and became missing"])
        let other = try await step(", otherwise: Other")
        #expect(
            other.facts == [
                "x: 'U' matched nothing", "2 values of x are not listed and became 'Other'",
            ])
    }

    @Test("into another column, the column itself stays; several columns are mapped alike")
    func into() async throws {
        let project = try TestProject(
            csv: "id,x,y\n1,F,M\n2,M,F\n",
            steps: [
                "map: {column: x, into: gender, values: {F: Female}}",
                "map: {columns: [x, y], values: {F: f}}",
            ])
        let record = try await project.publish()
        #expect(try await project.rows() == ["1 f M Female", "2 M f M"])
        #expect(record.step(0).columnsAdded == ["gender"])
        #expect(record.step(0).cellsChanged.isEmpty)
        #expect(record.step(0).lineage == ["gender": ["x"]])
        #expect(record.step(1).cellsChanged == ["x": 1, "y": 1])
    }

    @Test("an order is stated, or that of the bands goes on in their new names")
    func order() async throws {
        let project = try TestProject(
            csv: "id,x,n\n1,lo,1\n2,hi,2\n3,mid,3\n",
            steps: [
                "map: {column: x, values: {lo: Low, hi: High, mid: Mid}, order: [Low, Mid, High]}",
                "bucket: {column: n, into: band, edges: [2, 3], labels: [a, b, c]}",
                "map: {column: band, values: {a: z, b: z}}",
            ])
        let record = try await project.publish()
        #expect(record.models[0].levels == ["x": ["Low", "Mid", "High"], "band": ["z", "c"]])
    }

    @Test(
        "refuses",
        arguments: [
            ("{column: x, values: {}}", "missing_key"),
            ("{column: y, values: {a: b}}", "unknown_column"),
            ("{column: x, into: ID, values: {a: b}}", "column_exists"),
            ("{columns: [x, n], into: y, values: {a: b}}", "either_or"),
            ("{column: n, values: {a: 1}}", "wrong_type"),
            ("{column: n, values: {1.5: 1}}", "wrong_type"),
            ("{column: n, values: {1: one, 2: two}}", "wrong_type"),
            ("{column: n, values: {1: 10, 01: 11}}", "duplicate_key"),
            ("{column: x, values: {a: b}, order: [c, b, c]}", "invalid_order"),
            ("{column: x, values: {a: b}, order: [c]}", "invalid_order"),
            ("{column: x, values: {a: b}, otherwise: missing, order: [b, c]}", "invalid_order"),
            ("{column: n, values: {1: 2}, order: ['2']}", "invalid_order"),
        ])
    func refuses(step: String, code: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x,n\n1,a,1\n2,b,2\n", steps: ["map: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }
}
