package import Columns
package import Engine
package import Runs
import Workspace

/// Builds the table of a model step by step, and accounts for each of them.
///
/// The steps are views on top of each other; only the result is stored, in the order of its key.
package struct ModelBuilder {
    private let engine: any Engine
    private let parser: any ExpressionParser
    private let staged: String
    private let report: @Sendable (_ fraction: Double, _ detail: String) -> Void

    /// - Parameter staged: the name under which the database of the sources is attached.
    package init(
        _ engine: any Engine, parser: any ExpressionParser, staged: String,
        report: @escaping @Sendable (_ fraction: Double, _ detail: String) -> Void
    ) {
        self.engine = engine
        self.parser = parser
        self.staged = staged
        self.report = report
    }

    package struct Result: Sendable {
        package var record: RunRecord.Model
        package var notices: [RunRecord.Caveat]
    }

    /// - Parameters:
    ///   - sources: the names that stand for staged tables; all others are models.
    ///   - levels: the order of bands in the model that this one starts from, by column.
    /// - Returns: nil when diagnostics say why there is no table.
    package func build(
        _ model: ModelSpec, sources: Set<String>, levels: [String: [String]],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Result? {
        do throws(AuroraError) {
            return try await buildSteps(of: model, sources: sources, levels: levels, &diagnostics)
        } catch {
            throw error.code == "interrupted" ? error : error.within("model '\(model.name)'")
        }
    }

    private func buildSteps(
        of model: ModelSpec, sources: Set<String>, levels: [String: [String]],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Result? {
        let dialect = engine.dialect
        let origin = dialect.quoted(model.from.value)
        var relation =
            sources.contains(model.from.value)
            ? "\(dialect.quoted(staged)).\(origin)" : origin
        var result = Result(
            record: .init(name: model.name, from: model.from.value, rows: 0, steps: []),
            notices: [])
        result.record.levels = levels
        var rows = try await count(relation)
        for (index, (name, step)) in model.steps.enumerated() {
            report(
                Double(index) / Double(model.steps.count + 1),
                "step \(index + 1) of \(model.steps.count): \(name.value)")
            let schema = try await engine.schema(of: "SELECT * FROM \(relation)")
            var input = StepInput(
                schema: schema, relation: relation, engine: engine,
                scope: ExpressionScope(
                    columns: schema.names, owner: "model '\(model.name)' at this step",
                    parser: parser))
            let plan = try await step.plan(&input)
            diagnostics += input.diagnostics
            guard let plan else { return nil }
            let account = try await account(plan, over: input, rows: rows, kind: name.value)
            rows = account.step.rowsOut
            result.record.steps.append(account.step)
            let about = "model '\(model.name)', step \(index + 1) (\(name.value))"
            result.notices += account.notices.map { .init($0, about: about) }
            result.record.levels = carried(result.record.levels, over: plan)
            let view = "\(model.name):\(index + 1)"
            try await engine.execute(
                "CREATE TEMP VIEW \(dialect.quoted(view)) AS \(sql(plan, from: relation))")
            relation = dialect.quoted(view)
        }
        report(
            Double(model.steps.count) / Double(model.steps.count + 1), "writing \(rows) rows")
        guard try await hasSoundKeys(model, in: relation, rows: rows, &diagnostics) else {
            return nil
        }
        try await engine.execute(
            """
            CREATE TABLE \(dialect.quoted(model.name)) AS
            SELECT * FROM \(relation) ORDER BY \(dialect.quoted(model.key.value))
            """)
        result.record.rows = rows
        return result
    }

    private func sql(_ plan: StepPlan, from relation: String) -> String {
        let items = plan.columns.map { "\($0.sql) AS \(engine.dialect.quoted($0.name))" }
        let filter = plan.filter.map { " WHERE \($0)" } ?? ""
        return "SELECT \(items.joined(separator: ", ")) FROM \(relation)\(filter)"
    }

    /// The order of bands goes with their column, whatever it is called.
    private func carried(
        _ levels: [String: [String]], over plan: StepPlan
    ) -> [String: [String]] {
        let kept = plan.columns.compactMap { column in
            column.replaces.flatMap { levels[$0] }.map { (column.name, $0) }
        }
        return Dictionary(kept + plan.levels.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Counts what the step does, in one pass over its input.
    private func account(
        _ plan: StepPlan, over input: StepInput, rows: Int, kind: String
    ) async throws(AuroraError) -> (step: RunRecord.Step, notices: [Notice]) {
        let changed = plan.columns.filter { $0.isChanged && $0.replaces != nil }
        let types = try await engine.schema(of: sql(plan, from: input.relation))
        let conditions =
            [plan.filter ?? "TRUE"]
            + changed.map { column in
                difference(
                    column.sql, types[column.name]?.type, from: column.name,
                    input.schema[column.name]?.type)
            } + plan.counted.map(\.condition)
        let items = conditions.map { "count(*) FILTER (WHERE \($0))" }.joined(separator: ", ")
        let counts = try await input.values(items).map { $0.integerValue ?? 0 }
        var cells: [String: Int] = [:]
        for (column, count) in zip(changed, counts.dropFirst()) where count > 0 {
            cells[column.name] = count
        }
        let step = RunRecord.Step(
            kind: kind, summary: plan.summary, rowsIn: rows, rowsOut: counts[0],
            cellsChanged: cells,
            columnsAdded: plan.columns.filter { $0.replaces == nil }.map(\.name),
            fitted: plan.fitted.mapValues(\.description))
        let notices = zip(plan.counted, counts.suffix(plan.counted.count)).compactMap {
            $0.notice($1, rows)
        }
        return (step, notices)
    }

    /// SQL that is true where a cell's new value is another one than the old one.
    ///
    /// A text is compared in the new type, so that '1.50' becomes 1.5 unchanged; types that an
    /// engine can't compare are compared by their texts.
    private func difference(
        _ sql: String, _ type: ColumnType?, from name: String, _ oldType: ColumnType?
    ) -> String {
        let dialect = engine.dialect
        let old = dialect.quoted(name)
        guard let type, let oldType, !type.compares(with: oldType) else {
            return "\(sql) IS DISTINCT FROM \(old)"
        }
        if oldType == .text {
            return "\(sql) IS DISTINCT FROM TRY_CAST(\(old) AS \(dialect.typeName(type)))"
        }
        let text = dialect.typeName(.text)
        return "CAST(\(sql) AS \(text)) IS DISTINCT FROM CAST(\(old) AS \(text))"
    }

    private func count(_ relation: String) async throws(AuroraError) -> Int {
        try await engine.query("SELECT count(*) FROM \(relation)").columns[0][0].integerValue ?? 0
    }

    /// The key must be there, without missing or repeated values, and so must the references.
    private func hasSoundKeys(
        _ model: ModelSpec, in relation: String, rows: Int, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Bool {
        let schema = try await engine.schema(of: "SELECT * FROM \(relation)")
        let scope = ExpressionScope(
            columns: schema.names, owner: "model '\(model.name)'", parser: parser)
        let before = diagnostics.count
        for (_, column) in model.references { _ = scope.column(column, &diagnostics) }
        guard let key = scope.column(model.key, &diagnostics), diagnostics.count == before else {
            return false
        }
        let name = engine.dialect.quoted(key)
        let answer = try await engine.query(
            "SELECT count(\(name)), count(DISTINCT \(name)) FROM \(relation)")
        let present = answer.columns[0][0].integerValue ?? 0
        let distinct = answer.columns[1][0].integerValue ?? 0
        if present == rows, distinct == rows { return true }
        diagnostics.append(
            Diagnostic(
                "key_not_unique", at: model.key.place,
                "the key '\(key)' does not tell rows apart: of \(rows) rows \(rows - present) have "
                    + "none, and \(present - distinct) repeat that of another row",
                hint: "choose another key, or filter the rows that should not be there"))
        return false
    }
}

extension ColumnType {
    /// True where values of both types can be compared as they are.
    func compares(with other: ColumnType) -> Bool {
        let days: Set<ColumnType> = [.date, .timestamp(zoned: false)]
        return self == other || isNumeric && other.isNumeric || days.isSuperset(of: [self, other])
    }
}
