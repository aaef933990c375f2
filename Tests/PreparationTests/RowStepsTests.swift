import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: filter and flag")
struct RowStepsTests {
    @Test("a filter keeps the rows for which it holds, and counts those where it can't be told")
    func filter() async throws {
        let project = try TestProject(
            csv: "id,x\n1,5\n2,6\n3,\n4,7\n5,\n", steps: ["filter: {keep: x > 5}"])
        let record = try await project.publish()
        #expect(try await project.sql("SELECT * FROM m ORDER BY id") == ["2 6", "4 7"])
        #expect(record.step(0).rowsIn == 5)
        #expect(record.step(0).rowsOut == 2)
        #expect(record.models[0].rows == 2)
        #expect(record.notices.map(\.code) == ["filter_undecided"])
        #expect(
            record.notices.first?.message
                == "for 2 rows it can't be told whether x > 5; they were not kept")
        #expect(record.notices.first?.about == "model 'm', step 1 (filter)")
    }

    @Test("a filter that can always be told has no notice")
    func decided() async throws {
        let project = try TestProject(
            csv: "id,x\n1,5\n2,\n", steps: ["filter: {keep: x IS NOT NULL}"])
        let record = try await project.publish()
        #expect(record.notices.isEmpty)
        #expect(try await project.sql("SELECT id FROM m") == ["1"])
    }

    @Test("the steps account for the rows between them")
    func between() async throws {
        let project = try TestProject(
            csv: "id,x\n1,5\n2,6\n3,7\n",
            steps: ["filter: {keep: x > 5}", "filter: {keep: x > 6}"])
        let steps = try await project.publish().models[0].steps
        #expect(steps.map(\.rowsIn) == [3, 2])
        #expect(steps.map(\.rowsOut) == [2, 1])
    }

    @Test("a filter may leave no row")
    func nothingLeft() async throws {
        let project = try TestProject(csv: "id,x\n1,5\n", steps: ["filter: {keep: x > 5}"])
        #expect(try await project.publish().models[0].rows == 0)
    }

    @Test("a flag is true or false; where its condition can't be told it is false")
    func flag() async throws {
        let project = try TestProject(
            csv: "id,x\n1,5\n2,6\n3,\n", steps: ["flag: {column: high, when: x > 5}"])
        let record = try await project.publish()
        let flags = try await project.sql("SELECT high FROM m ORDER BY id")
        #expect(flags == ["false", "true", "false"])
        #expect(record.step(0).columnsAdded == ["high"])
        #expect(record.notices.isEmpty)
    }

    @Test(
        "a flag that is true for nearly all or nearly no row is told",
        arguments: [(0, true), (1, false), (70, false), (71, true), (100, true)])
    func share(count: Int, isTold: Bool) async throws {
        let lines = (1...100).map { "\($0)\n" }.joined()
        let project = try TestProject(
            csv: "id\n" + lines, steps: ["flag: {column: low, when: id <= \(count)}"])
        let notices = try await project.publish().notices
        #expect(notices.map(\.code) == (isTold ? ["flag_hardly_selects"] : []))
        #expect(
            notices.map(\.message)
                == (isTold
                    ? ["low is true for \(count) of 100 rows, so it hardly selects"] : []))
    }

    @Test("conditions must be true or false", arguments: ["x + 1", "'yes'", "NULL"])
    func notACondition(condition: String) async throws {
        let mistake = try await TestProject(
            csv: "id,x\n1,5\n", steps: ["filter: {keep: \"\(condition)\"}"]
        ).onlyMistake()
        #expect(mistake.code == "not_a_condition")
        #expect(mistake.place.line == 5)
    }
}
