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
