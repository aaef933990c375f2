import Columns
import Foundation
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
        #expect(record.step(0).facts == ["3 of 5 rows dropped: x > 5 does not hold"])
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
        let project = try TestProject(
            csv: "id,x\n1,5\n", steps: ["filter: {keep: x > 4}", "filter: {keep: x > 5}"])
        let record = try await project.publish()
        #expect(record.models[0].rows == 0)
        #expect(record.step(0).facts == ["no row dropped: x > 4 holds for all 1"])
        #expect(record.step(1).facts == ["1 of 1 rows dropped: x > 5 does not hold"])
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

    @Test("a flag tells its share, and how much each part of its condition holds for alone")
    func parts() async throws {
        let lines = (1...100).map { "\($0),\($0 % 10)\n" }.joined()
        let project = try TestProject(
            csv: "id,digit\n" + lines,
            steps: [
                "flag: {column: f, when: (id <= 5 OR digit >= 1) AND digit BETWEEN 3 AND 4.5}"
            ])
        let record = try await project.publish()
        #expect(
            record.step(0).facts == [
                "f is true for 20 of 100 rows (20 %)",
                "alone, id <= 5 OR digit >= 1 holds for 90 rows (90 %)",
                "alone, id <= 5 holds for 5 rows (5 %)",
                "alone, digit >= 1 holds for 90 rows (90 %)",
                "alone, digit BETWEEN 3 AND 4.5 holds for 20 rows (20 %)",
            ])
        #expect(record.notices.map(\.code) == ["part_hardly_selects"])
        #expect(
            record.notices[0].message
                == "digit >= 1 holds for 90 of 100 rows (90 %), so what stands beside it behind "
                + "'or' adds little")
    }

    @Test(
        "shares are neither none nor all where they are not",
        arguments: [
            (0, 9, "0 %"), (9, 9, "100 %"), (1, 3000, "under 0.1 %"), (2999, 3000, "over 99.9 %"),
            (5, 1000, "0.5 %"), (9, 1000, "0.9 %"), (10, 1000, "1 %"), (2904, 3906, "74 %"),
            (995, 1000, "99.5 %"), (0, 0, "0 %"),
        ])
    func percent(count: Int, rows: Int, text: String) async throws {
        let lines = (0..<rows).map { "\($0)\n" }.joined()
        let project = try TestProject(
            csv: "id\n" + (rows == 0 ? "1\n" : lines),
            steps: (rows == 0 ? ["filter: {keep: id > 1}"] : [])
                + ["flag: {column: low, when: id < \(count)}"])
        let fact = try await project.publish().models[0].steps.last?.facts.first
        #expect(fact == "low is true for \(count) of \(rows) rows (\(text))")
    }

    private static let demography = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data/mass_affluent")

    @Test(
        "the flag that selects 74 % is told, and so is the part of it that 91 % meet",
        .enabled(
            if: FileManager.default.fileExists(
                atPath: demography.appending(path: "KPMG_Customer_Demography.csv").path),
            "the file of reference project 001 is not here"))
    func massAffluent() async throws {
        let project = try TestProject([
            "aurora.yaml": "type: project/v1\nname: Test\ndata: \(Self.demography.path)\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: KPMG_Customer_Demography.csv}\n",
            "models/m.yaml": """
            type: model/v1
            from: data
            key: customer_id
            steps:
              - filter: {keep: deceased_indicator = 'N'}
              - flag:
                  column: affluent
                  when: >-
                    (property_valuation >= 10 OR past_3_years_bike_related_purchases >= 10)
                    AND AGE BETWEEN 30 AND 65
            """,
        ])
        let record = try await project.publish()
        #expect(record.step(0).facts[0].hasPrefix("2 of 3908 rows dropped"))
        #expect(record.step(1).facts[0] == "affluent is true for 2904 of 3906 rows (74 %)")
        #expect(
            record.notices.map(\.code) == ["flag_hardly_selects", "part_hardly_selects"])
        #expect(
            record.notices[1].message.hasPrefix(
                "past_3_years_bike_related_purchases >= 10 holds for 3545 of 3906 rows (91 %)"))
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
