import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Expressions that are refused")
struct RefusalTests {
    private func refusal(of text: String) async throws -> ExpressionError? {
        let parser = try await TestEngine.parser()
        do throws(ExpressionError) {
            _ = try await parser.parse(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what is no scalar or aggregate expression is refused",
        arguments: [
            "1; SELECT 2", "n FROM t", "1 WHERE TRUE", "1 GROUP BY 1", "1 GROUP BY ALL",
            "1 HAVING TRUE", "1 QUALIFY TRUE", "1 ORDER BY 1", "1 LIMIT 1", "1 UNION SELECT 2",
            "1 USING SAMPLE 5", "DISTINCT n", "1, 2", "1 AS x", "1 x", "x: 1", "(SELECT 1)",
            "EXISTS (SELECT 1)", "n IN (SELECT 1)", "n = ANY (SELECT 1)", "n = ANY ([1])", "*",
            "t.*",
            "COLUMNS(*)", "count(DISTINCT *)", "COUNT(*) OVER ()", "sum(n) OVER (ORDER BY n)", "$1",
            "?", "$name", "lambda x: x", "n -> 1", "n[1]", "n COLLATE NOCASE", "sum(n ORDER BY n)",
            "sum(sum(n))", "sum(n) FILTER (WHERE sum(n) > 1)", "max(n + count(*))", "#1", "DEFAULT",
            "GROUPING(n)", "TRY(1)", "t.n", "main.t.n", "x.sum(n)", "system.main.lower('a')",
            "lower(DISTINCT name)", "lower(name) FILTER (WHERE TRUE)", "sum()", "sum(1, 2)",
            "round(1, 2, 3)", "n::INTEGER[]", "n::STRUCT(a INTEGER)", "n::no_such_type", "n::JSON",
            "n::UUID", "n::BLOB", "n::INTERVAL", "n::UBIGINT", "n::TIMESTAMP_S", "ATTACH 'x'",
            "340282366920938463463374607431768211455",
        ])
    func refused(text: String) async throws {
        #expect(try await refusal(of: text)?.code == .refused)
    }

    @Test(
        "a function that isn't in the catalogue is refused by its name",
        arguments: [
            "read_csv('x')", "read_text('/etc/passwd')", "read_blob('x')", "read_parquet('x')",
            "glob('*')", "getenv('HOME')", "current_setting('threads')", "getvariable('x')",
            "random()", "uuid()", "gen_random_uuid()", "setseed(0.5)", "now()", "today()",
            "get_current_timestamp()", "transaction_timestamp()", "age(day)", "pg_typeof(n)",
            "pg_backend_pid()", "version()", "txid_current()", "nextval('s')", "query('SELECT 1')",
            "query_table('t')", "json_serialize_sql('SELECT 1')", "error('x')", "hash(n)",
            "string_agg(name, ',')", "first(n)", "any_value(n)", "list(n)", "stddev(n)",
            "list_transform([1], x -> x)", "[1, 2]", "{'a': 1}", "MAP {'a': 1}", "(1, 2)",
            "ROW(1, 2)", "unnest([1])", "INTERVAL '1' DAY", "day + INTERVAL 1 DAY",
            "moment AT TIME ZONE 'UTC'", "name SIMILAR TO 'a'", "name GLOB 'a'",
            "name LIKE 'a' ESCAPE 'b'", "sql_auto_complete('x')", "enum_code(name)",
        ])
    func unknownFunctions(text: String) async throws {
        #expect(try await refusal(of: text)?.code == .unknownFunction)
    }

    @Test(
        "what DuckDB can't read is a mistake of syntax",
        arguments: [
            "", "   ", "1 +", "SELECT 1", "FROM t", "WITH a AS (SELECT 1) SELECT 1",
            "1) FROM (SELECT 2",
            "1; DROP TABLE t", "1; COPY (SELECT 1) TO 'x'", "1; ATTACH 'x'",
            "1; PRAGMA threads = 4",
            "1; SET threads = 4", "PRAGMA threads = 4", "COPY t TO 'x'", "1 INTO t", "'open",
            "\"open",
            "1 /* open", "-- nothing else", "U&'x'", "1e400", "(1", "1)", "a b c", "\0", "1\0",
        ])
    func syntax(text: String) async throws {
        #expect(try await refusal(of: text)?.code == .syntax)
    }

    @Test(
        "a quote that hides in a grapheme ends nothing early",
        arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{20E3}"])
    func hiddenQuotes(mark: String) async throws {
        // In SQL that doubles only visible quotes, this text would end the parser's own literal.
        let hostile = "'\(mark)'), (SELECT error('escaped')) --"
        let failure = try await refusal(of: hostile)
        #expect(failure?.code == .syntax)
        #expect(failure?.message.contains("escaped") == false)
        let tree = try await TestEngine.parser().parse("'a''\(mark)b'")
        #expect(tree == .literal(.text("a'\(mark)b")))
    }

    @Test(
        "a mistyped function finds its name",
        arguments: [
            ("summ(n)", "did you mean 'sum'?"), ("avrage(n)", nil),
            ("mediam(n)", "did you mean 'median'?"),
            ("lenght(name)", "did you mean 'length'?"), ("1 ** 2", nil),
        ])
    func hints(text: String, hint: String?) async throws {
        let found = try #require(try await refusal(of: text)?.hint)
        if let hint { #expect(found == hint) } else { #expect(!found.hasPrefix("did you mean")) }
    }

    @Test(
        "a refusal says where, in bytes of the text",
        arguments: [
            ("n + random()", 4), ("'ö' || uuid()", 8), ("n +", nil), ("n + + )", 6),
            ("1 + (SELECT 2)", 4),
            ("n + t.n", 4), ("sum(n) + *", 9), ("1 + n::UUID", 5),
        ])
    func offsets(text: String, offset: Int?) async throws {
        let failure = try #require(try await refusal(of: text))
        if let offset { #expect(failure.offset == offset) }
        #expect((failure.offset ?? 0) <= text.utf8.count)
    }
}
