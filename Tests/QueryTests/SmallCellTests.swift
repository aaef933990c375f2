import Columns
import Query
import TestProjects
import Testing

@Suite("Small cells")
struct SmallCellTests {
    @Test("a small cell is hidden, with the next smallest, so that no total gives it away")
    func complement() async throws {
        let table = try await Crowd(["a": 50, "b": 3, "c": 20, "d": 30]).table(by: ["a"])
        #expect(table.texts == ["a 50", "b –", "c –", "d 30"])
        #expect(table.suppressed == 2)
        #expect(table.rowsUsed == 103)
    }

    @Test("small cells that are enough together hide each other")
    func together() async throws {
        let table = try await Crowd(["a": 50, "b": 3, "c": 4, "d": 30]).table(by: ["a"])
        #expect(table.texts == ["a 50", "b –", "c –", "d 30"])
        let few = try await Crowd(["a": 50, "b": 1, "c": 2, "d": 30]).table(by: ["a"])
        #expect(few.texts == ["a 50", "b –", "c –", "d –"])
    }

    @Test("a cell of just the smallest size is shown")
    func border() async throws {
        let table = try await Crowd(["a": 50, "b": 5]).table(by: ["a"])
        #expect(table.texts == ["a 50", "b 5"])
        #expect(table.suppressed == 0)
    }

    @Test("every measure of a hidden cell is hidden, and counted as such")
    func measures() async throws {
        let table = try await Crowd(["a": 50, "b": 3, "c": 20])
            .table(["total", "people"], by: ["a"])
        #expect(table.texts == ["a 50.0 50", "b – –", "c – –"])
        #expect(table.suppressed == 4)
        #expect(table.json.text().contains(#"["b",null,null]"#))
    }

    @Test("in two dimensions every line hides none or enough")
    func twoDimensions() async throws {
        let counts = [[20, 30, 3], [40, 25, 50], [15, 35, 45]]
        let groups = counts.enumerated().flatMap { row, line in
            line.enumerated().map { column, count in
                Crowd.Group(a: "r\(row)", b: "c\(column)", count: count)
            }
        }
        let table = try await Crowd(groups).table(by: ["a", "b"])
        let hidden = table.rows.filter { $0[2].isMissing }.map { "\($0[0]) \($0[1])" }
        #expect(hidden == ["r0 c0", "r0 c2", "r2 c0", "r2 c2"])
    }

    @Test("too few rows in all hide everything, their number too")
    func tooFew() async throws {
        let crowd = try await Crowd(["a": 50, "b": 4, "c": 20])
        let table = try await crowd.table(by: [], filter: Crowd.only("b"))
        #expect(table.texts == ["–"])
        #expect(table.rowsUsed == nil)
        #expect(table.json.text().contains(#""rows_used":null"#))
        let rows = try await crowd.gate.rowCount(
            of: "people", filter: Crowd.only("b"), for: Crowd.analyst)
        #expect(rows.used == nil)
    }

    @Test("a filter that leaves out too few hides as much as one that keeps too few")
    func complementOfFilter() async throws {
        let crowd = try await Crowd(["a": 50, "b": 4, "c": 20])
        let table = try await crowd.table(by: ["a"], filter: Crowd.only("a", "c"))
        #expect(table.texts == ["a –", "c –"])
        #expect(table.rowsUsed == nil)
        let rows = try await crowd.gate.rowCount(
            of: "people", filter: Crowd.only("a", "c"), for: Crowd.analyst)
        #expect(rows.used == nil)
        // All, none, and enough on both sides are told.
        let all = try await crowd.gate.rowCount(of: "people", filter: .init(), for: Crowd.analyst)
        #expect(all.used == 74)
        let none = try await crowd.gate.rowCount(
            of: "people", filter: Crowd.only("z"), for: Crowd.analyst)
        #expect(none.used == 0)
        let enough = try await crowd.gate.rowCount(
            of: "people", filter: Crowd.only("c"), for: Crowd.analyst)
        #expect(enough.used == 20)
    }

    @Test("without smallest_cell, and with 1, everything is shown", arguments: [0, 1])
    func off(smallest: Int) async throws {
        let crowd = try await Crowd(
            [.init(a: "a", count: 50), .init(a: "b", count: 1)], smallest: smallest)
        #expect(try await crowd.table(by: ["a"]).texts == ["a 50", "b 1"])
        #expect(try await crowd.table(by: [], filter: Crowd.only("b")).texts == ["1"])
    }
}
