import Columns
import Runs
import TestProjects
import Testing

@Suite("Step: derive")
struct DeriveTests {
    @Test("a new column stands last and changes no cell")
    func new() async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,1.50,2\n2,,3\n", steps: ["derive: {column: total, as: a + b}"])
        let step = try await project.publish().step(0)
        let rows = try await project.sql("SELECT * FROM m ORDER BY id")
        #expect(rows == ["1 1.50 2 3.50", "2 – 3 –"])
        #expect(step.columnsAdded == ["total"])
        #expect(step.cellsChanged.isEmpty)
        #expect(step.summary == "total computed as a + b")
    }

    @Test("an existing column is computed anew, in its place, and changed cells are counted")
    func replaced() async throws {
        let project = try TestProject(
            csv: "id,x,y\n1,1,9\n2,0,9\n3,,9\n", steps: ["derive: {column: x, as: x * 2}"])
        let step = try await project.publish().step(0)
        let rows = try await project.sql("SELECT * FROM m ORDER BY id")
        #expect(rows == ["1 2 9", "2 0 9", "3 – 9"])
        #expect(step.cellsChanged == ["x": 1])
        #expect(step.columnsAdded.isEmpty)
        #expect(step.facts.isEmpty)
    }

    @Test("a column that is computed anew in some rows may get decimals, which is told")
    func widened() async throws {
        let project = try TestProject(
            csv: "id,x\n1,1\n2,2\n", steps: ["derive: {column: x, as: 2.5, where: x > 1}"])
        #expect(try await project.publish().step(0).facts.count == 1)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == ["1.0", "2.5"])
    }

    @Test("'where' picks the rows; where it can't be told, the value stays")
    func condition() async throws {
        let project = try TestProject(
            csv: "id,x,y\n1,1,5\n2,1,\n3,1,7\n",
            steps: ["derive: {column: x, as: y, where: y > 5}"])
        let step = try await project.publish().step(0)
        #expect(try await project.sql("SELECT x FROM m ORDER BY id") == ["1", "1", "7"])
        #expect(step.cellsChanged == ["x": 1])
    }

    @Test("a text that becomes a number: what it read before is what it is now, or changed")
    func textToNumber() async throws {
        let expression = "CAST(replace(amount, '$', '') AS DECIMAL(18,2))"
        let project = try TestProject(
            csv: "id,amount\n1,$5\n2,7.5\n3,\n4,$-77.00\n", types: ["amount: text"],
            steps: ["derive: {column: amount, as: \"\(expression)\"}"])
        let step = try await project.publish().step(0)
        let amounts = try await project.sql("SELECT amount FROM m ORDER BY id")
        #expect(amounts == ["5.00", "7.50", "–", "-77.00"])
        #expect(step.cellsChanged == ["amount": 2])
        #expect(step.facts == ["amount was text and is decimal(18,2) now"])
    }

    @Test("a date that becomes a text counts no cell that reads the same")
    func dateToText() async throws {
        let project = try TestProject(
            csv: "id,day\n1,2024-01-02\n2,\n",
            steps: ["derive: {column: day, as: CAST(day AS VARCHAR)}"])
        #expect(try await project.publish().step(0).cellsChanged.isEmpty)
    }

    @Test("a division by zero is missing, so that no comparison holds for it")
    func zeroDenominator() async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,0,0\n2,1,0\n3,9,10\n",
            steps: [
                "derive: {column: share, as: a / b}",
                "flag: {column: high, when: share > 0.8}",
            ])
        try await project.publish()
        let rows = try await project.sql("SELECT share, high FROM m ORDER BY id")
        #expect(rows == ["– false", "– false", "0.9 true"])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var step: String
        var code: String
    }

    static let refusals = [
        Refusal(
            testDescription: "a name that differs from a column's by case alone",
            step: "{column: X, as: x}", code: "column_exists"),
        Refusal(
            testDescription: "'where' for a column that isn't there",
            step: "{column: y, as: x, where: x > 1}", code: "unknown_column"),
        Refusal(
            testDescription: "an aggregate", step: "{column: y, as: sum(x)}",
            code: "aggregate_in_step"),
        Refusal(
            testDescription: "arithmetic on texts", step: "{column: y, as: name + 1}",
            code: "expression_type"),
        Refusal(
            testDescription: "a value of another type in some rows of a column",
            step: "{column: x, as: name, where: x > 1}", code: "expression_type"),
        Refusal(
            testDescription: "another table", step: "{column: y, as: (SELECT 1)}",
            code: "expression_refused"),
        Refusal(
            testDescription: "today's date", step: "{column: y, as: today()}",
            code: "unknown_function"),
    ]

    @Test("refuses", arguments: refusals)
    func refuses(refusal: Refusal) async throws {
        let mistake = try await TestProject(
            csv: "id,x,name\n1,5,a\n", steps: ["derive: \(refusal.step)"]
        ).onlyMistake()
        #expect(mistake.code == refusal.code, "\(mistake)")
        #expect(mistake.place.line == 5)
    }
}
