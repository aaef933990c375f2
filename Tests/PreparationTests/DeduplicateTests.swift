import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: deduplicate")
struct DeduplicateTests {
    static let rows = """
        id,name,day,town
        1,Ann,2024-01-01,X
        1,Ann,2024-03-01,
        1,Eve,2024-02-01,Y
        2,Bob,2024-01-01,X
        2,Bob,2024-01-01,X
        3,Cid,,Z

        """

    static func project(_ step: String, _ csv: String = rows) throws -> TestProject {
        try TestProject(tables: ["data": csv], steps: [step])
    }

    @Test(
        "which copy is kept",
        arguments: [
            ("first, order_by: [day]", "1 Ann 2024-01-01 X"),
            ("last, order_by: [day]", "1 Ann 2024-03-01 –"),
            ("first, order_by: [{column: day, descending: true}]", "1 Ann 2024-03-01 –"),
            ("last, order_by: [{column: day, descending: true}]", "1 Ann 2024-01-01 X"),
            ("most_complete, order_by: [{column: day, descending: true}]", "1 Eve 2024-02-01 Y"),
            ("most_complete", "1 Ann 2024-01-01 X"),
        ])
    func kept(keep: String, first: String) async throws {
        let project = try Self.project("deduplicate: {by: id, keep: \(keep)}")
        let rows = try await project.rows("*")
        #expect(rows == [first, "2 Bob 2024-01-01 X", "3 Cid – Z"])
    }

    @Test("the step tells how many were removed, and where copies are not the same")
    func account() async throws {
        let record = try await Self.project("deduplicate: {by: id, keep: first, order_by: [day]}")
            .publish()
        let step = record.step(0)
        #expect(step.rowsIn == 6)
        #expect(step.rowsOut == 3)
        #expect(step.facts == ["2 values of id stand in 5 rows; 3 rows were removed"])
        #expect(record.notices.map(\.code) == ["copies_differ"])
        #expect(
            record.notices.first?.message
                == "1 values of id are shared by 3 rows that differ in name (1), day (1), town (1)")
    }

    @Test("copies of whole rows are the same, so nothing is to be chosen")
    func whole() async throws {
        let project = try Self.project(
            "deduplicate: {keep: most_complete}", "id,x\n1,5\n1,5\n2,\n2,\n3,7\n")
        let record = try await project.publish()
        #expect(try await project.sql("SELECT * FROM m ORDER BY id") == ["1 5", "2 –", "3 7"])
        #expect(
            record.step(0).facts == [
                "2 rows stand there several times, 4 in all; 2 rows were removed"
            ])
        #expect(record.notices.isEmpty)
    }

    @Test("a missing value is the copy of nothing")
    func missing() async throws {
        let project = try Self.project(
            "deduplicate: {by: name, keep: first, order_by: [id]}",
            "id,name\n1,Ann\n2,\n3,\n4,Ann\n")
        let record = try await project.publish()
        #expect(try await project.sql("SELECT id FROM m ORDER BY id") == ["1", "2", "3"])
        #expect(
            record.step(0).facts == [
                "1 values of name stand in 2 rows; 1 rows were removed",
                "2 rows have no name; they are copies of nothing",
            ])
    }

    @Test("ties in the order are settled by all columns, and told")
    func ties() async throws {
        let csv = "id,day,x\n1,5,b\n1,5,a\n1,6,c\n2,5,q\n2,5,q\n"
        let project = try Self.project(
            "deduplicate: {by: id, keep: first, order_by: [day]}", csv)
        let record = try await project.publish()
        #expect(try await project.sql("SELECT * FROM m ORDER BY id") == ["1 5 a", "2 5 q"])
        #expect(
            record.step(0).facts.last
                == "for 1 of them the order left several rows to choose from; the smallest by all "
                + "columns was kept")
    }

    @Test("copies may only be told, and rows without copies are told, too")
    func all() async throws {
        let project = try TestProject(
            tables: ["data": "n,id,x\n1,7,a\n2,7,b\n"],
            steps: ["deduplicate: {by: id, keep: all}", "deduplicate: {by: n, keep: all}"], key: "n"
        )
        let record = try await project.publish()
        #expect(record.step(0).rowsOut == 2)
        #expect(record.step(0).facts == ["1 values of id stand in 2 rows"])
        #expect(record.notices.map(\.code) == ["copies_differ"])
        #expect(record.step(1).facts == ["no row is a copy of another"])
    }

    @Test("an order must be stated for the first and the last")
    func order() async throws {
        for keep in ["first", "last"] {
            let mistake = try await Self.project("deduplicate: {by: id, keep: \(keep)}")
                .onlyMistake()
            #expect(mistake.code == "missing_key")
        }
        let mistake = try await Self.project(
            "deduplicate: {by: id, keep: first, order_by: [dai]}"
        ).onlyMistake()
        #expect(mistake.code == "unknown_column")
    }

    @Test("no rows and one row")
    func small() async throws {
        let step = "deduplicate: {by: id, keep: first, order_by: [x]}"
        let one = try Self.project(step, "id,x\n1,5\n")
        #expect(try await one.rows("*") == ["1 5"])
        let none = try TestProject(
            tables: ["data": "id,x\n1,5\n"], steps: ["filter: {keep: x > 5}", step])
        #expect(try await none.rows("*") == [])
    }

    static let customers = SharedFile("banking/Banking.csv")

    @Test(
        "59 client IDs of the bank's file belong to more than one person",
        .enabled(if: customers.isThere, "../shared/data/banking/Banking.csv is not here"))
    func banking() async throws {
        let project = try TestProject([
            "data.csv": try Self.customers.text(),
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": """
            type: model/v1
            from: data
            key: Client ID
            steps:
              - deduplicate: {by: Client ID, keep: most_complete}
            """,
        ])
        let record = try await project.publish()
        let notice = try #require(record.notices.first { $0.code == "copies_differ" })
        #expect(
            notice.message.hasPrefix(
                "59 values of Client ID are shared by 119 rows that differ in Name"))
        #expect(record.step(0).rowsIn == 3000)
        #expect(record.step(0).rowsOut == 2940)
        #expect(
            record.step(0).facts.first
                == "59 values of Client ID stand in 119 rows; 60 rows were removed")
    }
}
