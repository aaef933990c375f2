import Columns
import DuckDBEngine
import Engine
import Synchronization
import Testing

@Suite("Results")
struct ResultTests {
    @Test("a hundred thousand rows keep their order, over many vectors", arguments: [1, 2])
    func order(threads: Int) async throws {
        let engine = try TestEngine.memory(threads: threads)
        try await engine.execute(
            "CREATE TABLE t AS SELECT hash(i) % 100000 AS k, i FROM range(100000) t(i)")
        let result = try await engine.query("SELECT i, 'row ' || i FROM t ORDER BY i DESC")
        #expect(result.rowCount == 100_000)
        let wrong = (0..<result.rowCount).filter { row in
            let i = 99_999 - row
            return result.row(row) != [.integer(Int64(i)), .text("row \(i)")]
        }
        #expect(wrong.isEmpty)
    }

    @Test("each missing value stays in its row, over many vectors")
    func missing() async throws {
        let values = try await TestEngine.memory().values(
            "SELECT CASE WHEN i % 7 > 0 THEN i END FROM range(10000) t(i) ORDER BY i")
        #expect(values == (0..<10_000).map { $0 % 7 > 0 ? .integer($0) : .missing })
    }

    @Test("an order survives where columns are given as text", arguments: [1, 2])
    func orderOfConverted(threads: Int) async throws {
        let engine = try TestEngine.memory(threads: threads)
        let values = try await engine.values(
            "SELECT [i] FROM range(100000) t(i) ORDER BY i DESC -- newest first")
        #expect(values.count == 100_000)
        #expect(values.indices.allSatisfy { values[$0] == .text("[\(99_999 - $0)]") })
    }

    @Test("rows arrive in batches before the query is done")
    func streaming() async throws {
        let engine = try TestEngine.memory()
        let sizes = Mutex<[Int]>([])
        try await engine.stream("SELECT i FROM range(10000) t(i)") { batch throws(AuroraError) in
            sizes.withLock { $0.append(batch.rowCount) }
        }
        #expect(sizes.withLock { $0.count } > 1)
        #expect(sizes.withLock { $0.reduce(0, +) } == 10_000)
    }

    @Test("a body that throws ends the stream, and the connection serves on")
    func throwingBody() async throws {
        let engine = try TestEngine.memory()
        let failure = await error {
            try await engine.stream("SELECT i FROM range(1000000) t(i)") {
                _ throws(AuroraError) in throw AuroraError("enough", "seen enough")
            }
        }
        #expect(failure?.code == "enough")
        #expect(try await engine.values("SELECT 7") == [.integer(7)])
    }

    @Test("a result without rows has names and types")
    func empty() async throws {
        let engine = try TestEngine.memory()
        let sql = """
            SELECT 1 AS i, 1.5 AS d, 'x' AS "a ""b", [1] AS l, CAST(NULL AS TIMESTAMP_S) AS s
            WHERE false
            """
        let result = try await engine.query(sql)
        #expect(result.rowCount == 0)
        #expect(
            result.schema
                == Schema([
                    .init("i", .integer), .init("d", .decimal(precision: 2, scale: 1)),
                    .init("a \"b", .text), .init("l", .text),
                    .init("s", .timestamp(zoned: false)),
                ]))
        #expect(try await engine.schema(of: sql) == result.schema)
    }

    @Test("columns of one name stay apart, also where one is given as text")
    func sameNames() async throws {
        let result = try await TestEngine.memory().query("SELECT 1 AS a, [2] AS a, 'x' AS \"A\"")
        #expect(result.schema.names == ["a", "a", "A"])
        #expect(result.row(0) == [.integer(1), .text("[2]"), .text("x")])
    }

    @Test("a constant and a repeated value fill every row")
    func constants() async throws {
        let values = try await TestEngine.memory().values("SELECT 'same text' FROM range(3000)")
        #expect(values == [Value](repeating: .text("same text"), count: 3000))
    }

    @Test("asking for the columns runs nothing")
    func schemaOnly() async throws {
        let engine = try TestEngine.memory()
        #expect(try await engine.schema(of: "SELECT error('ran') AS e").names == ["e"])
        #expect(await error { _ = try await engine.query("SELECT error('ran') AS e") } != nil)
    }
}
