package import Columns
package import Engine
package import Runs
package import Workspace

/// Builds the table of a model step by step, and accounts for each of them.
///
/// The steps are views on top of each other; only the result is stored, in the order of its key.
package struct ModelBuilder {
    private let engine: any Engine
    private let parser: any ExpressionParser
    private let settings: ProjectSettings
    private let report: @Sendable (_ fraction: Double, _ detail: String) -> Void

    package init(
        _ engine: any Engine, parser: any ExpressionParser, settings: ProjectSettings,
        report: @escaping @Sendable (_ fraction: Double, _ detail: String) -> Void
    ) {
        self.engine = engine
        self.parser = parser
        self.settings = settings
        self.report = report
    }

    package struct Result: Sendable {
        package var record: RunRecord.Model
        package var notices: [RunRecord.Caveat]
        /// The table, as other models may use it.
        package var relation: StepInput.Relation
    }

    /// - Parameter others: what the model may start from and use, by name.
    /// - Returns: nil when diagnostics say why there is no table.
    package func build(
        _ model: ModelSpec, from others: [String: StepInput.Relation],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Result? {
        do throws(AuroraError) {
            return try await buildSteps(of: model, from: others, &diagnostics)
        } catch {
            throw error.code == "interrupted" ? error : error.within("model '\(model.name)'")
        }
    }

    private func buildSteps(
        of model: ModelSpec, from others: [String: StepInput.Relation],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Result? {
        guard let origin = others[model.from.value] else { return nil }
        let dialect = engine.dialect
        var relation = origin.sql
        var record = RunRecord.Model(
            name: model.name, from: model.from.value, rows: try await count(relation), steps: [])
        record.levels = origin.levels
        var notices: [RunRecord.Caveat] = []
        var stored: [String] = []
        for (index, (name, step)) in model.steps.enumerated() {
            report(
                Double(index) / Double(model.steps.count + 1),
                "step \(index + 1) of \(model.steps.count): \(name.value)")
            let schema = try await engine.schema(of: "SELECT * FROM \(relation)")
            var input = StepInput(
                schema: schema, relation: relation, engine: engine,
                scope: ExpressionScope(
                    columns: schema.names, owner: "model '\(model.name)' at this step",
                    parser: parser), others: others, settings: settings, levels: record.levels)
            let plan = try await step.plan(&input)
            diagnostics += input.diagnostics
            guard let plan else { return nil }
            let result = dialect.quoted("\(model.name):\(index + 1)")
            try await engine.execute(
                "CREATE TEMP \(plan.isRowByRow ? "VIEW" : "TABLE") \(result) AS "
                    + plan.sql(over: relation, dialect))
            let accountant = StepAccountant(input, result: result, rows: record.rows)
            let account = try await accountant.account(plan, kind: name.value)
            record.rows = account.step.rowsOut
            record.steps.append(account.step)
            let about = "model '\(model.name)', step \(index + 1) (\(name.value))"
            notices += account.notices.map { .init($0, about: about) }
            record.levels = carried(record.levels, over: plan)
            if !plan.isRowByRow {
                // Nothing reads what was stored before, and its room may be needed.
                for table in stored { try await engine.execute("DROP TABLE \(table) CASCADE") }
                stored = [result]
            }
            relation = result
        }
        report(
            Double(model.steps.count) / Double(model.steps.count + 1),
            "writing \(record.rows) rows")
        guard try await hasSoundKeys(model, in: relation, rows: record.rows, &diagnostics) else {
            return nil
        }
        let table = dialect.quoted(model.name)
        try await engine.execute(
            """
            CREATE TABLE \(table) AS
            SELECT * FROM \(relation) ORDER BY \(dialect.quoted(model.key.value))
            """)
        for table in stored { try await engine.execute("DROP TABLE \(table) CASCADE") }
        return Result(
            record: record, notices: notices,
            relation: .init(
                sql: table, schema: try await engine.schema(of: "SELECT * FROM \(table)"),
                key: model.key.value, levels: record.levels))
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
