import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: sql")
struct SQLStepTests {
    static let tables = [
        "data": "id,g,x,d\n1,a,5,0.5e0\n2,a,5,1.5e0\n3,b,7,\n4,,1,2.5e0\n",
        "users": "id,name\n1,Ann\n2,Bob\n9,Zoe\n",
        "secret": "id,pin\n1,1234\n",
    ]

    static func project(_ query: String, key: String = "id") throws -> TestProject {
        try TestProject(
            tables: tables,
            steps: ["sql: {uses: users, query: \"\(query.replacing("\"", with: "\\\""))\"}"],
            key: key)
    }

    @Test("one SELECT over the rows before and another table, with its lineage")
    func join() async throws {
        let project = try Self.project(
            "SELECT id, name, x * 2 AS y FROM input LEFT JOIN users USING (id) WHERE x > 1")
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY id") == [
                "1 Ann 10", "2 Bob 10", "3 – 14",
            ])
        let step = record.step(0)
        #expect(step.rowsIn == 4)
        #expect(step.rowsOut == 3)
        #expect(step.columnsAdded == ["name", "y"])
        #expect(step.lineage["y"] == ["id", "x", "users.id", "users.name"])
        #expect(step.summary == "the rows of a query over input, users")
    }

    @Test(
        "queries that are allowed",
        arguments: [
            (
                "SELECT g AS id, sum(x) AS s, avg(x) AS a FROM input WHERE g IS NOT NULL GROUP BY g",
                ["a 10 5.0", "b 7 7.0"]
            ),
            (
                "WITH big AS (SELECT * FROM input WHERE x > 4) SELECT id FROM big -- and nothing else",
                ["1", "2", "3"]
            ),
            ("SELECT id FROM input UNION SELECT id FROM users;", ["1", "2", "3", "4", "9"]),
            (
                "SELECT id FROM input WHERE id IN (SELECT id FROM users) AND EXISTS (SELECT 1 FROM users)",
                ["1", "2"]
            ),
            ("SELECT id, (SELECT count(*) FROM users) AS n FROM input WHERE id = 1", ["1 3"]),
            ("SELECT * EXCLUDE (d, g) FROM input WHERE id = 1", ["1 5"]),
            ("SELECT DISTINCT x AS id FROM input", ["1", "5", "7"]),
            (
                "SELECT i.id, u.name FROM input i JOIN users AS u ON i.id = u.id",
                ["1 Ann", "2 Bob"]
            ),
            ("SELECT v.id FROM (VALUES (7), (8)) AS v(id)", ["7", "8"]),
            (
                "SELECT id, CASE WHEN x > 4 THEN 'ü''s' ELSE '' END AS t FROM input WHERE id IN (1, 4)",
                ["1 ü's", "4 "]
            ),
            (
                "SELECT id, 0.1 + 1e300 * 0 + 170141183460469231731687303715884105727 * 0 AS n "
                    + "FROM input WHERE id = 1", ["1 0.1"]
            ),
            (
                "SELECT id, sum(CAST(d AS DECIMAL(38,15))) OVER () = 4.5 AS b FROM input WHERE id < 3",
                ["1 false", "2 false"]
            ),
            ("SELECT g AS id FROM input GROUP BY ALL HAVING g = 'a'", ["a"]),
            ("SELECT id, rank() OVER (ORDER BY x) AS r FROM input", ["1 2", "2 2", "3 4", "4 1"]),
            (
                "SELECT id, sum(x) OVER (ORDER BY x) AS s FROM input",
                ["1 11", "2 11", "3 18", "4 1"]
            ),
            (
                "SELECT id FROM input QUALIFY row_number() OVER (PARTITION BY g ORDER BY x DESC) = 1",
                ["1", "3", "4"]
            ),
        ])
    func allowed(query: String, rows: [String]) async throws {
        #expect(try await Self.project(query).rows("*") == rows)
    }

    @Test(
        "ties in an order are settled by the rows themselves",
        arguments: [
            (
                "SELECT id, row_number() OVER (ORDER BY x DESC) AS n FROM input",
                ["1 2", "2 3", "3 1", "4 4"]
            ),
            ("SELECT id, lag(id) OVER (ORDER BY x) AS n FROM input", ["1 4", "2 1", "3 2", "4 –"]),
            (
                "SELECT id, sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) AS n FROM input",
                ["1 6", "2 11", "3 18", "4 1"]
            ),
            ("SELECT id FROM input ORDER BY x DESC LIMIT 2", ["1", "3"]),
            ("SELECT id FROM input ORDER BY x DESC LIMIT 1 OFFSET 1", ["1"]),
            (
                "SELECT g AS id, count(*) AS n FROM input GROUP BY g ORDER BY 2 LIMIT 2",
                ["b 1", "– 1"]
            ),
            ("SELECT DISTINCT x AS id FROM input ORDER BY ALL LIMIT 2", ["1", "5"]),
            (
                "SELECT s.id FROM (SELECT DISTINCT id, x FROM input) AS s ORDER BY x LIMIT 2",
                ["1", "4"]
            ),
            (
                "SELECT x AS id, row_number() OVER (ORDER BY count(*)) AS n FROM input GROUP BY x",
                ["1 1", "5 3", "7 2"]
            ),
        ])
    func ties(query: String, rows: [String]) async throws {
        let project = try Self.project(query)
        if rows.contains(where: { $0.hasPrefix("–") }) {
            #expect(try await project.onlyMistake().code == "key_not_unique")
        } else {
            #expect(try await project.rows("*") == rows)
        }
    }

    @Test(
        "queries that are refused",
        arguments: [
            ("SELECT * FROM secret", "query_refused"),
            ("SELECT * FROM sources.secret", "query_refused"),
            ("SELECT * FROM sources.users", "query_refused"),
            ("SELECT * FROM information_schema.tables", "query_refused"),
            ("SELECT * FROM duckdb_settings()", "query_refused"),
            ("SELECT * FROM read_csv('/etc/passwd')", "query_refused"),
            ("SELECT * FROM '/etc/passwd'", "query_refused"),
            ("SELECT * FROM range(5)", "query_refused"),
            ("SELECT * FROM query('SELECT 1')", "query_refused"),
            ("SELECT id FROM input WHERE id IN (SELECT id FROM secret)", "query_refused"),
            ("WITH users AS (SELECT 1 AS id) SELECT * FROM users", "query_refused"),
            (
                "WITH RECURSIVE r AS (SELECT 1 AS id UNION ALL SELECT id FROM r) SELECT * FROM r",
                "query_refused"
            ),
            ("SELECT id, getenv('HOME') AS h FROM input", "unknown_function"),
            ("SELECT id, random() AS h FROM input", "unknown_function"),
            ("SELECT id, now() AS h FROM input", "unknown_function"),
            ("SELECT id, uuid() AS h FROM input", "unknown_function"),
            ("SELECT id, current_date AS h FROM input", "query_refused"),
            ("SELECT id, \"current_user\" AS h FROM input", "query_refused"),
            ("SELECT id, read_text('/etc/passwd') AS h FROM input", "unknown_function"),
            ("SELECT id, nextval('s') AS h FROM input", "unknown_function"),
            ("SELECT g AS id, first(x) AS h FROM input GROUP BY g", "unknown_function"),
            ("SELECT g AS id, string_agg(x, ',') AS h FROM input GROUP BY g", "unknown_function"),
            ("SELECT g AS id, stddev(x) AS h FROM input GROUP BY g", "unknown_function"),
            ("SELECT id, pg_catalog.abs(x) AS h FROM input", "query_refused"),
            ("SELECT id FROM input LIMIT 2", "unordered_limit"),
            ("SELECT DISTINCT x AS id FROM input ORDER BY x LIMIT 2", "unordered_limit"),
            (
                "SELECT id FROM input UNION SELECT id FROM users ORDER BY id LIMIT 2",
                "unordered_limit"
            ),
            ("SELECT id FROM input ORDER BY id LIMIT 10%", "query_refused"),
            ("SELECT id FROM input ORDER BY id LIMIT (SELECT 1)", "query_refused"),
            ("SELECT DISTINCT ON (g) g, id FROM input ORDER BY g, x", "query_refused"),
            ("SELECT id FROM input USING SAMPLE 2", "query_refused"),
            ("SELECT id FROM input TABLESAMPLE 50%", "query_refused"),
            ("SELECT id, row_number() OVER () AS n FROM input", "query_refused"),
            ("SELECT id, sum(x) OVER (ROWS 1 PRECEDING) AS n FROM input", "query_refused"),
            (
                "SELECT s.id FROM (SELECT id, x AS s FROM input) AS s ORDER BY id LIMIT 2",
                "unordered_limit"
            ),
            (
                "SELECT v.id FROM (SELECT id, x FROM input) AS v(id, V) ORDER BY id LIMIT 2",
                "unordered_limit"
            ),
            (
                "SELECT g AS id, row_number() OVER (ORDER BY count(*)) AS n FROM input GROUP BY ALL",
                "query_refused"
            ),
            ("SELECT i.id FROM input i POSITIONAL JOIN users", "query_refused"),
            ("SELECT i.id FROM input i ASOF JOIN users u ON i.id >= u.id", "query_refused"),
            ("SELECT id, x + 1 FROM input", "query_refused"),
            ("SELECT COLUMNS('i.*') FROM input", "query_refused"),
            ("SELECT id, #1 AS n FROM input", "query_refused"),
            ("SELECT id, list_transform([1], lambda y: y) AS n FROM input", "unknown_function"),
            ("SELECT id, $1 AS n FROM input", "query_refused"),
            ("PIVOT input ON g USING sum(x)", "expression_syntax"),
            ("DESCRIBE input", "query_refused"),
            ("DROP TABLE input", "expression_syntax"),
            ("ATTACH 'x.db'", "expression_syntax"),
            ("PRAGMA version", "expression_syntax"),
            ("COPY input TO 'x.csv'", "expression_syntax"),
            ("SELECT 1 AS id; SELECT 2 AS id", "query_refused"),
            ("SELECT 1 AS id) UNION (SELECT pin FROM secret", "expression_syntax"),
            ("SELEC id", "expression_syntax"),
            ("SELECT idd FROM input", "query_failed"),
            ("SELECT id, x + g AS n FROM input", "query_failed"),
            ("SELECT sum(d) AS id FROM input", "inexact_sum"),
            ("SELECT id, avg(d) OVER (PARTITION BY g) AS n FROM input", "inexact_sum"),
            ("SELECT id FROM input WHERE x > (SELECT sum(d * 2) FROM input)", "inexact_sum"),
        ])
    func refused(query: String, code: String) async throws {
        let mistakes = try await Self.project(query).mistakes().map(\.code)
        #expect(mistakes == [code])
    }

    @Test("texts come through the query as they are")
    func texts() async throws {
        let project = try TestProject([
            "data.csv": "id\n1\n", "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - sql:
                  query: |
                    SELECT id, 'ä\u{FEFF}''"\\/🏦' AS t -- a comment; with a semicolon
                    FROM input
            """,
        ])
        #expect(try await project.rows("t") == ["ä\u{FEFF}'\"\\/🏦"])
    }

    @Test("what fails on the way tells no value")
    func redaction() async throws {
        let mistake = try await Self.project("SELECT id, CAST(g AS INTEGER) AS n FROM input")
            .onlyMistake()
        #expect(mistake.code == "query_failed")
        #expect(!mistake.message.contains("'a'"))
        #expect(mistake.message.contains("Conversion Error"))
    }

    @Test("two columns of the same name are told")
    func twice() async throws {
        let project = try Self.project(
            "SELECT i.id, u.id, x FROM input i JOIN users u ON i.id = u.id")
        #expect(try await project.onlyMistake().code == "column_exists")
    }

    @Test("a table called like what the query calls its rows")
    func input() async throws {
        let project = try TestProject(
            tables: ["data": "id\n1\n", "input": "id\n2\n"],
            steps: ["sql: {uses: input, query: SELECT id FROM input}"])
        #expect(try await project.onlyMistake().code == "name_taken")
    }
}
