import Columns
import Runs
import TestProjects
import Testing

@Suite("Steps: aggregate, pivot, unpivot")
struct AggregateTests {
    static let rows =
        "n,id,month,amount\n1,a,jan,1.10\n2,a,feb,2.20\n3,b,jan,3.30\n4,a,jan,4.40\n"
        + "5,,feb,5.50\n"

    @Test("one row for each group, missing values in one of their own")
    func groups() async throws {
        let project = try TestProject(
            tables: ["data": Self.rows],
            steps: [
                "aggregate: {by: [id], columns: {rows: count(*), total: sum(amount), "
                    + "january: \"sum(amount) FILTER (WHERE month = 'jan')\"}}",
                "filter: {keep: id IS NOT NULL}",
            ])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY id") == [
                "a 3 7.70 5.50", "b 1 3.30 3.30",
            ])
        let step = record.step(0)
        #expect(step.rowsIn == 5)
        #expect(step.rowsOut == 3)
        #expect(step.columnsAdded == ["rows", "total", "january"])
        #expect(step.facts == ["1 rows have no id; they make groups of their own"])
        #expect(step.lineage["january"] == ["amount", "month"])
    }

    @Test("bands keep their order as groups")
    func levels() async throws {
        let record = try await TestProject(
            tables: ["data": "n,x\n1,5\n2,50\n"],
            steps: [
                "bucket: {column: x, into: size, edges: [10], labels: [small, big]}",
                "aggregate: {by: size, columns: {n: count(*)}}",
            ], key: "size"
        ).publish()
        #expect(record.levels["m"] == ["size": ["small", "big"]])
    }

    @Test(
        "what is no aggregate of these rows",
        arguments: [
            ("aggregate: {by: id, columns: {x: amount}}", "not_aggregated"),
            ("aggregate: {by: id, columns: {x: sum(amount) + amount}}", "not_aggregated"),
            ("aggregate: {by: id, columns: {x: '1'}}", "not_aggregated"),
            ("aggregate: {by: id, columns: {x: sum(month)}}", "expression_type"),
            ("aggregate: {by: id, columns: {x: sum(amoun)}}", "unknown_column"),
            ("aggregate: {by: id, columns: {x: first(amount)}}", "unknown_function"),
            ("aggregate: {by: id, columns: {ID: count(*)}}", "column_exists"),
            ("aggregate: {by: id, columns: {x: count(*), X: count(*)}}", "column_exists"),
            ("aggregate: {by: [], columns: {x: count(*)}}", "nothing_named"),
            ("aggregate: {by: [id, id], columns: {x: count(*)}}", "column_exists"),
            ("aggregate: {by: idd, columns: {x: count(*)}}", "unknown_column"),
        ])
    func mistakes(step: String, code: String) async throws {
        let project = try TestProject(tables: ["data": Self.rows], steps: [step])
        #expect(try await project.onlyMistake().code == code)
    }

    @Test("no rows make no groups")
    func empty() async throws {
        let project = try TestProject(
            tables: ["data": Self.rows],
            steps: ["filter: {keep: n > 9}", "aggregate: {by: id, columns: {n: count(*)}}"])
        #expect(try await project.rows("*") == [])
    }

    @Test("found levels become columns in their order, and are fitted values")
    func pivot() async throws {
        let project = try TestProject(
            tables: ["data": Self.rows],
            steps: [
                "filter: {keep: id IS NOT NULL}",
                "pivot: {rows: id, column: month, values: sum(amount), into: 'spend_{}'}",
            ])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT id, spend_feb, spend_jan FROM m ORDER BY id")
                == ["a 2.20 5.50", "b – 3.30"])
        let step = record.step(1)
        #expect(step.columnsAdded == ["spend_feb", "spend_jan"])
        #expect(step.fitted == ["month": "feb, jan"])
        #expect(step.facts == ["2 levels of month were found: feb, jan"])
        #expect(step.lineage["spend_feb"] == ["amount", "month"])
    }

    @Test("stated levels are the columns, whatever is found; what is left out is told")
    func statedLevels() async throws {
        let project = try TestProject(
            tables: ["data": Self.rows],
            steps: [
                "filter: {keep: id IS NOT NULL}",
                "pivot: {rows: id, column: month, values: avg(amount), levels: [jan, mar], "
                    + "empty: '0'}",
            ])
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT id, jan, mar FROM m ORDER BY id")
                == ["a 2.75 0.0", "b 3.3 0.0"])
        #expect(record.notices.map(\.code) == ["other_levels"])
        #expect(record.step(1).fitted.isEmpty)
    }

    @Test(
        "what can't be turned",
        arguments: [
            ("pivot: {rows: id, column: month, values: amount}", "not_aggregated"),
            ("pivot: {rows: id, column: month, values: sum(amount), into: x}", "invalid_pattern"),
            ("pivot: {rows: id, column: month, values: sum(amount), levels: []}", "invalid_levels"),
            (
                "pivot: {rows: id, column: month, values: sum(amount), levels: [1]}",
                "invalid_levels"
            ),
            (
                "pivot: {rows: id, column: month, values: sum(amount), levels: [a, a]}",
                "invalid_levels"
            ),
            (
                "pivot: {rows: id, column: month, values: sum(amount), levels: [a, A]}",
                "column_exists"
            ),
            (
                "pivot: {rows: id, column: month, values: max(month), empty: '0'}", "not_a_number"
            ),
            ("pivot: {rows: id, column: moth, values: sum(amount)}", "unknown_column"),
            ("unpivot: {columns: [id, amount], name: k, value: v}", "union_type"),
            ("unpivot: {columns: amount, name: id, value: v}", "column_exists"),
            ("unpivot: {columns: amount, name: v, value: V}", "column_exists"),
        ])
    func turns(step: String, code: String) async throws {
        let project = try TestProject(tables: ["data": Self.rows], steps: [step])
        #expect(try await project.onlyMistake().code == code)
    }

    @Test("columns become rows, in their order, without those that are missing")
    func unpivot() async throws {
        let csv = "id,jan,feb,place\na,1,2.5,x\nb,,3,y\n"
        let step = "unpivot: {columns: [jan, feb], name: month, value: amount}"
        let derive = "derive: {column: key, as: \"id || month\"}"
        let project = try TestProject(tables: ["data": csv], steps: [step, derive], key: "key")
        let record = try await project.publish()
        #expect(
            try await project.sql("SELECT * FROM m ORDER BY key")
                == ["a x feb 2.5 afeb", "a x jan 1.0 ajan", "b y feb 3.0 bfeb"])
        #expect(record.step(0).rowsIn == 2)
        #expect(record.step(0).rowsOut == 3)
        #expect(
            record.step(0).facts.first == "1 values are missing; they became no rows")
        #expect(record.levels["m"]?["month"] == ["jan", "feb"])
        #expect(record.step(0).lineage["amount"] == ["jan", "feb"])
        let kept = try TestProject(
            tables: ["data": csv],
            steps: [step.replacing("}", with: ", keep_missing: true}"), derive], key: "key")
        #expect(try await kept.publish().step(0).rowsOut == 4)
    }
}
