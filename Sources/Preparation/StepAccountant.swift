import Columns
import Engine
import Runs
import Workspace

/// Finds out what a step did, by comparing the relation before it with the one behind it.
struct StepAccountant {
    private let input: StepInput
    /// The relation behind the step, as SQL names it.
    private let result: String
    /// Rows before the step.
    private let rows: Int

    init(_ input: StepInput, result: String, rows: Int) {
        self.input = input
        self.result = result
        self.rows = rows
    }

    /// - Returns: what the step did, what there is to tell of it, and the columns behind it.
    func account(
        _ plan: StepPlan, kind: String
    ) async throws(AuroraError) -> (step: RunRecord.Step, notices: [Notice], schema: Schema) {
        let schema = try await input.engine.schema(of: "SELECT * FROM \(result)")
        let changes = plan.isRowByRow ? changes(in: plan, schema) : []
        let conditions =
            (plan.isRowByRow ? [plan.filter].compactMap { $0 } : []) + changes.map(\.condition)
            + plan.counted.map(\.condition)
        var counts: [Int] = []
        if !conditions.isEmpty {
            let items = conditions.map { input.dialect.count(where: $0) }
            counts = try await input.values(items.joined(separator: ", "))
                .map { $0.integerValue ?? 0 }
        }
        let counted = Array(zip(plan.counted, counts.suffix(plan.counted.count)))
        let caveats = counted.compactMap { $0.notice($1, rows) }
        let rowsOut: Int
        if plan.isRowByRow {
            rowsOut = plan.filter == nil ? rows : counts.removeFirst()
        } else {
            let answer = try await input.engine.query("SELECT count(*) FROM \(result)")
            rowsOut = answer.columns[0][0].integerValue ?? 0
        }
        let changed = zip(changes, counts).filter { $0.1 > 0 }
        var step = RunRecord.Step(
            kind: kind, summary: plan.summary, rowsIn: rows, rowsOut: rowsOut,
            cellsChanged: Dictionary(
                changed.map { ($0.0.column.name, $0.1) }, uniquingKeysWith: { first, _ in first }),
            columnsAdded: plan.columns.filter { $0.replaces == nil }.map(\.name),
            fitted: plan.fitted.mapValues(\.description))
        let kept = Set(plan.columns.compactMap(\.replaces))
        step.columnsRemoved = input.schema.names.filter { !kept.contains($0) }
        step.facts =
            plan.facts + counted.compactMap { $0.fact($1, rows) }
            + (plan.isRowByRow ? newTypes(in: plan, schema) : [])
        step.lineage = Dictionary(
            plan.columns.filter { $0.isChanged || $0.name != $0.replaces }.map {
                ($0.name, $0.reads.isEmpty ? [$0.replaces].compactMap { $0 } : $0.reads)
            }, uniquingKeysWith: { first, _ in first })
        for (change, _) in changed {
            step.examples += try await examples(of: change, plan)
        }
        return (step, plan.notices + caveats, schema)
    }

    // MARK: Cells

    private struct Change {
        var column: StepPlan.OutputColumn
        /// SQL that is true where the new value is another one than the old one.
        var condition: String
    }

    private func changes(in plan: StepPlan, _ schema: Schema) -> [Change] {
        plan.columns.filter { $0.isChanged && $0.replaces != nil }.map { column in
            let difference = difference(
                column.sql, schema[column.name]?.type, from: column.replaces ?? column.name,
                input.schema[column.replaces ?? column.name]?.type)
            return Change(column: column, condition: difference)
        }
    }

    /// The columns that hold another kind of value than before, or another number of decimals.
    private func newTypes(in plan: StepPlan, _ schema: Schema) -> [String] {
        plan.columns.filter(\.isChanged).compactMap { column in
            guard let old = column.replaces.flatMap({ input.schema[$0]?.type }),
                let new = schema[column.name]?.type, !old.isAlike(new)
            else { return nil }
            return "\(column.name) was \(old) and is \(new) now"
        }
    }

    /// A text is compared in the new type, so that '1.50' becomes 1.5 unchanged; types that an
    /// engine can't compare are compared by their texts.
    private func difference(
        _ sql: String, _ type: ColumnType?, from name: String, _ oldType: ColumnType?
    ) -> String {
        let dialect = input.dialect
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

    // MARK: Examples

    /// Changed cells that are looked at for examples: the first of the relation, or all where no
    /// order says which are the first.
    private static let looked = 1_000
    private static let shown = 3
    /// A value that this many of them share tells nobody's own.
    private var common: Int { max(5, input.settings.privacy.smallestCell) }

    private func examples(
        of change: Change, _ plan: StepPlan
    ) async throws(AuroraError) -> [RunRecord.Example] {
        let dialect = input.dialect
        let name = change.column.name
        let old = change.column.replaces ?? name
        let text = dialect.typeName(.text)
        let filter = plan.filter.map { "(\($0)) AND " } ?? ""
        let limit = input.isOrdered ? " LIMIT \(Self.looked)" : ""
        let answer = try await input.engine.query(
            """
            SELECT before, after, count(*) AS cells FROM (
                SELECT CAST(\(dialect.quoted(old)) AS \(text)) AS before,
                    CAST(\(change.column.sql) AS \(text)) AS after
                FROM \(input.relation) WHERE \(filter)\(change.condition)\(limit))
            GROUP BY before, after ORDER BY cells DESC, before, after LIMIT \(Self.shown)
            """)
        let privacy = input.settings.privacy
        let isPrivate = (privacy.identifying + privacy.hidden)
            .contains { $0.value == name || $0.value == old }
        return (0..<answer.rowCount).map { row in
            let values = answer.row(row)
            let isCommon = (values[2].integerValue ?? 0) >= common
            func shown(_ value: Value) -> String? {
                value.textValue.map { isCommon && !isPrivate ? $0 : Redaction.shape(of: $0) }
            }
            return RunRecord.Example(
                column: name, before: shown(values[0]), after: shown(values[1]))
        }
    }
}

extension ColumnType {
    /// True where both are of one kind; a decimal may have more digits before the point.
    fileprivate func isAlike(_ other: ColumnType) -> Bool {
        switch (self, other) {
        case (.decimal(_, let scale), .decimal(_, let otherScale)): scale == otherScale
        default: self == other
        }
    }
}
