import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("The engine's errors")
struct EngineErrorTests {
    @Test(
        "DuckDB's own message is kept as the cause",
        arguments: [
            ("SELEC 1", "syntax error"), ("SELECT nothing_here", "nothing_here"),
            ("SELECT * FROM no_table", "no_table"), ("SELECT no_function(1)", "no_function"),
            ("SELECT CAST('x' AS INTEGER)", "Could not convert string"),
            ("SELECT error('our words')", "our words"), ("SELECT 1; SELECT 2", "multiple"),
        ])
    func cause(sql: String, words: String) async throws {
        let engine = try TestEngine.memory()
        let failure = await error { _ = try await engine.query(sql) }
        #expect(failure?.code == "engine_failed")
        #expect(failure?.cause?.contains(words) == true, "\(failure?.cause ?? "no error")")
        #expect(try await engine.values("SELECT 1") == [.integer(1)])
    }

    @Test("an error in the middle of a stream is an error of the query, not its end")
    func midStream() async throws {
        let engine = try TestEngine.memory(threads: 1)
        let failure = await error {
            _ = try await engine.query(
                "SELECT CASE WHEN i = 90000 THEN error('late') ELSE i END FROM range(100000) t(i)")
        }
        #expect(failure?.cause?.contains("late") == true)
    }

    @Test("a statement that yields nothing tells its errors too")
    func execute() async throws {
        let engine = try TestEngine.memory()
        let failure = await error { try await engine.execute("CREATE TABLE t AS SELECT x") }
        #expect(failure?.code == "engine_failed")
        #expect(failure?.cause?.contains("\"x\"") == true)
    }

    @Test("SQL that holds a NUL is refused rather than run up to it")
    func nul() async throws {
        let engine = try TestEngine.memory()
        #expect(await error { _ = try await engine.query("SELECT 1 \0 + 1") } != nil)
        #expect(await error { try await engine.execute("CREATE TABLE t (i INT)\0; x") } != nil)
        #expect(await error { _ = try await engine.query("SELECT * FROM t") } != nil)
    }

    @Test("a file that is no database can't be opened, and the reason is DuckDB's")
    func noDatabase() async throws {
        let folder = try TemporaryFolder()
        let text = try folder.write("this is a text, and a rather long one", to: "a.duckdb")
        let failure = await error { _ = try TestEngine.file(text) }
        #expect(failure?.code == "database_unusable")
        #expect(failure?.message.contains(text.path) == true)
        #expect(failure?.cause?.isEmpty == false)
        let absent = folder.url.appending(path: "absent.duckdb")
        #expect(await error { _ = try TestEngine.file(absent, .published) } != nil)
    }

    @Test("the library says which DuckDB it is")
    func version() throws {
        #expect(try TestEngine.library().version == DuckDBLibrary.expectedVersion)
        #expect(
            try DuckDBProvider(TestEngine.library(), threads: 1).version
                == "DuckDB \(DuckDBLibrary.expectedVersion)")
    }
}
