import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("What the work role may not do")
struct WorkRoleTests {
    /// A run's folder beside a secret, with a database from which the run reads.
    private struct House {
        let folder: TemporaryFolder
        let engine: DuckDBEngine

        init() async throws {
            folder = try TemporaryFolder()
            _ = try folder.write("top secret", to: "secret.txt")
            _ = try folder.write("a,b\n1,2\n", to: "run-neighbour/a.csv")
            _ = try folder.write("a,b\n1,2\n", to: "run/inside.csv")
            let staged = folder.url.appending(path: "it's staged.duckdb")
            let intake = try TestEngine.file(staged)
            try await intake.execute("CREATE TABLE clients AS SELECT 1 AS id")
            intake.close()
            let run = folder.url.appending(path: "run")
            engine = try TestEngine.file(
                run.appending(path: "data.duckdb"),
                .work(folder: run.path, attached: ["sta\"ged": staged.path]))
        }

        /// The statement with the places of this house.
        func place(_ sql: String) -> String {
            sql.replacing("HOUSE", with: folder.url.path)
        }
    }

    @Test(
        "nothing outside its folder is read or written, no setting changes, nothing is loaded",
        arguments: [
            "SELECT * FROM read_text('HOUSE/secret.txt')",
            "SELECT * FROM read_blob('HOUSE/secret.txt')",
            "SELECT * FROM 'HOUSE/run-neighbour/a.csv'",
            "SELECT * FROM read_csv('HOUSE/run/../secret.txt')",
            "SELECT * FROM glob('HOUSE/*')", "SELECT * FROM read_text('/etc/hostname')",
            "SELECT * FROM read_csv('https://example.org/a.csv')",
            "COPY (SELECT 1) TO 'HOUSE/out.csv'", "COPY (SELECT 1) TO 'HOUSE/run-neighbour/o.csv'",
            "EXPORT DATABASE 'HOUSE/out'", "IMPORT DATABASE 'HOUSE/out'",
            "ATTACH 'HOUSE/other.duckdb' AS other", "ATTACH 'HOUSE/it''s staged.duckdb' AS again",
            "SET enable_external_access = true", "SET allowed_directories = ['/']",
            "SET lock_configuration = false", "RESET enable_external_access", "SET threads = 1",
            "SET TimeZone = 'Europe/Berlin'", "PRAGMA threads = 1", "SET temp_directory = 'HOUSE'",
            "INSTALL httpfs", "LOAD httpfs", "LOAD 'HOUSE/x.duckdb_extension'",
            "INSERT INTO \"sta\"\"ged\".clients VALUES (2)", "DROP TABLE \"sta\"\"ged\".clients",
            "SELECT getenv('HOME')",
        ])
    func refused(sql: String) async throws {
        let house = try await House()
        let before = try FileManager.default.subpathsOfDirectory(atPath: house.folder.url.path)
        #expect(await error { try await house.engine.execute(house.place(sql)) } != nil)
        let after = try FileManager.default.subpathsOfDirectory(atPath: house.folder.url.path)
        #expect(Set(after).subtracting(before).filter { !$0.hasPrefix("run/data") }.isEmpty)
        #expect(
            try await house.engine.values("SELECT id FROM \"sta\"\"ged\".clients") == [.integer(1)])
    }

    @Test("it makes tables of what was staged, and reads its own folder")
    func allowed() async throws {
        let house = try await House()
        try await house.engine.execute(
            "CREATE TABLE t AS SELECT id + 1 AS n FROM \"sta\"\"ged\".clients")
        #expect(try await house.engine.values("SELECT n FROM t") == [.integer(2)])
        let inside = house.place("SELECT b FROM read_csv('HOUSE/run/inside.csv')")
        #expect(try await house.engine.values(inside) == [.integer(2)])
    }

    @Test("a staged database that isn't there is an error, and the file is free again")
    func missingAttachment() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.duckdb")
        let role = DuckDBEngine.Role.work(
            folder: folder.url.path, attached: ["s": folder.url.path + "/absent.duckdb"])
        #expect(await error { _ = try TestEngine.file(file, role) }?.code == "engine_failed")
        let engine = try TestEngine.file(file)
        #expect(try await engine.values("SELECT 1") == [.integer(1)])
    }

    @Test("the parser's engine sees no file at all")
    func parserEngine() async throws {
        let engine = try TestEngine.memory(.work(folder: "/nonexistent", attached: [:]))
        #expect(
            await error { _ = try await engine.query("SELECT * FROM read_text('/etc/hostname')") }
                != nil)
    }
}
