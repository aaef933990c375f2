import Columns
import Engine
import Foundation
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Rows that are set aside")
struct QuarantineTests {
    @Test("values that can't be read set their row aside, as it stood in the file")
    func misfits() async throws {
        let project = try TestProject(
            csv: "id,born,x\n1,1970-01-02,5\n2,soon,7.50\n3,,x\n4,late,0007\n",
            types: [
                "born: {type: date, misfits: quarantine}",
                "x: {type: 'decimal(18,2)', misfits: quarantine}",
            ])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM \"data:quarantine\" ORDER BY 1") == [
                "2 born is date born can't be read as date 2 soon 7.50 –",
                "3 x is decimal(18,2) x can't be read as decimal(18,2) 3 – x –",
                "4 born is date born can't be read as date 4 late 0007 –",
            ])
        #expect(record.inputs[0].rows == 1 && record.inputs[0].quarantined == 3)
        #expect(try await project.sql("SELECT * FROM m") == ["1 1970-01-02 5.00"])
    }

    @Test("a column beyond the first marks of misfits sets its row aside")
    func manyColumns() async throws {
        let names = (0..<70).map { "c\($0)" }
        let csv =
            "id," + names.joined(separator: ",") + "\n1,"
            + names.map { _ in "1" }
            .joined(separator: ",") + "\n2,"
            + names.indices.map { $0 == 31 || $0 == 69 ? "x" : "2" }.joined(separator: ",") + "\n"
        let project = try TestProject(
            csv: csv, types: names.map { "\($0): {type: integer, misfits: quarantine}" })
        try await project.publish()
        #expect(
            try await project.quarantined() == [
                "2 c31 is integer; c69 is integer "
                    + "c31 can't be read as integer; c69 can't be read as integer"
            ])
    }

    @Test("values that can't be read become missing, counted, with their commonest shapes")
    func missing() async throws {
        let values = ["12", "Ann", "Bob", "x1", "y2", "z3", "a-b", "a b c", "Cid", "7"]
        let project = try TestProject(
            csv: "id,x\n" + values.enumerated().map { "\($0),\($1)\n" }.joined(),
            types: ["x: {type: integer, misfits: missing}"])
        let record = try await project.publish()
        #expect(record.inputs[0].columns[1].missing == 8)
        #expect(record.inputs[0].rows == 10 && record.inputs[0].quarantined == 0)
        #expect(record.notices.map(\.code) == ["misfits_missing"])
        #expect(
            record.notices[0].message
                == "8 values of x are not of type integer and became missing; they look like "
                + "'Aaa' (3), 'a9' (3), 'a a a' (1)")
    }

    @Test("rows are counted as records, not as lines, where quotes hold line ends")
    func lineEnds() async throws {
        let project = try TestProject(
            csv: "id,note,age\n1,\"a\nb\n\",20\n2,\"x\ny\",200\n3,,30\n4,\"\n\n\",400\n",
            rules: ["range: {column: age, max: 120}"])
        try await project.publish()
        #expect(try await project.sql("SELECT \"row\" FROM \"data:quarantine\"") == ["2", "4"])
        #expect(
            try await project.sql("SELECT note FROM \"data:quarantine\" ORDER BY 1")
                == ["\n\n", "x\ny"])
    }

    @Test("columns of the source keep their names, also those that the table has itself")
    func names() async throws {
        let project = try TestProject(
            csv: "id,row,Text,:rule,rule\n1,9,8,7,6\n", rules: ["range: {column: id, max: 0}"])
        try await project.publish()
        #expect(
            try await project.sql(
                "SELECT column_name FROM (DESCRIBE SELECT * FROM \"data:quarantine\")")
                == [":row", "::rule", "reason", "id", "row", "Text", ":rule", "rule", ":text"])
    }

    @Test("rows that several runs set aside have the same hash, on one thread and on two")
    func repeatable() async throws {
        let rows = (1...30_000).map { "\($0),\($0 % 977),\($0 % 13 == 0 ? "x" : "5")\n" }
        let project = try TestProject(
            csv: "id,age,x\n" + rows.joined(),
            types: ["x: {type: integer, misfits: quarantine}"],
            rules: ["range: {column: age, max: 900}", "unique: {columns: [id]}"])
        let one = try await project.publish(threads: 1)
        let two = try await project.publish(threads: 2)
        #expect(one.inputs[0].quarantined > 4000)
        #expect(one.outputs["quarantine/data"] != nil)
        #expect(one.outputs == two.outputs)
    }

    @Test("a run that a rule stops leaves what is published")
    func stopped() async throws {
        let project = try TestProject(
            csv: "id\n1\n2\n", rules: ["range: {column: id, max: 2, on_fail: stop}"])
        let first = try await project.publish()
        try project.write("id\n1\n2\n3\n", to: "data.csv")
        #expect(try await project.onlyMistake().code == "contract_broken")
        #expect(project.state.published?.lastPathComponent == first.id)
        #expect(try await project.sql("SELECT count(*) FROM m") == ["2"])
    }

    @Test("a measure can't read what is set aside")
    func unreachable() async throws {
        let project = try TestProject(
            csv: "id\n1\n200\n", rules: ["range: {column: id, max: 120}"],
            others: [
                "measures/m.yaml":
                    "type: measures/v1\nof: m\nmeasures:\n"
                    + "  a: {expression: '(SELECT count(*) FROM \"data:quarantine\")'}\n"
            ])
        #expect(try await project.mistakes().map(\.code).contains("expression_refused"))
    }

    // MARK: Who sees it

    private func privateProject() throws -> TestProject {
        try TestProject(
            csv: "id,name,pin\n1,Ann,77\n200,Wilhelmina 5,1234\n",
            rules: ["range: {column: id, max: 120}"],
            settings: "privacy:\n  hidden: [m.secret]\n",
            others: [
                "models/m.yaml":
                    "type: model/v1\nfrom: data\nkey: id\nsteps:\n  - rename: {pin: secret}\n"
            ])
    }

    @Test("whoever may not see customers gets shapes, and nobody gets hidden columns")
    func masked() async throws {
        let run = try await privateProject().run()
        let full = try await run.quarantine(of: "data", for: .local)
        #expect(full.columns == ["row", "rule", "reason", "id", "name"])
        #expect(
            full.rows == [
                [
                    .integer(2), .text("id is at most 120"), .text("id is above 120"),
                    .text("200"), .text("Wilhelmina 5"),
                ]
            ])
        let reader = Reader(name: "guest", rights: [.aggregates])
        let masked = try await run.quarantine(of: "data", for: reader)
        #expect(masked.rows[0].suffix(2) == [.text("999"), .text("Aaaaaaaaaa 9")])
        #expect(!masked.json.text().contains("Wilhelmina"))
        let nobody = Reader(name: "nobody", rights: [])
        let error = await #expect(throws: AuroraError.self) {
            try await run.quarantine(of: "data", for: nobody)
        }
        #expect(error?.code == "not_permitted")
    }

    @Test("what is set aside can be exported by whoever may see customers")
    func export() async throws {
        let project = try privateProject()
        let run = try await project.run()
        let file = project.folder.appending(path: "aside.csv")
        let rows = try await run.exportQuarantine(of: "data", to: file, as: .csv, for: .local)
        #expect(rows == 1)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(
            text.split(separator: "\n").map(String.init) == [
                "row,rule,reason,id,name", "2,id is at most 120,id is above 120,200,Wilhelmina 5",
            ])
        let guest = Reader(name: "guest", rights: [.aggregates])
        let error = await #expect(throws: AuroraError.self) {
            try await run.exportQuarantine(of: "data", to: file, as: .csv, for: guest)
        }
        #expect(error?.code == "not_permitted")
    }

    @Test("a source of which nothing is set aside has an empty listing; another one is unknown")
    func nothing() async throws {
        let run = try await TestProject(csv: "id\n1\n").run()
        #expect(try await run.quarantine(of: "data", for: .local).rows.isEmpty)
        let error = await #expect(throws: AuroraError.self) {
            try await run.quarantine(of: "dat", for: .local)
        }
        #expect(error?.hint == "did you mean 'data'?")
    }
}
