import Columns
import DuckDBEngine
import Engine
import Testing

/// One value of one DuckDB type, as SQL, and what Aurora should see of it.
struct TypeCase: Sendable, CustomTestStringConvertible {
    var sql: String
    var type: ColumnType
    var value: Value

    init(_ sql: String, _ type: ColumnType, _ value: Value) {
        self.sql = sql
        self.type = type
        self.value = value
    }

    var testDescription: String { sql.count > 60 ? sql.prefix(60) + "…" : sql }

    /// Expects the value between two missing ones, in a result and in a stored table.
    func check() async throws {
        let engine = try TestEngine.memory(threads: 1)
        let query = "SELECT CASE i WHEN 1 THEN \(sql) END AS v FROM range(3) t(i) ORDER BY i"
        let result = try await engine.query(query)
        #expect(result.columns[0].type == type)
        #expect((0..<3).map { result.columns[0][$0] } == [.missing, value, .missing])
        #expect(try await engine.schema(of: query).fields == [.init("v", type)])

        try await engine.execute("CREATE TABLE stored AS \(query)")
        #expect(try await engine.values("SELECT v FROM stored") == [.missing, value, .missing])
        #expect(try await engine.values("SELECT \(sql)") == [value])
        #expect(
            try await engine.values("SELECT v FROM stored WHERE v IS NULL") == [.missing, .missing])
    }
}
