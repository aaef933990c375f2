import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: winsorise")
struct WinsoriseTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var values: [String]
        var bounds: String
        var drawnIn: [String]
        var fitted: [String: String]
    }

    static let examples = [
        Example(
            testDescription: "quantiles of whole numbers, at whole numbers",
            values: ["5", "1", "2", "3", "4", ""], bounds: "lower: 0.25, upper: 0.75",
            drawnIn: ["4", "2", "2", "3", "4", "–"], fitted: ["x lower": "2", "x upper": "4"]),
        Example(
            testDescription: "a quantile between whole numbers is rounded: 1.4 and 3.6",
            values: ["0", "1", "2", "3", "4", "5"], bounds: "lower: 0.28, upper: 0.72",
            drawnIn: ["1", "1", "2", "3", "4", "4"], fitted: ["x lower": "1", "x upper": "4"]),
        Example(
            testDescription: "a half is rounded away from zero: -2.5 and 2.5",
            values: ["-5", "0", "5"], bounds: "lower: 0.25, upper: 0.75",
            drawnIn: ["-3", "0", "3"], fitted: ["x lower": "-3", "x upper": "3"]),
        Example(
            testDescription: "decimals keep theirs: 0.0225 and 0.0775",
            values: ["0.00", "0.03", "0.07", "0.10"], bounds: "lower: 0.25, upper: 0.75",
            drawnIn: ["0.02", "0.03", "0.07", "0.08"],
            fitted: ["x lower": "0.02", "x upper": "0.08"]),
        Example(
            testDescription: "one side", values: ["1", "2", "3"], bounds: "upper: 0.5",
            drawnIn: ["1", "2", "2"], fitted: ["x upper": "2"]),
        Example(
            testDescription: "stated bounds", values: ["0.5", "1.5", "-1.0", ""],
            bounds: "at_least: 0, at_most: 1", drawnIn: ["0.5", "1.0", "0.0", "–"], fitted: [:]),
        Example(
            testDescription: "a quantile and a stated bound", values: ["1", "2", "9"],
            bounds: "lower: 0.5, at_most: 5", drawnIn: ["2", "2", "5"], fitted: ["x lower": "2"]),
        Example(
            testDescription: "doubles, of which NaN and infinities are no part",
            values: ["1e0", "2e0", "3e0", "nan", "inf", "-inf"], bounds: "lower: 0.5, upper: 1",
            drawnIn: ["2.0", "2.0", "3.0", "nan", "3.0", "2.0"],
            fitted: ["x lower": "2.0", "x upper": "3.0"]),
    ]

    @Test("draws in by", arguments: examples)
    func drawsIn(example: Example) async throws {
        let lines = example.values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let isDouble = example.values.contains("nan")
        let project = try TestProject(
            csv: "id,x\n" + lines, types: isDouble ? ["x: double"] : [],
            steps: ["winsorise: {column: x, \(example.bounds)}"])
        let step = try await project.publish().step(0)
        let drawnIn = try await project.sql("SELECT x FROM m ORDER BY id")
        #expect(drawnIn == example.drawnIn)
        #expect(step.fitted == example.fitted)
        // Nothing is told of a type, as none changes.
        #expect(!step.facts.contains { $0.contains(" was ") })
    }

    @Test("several columns, each by its own bounds, with what lies beyond them counted")
    func several() async throws {
        let lines = (1...101).map { "\($0),\($0 - 1),\(1000 - $0 * 10).50\n" }.joined()
        let project = try TestProject(
            csv: "id,x,y\n" + lines,
            steps: ["winsorise: {columns: [x, y], lower: 0.01, upper: 0.99}"])
        let record = try await project.publish()
        let step = record.step(0)
        #expect(
            step.fitted == [
                "x lower": "1", "x upper": "99", "y lower": "0.50", "y upper": "980.50",
            ])
        #expect(step.cellsChanged == ["x": 2, "y": 2])
        #expect(
            step.facts == [
                "1 values of x below 1", "1 values of x above 99", "1 values of y below 0.50",
                "1 values of y above 980.50",
            ])
        #expect(step.summary == "x, y drawn in to at least quantile 0.01 and at most quantile 0.99")
        #expect(step.lineage == ["x": ["x"], "y": ["y"]])
    }

    @Test(
        "refuses",
        arguments: [
            ("{column: x}", "missing_key"), ("{column: name, lower: 0.1}", "not_a_number"),
            ("{column: x, lower: 1.1}", "invalid_quantile"),
            ("{column: x, upper: -0.1}", "invalid_quantile"),
            ("{column: x, upper: 1e-2}", "invalid_quantile"),
            ("{column: x, upper: 0.1234567890}", "invalid_quantile"),
            ("{column: x, upper: most}", "invalid_quantile"),
            ("{column: x, lower: 0.1, at_least: 5}", "either_or"),
            ("{column: x, at_most: 1.5}", "wrong_type"),
            ("{column: x, at_most: many}", "wrong_type"),
            ("{column: x, lower: 0.9, upper: 0.1}", "invalid_bounds"),
            ("{column: x, at_least: 5, at_most: 4}", "invalid_bounds"),
            ("{column: empty, lower: 0.1}", "no_values"),
        ])
    func refuses(step: String, code: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x,name,empty\n1,5,a,\n2,9,b,\n", types: ["empty: integer"],
            steps: ["winsorise: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }
}
