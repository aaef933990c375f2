import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: join")
struct JoinTests {
    static let cards = "id,client\n1,10\n2,20\n3,20\n4,\n5,99\n"
    static let clients = "client,name,income\n10,Ann,100\n20,Bob,200\n30,Cid,300\n,Dee,400\n"

    static func project(
        _ step: String, cards: String = cards, clients: String = clients
    ) throws -> TestProject {
        try TestProject(tables: ["data": cards, "clients": clients], steps: [step])
    }

    @Test("a left join keeps all rows, and tells orphans on both sides and missing keys")
    func left() async throws {
        let project = try Self.project("join: {with: clients, on: client}")
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY id")
                == ["1 10 Ann 100", "2 20 Bob 200", "3 20 Bob 200", "4 – – –", "5 99 – –"])
        let step = record.step(0)
        #expect(step.rowsIn == 5)
        #expect(step.rowsOut == 5)
        #expect(step.columnsAdded == ["name", "income"])
        #expect(step.summary == "left join with clients on client")
        #expect(
            step.facts == [
                "1 of 5 rows match no row of 'clients'",
                "1 of 4 rows of 'clients' are matched by no row",
                "at most 1 rows of 'clients' match one row, and at most 2 rows match one of theirs",
                "1 rows have no key and match nothing",
                "1 rows of 'clients' have no key and match nothing",
            ])
        #expect(step.lineage["name"] == ["clients.name", "client"])
        #expect(record.notices.isEmpty)
    }

    @Test("an inner join keeps what matches, a full join all of both")
    func kinds() async throws {
        let inner = try Self.project("join: {with: clients, on: client, kind: inner}")
        #expect(try await inner.rows("id, name") == ["1 Ann", "2 Bob", "3 Bob"])
        let full = try TestProject(
            tables: [
                "data": "id,x\n1,a\n2,b\n", "other": "code,y\n2,c\n3,d\n",
            ], steps: ["join: {with: other, on: {id: code}, kind: full}"])
        let record = try await full.publish()
        #expect(try await full.sql("SELECT * FROM m ORDER BY id") == ["1 a –", "2 b c", "3 – d"])
        #expect(record.step(0).lineage["id"] == ["id", "other.code"])
        #expect(record.step(0).rowsOut == 3)
    }

    @Test("columns are brought under the names they are given")
    func bring() async throws {
        let project = try Self.project(
            "join: {with: clients, on: {client: client}, bring: {holder: name}}")
        #expect(
            try await project.rows("*") == ["1 10 Ann", "2 20 Bob", "3 20 Bob", "4 – –", "5 99 –"])
    }

    @Test("rows that would be repeated stop the run, with the counts and a masked example")
    func repeated() async throws {
        let mistake = try await Self.project(
            "join: {with: clients, on: client}",
            clients: "client,name\n10,Ann\n20,Bob\n20,Bea\n20,Ben\n30,Cid\n30,Cod\n"
        ).onlyMistake()
        #expect(mistake.code == "join_repeats")
        #expect(
            mistake.message
                == "1 values of client, like '99', stand in 3 rows of 'clients', so 2 of 5 rows "
                + "would be repeated, up to 3 times")
        #expect(mistake.hint?.contains("expect: many") == true)
    }

    @Test("where many matches are expected, the fan-out is told")
    func fanOut() async throws {
        let project = try TestProject(
            tables: [
                "data": "client\n10\n20\n", "cards": "client,id\n10,1\n20,2\n20,3\n",
            ], steps: ["join: {with: cards, on: client, expect: many}"])
        let record = try await project.publish()
        #expect(record.step(0).rowsIn == 2)
        #expect(record.step(0).rowsOut == 3)
        #expect(record.notices.map(\.code) == ["fan_out"])
        #expect(
            record.notices.first?.message
                == "2 rows became 3, as up to 2 rows of 'cards' match one; what is summed over them "
                + "counts rows twice")
    }

    @Test("where exactly one match is expected, rows without one stop the run")
    func unmatched() async throws {
        let mistake = try await Self.project("join: {with: clients, on: client, expect: one}")
            .onlyMistake()
        #expect(mistake.code == "join_unmatched")
        #expect(
            mistake.message
                == "2 of 5 rows have no match in 'clients', 1 of them because their key is missing")
    }

    @Test("several keys must all be equal; one that is missing matches nothing")
    func severalKeys() async throws {
        let project = try TestProject(
            tables: [
                "data": "id,a,b\n1,1,x\n2,1,\n3,2,x\n", "other": "a,b,c\n1,x,7\n1,,8\n2,y,9\n",
            ], steps: ["join: {with: other, on: [a, b]}"])
        #expect(try await project.rows("id, c") == ["1 7", "2 –", "3 –"])
    }

    @Test(
        "what can't be joined",
        arguments: [
            ("join: {with: clients, on: {client: name}}", "key_type"),
            ("join: {with: clients, on: klient}", "unknown_column"),
            ("join: {with: clients, on: {client: klient}}", "unknown_column"),
            ("join: {with: clients, on: client, bring: {id: name}}", "column_exists"),
            ("join: {with: clients, on: client, bring: {ID: name}}", "column_exists"),
            ("join: {with: clients, on: client, bring: [nam]}", "unknown_column"),
            ("join: {with: clients, on: []}", "nothing_named"),
            ("join: {with: clients, on: [client, client]}", "column_exists"),
            ("join: {with: client, on: client}", "unknown_source"),
        ])
    func mistakes(step: String, code: String) async throws {
        #expect(try await Self.project(step).onlyMistake().code == code)
    }

    @Test("a clash of names says where to give another")
    func clash() async throws {
        let mistake = try await Self.project(
            "join: {with: clients, on: client}", cards: "id,client,name\n1,10,x\n"
        ).onlyMistake()
        #expect(mistake.code == "column_exists")
        #expect(mistake.hint?.contains("bring: {clients_name: name}") == true)
    }

    @Test("tables without rows can be joined")
    func empty() async throws {
        let project = try TestProject(
            tables: ["data": "id,x\n1,2\n", "other": "id,y\n1,3\n"],
            steps: ["filter: {keep: x > 2}", "join: {with: other, on: id}"])
        #expect(try await project.rows("*") == [])
        let nothing = try TestProject([
            "data.csv": "id,x\n1,2\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/none.yaml":
                "type: model/v1\nfrom: data\nkey: id\nsteps: [{filter: {keep: x > 2}}]\n",
            "models/m.yaml":
                "type: model/v1\nfrom: data\nkey: id\nsteps: [{join: {with: none, on: id, bring: {y: x}}}]\n",
        ])
        #expect(try await nothing.rows("*") == ["1 2 –"])
    }

    @Test("the order of bands comes along")
    func levels() async throws {
        let project = try TestProject([
            "data.csv": "id,x\n1,2\n2,20\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/banded.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - bucket: {column: x, into: size, edges: [10], labels: [small, big]}
            """,
            "models/m.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - join: {with: banded, on: id, bring: {class: size}}
            """,
        ])
        let record = try await project.publish()
        #expect(record.levels["m"] == ["class": ["small", "big"]])
    }
}
