import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps behind each other")
struct StepChainTests {
    @Test("each step reads what the one before it made, under whatever name")
    func chain() async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,1,10\n2,2,20\n3,,30\n",
            steps: [
                "derive: {column: c, as: a + b}",
                "derive: {column: a, as: a * 2}",
                "derive: {column: d, as: a + c}",
                "rename: {a: b2, b: a}",
                "derive: {column: e, as: a + b2}",
            ])
        let record = try await project.publish()
        let rows = try await project.sql("SELECT id, b2, a, c, d, e FROM m ORDER BY id")
        // a 1 2 –, b 10 20 30; c = a + b; a doubled; d = a + c; b2 is a and a is b; e = a + b2.
        #expect(rows == ["1 2 10 11 13 12", "2 4 20 22 26 24", "3 – 30 – – –"])
        #expect(record.step(1).cellsChanged == ["a": 2])
        #expect(record.step(4).columnsAdded == ["e"])
    }

    @Test("a column that was dropped may come back as another one")
    func dropped() async throws {
        let project = try TestProject(
            csv: "id,a,b\n1,1,10\n2,2,20\n",
            steps: [
                "select: {drop: [a]}",
                "derive: {column: a, as: b + 1}",
                "derive: {column: c, as: a + 1}",
            ])
        try await project.publish()
        let rows = try await project.sql("SELECT id, a, b, c FROM m ORDER BY id")
        #expect(rows == ["1 11 10 12", "2 21 20 22"])
    }

    @Test("what follows a filter sees the rows that stayed")
    func filtered() async throws {
        let project = try TestProject(
            csv: "id,a\n1,1\n2,2\n3,3\n",
            steps: [
                "derive: {column: b, as: a + 1}",
                "filter: {keep: b > 2}",
                "derive: {column: c, as: b * 10}",
            ])
        let record = try await project.publish()
        let rows = try await project.sql("SELECT id, b, c FROM m ORDER BY id")
        #expect(rows == ["2 3 30", "3 4 40"])
        #expect(record.models[0].steps.map(\.rowsOut) == [3, 2, 2])
    }
}
