import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: rename and cast")
struct RenameAndCastTests {
    @Test("names change, order and values stay")
    func rename() async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,x,y\n", steps: ["rename: {a: first, b: B}"])
        let record = try await project.publish()
        #expect(try await project.sql("SELECT id, first, \"B\" FROM m") == ["1 x y"])
        #expect(record.step(0).cellsChanged.isEmpty)
        #expect(record.step(0).columnsAdded.isEmpty)
        #expect(record.step(0).summary == "renamed a to first, b to B")
    }

    @Test("two columns may swap their names, and three may rotate them")
    func swap() async throws {
        let project = try TestProject(
            csv: "id,a,b,c,d,e\n1,a,b,c,d,e\n",
            steps: ["rename: {a: b, b: a}", "rename: {c: d, d: e, e: c}"])
        try await project.publish()
        #expect(try await project.sql("SELECT a, b, c, d, e FROM m") == ["b a e c d"])
        #expect(try await project.sql("SELECT * FROM m") == ["1 a b c d e"])
    }

    @Test("a name that is taken is refused", arguments: ["{a: b}", "{a: B}", "{a: c, b: C}"])
    func taken(names: String) async throws {
        let mistakes = try await TestProject(
            csv: "id,a,b\n1,x,y\n", steps: ["rename: \(names)"]
        ).mistakes()
        #expect(mistakes.map(\.code) == ["column_exists"])
    }

    @Test("a column that isn't there")
    func unknown() async throws {
        let mistake = try await TestProject(
            csv: "id,balance\n1,2\n", steps: ["rename: {balanse: x}"]
        ).onlyMistake()
        #expect(mistake.code == "unknown_column")
        #expect(mistake.place.description == "models/m.yaml:5:14")
        #expect(mistake.hint == "did you mean 'balance'?")
    }

    @Test("values take another type without a change that isn't counted")
    func cast() async throws {
        let project = try TestProject(
            csv: "id,whole,code,day,at\n1,5,007,2024-01-02,2024-01-02 10:30\n2,,,,\n",
            steps: ["cast: {whole: text, code: integer, day: timestamp, at: date}"])
        let step = try await project.publish().step(0)
        let rows = try await project.sql("SELECT * FROM m ORDER BY id")
        #expect(rows == ["1 5 7 2024-01-02T00:00:00 2024-01-02", "2 – – – –"])
        #expect(step.cellsChanged == ["at": 1])
    }

    @Test("values that are rounded are counted")
    func rounded() async throws {
        let project = try TestProject(
            csv: "id,x\n1,1.25\n2,3.00\n3,\n", steps: ["cast: {x: integer}"])
        let step = try await project.publish().step(0)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == ["1", "3", "–"])
        #expect(step.cellsChanged == ["x": 1])
        #expect(step.facts == ["x was decimal(18,2) and is integer now"])
    }

    @Test("lost decimals and times of day are told")
    func losses() async throws {
        let project = try TestProject(
            csv: "id,x,at\n1,1.5,2024-01-02 10:30:00\n2,-2.5,2024-01-02 00:00:00\n3,4.0,\n",
            steps: ["cast: {x: integer, at: date}"])
        let record = try await project.publish()
        #expect(try await project.rows() == ["1 2 2024-01-02", "2 -3 2024-01-02", "3 4 –"])
        #expect(
            record.notices.map(\.message) == [
                "2 values of x were rounded", "1 values of at lost their time of day",
            ])
        #expect(record.notices.map(\.code) == ["values_rounded", "time_cut"])
    }

    @Test("a text with more decimals than its new type is not rounded but told")
    func roundedText() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,a\n2,1.5\n",
            steps: ["derive: {column: x, as: \"nullif(x, 'a')\"}", "cast: {x: integer}"]
        ).onlyMistake()
        #expect(mistake.code == "wrong_value")
        #expect(mistake.message == "1 values of 'x', like '9.9', are not of type integer")
    }

    @Test("values that don't fit are told by their number and shape")
    func unfit() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,5\n2,n/a\n3,Mr. 7\n4,\n", steps: ["cast: {x: integer}"]
        ).onlyMistake()
        #expect(mistake.code == "wrong_value")
        #expect(mistake.place.description == "models/m.yaml:5:12")
        #expect(
            mistake.message == "2 values of 'x', like 'Aa. 9', are not of type integer")
    }

    @Test("what is no type")
    func unknownType() async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,5\n", steps: ["cast: {x: number}"]
        ).onlyMistake()
        #expect(mistake.code == "unknown_type")
        #expect(mistake.place.description == "models/m.yaml:5:15")
    }
}
