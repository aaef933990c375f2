import Columns
import Foundation
import Pipeline
import Reporting
import Runs
import TestProjects
import Testing

@Suite("PostgreSQL sources", .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.reason))
struct PostgreSQLTests {
    private static let model = "type: model/v1\nfrom: data\nkey: id\n"

    private func project(
        _ server: PostgreSQLServer, table: String, _ more: String = ""
    ) throws -> TestProject {
        try TestProject([
            "sources/data.yaml": server.source(table, more), "models/m.yaml": Self.model,
        ])
    }

    @Test("the same rows from CSV and from PostgreSQL are the same table, value for value")
    func sameAsCSV() async throws {
        let server = try await PostgreSQLServer.shared.value
        let names = [
            "O'Neil", "Grønn, \"Å\"", "日本 太郎", "=1+1", "'; DROP TABLE m; --", "two\nlines",
        ]
        let rows = (1...3000).map { id -> [String?] in
            let isThere = id % 7 != 0
            return [
                "\(id * 7919 % 30011)", isThere ? names[id % names.count] : nil,
                isThere ? "\(id % 2 == 0 ? "-" : "")\(id * 37 % 100_000).\(10 + id % 90)" : nil,
                "\(1900 + id % 124)-0\(1 + id % 9)-\(10 + id % 18)",
                isThere ? "2024-01-0\(1 + id % 9) 0\(id % 10):15:30.25" : nil,
                id % 3 == 0 ? "true" : "false", "0.\(id % 1000 + 1)", "\(id * 1_000_003)",
            ]
        }
        func quoted(_ value: String?) -> String {
            value.map { "\"\($0.replacing("\"", with: "\"\""))\"" } ?? ""
        }
        let header = "id,name,amount,born,seen,active,rate,account"
        let csv =
            ([header] + rows.map { $0.map(quoted).joined(separator: ",") })
            .joined(separator: "\n") + "\n"
        let values = rows.map { row in
            "("
                + row.map { $0.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL" }
                .joined(separator: ",") + ")"
        }
        try server.sql(
            """
            CREATE TABLE same (id bigint PRIMARY KEY, name text, amount numeric(18,2), born date,
                seen timestamp, active boolean, rate double precision, account numeric);
            INSERT INTO same VALUES \(values.joined(separator: ","));
            """)
        let project = try TestProject([
            "data.csv": csv,
            "sources/file.yaml":
                "type: source/v1\ncsv: {file: data.csv}\ncolumns: {rate: double}\n",
            "sources/server.yaml": server.source("same"),
            "models/a.yaml": "type: model/v1\nfrom: file\nkey: id\n",
            "models/b.yaml": "type: model/v1\nfrom: server\nkey: id\n",
        ])
        let record = try await project.publish()
        #expect(record.outputs["tables/a"] != nil)
        #expect(record.outputs["tables/a"] == record.outputs["tables/b"])
        #expect(record.inputs.map(\.rows) == [3000, 3000])
        #expect(
            try await project.sql("SELECT CAST(sum(amount) AS VARCHAR) FROM a")
                == project.sql("SELECT CAST(sum(amount) AS VARCHAR) FROM b"))
        // A difference of one cent would show.
        try server.sql("UPDATE same SET amount = amount + 0.01 WHERE id = 7919")
        let changed = try await project.publish()
        #expect(changed.outputs["tables/a"] != changed.outputs["tables/b"])
    }

    @Test("types are the table's, and what has no counterpart is text that loses nothing")
    func types() async throws {
        let server = try await PostgreSQLServer.shared.value
        try server.sql(
            #"""
            CREATE TYPE mood AS ENUM ('fine', 'bad');
            CREATE DOMAIN cents AS numeric(12,2);
            CREATE TABLE types (id smallint PRIMARY KEY, exact numeric(38,2), free numeric,
                wide numeric(45,3), cash money, dom cents, r real, f double precision, b boolean,
                v varchar(9), c char(3), d date, t time, ts timestamp(3), tz timestamptz,
                iv interval, u uuid, e mood, a text[], j jsonb, raw bytea, gone date);
            INSERT INTO types VALUES (1, 123456789012345678901234567890123456.78,
                0.1000000000000000000000001, 123456789012345678901234567890123456789012.345,
                '$1,234.56', 5.5, 0.1, 0.1, true, 'é "x"', 'F', '2024-02-29', '23:59:59.5',
                '2024-01-02 03:04:05.678', '2024-01-02 03:04:05+02', '1 year 2 days',
                'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'fine', '{"a,b",NULL}', '{"k": 1.10}',
                '\xdeadbeef', 'infinity');
            """#)
        let project = try project(server, table: "types")
        let input = try await project.publish().inputs[0]
        let types = Dictionary(uniqueKeysWithValues: input.columns.map { ($0.name, $0.type) })
        #expect(types["exact"] == "decimal(38,2)")
        #expect(types["dom"] == "decimal(12,2)")
        #expect(types["cash"] == "decimal(18,2)")
        #expect(types["ts"] == "timestamp")
        #expect(types["tz"] == "timestamp with time zone")
        #expect(types["d"] == "date")
        #expect(types["gone"] == "text")
        #expect(types["free"] == "text")
        let columns =
            "exact, free, wide, cash, dom, r, f, b, v, trim(c), d, t, ts, iv, u, e, a, j, raw, gone"
        let rows = try await project.sql("SELECT \(columns) FROM m")
        #expect(
            rows == [
                "123456789012345678901234567890123456.78 0.1000000000000000000000001 "
                    + "123456789012345678901234567890123456789012.345 1234.56 5.50 0.1 0.1 true "
                    + "é \"x\" F 2024-02-29 23:59:59.500000 2024-01-02T03:04:05.678000 1 year 2 days "
                    + "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 fine [\"a,b\",null] {\"k\": 1.10} "
                    + "deadbeef infinity"
            ])
        #expect(
            try await project.sql("SELECT tz = TIMESTAMPTZ '2024-01-02 01:04:05Z' FROM m")
                == ["true"])
        #expect(input.facts.contains { $0.contains("'gone' (date) read as text") })
        #expect(input.facts.contains { $0.contains("'u' (uuid)") })
        #expect(input.facts.contains { $0.hasSuffix("lose digits of them: 'free', 'wide'") })
    }

    @Test("views and tables without a key are read in the order of all columns")
    func order() async throws {
        let server = try await PostgreSQLServer.shared.value
        try server.sql(
            #"""
            CREATE SCHEMA "Bank 1";
            CREATE TABLE "Bank 1"."The ""Table""" (id int, x text);
            INSERT INTO "Bank 1"."The ""Table""" SELECT i, 'x' FROM generate_series(10, 1, -1) i;
            CREATE VIEW "Bank 1".v AS SELECT * FROM "Bank 1"."The ""Table""";
            """#)
        for table in ["'The \"Table\"'", "v"] {
            let project = try project(server, table: table, "  schema: Bank 1\n")
            let record = try await project.publish()
            #expect(record.inputs[0].rows == 10)
            #expect(
                record.inputs[0].facts[1]
                    == "in the order of all its columns, having no primary key")
        }
        #expect(server.log.contains("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    }

    @Test("an unknown table, an empty one and a name that can't be one are told")
    func mistakes() async throws {
        let server = try await PostgreSQLServer.shared.value
        try server.sql("CREATE TABLE customers (id int); CREATE SCHEMA empty")
        let unknown = try await project(server, table: "custmers").onlyMistake()
        #expect(unknown.code == "unknown_table")
        #expect(unknown.hint == "did you mean 'customers'?")
        #expect(try await project(server, table: "customers").onlyMistake().code == "no_rows")
        let query = #""x\\' UNION SELECT 1 --""#
        #expect(try await project(server, table: query).onlyMistake().code == "invalid_name")
        let hostile = "'customers\"; DROP TABLE customers; --'"
        #expect(try await project(server, table: hostile).onlyMistake().code == "unknown_table")
    }

    @Test("what the user may not see is refused in the server's words, without values")
    func refused() async throws {
        let server = try await PostgreSQLServer.shared.value
        try server.sql(
            """
            CREATE TABLE guarded (id int PRIMARY KEY, t text); INSERT INTO guarded VALUES (1, 'Smith');
            CREATE VIEW failing AS SELECT id, t::int AS n FROM guarded;
            CREATE ROLE reader LOGIN PASSWORD 'reads only';
            """)
        setenv("AURORA_TEST_READER", "reads only", 1)
        let source = """
            type: source/v1
            postgresql: {host: 127.0.0.1, port: \(server.port), database: postgres, user: reader,
              password_from: AURORA_TEST_READER, table: guarded}

            """
        let denied = try TestProject(["sources/data.yaml": source, "models/m.yaml": Self.model])
        let error = await #expect(throws: AuroraError.self) { try await denied.publish() }
        #expect(error?.code == "database_refused")
        #expect(error?.cause == "permission denied for table guarded")
        let failing = try project(server, table: "failing")
        let other = await #expect(throws: AuroraError.self) { try await failing.publish() }
        #expect(other?.code == "database_refused")
        #expect(other?.cause == "invalid input syntax for type integer: 'Aaaaa'")
    }

    @Test("no file of a run, no message and no database holds the password")
    func secrecy() async throws {
        let server = try await PostgreSQLServer.shared.value
        try server.sql("CREATE TABLE plain (id int PRIMARY KEY); INSERT INTO plain VALUES (1)")
        let escaped = server.password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        setenv(
            "AURORA_TEST_DSN",
            "host=127.0.0.1 port=\(server.port) dbname=postgres user=aurora password='\(escaped)'",
            1)
        setenv("AURORA_TEST_WRONG", "Wr0ng-\(server.password)", 1)
        setenv("AURORA_TEST_GARBLED", "host=127.0.0.1 password=Wr0ng secret words", 1)
        let good = "connection: AURORA_TEST_DSN, table: plain"
        let project = try TestProject([
            "sources/data.yaml": "type: source/v1\npostgresql: {\(good)}\n",
            "models/m.yaml": Self.model,
        ])
        let record = try await project.publish()
        #expect(record.inputs[0].rows == 1)
        let server1 = "host: 127.0.0.1, port: \(server.port), database: postgres, user: nobody_else"
        for bad in [
            "\(server1), password_from: AURORA_TEST_WRONG, table: plain",
            "connection: AURORA_TEST_GARBLED, table: plain",
            "host: 127.0.0.1, port: 1, user: nobody_else, table: plain, "
                + "password_from: AURORA_TEST_WRONG",
        ] {
            try project.write(
                "type: source/v1\npostgresql: {\(bad)}\n", to: "sources/data.yaml")
            let error = await #expect(throws: AuroraError.self) { try await project.publish() }
            #expect(error?.code == "database_unreachable")
            for word in ["Wr0ng", "secret", "words", server.password, "nobody_else"] {
                #expect(error?.description.contains(word) == false)
            }
        }
        #expect(project.state.published?.lastPathComponent == record.id)
        let secrets = [server.password, escaped, "Wr0ng", "secret words"].map { Data($0.utf8) }
        let files = FileManager.default.enumerator(
            at: project.folder, includingPropertiesForKeys: nil)
        var count = 0
        while let url = files?.nextObject() as? URL {
            guard let data = try? Data(contentsOf: url) else { continue }
            count += 1
            #expect(secrets.allSatisfy { data.range(of: $0) == nil }, "\(url.path)")
        }
        #expect(count > 3)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var key: String
        var code: String
    }

    static let refusals = [
        Refusal(
            testDescription: "a password in the project", key: "password: hunter2",
            code: "credential_in_project"),
        Refusal(
            testDescription: "a password in place of a variable's name",
            key: "password_from: hunter2!", code: "credential_in_project"),
        Refusal(
            testDescription: "a connection string in place of a variable's name",
            key: "connection: 'postgres://a:hunter2@h/d'", code: "credential_in_project"),
        Refusal(
            testDescription: "a variable that is not set", key: "password_from: AURORA_hunter2",
            code: "variable_missing"),
        Refusal(
            testDescription: "a password file in the project", key: "passfile: hunter2",
            code: "credential_in_project"),
        Refusal(
            testDescription: "a password file that does not exist",
            key: "passfile: /nonexistent/hunter2", code: "file_missing"),
    ]

    @Test("credentials are never in a project", arguments: refusals)
    func credentials(refusal: Refusal) async throws {
        let project = try TestProject([
            "hunter2": "x",
            "sources/data.yaml": "type: source/v1\npostgresql:\n  table: t\n  \(refusal.key)\n",
            "models/m.yaml": Self.model,
        ])
        let mistake = try await project.onlyMistake()
        #expect(mistake.code == refusal.code, "\(mistake)")
        #expect(mistake.place.line == 4)
        #expect(!mistake.message.contains("hunter2"))
        #expect(mistake.hint?.contains("hunter2") == false)
    }

    @Test("a password file that others may read is refused")
    func openPasswordFile() async throws {
        let elsewhere = try TestProject(["pgpass": "h:1:d:u:p"])
        let path = elsewhere.folder.appending(path: "pgpass").path
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let project = try TestProject([
            "sources/data.yaml": "type: source/v1\npostgresql: {table: t, passfile: \(path)}\n",
            "models/m.yaml": Self.model,
        ])
        #expect(try await project.onlyMistake().code == "passfile_open")
    }

    @Test("a server that dies in the middle of a reading fails the run and leaves the last one")
    func killed() async throws {
        let server = try PostgreSQLServer()
        try server.sql(
            """
            CREATE TABLE large AS SELECT i::bigint AS id, md5(i::text) AS t
            FROM generate_series(1, 1000) i
            """)
        let project = try project(server, table: "large")
        let record = try await project.publish()
        try server.sql(
            """
            INSERT INTO large SELECT i, repeat(md5(i::text), 20)
            FROM generate_series(1001, 400000) i
            """)
        let (pipeline, state) = (try project.pipeline(), project.state)
        let killer = Task {
            while !server.isCopying("large") { try await Task.sleep(for: .milliseconds(5)) }
            server.kill()
        }
        let error = await #expect(throws: AuroraError.self) {
            try await pipeline.publish(in: state) { _ in }
        }
        killer.cancel()
        #expect(error?.code == "database_lost", "\(String(describing: error))")
        #expect(error?.context == ["source 'data'"])
        #expect(state.published?.lastPathComponent == record.id)
        #expect(state.lastFailure()?.code == "database_lost")
        #expect(try await project.reopened().record.inputs[0].rows == 1000)
        let runs = try FileManager.default.contentsOfDirectory(
            atPath: project.folder.appending(path: ".aurora/runs").path)
        #expect(runs == [record.id])
        let again = await #expect(throws: AuroraError.self) { try await project.publish() }
        #expect(again?.code == "database_unreachable")
    }
}

extension PostgreSQLServer {
    /// True once a second reading of the table has begun.
    fileprivate func isCopying(_ table: String) -> Bool {
        log.split(separator: "\n").count {
            $0.contains("COPY (SELECT") && $0.contains("\"\(table)\"")
        } > 1
    }
}
