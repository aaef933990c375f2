import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Expressions that are accepted")
struct ExpressionTests {
    /// Expects one value and one type of the text and of what Aurora makes of it.
    private func check(_ text: String) async throws -> [Value] {
        let result = try await ExpressionTable.values(text, in: ExpressionTable.engine())
        #expect(result.written == result.rendered)
        #expect(result.types[0] == result.types[1])
        return result.written
    }

    @Test(
        "what has no column gives its value",
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("- -5", "5"), ("2 - -5", "7"),
            ("-(2 + 3)", "-5"),
            ("-2 ^ 2", "4.0"), ("2 ^ -2", "0.25"), ("7 // 2", "3"), ("-7 % 3", "-1"),
            ("7 / 2", "3.5"),
            ("1 / 0", "–"), ("5 % 0", "–"), ("0.1 + 0.2", "0.3"), ("1.10 * 1.10", "1.2100"),
            ("10.0 / 4", "2.5"), (".5", "0.5"), ("1_000", "1000"), ("1e3", "1000.0"),
            ("123456789012345678901234567890.12345", "123456789012345678901234567890.12345"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("9223372036854775808", "9223372036854775808"),
            ("18446744073709551615", "18446744073709551615"),
            ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
            (
                "-170141183460469231731687303715884105728",
                "-170141183460469231731687303715884105728"
            ),
            ("1e300 * 10", "1e+301"), ("4.9e-324", "5e-324"),
            ("0.30000000000000004e0", "0.30000000000000004"),
            ("''", ""), ("'it''s'", "it's"), ("'\"'", "\""), ("'--'", "--"), ("'/*'", "/*"),
            ("'a\nb'", "a\nb"), ("E'a\\tb'", "a\tb"), ("$$it's$$", "it's"),
            ("'a' || 'b' || ''", "ab"),
            ("NULL", "–"), ("TRUE", "true"), ("NOT TRUE OR FALSE", "false"), ("1 = 1.0", "true"),
            ("DATE '2024-02-29'", "2024-02-29"), ("TIME '12:34:56'", "12:34:56"),
            ("TIMESTAMP '2024-02-29 12:34:56'", "2024-02-29T12:34:56"),
            ("TIMESTAMPTZ '2024-02-29 12:00:00+02'", "2024-02-29T10:00:00Z"),
            ("TIMESTAMPTZ '2024-02-29 12:00:00'", "2024-02-29T12:00:00Z"),
            ("1 /* one */ + 1 -- two", "2"), ("1;", "1"),
        ])
    func constants(text: String, value: String) async throws {
        let tree = try await TestEngine.parser().parse(text)
        #expect(tree.columns.isEmpty)
        let engine = try TestEngine.memory(threads: 1)
        let sql = engine.dialect.sql(tree) { _ in "" }
        #expect(try await engine.values("SELECT \(sql)").map(\.description) == [value])
    }

    @Test(
        "what reads columns gives for every row what DuckDB gives",
        arguments: [
            "n + amount * 2", "amount / n", "n / 0", "ratio / 0", "-amount", "n % 2", "n // 2",
            "ratio ^ 2", "amount = 12.5", "n <> 5", "amount >= -0.0001", "n IS DISTINCT FROM 5",
            "n IS NOT DISTINCT FROM NULL", "n BETWEEN 1 AND 5", "n NOT BETWEEN -3 AND 0",
            "amount BETWEEN 0.5 AND 12.50", "n IN (5, 7)", "n NOT IN (5, NULL)",
            "name IN ('it''s', '')", "name LIKE 'Z%'", "name NOT LIKE '%s'", "name ILIKE 'ZÜ%'",
            "name || '!'", "name = ''", "n IS NULL", "name IS NOT NULL", "flag AND n > 0",
            "flag OR n IS NULL", "NOT flag", "flag IS TRUE", "flag IS NOT FALSE",
            "CASE WHEN n > 0 THEN 'plus' WHEN n < 0 THEN 'minus' END",
            "CASE name WHEN '' THEN 0 WHEN 'it''s' THEN 1 ELSE amount END",
            "if(flag, amount, 0.5)", "coalesce(amount, 0.5)", "nullif(n, 5)",
            "greatest(amount, 0.12345)", "least(amount, 1)", "day > DATE '2000-01-01'",
            "day - DATE '2000-01-01'", "extract(month FROM day)", "CAST(moment AS DATE) = day",
            "CAST(n AS VARCHAR)", "n::DOUBLE / 3", "amount::DECIMAL(10,1)", "CAST(flag AS INTEGER)",
            "TRY_CAST(name AS DOUBLE)", "CAST(day AS TIMESTAMP)", "substring(name FROM 2 FOR 2)",
            "trim(BOTH 'x' FROM name)", "\"a b\" + 1", "\"q\"\"t\" || 'x'",
            "\"q\"\"t\" LIKE 'a_b%'",
        ])
    func columns(text: String) async throws {
        let values = try await check(text)
        #expect(values.count == 4)
        #expect(Set(values).count > 1 || values == [.missing, .missing, .missing, .missing])
    }

    @Test(
        "figures",
        arguments: [
            ("count(*)", "4"), ("count(n)", "3"), ("count(DISTINCT n)", "2"), ("sum(n)", "7"),
            ("sum(DISTINCT n)", "2"), ("sum(amount) FILTER (WHERE flag)", "10000012.4999"),
            ("sum(amount) FILTER (WHERE name LIKE 'Z%') / count(*)", "-2.5e-05"),
            ("avg(n)", "2.3333333333333335"), ("min(day)", "1969-12-31"), ("max(name)", "it's"),
            ("median(n)", "5.0"), ("quantile_cont(n, 0.25)", "1.0"), ("bool_and(flag)", "false"),
            ("bool_or(flag)", "true"), ("SUM(n) / 0", "–"),
            ("coalesce(sum(n) FILTER (WHERE FALSE), 0)", "0"),
        ])
    func aggregates(text: String, value: String) async throws {
        #expect(try await check(text).map(\.description) == [value])
    }

    @Test("casts to narrower numbers are casts to the widths that Aurora knows")
    func widths() async throws {
        let parser = try await TestEngine.parser()
        for name in ["TINYINT", "SMALLINT", "INTEGER", "INT4", "BIGINT"] {
            let tree = try await parser.parse("CAST(n AS \(name))")
            #expect(tree == .cast(.column(.init(name: "n", offset: 5)), .integer, orMissing: false))
        }
        let tree = try await parser.parse("n::FLOAT")
        #expect(tree == .cast(.column(.init(name: "n", offset: 0)), .double, orMissing: false))
    }

    @Test("an exact sum of doubles is what adding them up gives, in any order")
    func exactSums() async throws {
        let engine = try await ExpressionTable.engine()
        let tree = try await TestEngine.parser().parse("sum(ratio) FILTER (WHERE id < 3) + avg(n)")
        let exact = try await ExactSums.rewrite(tree) { argument throws(AuroraError) in
            let sql = engine.dialect.sql(argument) { engine.dialect.quoted($0) }
            return try await engine.schema(of: "SELECT \(sql) FROM t").fields[0].type
        }
        let sql = engine.dialect.sql(exact) { engine.dialect.quoted($0) }
        #expect(sql.contains("CAST(\"ratio\" AS DECIMAL(38,15))") && sql.contains("avg(\"n\")"))
        #expect(try await engine.values("SELECT \(sql) FROM t") == [.double(3 + 7.0 / 3)])
    }
}
