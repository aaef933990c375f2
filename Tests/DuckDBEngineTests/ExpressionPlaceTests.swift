import Columns
import DuckDBEngine
import Engine
import Testing
import Workspace

/// The project's checks of expressions with the parser that they have in practice.
@Suite("Expressions of a project")
struct ExpressionPlaceTests {
    private func diagnostics(
        _ text: String, columns: [String] = ["age", "größe", "income"]
    ) async throws -> [Diagnostic] {
        let scope = ExpressionScope(
            columns: columns, owner: "model 'clients'", parser: try await TestEngine.parser())
        var diagnostics: [Diagnostic] = []
        let located = Located(text, at: .init(file: "m.yaml", line: 4, column: 10))
        let expression = await scope.check(located, &diagnostics)
        #expect((expression == nil) == !diagnostics.isEmpty)
        return diagnostics
    }

    @Test(
        "names that DuckDB would take for the clock or the machine are unknown columns",
        arguments: [
            "current_date", "current_timestamp", "current_time", "localtime", "localtimestamp",
            "current_user", "session_user", "user", "current_catalog", "current_schema", "rowid",
            "\"current_date\"",
        ])
    func pseudoColumns(name: String) async throws {
        let found = try await diagnostics("age > 0 AND \(name) IS NOT NULL")
        #expect(found.map(\.code) == ["unknown_column"])
        #expect(found.map(\.place.column) == [22])
    }

    @Test("a column of such a name is that column")
    func realColumn() async throws {
        #expect(try await diagnostics("current_date = 1", columns: ["current_date"]).isEmpty)
    }

    @Test(
        "what is wrong is told at its column of the file",
        arguments: [
            ("agee + 1", 10, "unknown_column"), ("age + incom", 16, "unknown_column"),
            ("größe + agee", 18, "unknown_column"), ("age + random()", 16, "unknown_function"),
            ("größe + (SELECT 1)", 18, "expression_refused"), ("age + )", 16, "expression_syntax"),
            ("sum(age) FILTER (WHERE zzz)", 33, "unknown_column"), ("Age", 10, "unknown_column"),
        ])
    func places(text: String, column: Int, code: String) async throws {
        let found = try await diagnostics(text)
        #expect(found.map(\.code) == [code])
        #expect(found.map(\.place.column) == [column])
        #expect(found.map(\.place.line) == [4])
    }

    @Test("every unknown column is told")
    func all() async throws {
        let found = try await diagnostics("CASE WHEN agee > 1 THEN incom ELSE grösse END")
        #expect(found.map(\.place.column) == [20, 34, 45])
        #expect(found.compactMap(\.hint).allSatisfy { $0.hasPrefix("did you mean") })
    }
}
