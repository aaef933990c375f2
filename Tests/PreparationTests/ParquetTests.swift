import Columns
import Engine
import Foundation
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Parquet sources")
struct ParquetTests {
    /// A project over Parquet files that the intake engine writes: a query by each file's name.
    private func project(_ files: [String: String], file: String) async throws -> TestProject {
        let project = try TestProject([
            "sources/data.yaml": "type: source/v1\nparquet: {file: '\(file)'}\n",
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
        ])
        let intake = try await TestProject.provider().intake(
            at: project.folder.appending(path: "writer.duckdb").path)
        defer { intake.close() }
        for (name, query) in files {
            let path = intake.dialect.literal(project.folder.appending(path: name).path)
            try await intake.execute("COPY (\(query)) TO \(path) (FORMAT parquet)")
        }
        return project
    }

    @Test("types are the file's, and what has no counterpart is text that loses nothing")
    func types() async throws {
        let project = try await project(
            [
                "data.parquet": """
                SELECT 1 AS id, 255::UTINYINT AS tiny, 18446744073709551615::UBIGINT AS big,
                    12.30::DECIMAL(12,2) AS money, 1.5::FLOAT AS half, DATE '2024-02-29' AS day,
                    TIME '23:59:59.5' AS clock, TIMESTAMP '2024-01-02 03:04:05.678901' AS moment,
                    TIMESTAMPTZ '2024-01-02 03:04:05+02' AS zoned,
                    TIMESTAMP_NS '2024-01-02 03:04:05.123456789' AS fine,
                    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID AS tag, TRUE AS yes, 'é, "x"' AS t,
                    ['a, b', NULL] AS list, {'x': 1.10::DECIMAL(9,2), 'y': 'z'} AS pair,
                    NULL::INTEGER AS nothing
                """
            ], file: "data.parquet")
        let types = try await project.types()
        #expect(
            types == [
                "id": .integer, "tiny": .integer, "big": .hugeInteger,
                "money": .decimal(precision: 12, scale: 2), "half": .double, "day": .date,
                "clock": .time, "moment": .timestamp(zoned: false),
                "zoned": .timestamp(zoned: true),
                "fine": .text, "tag": .text, "yes": .boolean, "t": .text, "list": .text,
                "pair": .text, "nothing": .integer,
            ])
        let columns = "big, money, half, day, clock, moment, fine, tag, t, list, pair, nothing"
        let rows = try await project.sql("SELECT \(columns) FROM m")
        #expect(
            rows == [
                "18446744073709551615 12.30 1.5 2024-02-29 23:59:59.500000 2024-01-02T03:04:05.678901 "
                    + "2024-01-02 03:04:05.123456789 a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 é, \"x\" "
                    + #"["a, b",null] {"x":1.1,"y":"z"} –"#
            ])
    }

    @Test("several files, of numbers in different widths, are one table")
    func several() async throws {
        let project = try await project(
            ["p1.parquet": "SELECT 1::SMALLINT AS id", "p2.parquet": "SELECT 70000::BIGINT AS id"],
            file: "p*.parquet")
        #expect(try await project.rows() == ["1", "70000"])
        let input = try await project.publish().inputs[0]
        #expect(input.files.map(\.path) == ["p1.parquet", "p2.parquet"])
        #expect(
            input.facts == [
                "Parquet, in the order of the file, 2 files in the order of their names"
            ])
    }

    @Test("files of different columns are told apart")
    func different() async throws {
        let project = try await project(
            ["p1.parquet": "SELECT 1 AS id, 'a' AS x", "p2.parquet": "SELECT 2 AS id, 3 AS x"],
            file: "p*.parquet")
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == "files_differ")
        #expect(mistake.message == "column 2 is 'x' (integer), but 'x' (text) in p1.parquet")
    }

    @Test("names that differ by case alone, no rows, and no Parquet at all are told")
    func problems() async throws {
        let twice = try await project(
            ["data.parquet": "SELECT 1 AS id, {'a': 1, 'b': 2} AS pair, 3 AS \"A\", 4 AS \"a_1\""],
            file: "data.parquet")
        #expect(try await twice.publish().inputs[0].columns.count == 4)
        let empty = try await project(
            ["data.parquet": "SELECT 1 AS id LIMIT 0"], file: "data.parquet")
        #expect(try await empty.onlyMistake().code == "no_rows")
        try empty.write("id,x\n1,2\nand more of it\n", to: "data.parquet")
        #expect(try await empty.onlyMistake().code == "malformed_file")
        let cut = try await project(
            ["data.parquet": "SELECT range AS id FROM range(5000)"], file: "data.parquet")
        let url = cut.folder.appending(path: "data.parquet")
        let whole = try Data(contentsOf: url)
        try whole.prefix(whole.count / 2).write(to: url)
        #expect(try await cut.onlyMistake().code == "malformed_file")
        try (whole.prefix(200) + Data(count: 4000) + whole.dropFirst(4200)).write(to: url)
        #expect(try await cut.mistakes().map(\.code) == ["malformed_file"])
    }
}
