import Columns
import Engine
import Testing

@Suite("SQL text")
struct DialectTests {
    private let dialect = PlainDialect()

    @Test(
        "quotes in names and texts are doubled",
        arguments: [
            ("", "\"\"", "''"), ("age", "\"age\"", "'age'"), ("a b", "\"a b\"", "'a b'"),
            ("a\"b", "\"a\"\"b\"", "'a\"b'"), ("a'b", "\"a'b\"", "'a''b'"),
            ("''", "\"''\"", "''''''"), ("\"", "\"\"\"\"", "'\"'"),
            ("\\", "\"\\\"", "'\\'"), ("a\nb", "\"a\nb\"", "'a\nb'"),
        ])
    func quotes(text: String, name: String, literal: String) {
        #expect(dialect.quoted(text) == name)
        #expect(dialect.literal(text) == literal)
    }

    @Test(
        "a quote that a combining mark follows is a quote",
        arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{20E3}", "\u{1F3FD}"])
    func combiningMarks(mark: String) {
        // Swift sees quote and mark as one Character; an engine sees two.
        let name = dialect.quoted("a\"\(mark) OR 1")
        #expect(Array(name.utf8) == Array("\"a\"\"\(mark) OR 1\"".utf8))
        let literal = dialect.literal("a'\(mark) OR 1")
        #expect(Array(literal.utf8) == Array("'a''\(mark) OR 1'".utf8))
    }

    @Test("a NUL, which no statement can hold, is put in by its number")
    func nul() {
        #expect(dialect.literal("a\0'b") == "('a' || chr(0) || '''b')")
        #expect(dialect.literal("\0") == "('' || chr(0) || '')")
    }

    @Test(
        "a literal states its type where its digits don't",
        arguments: [
            (.missing, "NULL"), (.boolean(true), "TRUE"), (.integer(-5), "-5"),
            (.text("it's"), "'it''s'"), (.double(0.1), "CAST('0.1' AS DOUBLE)"),
            (.double(.infinity), "CAST('inf' AS DOUBLE)"),
            (.date(days: 0), "CAST('1970-01-01' AS DATE)"),
            (.time(microseconds: 1), "CAST('00:00:00.000001' AS TIME)"),
            (
                .timestamp(microseconds: 0, zoned: true),
                "CAST('1970-01-01T00:00:00Z' AS TIMESTAMP WITH TIME ZONE)"
            ),
        ] as [(Value, String)])
    func literals(value: Value, sql: String) { #expect(dialect.literal(value) == sql) }

    @Test(
        "a decimal literal is as wide as its digits, so that it narrows nothing beside it",
        arguments: [
            (5, 1, "CAST('0.5' AS DECIMAL(2,1))"), (-12_345, 2, "CAST('-123.45' AS DECIMAL(5,2))"),
            (5, 3, "CAST('0.005' AS DECIMAL(4,3))"), (0, 2, "CAST('0.00' AS DECIMAL(3,2))"),
            (1, 38, "CAST('0.00000000000000000000000000000000000001' AS DECIMAL(38,38))"),
        ] as [(Int128, Int, String)])
    func decimals(unscaled: Int128, scale: Int, sql: String) {
        let value = Value.decimal(FixedDecimal(unscaled: unscaled, scale: scale))
        #expect(dialect.literal(value) == sql)
    }

    @Test(
        "every kind of expression has its SQL",
        arguments: [
            (.column("age"), "<age>"), (.call(function: "f", arguments: [.integer(1)]), "f[1]"),
            (.cast(.column("a"), .text, orMissing: true), "TRY_CAST(<a> AS TEXT)"),
            (.cast(.column("a"), .integer, orMissing: false), "CAST(<a> AS INTEGER)"),
            (
                .choice(
                    branches: [.init(when: .column("a"), then: .integer(1))], otherwise: .integer(2)
                ),
                "CASE WHEN <a> THEN 1 ELSE 2 END"
            ),
            (.comparison(.distinct, .integer(1), .integer(2)), "(1 IS DISTINCT FROM 2)"),
            (
                .between(.column("a"), lower: .integer(1), upper: .integer(2)),
                "(<a> BETWEEN 1 AND 2)"
            ),
            (
                .isIn(.column("a"), options: [.integer(1), .integer(2)], negated: true),
                "(<a> NOT IN (1, 2))"
            ),
            (.all([.column("a"), .any([.column("b"), .column("c")])]), "(<a> AND (<b> OR <c>))"),
            (.not(.column("a")), "(NOT <a>)"),
            (.isMissing(.column("a"), negated: true), "(<a> IS NOT NULL)"),
            (.aggregate("count"), "count(*)"), (.aggregate("sum", .column("a")), "sum(<a>)"),
            (
                .aggregate(
                    .init(
                        function: "count", arguments: [.column("a")], distinct: true,
                        filter: .column("b"))),
                "count(DISTINCT <a>) FILTER (WHERE <b>)"
            ),
        ] as [(CheckedExpression, String)])
    func expressions(expression: CheckedExpression, sql: String) {
        #expect(dialect.sql(expression) { "<\($0)>" } == sql)
    }
}
