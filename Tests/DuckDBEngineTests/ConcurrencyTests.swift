import Columns
import DuckDBEngine
import Engine
import Foundation
import Testing

@Suite("Several at once", .serialized)
struct ConcurrencyTests {
    private static let long = "SELECT max(hash(i)) FROM range(800000000000) t(i)"

    @Test("with two connections a short query doesn't wait for a long one")
    func twoConnections() async throws {
        let engine = try TestEngine.memory(threads: 1, connections: 2)
        let long = Task { await error { _ = try await engine.query(Self.long) } }
        for i in 0..<20 {
            #expect(try await engine.values("SELECT \(i)") == [.integer(Int64(i))])
        }
        long.cancel()
        #expect(await long.value?.code == "interrupted")
    }

    @Test("two hundred queries over three connections each get their own answer")
    func manyQueries() async throws {
        let engine = try TestEngine.memory(threads: 2, connections: 3)
        try await engine.execute("CREATE TABLE t AS SELECT i FROM range(5000) t(i)")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for k in 1...200 {
                group.addTask {
                    let sql = "SELECT i * \(k) FROM t ORDER BY i"
                    let values = try await engine.values(sql)
                    return values == (0..<5000).map { .integer(Int64($0 * k)) }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("progress grows while a statement runs, and can't be told when none does")
    func progress() async throws {
        let engine = try TestEngine.memory(threads: 1)
        #expect(engine.progress() == nil)
        try await engine.execute("CREATE TABLE t AS SELECT i FROM range(3000000) t(i)")
        let query = Task {
            await error {
                try await engine.execute(
                    "CREATE TABLE u AS SELECT max(sha256(sha256(sha256(i::VARCHAR)))) FROM t")
            }
        }
        var seen: [Double] = []
        while seen.count(where: { $0 > 0 && $0 < 1 }) < 3, seen.count < 20_000 {
            if let progress = engine.progress() { seen.append(progress) }
            try await Task.sleep(for: .milliseconds(2))
        }
        query.cancel()
        _ = await query.value
        #expect(seen.allSatisfy { (0...1).contains($0) })
        #expect(seen.count(where: { $0 > 0 && $0 < 1 }) == 3)
        #expect(seen == seen.sorted())
    }

    @Test("closing lets go of the file, so that another instance may write it")
    func closing() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.duckdb")
        for round in 1...3 {
            let engine = try TestEngine.file(file)
            try await engine.execute("CREATE OR REPLACE TABLE t AS SELECT \(round) AS i")
            engine.close()
            engine.close()
            let reader = try TestEngine.file(file, .published)
            #expect(try await reader.values("SELECT i FROM t") == [.integer(Int64(round))])
            reader.close()
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(left == ["a.duckdb"])
    }

    @Test("what is asked after closing is an error, not an endless wait", .timeLimit(.minutes(1)))
    func afterClosing() async throws {
        let engine = try TestEngine.memory()
        engine.close()
        #expect(await error { _ = try await engine.query("SELECT 1") } != nil)
        #expect(engine.progress() == nil)
    }

    @Test("closing waits for what is under way")
    func closingWaits() async throws {
        let engine = try TestEngine.memory()
        let query = Task { try await engine.values("SELECT count(*) FROM range(30000000)") }
        try await Task.sleep(for: .milliseconds(20))
        engine.close()
        let values = try? await query.value
        #expect(values == nil || values == [.integer(30_000_000)])
    }
}
