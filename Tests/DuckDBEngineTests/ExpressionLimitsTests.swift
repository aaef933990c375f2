import Columns
import DuckDBEngine
import Engine
import Testing

private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
}

@Suite("Limits of expressions")
struct ExpressionLimitsTests {
    private enum Nesting: String, CaseIterable {
        case parentheses, not, minus, calls, sums, joins, choices, casts, subqueries, lists

        func text(_ depth: Int) -> String {
            switch self {
            case .parentheses: repeated("(", depth) + "1" + repeated(")", depth)
            case .not: repeated("NOT ", depth) + "TRUE"
            case .minus: repeated("- ", depth) + "n"
            case .calls: repeated("abs(", depth) + "1" + repeated(")", depth)
            case .sums: "1" + repeated(" + 1", depth)
            case .joins: "'a'" + repeated(" || 'a'", depth)
            case .choices: repeated("CASE WHEN TRUE THEN ", depth) + "1" + repeated(" END", depth)
            case .casts: repeated("CAST(", depth) + "1" + repeated(" AS INTEGER)", depth)
            case .subqueries: repeated("(SELECT ", depth) + "1" + repeated(")", depth)
            case .lists: repeated("[", depth)
            }
        }
    }

    @Test("ten thousand levels are an error, not a crash", arguments: Nesting.allCases)
    private func tooDeep(_ nesting: Nesting) async throws {
        let parser = try await TestEngine.parser()
        await #expect(throws: ExpressionError.self) { try await parser.parse(nesting.text(10_000)) }
        // With a few hundred, other limits are the first to be met.
        for depth in [300, 600, 1100] { _ = try? await parser.parse(nesting.text(depth)) }
        #expect(try await parser.parse("1") == .literal(.integer(1)))
    }

    @Test("depths that a person may write are read", arguments: [10, 100])
    func deep(depth: Int) async throws {
        let parser = try await TestEngine.parser()
        let engine = try TestEngine.memory(threads: 1)
        for text in [
            repeated("abs(", depth) + "1" + repeated(")", depth),
            "0" + repeated(" + 1 - 1", depth / 2) + " + 1",
            repeated("CASE WHEN FALSE THEN 0 ELSE ", depth) + "1" + repeated(" END", depth),
        ] {
            let tree = try await parser.parse(text)
            let sql = engine.dialect.sql(tree) { $0 }
            #expect(try await engine.values("SELECT \(sql)") == [.integer(1)])
        }
    }

    @Test("long lists are flat, so they may be long")
    func wide() async throws {
        let parser = try await TestEngine.parser()
        let engine = try TestEngine.memory(threads: 1)
        let list = (1...10_000).map(String.init).joined(separator: ", ")
        let terms = (1...5_000).map { "\($0) > 0" }.joined(separator: " AND ")
        for text in ["9999 IN (\(list))", terms] {
            let sql = engine.dialect.sql(try await parser.parse(text)) { $0 }
            #expect(try await engine.values("SELECT \(sql)") == [.boolean(true)])
        }
    }

    @Test("a megabyte of text is read")
    func megabyte() async throws {
        let tree = try await TestEngine.parser().parse("'\(repeated("ö", 500_000))''🏦'")
        #expect(tree == .literal(.text(repeated("ö", 500_000) + "'🏦")))
    }
}
