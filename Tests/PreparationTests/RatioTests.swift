import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: ratio and select")
struct RatioTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var numerator: String
        var denominator: String
        var options = ""
        var ratio: String
    }

    static let examples = [
        Example(
            testDescription: "whole numbers", numerator: "1", denominator: "3",
            ratio: "0.333333333333"),
        Example(
            testDescription: "rounded up", numerator: "2", denominator: "3", ratio: "0.666666666667"
        ),
        Example(
            testDescription: "below zero", numerator: "-2", denominator: "3",
            ratio: "-0.666666666667"),
        Example(
            testDescription: "a half, away from zero", numerator: "-1", denominator: "8",
            options: ", decimals: 2", ratio: "-0.13"),
        Example(
            testDescription: "no decimals", numerator: "5", denominator: "2",
            options: ", decimals: 0", ratio: "3"),
        Example(
            testDescription: "one decimal", numerator: "1", denominator: "4",
            options: ", decimals: 1", ratio: "0.3"),
        Example(
            testDescription: "decimals of different scales", numerator: "0.10", denominator: "0.3",
            options: ", decimals: 4", ratio: "0.3333"),
        Example(
            testDescription: "more decimals above than the ratio has", numerator: "0.123456",
            denominator: "1", options: ", decimals: 2", ratio: "0.12"),
        Example(
            testDescription: "a missing numerator over zero", numerator: "", denominator: "0",
            ratio: "–"),
        Example(
            testDescription: "a missing denominator", numerator: "1", denominator: "", ratio: "–"),
        Example(
            testDescription: "digits beyond a double", numerator: "90071992547409930",
            denominator: "10", options: ", decimals: 0", ratio: "9007199254740993"),
        Example(testDescription: "doubles", numerator: "1e0", denominator: "4", ratio: "0.25"),
    ]

    @Test("divides", arguments: examples)
    func divides(example: Example) async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,\(example.numerator),\(example.denominator)\n2,1,1\n",
            types: example.numerator == "1e0" ? ["a: double"] : [],
            steps: [
                "ratio: {numerator: a, denominator: b, into: r, zero: stop\(example.options)}"
            ].map { example.denominator == "0" ? $0.replacing("stop", with: "missing") : $0 })
        try await project.publish()
        #expect(try await project.sql("SELECT r FROM m WHERE id = 1") == [example.ratio])
    }

    @Test("digit for digit as by hand, for small numbers and large", arguments: [0, 1, 6, 12, 14])
    func everyDigit(decimals: Int) async throws {
        // Millionths: on both sides of what is divided in 64 bits, and of halves.
        let sizes: [Int64] = [
            1, 3, 2_000_000, 999_999_999_999, 1_000_000_000_000, 123_456_789_012_345,
        ]
        let pairs = sizes.flatMap { a in
            sizes.flatMap { b in [(a, b), (-a, b), (a + 7, b + 5)] }
        }
        func written(_ units: Int128, _ decimals: Int) -> String {
            let digits = String(units.magnitude)
            let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            let point = decimals > 0 ? "." : ""
            return (units < 0 ? "-" : "") + padded.dropLast(decimals) + point
                + padded.suffix(decimals)
        }
        let lines = pairs.enumerated().map { row, pair in
            "\(row + 1),\(written(Int128(pair.0), 6)),\(written(Int128(pair.1), 6))\n"
        }
        let project = try TestProject(
            csv: "id,a,b\n" + lines.joined(),
            steps: [
                "ratio: {numerator: a, denominator: b, into: r, zero: stop, decimals: \(decimals)}"
            ])
        try await project.publish()
        let power = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        let expected = pairs.map { a, b in
            let (top, bottom) = (Int128(a.magnitude) * power, Int128(b))
            let units = (2 * top + bottom) / (2 * bottom)
            return written(a < 0 ? -units : units, decimals)
        }
        #expect(
            try await project.sql("SELECT CAST(r AS VARCHAR) FROM m ORDER BY id") == expected)
    }

    @Test(
        "a denominator of zero has a stated outcome, which is told",
        arguments: [("missing", "–", "missing"), ("0", "0.00", "0.00"), ("1.5", "1.50", "1.50")])
    func zero(rule: String, ratio: String, told: String) async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,5,0\n2,0,0\n3,1,-2\n4,1,2\n5,,0\n",
            steps: [
                "ratio: {numerator: a, denominator: b - 0, into: r, zero: \(rule), decimals: 2}"
            ])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT r FROM m ORDER BY id")
                == [ratio, ratio, "-0.50", "0.50", "–"])
        #expect(record.step(0).facts == ["b - 0 is zero in 3 rows; r is \(told) there"])
        #expect(record.notices.map(\.code) == ["negative_denominator"])
        #expect(
            record.notices.first?.message
                == "b - 0 is negative in 1 rows, which turns the sign of r")
        #expect(record.step(0).lineage == ["r": ["a", "b"]])
        #expect(record.step(0).columnsAdded == ["r"])
    }

    @Test(
        "refuses",
        arguments: [
            ("{numerator: a, denominator: b, into: r}", "missing_key"),
            ("{numerator: a, denominator: b, into: r, zero: stop}", "zero_denominator"),
            ("{numerator: a, denominator: b, into: r, zero: none}", "wrong_type"),
            ("{numerator: a, denominator: b, into: r, zero: 0.5, decimals: 0}", "wrong_type"),
            ("{numerator: name, denominator: b, into: r, zero: 0}", "not_a_number"),
            ("{numerator: sum(a), denominator: b, into: r, zero: 0}", "aggregate_in_step"),
            ("{numerator: a, denominator: c, into: r, zero: 0}", "unknown_column"),
            ("{numerator: a, denominator: b, into: A, zero: 0}", "column_exists"),
            ("{numerator: sqrt(a), denominator: b, into: r, zero: 0, decimals: 3}", "unused_key"),
        ])
    func refuses(step: String, code: String) async throws {
        let mistake = try await TestProject(
            csv: "id,a,b,name\n1,5,0,x\n", steps: ["ratio: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }

    // MARK: select

    @Test(
        "columns are kept or dropped, in their order",
        arguments: [("keep: [b, id]", "kept id, b"), ("drop: [c, a]", "dropped a, c")])
    func select(columns: String, summary: String) async throws {
        let project = try TestProject(
            csv: "id,a,b,c\n1,2,3,4\n", steps: ["select: {\(columns)}"])
        let step = try await project.publish().step(0)
        #expect(try await project.rows() == ["1 3"])
        #expect(step.summary == summary)
        #expect(step.facts == ["2 of 4 columns stay"])
        #expect(step.cellsChanged.isEmpty && step.columnsAdded.isEmpty && step.lineage.isEmpty)
    }

    @Test("a key that gets its name later may be missing before")
    func laterKey() async throws {
        let project = try TestProject(
            csv: "number,a\n1,2\n", steps: ["select: {keep: [number]}", "rename: {number: id}"])
        #expect(try await project.rows() == ["1"])
    }

    @Test(
        "refuses to select",
        arguments: [
            ("{drop: [a, id]}", "key_dropped", "5:24"), ("{keep: [a]}", "key_dropped", "5:20"),
            ("{drop: [b]}", "unknown_column", "5:21"), ("{drop: [a, a]}", "column_twice", "5:24"),
            ("{drop: []}", "no_columns", "5:20"), ("{}", "missing_key", "5:13"),
            ("{keep: [id], drop: [a]}", "either_or", "5:32"),
        ])
    func refusesToSelect(step: String, code: String, place: String) async throws {
        let mistake = try await TestProject(
            csv: "id,a\n1,2\n", steps: ["select: \(step)"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.description == "models/m.yaml:" + place)
    }
}
