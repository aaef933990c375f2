package import Columns
package import Engine
package import Runs
package import Workspace

/// Builds the table of a model step by step, and accounts for each of them.
///
/// The steps are views on top of each other, or beside each other where a step doesn't need the one
/// before it; only the result is stored, in the order of its key.
package struct ModelBuilder {
    private let engine: any Engine
    private let parser: any ExpressionParser & QueryParser
    private let settings: ProjectSettings
    private let memory: RecipeMemory?
    private let report: @Sendable (_ fraction: Double, _ detail: String) -> Void

    /// - Parameter memory: what earlier runs have worked out; nil where nothing is to be reused.
    package init(
        _ engine: any Engine, parser: any ExpressionParser & QueryParser,
        settings: ProjectSettings, memory: RecipeMemory?,
        report: @escaping @Sendable (_ fraction: Double, _ detail: String) -> Void
    ) {
        self.engine = engine
        self.parser = parser
        self.settings = settings
        self.memory = memory
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
        let keys = RecipeKey.chain(of: model, from: others, settings)
        if let reused = try await reused(model, keys) { return reused }
        let dialect = engine.dialect
        var made = Made(
            relation: origin.sql,
            record: .init(
                name: model.name, from: model.from.value, rows: try await count(origin.sql),
                steps: []))
        made.record.levels = origin.levels
        for (index, (name, step)) in model.steps.enumerated() {
            report(
                Double(index) / Double(model.steps.count + 1),
                "step \(index + 1) of \(model.steps.count): \(name.value)")
            let result = dialect.quoted("\(model.name):\(index + 1)")
            if let memo = try await memory?.memo(keys[index], in: engine) {
                let rows = memo.sql ?? "SELECT * FROM \(RecipeMemory.table(keys[index], dialect))"
                try await engine.execute("CREATE TEMP VIEW \(result) AS \(rows)")
                made.add(memo, as: result)
                continue
            }
            let about = "model '\(model.name)', step \(index + 1) (\(name.value))"
            guard
                let taken = try await take(
                    step, kind: name.value, about: about, after: made, as: result,
                    key: keys[index], of: model, others, &diagnostics)
            else { return nil }
            memory?.keep(taken.memo, as: keys[index])
            made.add(taken.memo, as: result)
            (made.schema, made.block) = (taken.schema, taken.block)
        }
        report(
            Double(model.steps.count) / Double(model.steps.count + 1),
            "writing \(made.record.rows) rows")
        guard
            try await hasSoundKeys(model, in: made, &diagnostics)
        else { return nil }
        let table = dialect.quoted(model.name)
        try await engine.execute(
            """
            CREATE TABLE \(table) AS
            SELECT * FROM \(made.relation) ORDER BY \(dialect.quoted(model.key.value))
            """)
        return try await finished(model, made.record, made.notices, key: keys[model.steps.count])
    }

    /// What the steps so far have made.
    private struct Made {
        /// The rows, as SQL names them.
        var relation: String
        var record: RunRecord.Model
        var notices: [RunRecord.Caveat] = []
        /// False where the rows lie in no order that would be the same in another run.
        var isOrdered = true
        /// The columns of the rows; nil where they are yet to be asked for.
        var schema: Schema?
        /// The last steps as one SELECT; nil where a step can't go on with them.
        var block: StepBlock?

        mutating func add(_ memo: RecipeMemory.Memo, as result: String) {
            relation = result
            (schema, block) = (nil, nil)
            record.rows = memo.step.rowsOut
            record.steps.append(memo.step)
            record.levels = memo.levels
            notices += memo.notices
            isOrdered = isOrdered && memo.sql != nil
        }
    }

    /// A step that was taken.
    private struct Taken {
        var memo: RecipeMemory.Memo
        var schema: Schema
        var block: StepBlock?
    }

    /// Takes one step: plans it, makes its rows readable as `result`, accounts for it.
    private func take(
        _ step: any Step, kind: String, about: String, after made: Made, as result: String,
        key: RecipeKey, of model: ModelSpec, _ others: [String: StepInput.Relation],
        _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Taken? {
        let dialect = engine.dialect
        let schema = try await schema(of: made)
        var input = StepInput(
            name: model.from.value, schema: schema, relation: made.relation, engine: engine,
            scope: ExpressionScope(
                columns: schema.names, owner: "model '\(model.name)' at this step",
                parser: parser), parser: parser, others: others, settings: settings,
            levels: made.record.levels, key: model.key.value, isOrdered: made.isOrdered)
        let plan = try await step.plan(&input)
        diagnostics += input.diagnostics
        guard let plan else { return nil }
        let (sql, block) = StepBlock.rows(
            of: plan, over: made.relation, after: made.block, dialect)
        do throws(AuroraError) {
            try await make(result, sql, isStored: !plan.isRowByRow, key: key)
        } catch {
            guard let diagnostic = plan.diagnosis?(error) else { throw error }
            diagnostics.append(diagnostic)
            return nil
        }
        let accountant = StepAccountant(input, result: result, rows: made.record.rows)
        let account = try await accountant.account(plan, kind: kind)
        let memo = RecipeMemory.Memo(
            step: account.step, notices: account.notices.map { .init($0, about: about) },
            levels: carried(made.record.levels, over: plan), sql: plan.isRowByRow ? sql : nil)
        return Taken(memo: memo, schema: account.schema, block: block)
    }

    private func schema(of made: Made) async throws(AuroraError) -> Schema {
        if let schema = made.schema { return schema }
        return try await engine.schema(of: "SELECT * FROM \(made.relation)")
    }

    /// Makes the rows of a step readable as `result`.
    private func make(
        _ result: String, _ sql: String, isStored: Bool, key: RecipeKey
    ) async throws(AuroraError) {
        guard isStored else {
            return try await engine.execute("CREATE TEMP VIEW \(result) AS \(sql)")
        }
        guard memory != nil else {
            return try await engine.execute("CREATE TEMP TABLE \(result) AS \(sql)")
        }
        let table = RecipeMemory.table(key, engine.dialect)
        try await engine.execute("CREATE OR REPLACE TABLE \(table) AS \(sql)")
        try await engine.execute("CREATE TEMP VIEW \(result) AS SELECT * FROM \(table)")
    }

    /// The table of the published run, where nothing that it depends on has changed.
    private func reused(
        _ model: ModelSpec, _ keys: [RecipeKey]
    ) async throws(AuroraError) -> Result? {
        guard let published = memory?.published,
            let record = published.models.first(where: { $0.name == model.name }),
            record.fingerprint == keys[model.steps.count].text
        else { return nil }
        report(0, "unchanged: \(record.rows) rows")
        for key in keys { memory?.use(key) }
        let dialect = engine.dialect
        let columns = record.columns.map(dialect.quoted).joined(separator: ", ")
        let table = dialect.quoted(model.name)
        try await engine.execute(
            """
            CREATE TABLE \(table) AS
            SELECT \(columns) FROM \(dialect.quoted(RecipeMemory.publishedDatabase)).\(table)
            ORDER BY \(dialect.quoted(model.key.value))
            """)
        let notices = published.notices.filter {
            $0.about.hasPrefix("model '\(model.name)', step ")
        }
        return try await finished(model, record, notices, key: keys[model.steps.count])
    }

    private func finished(
        _ model: ModelSpec, _ record: RunRecord.Model, _ notices: [RunRecord.Caveat],
        key: RecipeKey
    ) async throws(AuroraError) -> Result {
        var record = record
        let table = engine.dialect.quoted(model.name)
        let schema = try await engine.schema(of: "SELECT * FROM \(table)")
        record.columns = schema.names
        record.fingerprint = key.text
        return Result(
            record: record, notices: notices,
            relation: .init(
                sql: table, schema: schema, key: model.key.value, levels: record.levels,
                fingerprint: key))
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
        _ model: ModelSpec, in made: Made, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Bool {
        let rows = made.record.rows
        let schema = try await schema(of: made)
        let scope = ExpressionScope(
            columns: schema.names, owner: "model '\(model.name)'", parser: parser)
        let before = diagnostics.count
        for (_, column) in model.references { _ = scope.column(column, &diagnostics) }
        guard let key = scope.column(model.key, &diagnostics), diagnostics.count == before else {
            return false
        }
        let name = engine.dialect.quoted(key)
        let answer = try await engine.query(
            "SELECT count(\(name)), count(DISTINCT \(name)) FROM \(made.relation)")
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
