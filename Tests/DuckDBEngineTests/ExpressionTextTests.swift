import Engine
import Testing

@Suite("Expressions in words")
struct ExpressionTextTests {
    @Test(
        "a checked expression reads like what was written",
        arguments: [
            (
                "(a >= 10 or b >= 10) and c between 30 and 65",
                "(a >= 10 OR b >= 10) AND c BETWEEN 30 AND 65"
            ),
            (
                "a = 1 and b <> 'it''s' or not (c > 0.50)",
                "(a = 1 AND b <> 'it''s') OR c <= 0.50"
            ),
            ("a is null and \"b c\" is not null", "a IS NULL AND \"b c\" IS NOT NULL"),
            ("a in (1, -2) and b not in ('x')", "a IN (1, -2) AND b NOT IN ('x')"),
            ("(a + b) * 2 > abs(c)", "((a + b) * 2) > abs(c)"),
            ("a < date '2024-12-31'", "a < DATE '2024-12-31'"),
            (
                "case when a > 1 then 'x' else 'y' end = 'x'",
                "CASE WHEN a > 1 THEN 'x' ELSE 'y' END = 'x'"
            ),
            ("try_cast(a as integer) = 5", "TRY_CAST(a AS integer) = 5"),
            ("sum(a) filter (where b > 1) > count(*)", "sum(a) FILTER (WHERE b > 1) > count(*)"),
        ])
    func text(written: String, text: String) async throws {
        let parsed = try await TestEngine.parser().parse(written)
        #expect(parsed.text == text)
        // What reads alike means the same.
        #expect(try await TestEngine.parser().parse(parsed.text).text == text)
    }
}
