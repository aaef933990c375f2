import Columns
import DuckDBEngine
import Engine
import Runs
import Testing

/// The hashes of run records over tables of a real engine.
@Suite("Hashes of tables")
struct TableHashTests {
    private static let columns = """
        i, hash(i)::VARCHAR AS name, CASE WHEN i % 7 > 0 THEN (i * 31 % 1000)::DECIMAL(18,2) END AS d,
        i / 3 AS share, i % 2 = 0 AS flag, DATE '2000-01-01' + i::INTEGER AS day
        """

    private func hash(
        threads: Int, columns: String = columns, insertion: String = "i", order: String = "i"
    ) async throws -> String {
        let engine = try TestEngine.memory(threads: threads)
        try await engine.execute(
            "CREATE TABLE t AS SELECT \(columns) FROM range(20000) t(i) ORDER BY \(insertion)")
        return try await ContentHash.ofTable("SELECT * FROM t ORDER BY \(order)", in: engine)
    }

    @Test("threads and the order in which rows came don't show in a hash")
    func sameTable() async throws {
        let expected = try await hash(threads: 1)
        for threads in [1, 2, 4] {
            #expect(try await hash(threads: threads, insertion: "hash(i)") == expected)
        }
    }

    @Test("one changed cell, one missing one and one renamed column do")
    func otherTables() async throws {
        let tables = [
            Self.columns, "i AS j" + Self.columns.dropFirst(),
            Self.columns.replacing("i / 3", with: "CASE i WHEN 19999 THEN 0 ELSE i / 3 END"),
            Self.columns.replacing("i / 3", with: "CASE WHEN i <> 5 THEN i / 3 END"),
            Self.columns.replacing("DECIMAL(18,2)", with: "DECIMAL(18,3)"),
            Self.columns.replacing("DECIMAL(18,2)", with: "DECIMAL(17,2)"),
        ]
        var hashes: Set<String> = []
        for table in tables {
            let order = table.hasPrefix("i AS j") ? "j" : "i"
            hashes.insert(try await hash(threads: 2, columns: table, order: order))
        }
        #expect(hashes.count == tables.count)
    }
}
