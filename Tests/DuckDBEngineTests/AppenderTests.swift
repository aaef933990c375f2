import Columns
import DuckDBEngine
import Engine
import Testing

@Suite("Appending")
struct AppenderTests {
    @Test(
        "integers and doubles arrive whole, below, at and above a vector's size",
        arguments: [0, 1, 2047, 2048, 2049, 10_000])
    func numbers(rows: Int) async throws {
        let engine = try TestEngine.memory()
        try await engine.execute("CREATE TABLE t (i BIGINT, d DOUBLE, j BIGINT)")
        let integers = (0..<rows).map { Int64($0) * 4_611_686_018 - 7 }
        let doubles = integers.map { Double($0) / 3 }
        try await engine.append(
            Batch([
                Column(name: "i", type: .integer, values: .integers(integers)),
                Column(name: "d", type: .double, values: .doubles(doubles)),
                Column(name: "j", type: .integer, values: .integers(integers.reversed())),
            ]), to: "t")
        let result = try await engine.query("SELECT * FROM t")
        #expect(result.rowCount == rows)
        let wrong = (0..<result.rowCount).filter {
            result.row($0) != [
                .integer(integers[$0]), .double(doubles[$0]), .integer(integers[rows - 1 - $0]),
            ]
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "texts and missing values arrive whole, below, at and above a vector's size",
        arguments: [1, 2047, 2048, 2049, 10_000])
    func texts(rows: Int) async throws {
        let engine = try TestEngine.memory()
        try await engine.execute("CREATE TABLE t (s VARCHAR, i BIGINT)")
        let texts = (0..<rows).map { row in
            ["", "é", "a\0b", "'; --", String(repeating: "日", count: row % 40)][row % 5]
        }
        let present = (0..<rows).map { $0 % 3 != 1 }
        let integers = (0..<rows).map(Int64.init)
        try await engine.append(
            Batch([
                Column(name: "s", type: .text, values: .texts(texts), present: present),
                Column(
                    name: "i", type: .integer, values: .integers(integers),
                    present: present.reversed()),
            ]), to: "t")
        let result = try await engine.query("SELECT * FROM t")
        let wrong = (0..<rows).filter {
            result.row($0) != [
                present[$0] ? .text(texts[$0]) : .missing,
                present[rows - 1 - $0] ? .integer(integers[$0]) : .missing,
            ]
        }
        #expect(result.rowCount == rows)
        #expect(wrong.isEmpty)
    }

    @Test("extremes keep every bit")
    func extremes() async throws {
        let engine = try TestEngine.memory()
        try await engine.execute("CREATE TABLE t (i BIGINT, d DOUBLE)")
        let doubles: [Double] = [
            -.infinity, .greatestFiniteMagnitude, -0.0, .leastNonzeroMagnitude,
        ]
        try await engine.append(
            Batch([
                Column(name: "i", type: .integer, values: .integers([.min, .max, -1, 0])),
                Column(name: "d", type: .double, values: .doubles(doubles)),
            ]), to: "t")
        let result = try await engine.query("SELECT i, d FROM t")
        #expect((0..<4).map { result.columns[0][$0] } == [.min, .max, -1, 0].map { .integer($0) })
        #expect(
            (0..<4).map { result.columns[1][$0].doubleValue?.bitPattern }
                == doubles.map(\.bitPattern))
    }

    @Test("appending twice adds to what is there")
    func twice() async throws {
        let engine = try TestEngine.memory()
        try await engine.execute("CREATE TABLE \"labels:a \"\"b\"\"\" (i BIGINT)")
        for value in [1, 2] as [Int64] {
            let column = Column(name: "i", type: .integer, values: .integers([value]))
            try await engine.append(Batch([column]), to: "labels:a \"b\"")
        }
        #expect(
            try await engine.values("SELECT i FROM \"labels:a \"\"b\"\"\" ORDER BY i")
                == [.integer(1), .integer(2)])
    }

    @Test("a table that isn't there, or has other columns, is an error with the engine's words")
    func errors() async throws {
        let engine = try TestEngine.memory()
        try await engine.execute("CREATE TABLE t (i BIGINT, j BIGINT)")
        let batch = Batch([Column(name: "i", type: .integer, values: .integers([1]))])
        let missing = await error { try await engine.append(batch, to: "nowhere") }
        #expect(missing?.code == "engine_failed")
        #expect(missing?.cause?.contains("nowhere") == true)
        let narrow = await error { try await engine.append(batch, to: "t") }
        #expect(narrow?.code == "engine_failed")
        #expect(try await engine.values("SELECT count(*) FROM t") == [.integer(0)])
    }
}
