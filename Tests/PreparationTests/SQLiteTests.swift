import Columns
import Foundation
import Reporting
import Runs
import TestProjects
import Testing

@Suite("SQLite sources")
struct SQLiteTests {
    /// A project over a database that these statements make.
    private func project(_ statements: [String], table: String) async throws -> TestProject {
        let project = try TestProject([
            "sources/data.yaml": "type: source/v1\nsqlite: {file: data.db, table: '\(table)'}\n",
            "models/m.yaml": "type: model/v1\nfrom: data\nkey: id\n",
        ])
        try SQLite.run(
            statements.joined(separator: ";\n") + ";", in: project.folder.appending(path: "data.db")
        )
        return project
    }

    @Test("every value of a column is read, whatever its type in its row")
    func mixed() async throws {
        let project = try await project(
            [
                "CREATE TABLE t(id INTEGER, x INTEGER, r REAL, d DATE, b BLOB)",
                "INSERT INTO t VALUES (1, 9007199254740993, 0.1, '2024-01-02', x'00ff')",
                "INSERT INTO t VALUES (2, 'two', 0.30000000000000004, '2024-02-29', NULL)",
                "INSERT INTO t VALUES (3, 2.5, 12.34, NULL, x'')",
            ], table: "t")
        #expect(
            try await project.rows() == [
                "1 9007199254740993 0.1 2024-01-02 00FF",
                "2 two 0.30000000000000004 2024-02-29 –", "3 2.5 12.34 – ",
            ])
        #expect(
            try await project.publish().inputs[0].facts == [
                "SQLite, table 't'", "in the order of its row ids",
            ])
    }

    @Test("views, keys without row ids and names with quotes")
    func forms() async throws {
        let statements = [
            "CREATE TABLE \"a \"\"b\"(id INTEGER, x TEXT)",
            "INSERT INTO \"a \"\"b\" VALUES (2, 'é'), (1, 'O''Neil')",
            "CREATE TABLE w(id TEXT PRIMARY KEY, x) WITHOUT ROWID",
            "INSERT INTO w VALUES ('b', 1), ('a', 2)",
            "CREATE VIEW v AS SELECT id, x FROM \"a \"\"b\"",
        ]
        for (table, rows, words) in [
            ("a \"b", ["1 O'Neil", "2 é"], "in the order of its row ids"),
            ("w", ["a 2", "b 1"], "in the order of its key"),
            ("v", ["1 O'Neil", "2 é"], "in the order of all its columns, having no key"),
        ] {
            let project = try await project(statements, table: table)
            #expect(try await project.rows() == rows)
            #expect(try await project.publish().inputs[0].facts[1] == words)
        }
    }

    @Test("a large table keeps the order of its row ids")
    func order() async throws {
        let project = try await project(
            [
                "CREATE TABLE t(id INTEGER)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
                    + "INSERT INTO t SELECT (i * 7919) % 200003 FROM n",
            ], table: "t")
        let one = try await project.publish(threads: 1).outputs["tables/m"]
        #expect(try await project.publish(threads: 4).outputs["tables/m"] == one)
    }

    @Test("an unknown table and a file that is no database are told")
    func problems() async throws {
        let project = try await project(
            ["CREATE TABLE clients(id INTEGER)", "INSERT INTO clients VALUES (1)"],
            table: "cliens")
        let unknown = try await project.onlyMistake()
        #expect(unknown.code == "unknown_table")
        #expect(unknown.hint == "did you mean 'clients'?")
        try project.write("id\n1\n", to: "data.db")
        #expect(try await project.onlyMistake().code == "malformed_file")
        try project.write("SQLite format 3\0 and nothing of it", to: "data.db")
        #expect(try await project.onlyMistake().code == "malformed_file")
    }
}

/// SQLite itself, which comes with Python.
enum SQLite {
    private static let script =
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())"

    static func run(_ sql: String, in file: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, file.path]
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
