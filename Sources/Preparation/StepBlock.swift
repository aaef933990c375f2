import Engine

/// Steps behind each other that only compute columns, as one SELECT over what stands before them.
///
/// A view on top of a view on top of a view is taken apart again with every question about it, and
/// that costs an engine more than the rows of a small table do. So a step is written over the
/// relation before its block wherever its SQL names no column that the block has made or changed.
struct StepBlock {
    /// The relation before the block, as SQL names it.
    private let base: String
    /// By name of a column behind the block, its SQL over the base.
    private let columns: [String: String]
    /// The columns that are not those of the base, as SQL names them, in small letters.
    private let altered: [String]

    private init(base: String, columns: [(name: String, sql: String)], _ dialect: any Dialect) {
        self.base = base
        self.columns = Dictionary(columns.map { ($0.name, $0.sql) }, uniquingKeysWith: { $1 })
        altered = columns.filter { $0.sql != dialect.quoted($0.name) }
            .map { dialect.quoted($0.name).lowercased() }
    }

    /// The SQL of a step's rows, and the block that it goes on with; no block where the step does
    /// more than compute columns.
    ///
    /// - Parameter relation: what stands before the step: what `block` has made, where there is one.
    static func rows(
        of plan: StepPlan, over relation: String, after block: StepBlock?, _ dialect: any Dialect
    ) -> (sql: String, block: StepBlock?) {
        guard plan.isRowByRow, plan.filter == nil else {
            return (plan.sql(over: relation, dialect), nil)
        }
        if let block, let columns = block.columns(of: plan, over: relation) {
            let items = columns.map { "\($0.sql) AS \(dialect.quoted($0.name))" }
            return (
                "SELECT \(items.joined(separator: ", ")) FROM \(block.base)",
                StepBlock(base: block.base, columns: columns, dialect)
            )
        }
        let columns = plan.columns.map { (name: $0.name, sql: $0.sql) }
        return (
            plan.sql(over: relation, dialect),
            StepBlock(base: relation, columns: columns, dialect)
        )
    }

    /// The columns behind the step over the base; nil where the step reads one that is not there.
    private func columns(
        of plan: StepPlan, over relation: String
    ) -> [(name: String, sql: String)]? {
        // Engines compare names without regard to case.
        let others = altered + [relation.lowercased()]
        var result: [(name: String, sql: String)] = []
        for column in plan.columns {
            if !column.isChanged, let replaced = column.replaces {
                guard let sql = columns[replaced] else { return nil }
                result.append((column.name, sql))
                continue
            }
            let text = column.sql.lowercased()
            guard !others.contains(where: text.contains) else { return nil }
            result.append((column.name, column.sql))
        }
        return result
    }
}
