import Columns
import Engine
import Testing
import Workspace

/// Reads a text as names of columns, where an engine's parser would read an expression.
private struct NamesParser: ExpressionParser {
    func parse(_ text: String) async throws(ExpressionError) -> CheckedExpression {
        if let star = text.utf8.firstIndex(of: UInt8(ascii: "*")) {
            let offset = text.utf8.distance(from: text.startIndex, to: star)
            throw ExpressionError(.refused, "a star", hint: "name a column", offset: offset)
        }
        if text.isEmpty { throw ExpressionError(.syntax, "nothing there") }
        let names = text.split { $0 == " " || $0 == "\n" }
        return .all(
            names.map { name in
                let offset = text.utf8.distance(from: text.startIndex, to: name.startIndex)
                return .column(.init(name: String(name), offset: offset))
            })
    }
}

@Suite("Expressions in a scope")
struct ExpressionScopeTests {
    private let scope = ExpressionScope(
        columns: ["age", "größe", "income"], owner: "model 'clients'", parser: NamesParser())

    private func located(_ text: String) -> Located<String> {
        Located(text, at: .init(file: "m.yaml", line: 4, column: 10))
    }

    @Test("an expression over known columns passes")
    func known() async {
        var diagnostics: [Diagnostic] = []
        let expression = await scope.check(located("age größe"), &diagnostics)
        #expect(expression?.columns.map(\.name) == ["age", "größe"])
        #expect(diagnostics.isEmpty)
    }

    @Test("each unknown column is told where it stands, with the nearest name")
    func unknown() async {
        var diagnostics: [Diagnostic] = []
        #expect(await scope.check(located("agee größe incom zzzzzz"), &diagnostics) == nil)
        #expect(diagnostics.map(\.code) == Array(repeating: "unknown_column", count: 3))
        // Offsets are bytes of the text, columns are characters of the file.
        #expect(diagnostics.map(\.place.column) == [10, 21, 27])
        #expect(diagnostics.map(\.place.line) == [4, 4, 4])
        #expect(diagnostics[0].message == "model 'clients' has no column 'agee'")
        #expect(
            diagnostics.map(\.hint) == [
                "did you mean 'age'?", "did you mean 'income'?",
                "known here: 'age', 'größe', 'income'",
            ])
    }

    @Test("what the parser refuses is told with its code, place and hint")
    func refused() async {
        var diagnostics: [Diagnostic] = []
        #expect(await scope.check(located("ö *"), &diagnostics) == nil)
        #expect(
            diagnostics == [
                Diagnostic(
                    "expression_refused", at: .init(file: "m.yaml", line: 4, column: 12), "a star",
                    hint: "name a column")
            ])
    }

    @Test("without an offset, and in a text of several lines, the text's own place is told")
    func noOffset() async {
        var diagnostics: [Diagnostic] = []
        _ = await scope.check(located(""), &diagnostics)
        _ = await scope.check(located("age\nagee"), &diagnostics)
        #expect(diagnostics.map(\.code) == ["expression_syntax", "unknown_column"])
        #expect(diagnostics.map(\.place.column) == [10, 10])
    }

    @Test("a column is named exactly")
    func columns() {
        var diagnostics: [Diagnostic] = []
        #expect(scope.column(located("größe"), &diagnostics) == "größe")
        #expect(scope.column(located("Age"), &diagnostics) == nil)
        #expect(diagnostics.map(\.hint) == ["did you mean 'age'?"])
        #expect(diagnostics.map(\.place.description) == ["m.yaml:4:10"])
    }

    @Test(
        "the place in the file is that of the expression's first character, quoted or not",
        arguments: [
            ("expression: agee", 13), ("expression: 'agee'", 14), ("expression: \"agee\"", 14),
            ("{expression: \"age agee\"}", 19),
        ])
    func inFile(body: String, column: Int) async throws {
        let isFlow = body.hasPrefix("{")
        let text = isFlow ? "{type: sample/v1,\n" + body.dropFirst() : "type: sample/v1\n" + body
        let reading = try Reading(text: text)
        let expression = try #require(reading.values?.located("expression"))
        var diagnostics: [Diagnostic] = []
        _ = await scope.check(expression, &diagnostics)
        #expect(diagnostics.map(\.place.line) == [2])
        #expect(diagnostics.map(\.place.column) == [isFlow ? column - 1 : column])
    }
}
