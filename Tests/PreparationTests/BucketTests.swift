import Columns
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Step: bucket")
struct BucketTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bands: String
        /// For the values 0, 19, 20, 39.99, 40, 60, 61 and a missing one.
        var labels: [String]
        var notice: String?
    }

    static let examples = [
        Example(
            testDescription: "open ends, lower bounds included",
            bands: "edges: [20, 40, 60], labels: [a, b, c, d]",
            labels: ["a", "a", "b", "b", "c", "d", "d", "–"]),
        Example(
            testDescription: "open ends, upper bounds included",
            bands: "edges: [20, 40, 60], labels: [a, b, c, d], closed: right",
            labels: ["a", "a", "a", "b", "b", "c", "d", "–"]),
        Example(
            testDescription: "bounded, lower bounds included",
            bands: "edges: [0, 20, 40, 60], labels: [a, b, c]",
            labels: ["a", "a", "b", "b", "c", "–", "–", "–"],
            notice: "2 rows lie outside the bands of band and have none"),
        Example(
            testDescription: "bounded, upper bounds included",
            bands: "edges: [0, 20, 40, 60], labels: [a, b, c], closed: right",
            labels: ["–", "a", "a", "b", "b", "c", "–", "–"],
            notice: "2 rows lie outside the bands of band and have none"),
        Example(
            testDescription: "one edge", bands: "edges: [20], labels: [low, high]",
            labels: ["low", "low", "high", "high", "high", "high", "high", "–"]),
        Example(
            testDescription: "edges between the values",
            bands: "edges: [19.5, 39.995], labels: [a, b, c]",
            labels: ["a", "a", "b", "b", "c", "c", "c", "–"]),
    ]

    @Test("bands with", arguments: examples)
    func bands(example: Example) async throws {
        let values = ["0", "19", "20", "39.99", "40", "60", "61", ""]
        let project = try TestProject(
            csv: "id,x\n" + values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined(),
            steps: ["bucket: {column: x, into: band, \(example.bands)}"])
        let record = try await project.publish()
        #expect(try await project.sql("SELECT band FROM m ORDER BY id") == example.labels)
        #expect(record.notices.map(\.message) == (example.notice.map { [$0] } ?? []))
        #expect(record.step(0).columnsAdded == ["band"])
        #expect(record.step(0).rowsOut == 8)
    }

    struct Unnamed: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var type = ""
        var values: [String]
        var bands: String
        var labels: [String]
        var levels: [String]
        var fitted: [String: String] = [:]
        var notices: [String] = []
    }

    static let unnamed = [
        Unnamed(
            testDescription: "labels made from edges", values: ["19", "20", "39", "40"],
            bands: "edges: [20, 40]", labels: ["< 20", "20–40", "20–40", "≥ 40"],
            levels: ["< 20", "20–40", "≥ 40"]),
        Unnamed(
            testDescription: "labels of bands whose upper bounds are included",
            values: ["20", "20.5", "40", "41"], bands: "edges: [20, 40], closed: right",
            labels: ["≤ 20", "20–40", "20–40", "> 40"], levels: ["≤ 20", "20–40", "> 40"]),
        Unnamed(
            testDescription: "labels of negative bounds", values: ["-5", "0"],
            bands: "edges: [-10, -2.5, 0]", labels: ["-10 to -2.5", "≥ 0"],
            levels: ["< -10", "-10 to -2.5", "-2.5 to 0", "≥ 0"]),
        Unnamed(
            testDescription: "days", values: ["2019-12-31", "2020-01-01", "2021-01-01", ""],
            bands: "edges: [2020-01-01, 2021-01-01], labels: [old, mid, new]",
            labels: ["old", "mid", "new", "–"], levels: ["old", "mid", "new"]),
        Unnamed(
            testDescription: "points in time by days",
            values: ["2019-12-31 23:59:59", "2020-01-01 00:00:00"],
            bands: "edges: [2020-01-01], labels: [old, new]", labels: ["old", "new"],
            levels: ["old", "new"]),
        Unnamed(
            testDescription: "quartiles", values: ["1", "2", "3", "4", "5", "6", "7", "8", ""],
            bands: "quantiles: 4, labels: [a, b, c, d]",
            labels: ["a", "a", "b", "b", "c", "c", "d", "d", "–"], levels: ["a", "b", "c", "d"],
            fitted: ["x 1/4": "2.75", "x 2/4": "4.5", "x 3/4": "6.25"]),
        Unnamed(
            testDescription: "terciles that no decimal can hold", values: ["0", "1", "2"],
            bands: "quantiles: 3", labels: ["< 0.67", "0.67–1.33", "≥ 1.33"],
            levels: ["< 0.67", "0.67–1.33", "≥ 1.33"],
            fitted: ["x 1/3": "0.67", "x 2/3": "1.33"]),
        Unnamed(
            testDescription: "equal values stay together", values: ["0", "0", "0", "0", "1", "2"],
            bands: "quantiles: 3",
            labels: ["< 0.33", "< 0.33", "< 0.33", "< 0.33", "≥ 0.33", "≥ 0.33"],
            levels: ["< 0.33", "≥ 0.33"], fitted: ["x 1/3": "0", "x 2/3": "0.33"],
            notices: ["fewer_bands"]),
        Unnamed(
            testDescription: "halves of days", values: ["2020-01-01", "2020-01-02", "2020-01-04"],
            bands: "quantiles: 2, labels: [early, late]", labels: ["early", "late", "late"],
            levels: ["early", "late"], fitted: ["x 1/2": "2020-01-02"]),
        Unnamed(
            testDescription: "halves of doubles", values: ["1e0", "2e0", "4e0"],
            bands: "quantiles: 2", labels: ["< 2", "≥ 2", "≥ 2"], levels: ["< 2", "≥ 2"],
            fitted: ["x 1/2": "2.0"]),
    ]

    @Test("makes bands of", arguments: unnamed)
    func makes(example: Unnamed) async throws {
        let lines = example.values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let project = try TestProject(
            csv: "id,x\n" + lines, steps: ["bucket: {column: x, into: band, \(example.bands)}"])
        let record = try await project.publish()
        #expect(try await project.sql("SELECT band FROM m ORDER BY id") == example.labels)
        #expect(record.models[0].levels == ["band": example.levels])
        #expect(record.step(0).fitted == example.fitted)
        #expect(record.notices.map(\.code) == example.notices)
        #expect(record.step(0).lineage == ["band": ["x"]])
    }

    @Test(
        "refuses quantiles that make no bands",
        arguments: [
            ("quantiles: 4, labels: [a, b]", "invalid_bands", "5:59"),
            ("quantiles: 2, closed: right, labels: [a, b]", "invalid_bands", "5:48"),
            ("quantiles: 1", "wrong_type", "5:48"),
            ("quantiles: 2, edges: [1]", "either_or", "5:48"),
            ("closed: left", "missing_key", "5:13"),
        ])
    func refusesQuantiles(bands: String, code: String, place: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,5\n2,5\n3,5\n4,4\n",
            steps: ["bucket: {column: x, into: band, \(bands)}"]
        ).onlyMistake()
        #expect(mistake.code == code, "\(mistake)")
        #expect(mistake.place.description == "models/m.yaml:" + place)
    }

    @Test("days need days as edges", arguments: ["20", "2020-02-30", "old"])
    func dayEdges(edge: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,2020-01-01\n",
            steps: ["bucket: {column: x, into: band, edges: [\(edge)]}"]
        ).onlyMistake()
        #expect(mistake.code == "invalid_bands")
        #expect(mistake.message == "the edges must be days like 2024-12-31")
    }

    @Test("bands keep their order in queries, through renaming and into models of the model")
    func order() async throws {
        let project = try TestProject([
            "data.csv": "id,x\n1,1\n2,15\n3,25\n4,\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/first.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - bucket: {column: x, into: size, edges: [10, 20], labels: [small, middle, big]}
              - rename: {size: extent}
            """,
            "models/second.yaml": """
            type: model/v1
            from: first
            key: id
            steps:
              - impute: {column: extent, with: constant, value: unknown}
            """,
            "measures/first.yaml": """
            type: measures/v1
            of: first
            measures: {rows: {expression: count(*)}}
            dimensions: {extent: {expression: extent}}
            """,
            "measures/second.yaml": """
            type: measures/v1
            of: second
            measures: {rows_again: {expression: count(*)}}
            dimensions: {extent_again: {expression: extent}}
            """,
        ])
        let gate = try await project.run().gate
        func values(_ dimension: String) async throws -> [String] {
            try await gate.values(of: dimension, limit: 9, for: .local)?.map(\.description) ?? []
        }
        #expect(try await values("extent") == ["small", "middle", "big", "–"])
        #expect(try await values("extent_again") == ["small", "middle", "big", "unknown"])
    }

    @Test(
        "refuses bands that make no sense",
        arguments: [
            "edges: [20, 20], labels: [a, b, c]", "edges: [40, 20], labels: [a, b, c]",
            "edges: [20, 40], labels: [a, b]", "edges: [20, 40], labels: [a, b, c, d]",
            "edges: [20, 40], labels: [a, b, a]", "edges: [], labels: [a]",
            "edges: [20, x], labels: [a, b, c]", "edges: [20], labels: []",
        ])
    func refuses(bands: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,5\n", steps: ["bucket: {column: x, into: band, \(bands)}"]
        ).onlyMistake()
        #expect(mistake.code == "invalid_bands")
        #expect(mistake.place.description == "models/m.yaml:5:44")
    }

    @Test("refuses texts and names that are taken")
    func refusesColumns() async throws {
        let bands = "edges: [20], labels: [a, b]"
        let codes = try await TestProject(
            csv: "id,x,name\n1,5,a\n", steps: ["bucket: {column: name, into: band, \(bands)}"]
        ).mistakes().map(\.code)
        #expect(codes == ["not_a_number"])
        let taken = try await TestProject(
            csv: "id,x,name\n1,5,a\n", steps: ["bucket: {column: x, into: Name, \(bands)}"]
        ).mistakes().map(\.code)
        #expect(taken == ["column_exists"])
    }
}
