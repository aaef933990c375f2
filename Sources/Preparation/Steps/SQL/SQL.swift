import Columns
import Engine
import Workspace

/// Makes the rows of one SELECT over `input`, the rows before the step, and the tables it names.
///
/// The query sees nothing else, and gives the same rows in any run: what changes with the clock, with
/// chance or with the order of rows is refused, and ties in an order are settled by all columns.
struct SQL: Step {
    static let name = "sql"
    static let summary = "makes the rows of one SELECT over 'input' and other tables"
    static let fields = FieldType.VariantFields.fields([
        Field("query", .text, required: true, "one SELECT; the rows before the step are 'input'"),
        Field("uses", .names, "the sources and models that it names besides"),
    ])

    private static let input = "input"

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    var uses: [Located<String>] { values.texts("uses") ?? [] }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let text = values.located("query") else { return nil }
        var tables: [(name: String, input: StepInput)] = [(Self.input, input)]
        for name in uses {
            guard let other = input.other(name) else { return nil }
            guard name.value.lowercased() != Self.input else {
                input.diagnostics.append(
                    Diagnostic(
                        "name_taken", at: name.place,
                        "'\(name.value)' is what the query calls the rows before the step",
                        hint: "give the source or model another name"))
                return nil
            }
            tables.append((name.value, other))
        }
        let query: CheckedQuery
        do throws(ExpressionError) {
            query = try await input.parser.query(
                text.value,
                over: Dictionary(
                    tables.map { ($0.name, $0.input.schema.names) }, uniquingKeysWith: { a, _ in a }
                ))
        } catch {
            input.diagnostics.append(ExpressionScope.diagnostic(error, in: text))
            return nil
        }
        let dialect = input.dialect
        let named = tables.map {
            "\(dialect.quoted($0.name)) AS (SELECT * FROM \($0.input.relation))"
        }.joined(separator: ", ")
        // A subquery would give columns of the same name others without a word.
        let with = "WITH "
        let answer =
            query.sql.hasPrefix(with)
            ? "\(with)\(named), \(query.sql.dropFirst(with.count))" : "\(with)\(named) \(query.sql)"
        guard let schema = try await schema(of: answer, at: text, &input) else { return nil }
        let relation = "(\(answer)) AS answer"
        let reads = tables.flatMap { name, table in
            (query.reads[name] ?? []).map { name == Self.input ? $0 : "\(table.name).\($0)" }
        }
        let hasColumn = Set(input.schema.names)
        var plan = StepPlan(
            columns: schema.names.map {
                .init(
                    name: $0, sql: dialect.quoted($0), replaces: hasColumn.contains($0) ? $0 : nil,
                    isChanged: true, reads: reads)
            }, from: relation,
            summary: "the rows of a query over \(tables.map(\.name).joined(separator: ", "))")
        plan.diagnosis = { error in Self.diagnostic(error, at: text.place) }
        return plan
    }

    private func schema(
        of query: String, at text: Located<String>, _ input: inout StepInput
    ) async throws(AuroraError) -> Schema? {
        let schema: Schema
        do throws(AuroraError) {
            schema = try await input.engine.schema(of: query)
        } catch {
            guard let diagnostic = Self.diagnostic(error, at: text.place) else { throw error }
            input.diagnostics.append(diagnostic)
            return nil
        }
        var names: Set<String> = []
        guard let twice = schema.names.first(where: { !names.insert($0.lowercased()).inserted })
        else { return schema }
        input.diagnostics.append(
            Diagnostic(
                "column_exists", at: text.place,
                "two columns of the result would be named '\(twice)'",
                hint: "name one of them with AS, or leave it out"))
        return nil
    }

    /// The first line of the engine's message, up to where it may quote a value.
    private static func diagnostic(
        _ error: AuroraError, at place: Diagnostic.Place
    ) -> Diagnostic? {
        guard error.code == "engine_failed", let cause = error.cause else { return nil }
        if cause.contains(CheckedQuery.inexactSum) {
            return Diagnostic(
                "inexact_sum", at: place, CheckedQuery.inexactSum,
                hint: "cast what is summed up: sum(CAST(x AS DECIMAL(38,15)))")
        }
        let line = cause.split(separator: "\n").first.map(String.init) ?? ""
        // What can't be prepared is told with names; what fails on the way may quote the data.
        let isBinding = line.hasPrefix("Binder Error") || line.hasPrefix("Catalog Error")
        let message = isBinding ? line : line.prefix { $0 != "'" && $0 != "\"" } + "…"
        return Diagnostic(
            "query_failed", at: place, "the query does not fit its tables: \(message)",
            hint: "`aurora show models` tells the columns and their types")
    }
}
