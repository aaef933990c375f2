import Columns
import DuckDBEngine
import Engine

/// A table with a column of most types, and expressions over it.
enum ExpressionTable {
    static let columns = [
        "id", "n", "amount", "ratio", "name", "day", "moment", "flag", "a b", "q\"t",
    ]

    /// One table for all tests, which none of them changes.
    static func engine() async throws -> DuckDBEngine { try await made.value }

    private static let made = Task {
        let engine = try TestEngine.memory(threads: 1)
        try await engine.execute(
            """
            CREATE TABLE t AS SELECT * FROM (VALUES
                (1, 5, 12.50::DECIMAL(18,4), 0.5::DOUBLE, 'it''s', DATE '2024-02-29',
                    TIMESTAMP '2024-02-29 23:59:59.5', TRUE, 1, 'x'),
                (2, -3, -0.0001, 2.5, 'Zürich 🏦', DATE '1969-12-31',
                    TIMESTAMP '1969-12-31 00:00:00', FALSE, NULL, 'y"z'),
                (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, NULL),
                (4, 5, 9999999.9999, -1e20, '', DATE '2000-01-31',
                    TIMESTAMP '2000-01-31 12:00:00', TRUE, -4, 'a%b_c')
            ) v(id, n, amount, ratio, name, day, moment, flag, "a b", "q""t")
            """)
        return engine
    }

    /// What an expression gives over the table as it was written, and as Aurora writes it again.
    static func values(
        _ text: String, in engine: DuckDBEngine
    ) async throws -> (written: [Value], rendered: [Value], types: [ColumnType]) {
        let tree = try await TestEngine.parser().parse(text)
        let sql = engine.dialect.sql(tree) { engine.dialect.quoted($0) }
        let order = tree.containsAggregate ? "" : " ORDER BY id"
        let written = try await engine.query("SELECT \(text)\n FROM t\(order)")
        let rendered = try await engine.query("SELECT \(sql) FROM t\(order)")
        return (
            (0..<written.rowCount).map { written.columns[0][$0] },
            (0..<rendered.rowCount).map { rendered.columns[0][$0] },
            [written, rendered].map { $0.columns[0].type }
        )
    }
}
