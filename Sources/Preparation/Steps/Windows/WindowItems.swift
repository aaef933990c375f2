import Columns
import Engine
import Workspace

/// Compiles window columns: aggregates over the other table, and what is made of them for our rows.
struct WindowItems {
    var rows: KeyedRows
    let months: [Int]
    /// Aggregates by key.
    private(set) var summed: [(name: String, sql: String)] = []
    /// What our rows get, and where it is stated.
    private(set) var columns: [StepPlan.OutputColumn] = []
    private(set) var places: [Diagnostic.Place] = []
    private(set) var fitted: [String: Value] = [:]
    /// True where rows that are older than the longest window count, too.
    private(set) var needsAll = false

    init(_ rows: KeyedRows, months: [Int]) {
        self.rows = rows
        self.months = months
    }

    private var dialect: any Dialect { rows.other.dialect }
    private var double: String { dialect.typeName(.double) }

    /// Adds a column for each window; the other table's diagnostics say what is wrong.
    mutating func add(_ column: WindowColumn) async throws(AuroraError) {
        let text = column.text ?? column.name
        var argument: CheckedExpression?
        if let stated = column.text {
            if column.measure.needsNumbers {
                argument = try await rows.other.numbers(stated)
            } else if try await rows.other.scalar(stated) != nil {
                argument = await rows.other.scope.check(stated, &rows.other.diagnostics)
            }
            if argument == nil { return }
        }
        var condition: CheckedExpression?
        if let stated = column.condition {
            guard try await rows.other.condition(stated) != nil else { return }
            condition = await rows.other.scope.check(stated, &rows.other.diagnostics)
        }
        let item = Item(column: column, text: text, argument: argument, condition: condition)
        switch column.measure {
        case .sum: try await addEach(item, "sum", isZero: true)
        case .count: try await addEach(item, "count", isZero: true)
        case .distinct: try await addEach(item, "count", isDistinct: true, isZero: true)
        case .mean: try await addEach(item, "avg")
        case .min: try await addEach(item, "min")
        case .max: try await addEach(item, "max")
        case .trend: try await addMonthly(item, trend)
        case .volatility: try await addMonthly(item, volatility)
        case .share: try await addShares(item)
        case .daysSince: try await addDaysSince(item)
        }
    }

    private struct Item {
        var column: WindowColumn
        var text: Located<String>
        var argument: CheckedExpression?
        var condition: CheckedExpression?
        var name: String { column.name.value }
        var reads: [String] {
            (argument?.columnNames ?? []) + (condition?.columnNames ?? [])
                + [column.category?.value].compactMap { $0 }
        }
    }

    // MARK: One aggregate a window

    private mutating func addEach(
        _ item: Item, _ function: String, isDistinct: Bool = false, isZero: Bool = false
    ) async throws(AuroraError) {
        for window in months {
            let isIn = rows.lies(after: rows.asOf.before(months: window))
            guard let name = try await sum(item, function, isDistinct: isDistinct, over: [isIn])
            else { return }
            add("\(item.name)_\(window)m", isZero ? "COALESCE(\(name), 0)" : name, item)
        }
    }

    private mutating func addDaysSince(_ item: Item) async throws(AuroraError) {
        needsAll = true
        let last = CheckedExpression.aggregate(
            .init(function: "max", arguments: [rows.day], filter: item.condition))
        let days = CheckedExpression.call(
            function: "date_diff",
            arguments: [.literal(.text("day")), last, rows.literal(rows.asOf)])
        guard let exact = try await rows.other.exact(days, at: item.text) else { return }
        add(item.name, named(exact.sql), item)
    }

    // MARK: Monthly sums

    private mutating func addMonthly(
        _ item: Item, _ measure: (_ sums: [String]) -> String
    ) async throws(AuroraError) {
        let windows = months.filter { $0 > 1 }
        guard let longest = windows.last else {
            rows.other.diagnostics.append(
                Diagnostic(
                    "invalid_months", at: item.column.name.place,
                    "'\(item.name)' needs a window of at least 2 months",
                    hint: "state one under 'months', like 6"))
            return
        }
        var sums: [String] = []
        for month in 1...longest {
            let isIn = rows.lies(
                after: rows.asOf.before(months: month), until: rows.asOf.before(months: month - 1))
            guard let name = try await sum(item, "sum", over: [isIn]) else { return }
            sums.append("COALESCE(\(name), 0)")
        }
        for window in windows {
            add("\(item.name)_\(window)m", measure(Array(sums.prefix(window))), item)
        }
    }

