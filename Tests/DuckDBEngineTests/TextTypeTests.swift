import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Text types")
struct TextTypeTests {
    @Test(
        "texts of every length come whole",
        arguments: [
            "", "a", "12 bytes ...", "13 bytes ....", "it's", "\"", "\\", "a\nb\r\n\tc", "–",
            "👩‍👩‍👧‍👦🏦", "e\u{301}", "\u{FEFF}x", "'); DROP TABLE t; --", "\u{10FFFF}", "\0", "a\0'\0",
            String(repeating: "ö", count: 500_000),
        ])
    func texts(text: String) async throws {
        let sql = TestEngine.dialect.literal(text)
        let example = TypeCase(sql, .text, .text(text))
        try await example.check()
        let read = try await TestEngine.memory().values("SELECT \(sql)")[0].textValue
        // String compares by canonical equivalence; the scalars must be the same.
        #expect(read.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test("lengths around the limit of 12 bytes keep their neighbours apart")
    func lengths() async throws {
        let values = try await TestEngine.memory().values(
            "SELECT repeat('x', i) || 'y' FROM range(40) t(i) ORDER BY i")
        #expect(
            values == (0..<40).map { .text(String(repeating: "x", count: $0) + "y") })
    }

    @Test("a NUL inside a text is a character like others")
    func nul() async throws {
        let values = try await TestEngine.memory().values(
            "SELECT v || chr(0) || v FROM (VALUES ('a'), ('longer than twelve')) t(v)")
        #expect(values == [.text("a\0a"), .text("longer than twelve\0longer than twelve")])
    }

    @Test(
        "truth values",
        arguments: [("TRUE", true), ("FALSE", false)])
    func booleans(sql: String, value: Bool) async throws {
        try await TypeCase(sql, .boolean, .boolean(value)).check()
    }

    @Test(
        "labels of an enumeration, also of one whose codes need two or four bytes",
        arguments: [3, 300, 70_000])
    func enumerations(count: Int) async throws {
        let engine = try TestEngine.memory()
        try await engine.execute(
            "CREATE TYPE label AS ENUM (SELECT 'label ' || i FROM range(\(count)) t(i) ORDER BY i)")
        let result = try await engine.query(
            """
            SELECT CASE WHEN i <> 1 THEN CAST('label ' || i AS label) END
            FROM (VALUES (0), (1), (\(count - 1))) t(i) ORDER BY i
            """)
        #expect(result.columns[0].type == .text)
        #expect(
            (0..<3).map { result.columns[0][$0] }
                == [.text("label 0"), .missing, .text("label \(count - 1)")])
    }

    @Test(
        "what has no counterpart comes as DuckDB's text",
        arguments: [
            ("[1, NULL, 3]", "[1, NULL, 3]"), ("CAST([] AS INTEGER[])", "[]"),
            ("[['a'], []]", "[[a], []]"), ("{'a': 1, 'b': 'x'}", "{'a': 1, 'b': x}"),
            ("MAP {'k': 1.5}", "{k=1.5}"),
            (
                "CAST('8ec1f0c4-0d4d-4d3c-9a3e-0123456789ab' AS UUID)",
                "8ec1f0c4-0d4d-4d3c-9a3e-0123456789ab"
            ),
            ("CAST('\\x00\\xFFa' AS BLOB)", "\\x00\\xFFa"), ("CAST('101' AS BIT)", "101"),
            ("INTERVAL '1' MONTH", "1 month"), ("CAST('{\"a\": 1}' AS JSON)", "{\"a\": 1}"),
            ("union_value(n := 5)", "5"),
        ])
    func others(sql: String, text: String) async throws {
        try await TypeCase(sql, .text, .text(text)).check()
    }

    @Test("a NULL of no type is missing")
    func nullLiteral() async throws {
        let engine = try TestEngine.memory()
        #expect(try await engine.values("SELECT NULL") == [.missing])
        #expect(
            try await engine.values("SELECT NULL FROM range(5000)")
                == [Value](repeating: .missing, count: 5000))
        #expect(try await engine.query("SELECT NULL FROM range(0)").rowCount == 0)
    }
}
