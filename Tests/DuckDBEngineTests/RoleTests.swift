import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("Roles")
struct RoleTests {
    @Test("in every role a zero denominator is missing, and missing values come last")
    func everyRole() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.duckdb")
        try TestEngine.file(file).close()
        let engines = [
            try TestEngine.memory(.intake),
            try TestEngine.memory(.work(folder: folder.url.path, attached: [:])),
            try TestEngine.file(file, .published),
        ]
        for engine in engines {
            let zeros = "SELECT [1 / 0, 0 / 0, 1.0 / 0.0, 0.0::DOUBLE / 0, 5 % 0, 5 // 0]::VARCHAR"
            #expect(
                try await engine.values(zeros) == [.text("[NULL, NULL, NULL, NULL, NULL, NULL]")])
            #expect(try await engine.values("SELECT (0.0::DOUBLE / 0) > 0.8") == [.missing])
            let order = "SELECT v FROM (VALUES (NULL), (2), (1)) t(v) ORDER BY v"
            #expect(try await engine.values(order) == [.integer(1), .integer(2), .missing])
            #expect(try await engine.values("SELECT current_setting('TimeZone')") == [.text("UTC")])
        }
    }

    @Test("intake reads a file of the machine")
    func intake() async throws {
        let folder = try TemporaryFolder()
        let csv = try folder.write("id;name\n1;\"a;b\"\n2;–\n3;\n", to: "it's a file.csv")
        let file = DelimitedFile(
            path: csv.path, columns: ["id", "na'me"], delimiter: ";", quote: "\"",
            skippedRecords: 1,
            missing: ["–"])
        let relation = TestEngine.dialect.relation(of: file)
        let result = try await TestEngine.memory(.intake).query("SELECT * FROM \(relation)")
        #expect(result.schema.names == ["id", "na'me"])
        #expect(
            (0..<3).map { result.row($0) } == [
                [.text("1"), .text("a;b")], [.text("2"), .missing], [.text("3"), .missing],
            ])
    }

    @Test("a row of another width is an error that names the line and shows no value")
    func raggedRows() async throws {
        let folder = try TemporaryFolder()
        let csv = try folder.write("id,name\n1,a\n2,secret,b\n", to: "a.csv")
        let file = DelimitedFile(
            path: csv.path, columns: ["id", "name"], delimiter: ",", quote: "\"", skippedRecords: 1,
            missing: [])
        let engine = try TestEngine.memory(.intake)
        let relation = TestEngine.dialect.relation(of: file)
        let failure = await error { _ = try await engine.query("SELECT * FROM \(relation)") }
        #expect(failure?.code == "ragged_rows")
        #expect(failure?.context == ["line 3"])
        #expect(failure?.description.contains("secret") == false)
    }

    @Test(
        "a published database can't be written",
        arguments: [
            "CREATE TABLE u (i INTEGER)", "INSERT INTO t VALUES (2)", "DELETE FROM t",
            "UPDATE t SET i = 2", "DROP TABLE t", "ALTER TABLE t ADD COLUMN j INTEGER",
            "CREATE VIEW v AS SELECT 1", "SET threads = 8", "ATTACH ':memory:' AS m",
            "COPY t TO '/tmp/aurora-out.csv'", "INSTALL httpfs", "LOAD httpfs",
            "SELECT * FROM read_text('/etc/hostname')", "SET enable_external_access = true",
        ])
    func published(sql: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.duckdb")
        let writer = try TestEngine.file(file)
        try await writer.execute("CREATE TABLE t AS SELECT 1 AS i")
        writer.close()
        let bytes = try Data(contentsOf: file)
        let reader = try TestEngine.file(file, .published)
        #expect(await error { try await reader.execute(sql) } != nil)
        #expect(try await reader.values("SELECT i FROM t") == [.integer(1)])
        reader.close()
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test("two readers have a published database open at once")
    func readers() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.duckdb")
        let writer = try TestEngine.file(file)
        try await writer.execute("CREATE TABLE t AS SELECT 1 AS i")
        writer.close()
        let provider = try DuckDBProvider(TestEngine.library(), threads: 1)
        let first = try await provider.published(at: file.path, readers: 2)
        let second = try await provider.published(at: file.path, readers: 1)
        #expect(try await first.values("SELECT i FROM t") == [.integer(1)])
        #expect(try await second.values("SELECT i FROM t") == [.integer(1)])
    }
}
