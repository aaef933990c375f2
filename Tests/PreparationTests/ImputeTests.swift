import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: impute")
struct ImputeTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var values: [String]
        var step: String
        var fitted: String
        var filled: [String]
    }

    static let examples = [
        Example(
            testDescription: "the median of an odd number of whole numbers",
            values: ["7", "", "1", "3"], step: "{column: x, with: median}", fitted: "3",
            filled: ["7", "3", "1", "3"]),
        Example(
            testDescription: "a whole median between two whole numbers",
            values: ["1", "5", ""], step: "{column: x, with: median}", fitted: "3",
            filled: ["1", "5", "3"]),
        Example(
            testDescription: "a median below zero that ends in .5",
            values: ["-2", "", "-1"], step: "{column: x, with: median}", fitted: "-1.5",
            filled: ["-2.0", "-1.5", "-1.0"]),
        Example(
            testDescription: "the median of whole numbers beyond the digits of a double",
            values: ["9007199254740993", "9007199254740993", "10", ""],
            step: "{column: x, with: median}", fitted: "9007199254740993",
            filled: ["9007199254740993", "9007199254740993", "10", "9007199254740993"]),
        Example(
            testDescription: "a whole mean of whole numbers", values: ["1", "3", ""],
            step: "{column: x, with: mean}", fitted: "2", filled: ["1", "3", "2"]),
        Example(
            testDescription: "the median of an even number of whole numbers may end in .5",
            values: ["1", "2", ""], step: "{column: x, with: median}", fitted: "1.5",
            filled: ["1.0", "2.0", "1.5"]),
        Example(
            testDescription: "the median between two decimals is rounded, not cut",
            values: ["0.01", "0.04", ""], step: "{column: x, with: median}", fitted: "0.03",
            filled: ["0.01", "0.04", "0.03"]),
        Example(
            testDescription: "the median of doubles", values: ["1e-3", "3e-3", ""],
            step: "{column: x, with: median}", fitted: "0.002",
            filled: ["0.001", "0.003", "0.002"]),
        Example(
            testDescription: "the mean of whole numbers has six decimals",
            values: ["1", "1", "2", ""], step: "{column: x, with: mean}", fitted: "1.333333",
            filled: ["1.000000", "1.000000", "2.000000", "1.333333"]),
        Example(
            testDescription: "the mean of decimals has theirs", values: ["0.10", "0.15", ""],
            step: "{column: x, with: mean}", fitted: "0.13", filled: ["0.10", "0.15", "0.13"]),
        Example(
            testDescription: "the mean of doubles", values: ["0.25e0", "0.75e0", ""],
            step: "{column: x, with: mean}", fitted: "0.5", filled: ["0.25", "0.75", "0.5"]),
        Example(
            testDescription: "the most frequent text", values: ["b", "a", "", "b"],
            step: "{column: x, with: mode}", fitted: "b", filled: ["b", "a", "b", "b"]),
        Example(
            testDescription: "of several modes the smallest", values: ["b", "a", "b", "a", ""],
            step: "{column: x, with: mode}", fitted: "a", filled: ["b", "a", "b", "a", "a"]),
        Example(
            testDescription: "a constant text", values: ["a", ""],
            step: "{column: x, with: constant, value: Unknown}", fitted: "Unknown",
            filled: ["a", "Unknown"]),
        Example(
            testDescription: "a constant text that YAML takes for a truth value",
            values: ["a", ""], step: "{column: x, with: constant, value: No}", fitted: "No",
            filled: ["a", "No"]),
        Example(
            testDescription: "a constant text with a zero in front",
            values: ["a", ""], step: "{column: x, with: constant, value: 007}", fitted: "007",
            filled: ["a", "007"]),
        Example(
            testDescription: "a constant text with a quote",
            values: ["a", ""], step: "{column: x, with: constant, value: O'Neill}",
            fitted: "O'Neill", filled: ["a", "O'Neill"]),
        Example(
            testDescription: "a constant takes the column's decimals", values: ["1.50", ""],
            step: "{column: x, with: constant, value: 2.5}", fitted: "2.50",
            filled: ["1.50", "2.50"]),
        Example(
            testDescription: "a constant date", values: ["2024-02-29", ""],
            step: "{column: x, with: constant, value: 1970-01-01}", fitted: "1970-01-01",
            filled: ["2024-02-29", "1970-01-01"]),
    ]

    @Test("fills missing values with", arguments: examples)
    func fills(example: Example) async throws {
        let lines = example.values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let project = try TestProject(csv: "id,x\n" + lines, steps: ["impute: \(example.step)"])
        let step = try await project.publish().step(0)
        let filled = try await project.sql("SELECT x FROM m ORDER BY id")
        #expect(filled == example.filled)
        #expect(step.fitted == ["x": example.fitted])
        #expect(step.cellsChanged == ["x": example.values.count { $0.isEmpty }])
        #expect(step.rowsIn == example.values.count)
        #expect(step.rowsOut == example.values.count)
    }

    @Test("'where' picks the rows that are filled, 'over' those that the statistic is taken over")
    func conditions() async throws {
        let project = try TestProject(
            csv: "id,x,paid\n1,,0\n2,,5\n3,10,0\n4,20,5\n5,40,5\n6,,\n",
            steps: [
                "impute: {column: x, with: constant, value: 0, where: paid = 0}",
                "impute: {column: x, with: median, over: paid <> 0}",
            ])
        let record = try await project.publish()
        let filled = try await project.sql("SELECT x FROM m ORDER BY id")
        #expect(filled == ["0", "30", "10", "20", "40", "30"])
        #expect(record.step(0).cellsChanged == ["x": 1])
        #expect(record.step(1).cellsChanged == ["x": 2])
        #expect(record.step(1).fitted == ["x": "30"])
        #expect(record.step(1).lineage == ["x": ["x"]])
    }

    @Test("a column without missing values keeps every value")
    func nothingMissing() async throws {
        let project = try TestProject(
            csv: "id,x\n1,5\n2,7\n", steps: ["impute: {column: x, with: mode}"])
        let step = try await project.publish().step(0)
        #expect(step.cellsChanged.isEmpty)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == ["5", "7"])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var step: String
        var code: String
        var place: String
    }

    static let refusals = [
        Refusal(
            testDescription: "the mean of a text", step: "{column: name, with: mean}",
            code: "not_a_number", place: "models/m.yaml:5:22"),
        Refusal(
            testDescription: "the median of a column without any value",
            step: "{column: empty, with: median, over: x > 99}", code: "not_a_number",
            place: "models/m.yaml:5:22"),
        Refusal(
            testDescription: "the median over no row",
            step: "{column: x, with: median, over: x > 99}", code: "no_values",
            place: "models/m.yaml:5:22"),
        Refusal(
            testDescription: "a constant that isn't stated", step: "{column: x, with: constant}",
            code: "missing_key", place: "models/m.yaml:5:13"),
        Refusal(
            testDescription: "a constant of another type",
            step: "{column: x, with: constant, value: none}", code: "wrong_type",
            place: "models/m.yaml:5:48"),
        Refusal(
            testDescription: "a constant that would be rounded",
            step: "{column: x, with: constant, value: 0.5}", code: "wrong_type",
            place: "models/m.yaml:5:48"),
        Refusal(
            testDescription: "a value beside a statistic",
            step: "{column: x, with: median, value: 5}", code: "unused_key",
            place: "models/m.yaml:5:46"),
        Refusal(
            testDescription: "rows of a statistic beside a constant",
            step: "{column: x, with: constant, value: 5, over: x > 1}", code: "unused_key",
            place: "models/m.yaml:5:57"),
        Refusal(
            testDescription: "groups beside a constant",
            step: "{column: x, with: constant, value: 5, by: name}", code: "unused_key",
            place: "models/m.yaml:5:55"),
        Refusal(
            testDescription: "a column and columns",
            step: "{column: x, columns: [x], with: mean}", code: "either_or",
            place: "models/m.yaml:5:34"),
        Refusal(
            testDescription: "no column", step: "{with: mean}", code: "missing_key",
            place: "models/m.yaml:5:13"),
        Refusal(
            testDescription: "an empty list of columns", step: "{columns: [], with: mean}",
            code: "no_columns", place: "models/m.yaml:5:23"),
        Refusal(
            testDescription: "a column twice", step: "{columns: [x, x], with: mean}",
            code: "column_twice", place: "models/m.yaml:5:27"),
        Refusal(
            testDescription: "groups of the column itself",
            step: "{column: x, with: mean, by: [name, x]}", code: "column_twice",
            place: "models/m.yaml:5:48"),
        Refusal(
            testDescription: "groups of a column that isn't there",
            step: "{column: x, with: mean, by: nam}", code: "unknown_column",
            place: "models/m.yaml:5:41"),
        Refusal(
            testDescription: "another method", step: "{column: x, with: average}",
            code: "unknown_choice", place: "models/m.yaml:5:31"),
        Refusal(
            testDescription: "a condition that is a number",
            step: "{column: x, with: median, where: x + 1}", code: "not_a_condition",
            place: "models/m.yaml:5:46"),
        Refusal(
            testDescription: "a column that isn't there", step: "{column: y, with: median}",
            code: "unknown_column", place: "models/m.yaml:5:22"),
    ]

    @Test("refuses", arguments: refusals)
    func refuses(refusal: Refusal) async throws {
        let mistake = try await TestProject(
            csv: "id,x,name,empty\n1,5,a,\n2,,b,\n", steps: ["impute: \(refusal.step)"]
        ).onlyMistake()
        #expect(mistake.code == refusal.code)
        #expect(mistake.place.description == refusal.place)
    }
}
