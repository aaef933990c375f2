import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: union")
struct UnionTests {
    @Test("columns meet by name; what a table does not have is missing, and told")
    func byName() async throws {
        let project = try TestProject(
            tables: ["data": "id,x\n1,5\n", "more": "y,id\nb,2\n"],
            steps: ["union: {with: more, origin: file}"])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT id, x, y, file FROM m ORDER BY id")
                == ["1 5 – data", "2 – b more"])
        let step = record.step(0)
        #expect(step.rowsIn == 1)
        #expect(step.rowsOut == 2)
        #expect(step.columnsAdded == ["y", "file"])
        #expect(
            step.facts == ["'data' has no y", "'more' has no x", "1 rows of 'more' were added"])
        #expect(step.lineage["id"] == ["id", "more.id"])
        #expect(step.lineage["y"] == ["more.y"])
    }

    @Test("types widen without a digit lost, and it is told")
    func widening() async throws {
        let project = try TestProject(
            tables: ["data": "id,x\n1,5\n", "a": "id,x\n2,6.25\n", "b": "id,x\n3,\n"],
            types: ["b": ["x: decimal(10,4)"]], steps: ["union: {with: [a, b]}"])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT x, typeof(x) FROM m ORDER BY id").first
                == "5.0000 DECIMAL(23,4)")
        #expect(record.step(0).facts.first?.hasPrefix("x became decimal(21,2)") == true)
    }

    @Test(
        "types of two sides",
        arguments: [
            ("integer", "integer", "BIGINT"), ("integer", "decimal(10,2)", "DECIMAL(21,2)"),
            ("decimal(10,2)", "integer", "DECIMAL(21,2)"),
            ("decimal(10,4)", "decimal(18,2)", "DECIMAL(20,4)"),
            ("decimal(38,2)", "decimal(38,9)", "DOUBLE"), ("double", "integer", "DOUBLE"),
            ("date", "timestamp", "TIMESTAMP"), ("text", "text", "VARCHAR"),
            ("text", "integer", nil), ("boolean", "integer", nil), ("date", "text", nil),
        ] as [(String, String, String?)])
    func types(one: String, other: String, wider: String?) async throws {
        let project = try TestProject(
            tables: ["data": "id,x\n1,\n", "more": "id,x\n2,\n"],
            types: ["data": ["x: \(one)"], "more": ["x: \(other)"]], steps: ["union: {with: more}"])
        if let wider {
            #expect(try await project.rows("typeof(x)") == [wider, wider])
        } else {
            let mistake = try await project.onlyMistake()
            #expect(mistake.code == "union_type")
            #expect(mistake.message == "'x' is \(one) in 'data', but \(other) in 'more'")
        }
    }

    @Test("names that differ only in case, and an origin that is there already")
    func clashes() async throws {
        let mistake = try await TestProject(
            tables: ["data": "id,x\n1,5\n", "more": "id,X\n2,5\n"], steps: ["union: {with: more}"]
        ).onlyMistake()
        #expect(mistake.code == "column_exists")
        let origin = try await TestProject(
            tables: ["data": "id,x\n1,5\n", "more": "id,x\n2,5\n"],
            steps: ["union: {with: more, origin: X}"]
        ).onlyMistake()
        #expect(origin.code == "column_exists")
    }
}