    /// The slope of the least-squares line through m monthly sums y, the oldest at x = 1:
    /// Σ(x − x̄)y ∕ Σ(x − x̄)² = 6 Σ(2x − m − 1)y ∕ m(m² − 1). The weights are whole, so the sum of
    /// exact amounts is exact.
    private func trend(_ sums: [String]) -> String {
        let months = sums.count
        let terms = sums.enumerated().map { "\($1) * (\(months - 1 - 2 * $0))" }
        let product = "CAST((\(terms.joined(separator: " + "))) AS \(double))"
        return "6 * \(product) / \(months * (months * months - 1))"
    }

    /// The population standard deviation of m monthly sums y: √(m Σy² − (Σy)²) ∕ m, each y rounded to
    /// 4 digits after the point, so that all below the root is exact.
    private func volatility(_ sums: [String]) -> String {
        let months = sums.count
        let type = dialect.typeName(.decimal(precision: 18, scale: 4))
        let rounded = sums.map { "CAST(\($0) AS \(type))" }
        let total = "CAST((\(rounded.joined(separator: " + "))) AS \(type))"
        let squares = rounded.map { "\($0) * \($0)" }.joined(separator: " + ")
        let variance = "(\(squares)) * \(months) - \(total) * \(total)"
        return "sqrt(CAST((\(variance)) AS \(double))) / \(months)"
    }

    // MARK: Shares

    private mutating func addShares(_ item: Item) async throws(AuroraError) {
        guard let by = item.column.category, let category = rows.other.column(by),
            let longest = months.last,
            let levels = try await rows.other.levels(
                of: category, stated: item.column.levels,
                where: rows.count(after: rows.asOf.before(months: longest)), at: by.place)
        else { return }
        if item.column.levels == nil {
            fitted["\(item.name): \(category.name)"] = .text(
                levels.map(\.description).joined(separator: ", "))
        }
        for window in months {
            let pattern = Located("\(item.name)_{}_\(window)m", at: item.column.name.place)
            let isIn = rows.lies(after: rows.asOf.before(months: window))
            guard let names = rows.other.names(of: levels, pattern: pattern, besides: []),
                let total = try await sum(item, "sum", over: [isIn])
            else { return }
            for (level, name) in zip(levels, names) {
                let isLevel = CheckedExpression.comparison(
                    .equal, .column(.init(name: category.name, offset: 0)), .literal(level))
                guard let part = try await sum(item, "sum", over: [isIn, isLevel]) else { return }
                add(
                    name,
                    "CAST(COALESCE(\(part), 0) AS \(double)) / "
                        + "NULLIF(CAST(\(total) AS \(double)), 0)", item)
            }
        }
    }

    // MARK: Parts

    /// Adds an aggregate by key.
    ///
    /// - Returns: the SQL by which our rows read it.
    private mutating func sum(
        _ item: Item, _ function: String, isDistinct: Bool = false, over rows: [CheckedExpression]
    ) async throws(AuroraError) -> String? {
        let terms = rows + [item.condition].compactMap { $0 }
        let aggregate = CheckedExpression.aggregate(
            .init(
                function: function, arguments: [item.argument].compactMap { $0 },
                distinct: isDistinct, filter: terms.count == 1 ? terms[0] : .all(terms)))
        return try await self.rows.other.exact(aggregate, at: item.text).map { named($0.sql) }
    }

    private mutating func named(_ sql: String) -> String {
        let name = ":\(summed.count)"
        summed.append((name, sql))
        return "theirs.\(dialect.quoted(name))"
    }

    private mutating func add(_ name: String, _ sql: String, _ item: Item) {
        columns.append(
            .init(
                name: name, sql: sql, replaces: nil, isChanged: true,
                reads: rows.lineage(item.reads)))
        places.append(item.column.name.place)
    }
}
