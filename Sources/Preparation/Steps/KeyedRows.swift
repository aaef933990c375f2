import Columns
import Engine
import Workspace

/// The rows of another table that belong to ours by a key, up to a day: a customer's transactions as
/// of a date. What lies after that day is counted and never used.
struct KeyedRows {
    var other: StepInput
    let key: KeyPair
    let asOf: CalendarDate
    /// The day of a row.
    let day: CheckedExpression
    /// The columns that say which rows belong where.
    let reads: [String]
    private let condition: CheckedExpression?

    static let fields = [
        Field("from", .text, required: true, "the source or model whose rows are summed up"),
        Field("key", .text, required: true, "their column that says to whom a row belongs"),
        Field("match", .text, required: true, "our column that it equals"),
        Field("date", .text, required: true, "their column that says when it was"),
        Field("as_of", .text, "the last day that counts; the project's if not stated"),
        Field("where", .expression, "which of their rows count; all if not stated"),
    ]

    /// - Returns: nil when the input's diagnostics say what is wrong with the keys of `values`.
    init?(_ values: FieldValues, _ input: inout StepInput) async throws(AuroraError) {
        guard let from = values.located("from"), let key = values.located("key"),
            let match = values.located("match"), let date = values.located("date"),
            var other = input.other(from)
        else { return nil }
        var condition: CheckedExpression?
        if let text = values.located("where"), try await other.condition(text) != nil {
            condition = await other.scope.check(text, &other.diagnostics)
        }
        let dated = other.column(date)
        // Tells the other table's diagnostics, too.
        let pair = input.keyPairs([(match, key)], at: match.place, in: &other)
        guard let dated, let pair, let asOf = input.asOf(values, "as_of"),
            input.diagnostics.isEmpty
        else { return nil }
        guard [.date, .timestamp(zoned: false)].contains(dated.type) else {
            input.diagnostics.append(
                Diagnostic(
                    "not_a_date", at: date.place,
                    "'\(dated.name)' of '\(other.name)' is \(dated.type), not a date",
                    hint: "cast it in a model of its own, or state its type in the source file"))
            return nil
        }
        self.other = other
        self.key = pair[0]
        self.asOf = asOf
        self.condition = condition
        let column = CheckedExpression.column(.init(name: dated.name, offset: 0))
        day = dated.type == .date ? column : .cast(column, .date, orMissing: false)
        reads =
            [pair[0].ours.name]
            + ([pair[0].theirs.name, dated.name] + (condition?.columnNames ?? []))
            .map { "\(other.name).\($0)" }
    }

    /// A column of theirs as lineage names it.
    func lineage(_ columns: [String]) -> [String] {
        var seen = Set(reads)
        return reads + columns.map { "\(other.name).\($0)" }.filter { seen.insert($0).inserted }
    }

    /// True for rows after the day `bound`, and not after `last` (the as-of date if not stated).
    func lies(after bound: CalendarDate, until last: CalendarDate? = nil) -> CheckedExpression {
        let isAfter = CheckedExpression.comparison(.greater, day, literal(bound))
        guard let last else { return isAfter }
        return .all([isAfter, .comparison(.lessOrEqual, day, literal(last))])
    }

    func literal(_ date: CalendarDate) -> CheckedExpression {
        .literal(.date(days: Int32(date.daysSince1970)))
    }

    func sql(_ expression: CheckedExpression) -> String {
        other.dialect.sql(expression, column: other.dialect.quoted)
    }

    /// SQL for the rows that count.
    ///
    /// - Parameter bound: the day after which they lie; nil where none is too old.
    func count(after bound: CalendarDate?) -> String {
        var terms = [
            "\(other.dialect.quoted(key.theirs.name)) IS NOT NULL",
            sql(.comparison(.lessOrEqual, day, literal(asOf))),
        ]
        if let bound { terms.append(sql(lies(after: bound))) }
        if let condition { terms.append(sql(condition)) }
        return "(" + terms.joined(separator: " AND ") + ")"
    }

    /// Theirs summed up by key, to be joined to ours: `items` with their names, and the key as
    /// `":key"`.
    func summed(_ items: [(name: String, sql: String)], after bound: CalendarDate?) -> String {
        let dialect = other.dialect
        let key = dialect.quoted(key.theirs.name)
        let list = items.map { "\($0.sql) AS \(dialect.quoted($0.name))" }
        return "(SELECT \(([#"\#(key) AS ":key""#] + list).joined(separator: ", ")) "
            + "FROM \(other.relation) WHERE \(count(after: bound)) GROUP BY \(key))"
    }

    /// Our rows with theirs summed up.
    func joined(_ summed: String, to input: StepInput) -> String {
        "\(input.relation) AS ours LEFT JOIN \(summed) AS theirs "
            + "ON ours.\(input.dialect.quoted(key.ours.name)) = theirs.\":key\""
    }

    // MARK: The account

    /// Where each of their rows went, and how many of ours have none.
    ///
    /// - Parameter bound: the day up to which rows are too old for any window; nil where none is.
    func account(
        of input: StepInput, after bound: CalendarDate?
    ) async throws(AuroraError) -> (facts: [String], notices: [Notice]) {
        let dialect = input.dialect
        let theirKey = dialect.quoted(key.theirs.name)
        let ourKey = dialect.quoted(key.ours.name)
        let classes: [(condition: String, text: String)] = [
            (
                condition.map { "NOT COALESCE(\(sql($0)), FALSE)" } ?? "FALSE",
                "are not among those that count"
            ),
            ("\(theirKey) IS NULL", "belong to nobody, as their key is missing"),
            (sql(.isMissing(day, negated: false)), "have no date"),
            (sql(lies(after: asOf)), "lie after \(asOf) and were not used"),
            ("\":match\" IS NULL", "belong to no row of ours"),
            (
                bound.map { sql(.comparison(.lessOrEqual, day, literal($0))) } ?? "FALSE",
                "lie before the longest window"
            ),
        ]
        let whens = classes.enumerated().map { "WHEN \($1.condition) THEN \($0)" }
        let items = (classes.indices.map { $0 } + [classes.count]).map {
            "count(*) FILTER (WHERE \":class\" = \($0))"
        }
        let answer = try await input.engine.query(
            """
            SELECT count(*), \(items.joined(separator: ", ")) FROM (
                SELECT CASE \(whens.joined(separator: " ")) ELSE \(classes.count) END AS ":class"
                FROM \(other.relation) LEFT JOIN (
                    SELECT DISTINCT \(ourKey) AS ":match" FROM \(input.relation)
                    WHERE \(ourKey) IS NOT NULL) AS matches ON \(theirKey) = ":match")
            """)
        let counts = answer.row(0).map { $0.integerValue ?? 0 }
        let idle = try await input.engine.query(
            """
            SELECT count(*) FROM \(input.relation) AS ours WHERE NOT EXISTS (
                SELECT 1 FROM (SELECT \(theirKey) AS ":key" FROM \(other.relation)
                WHERE \(count(after: bound))) AS theirs WHERE ":key" = ours.\(ourKey))
            """
        ).columns[0][0]
        var facts = [
            "\(counts[classes.count + 1]) of \(counts[0]) rows of '\(other.name)' were used",
            "\(idle) rows have none that counts",
        ]
        for (count, (_, text)) in zip(counts.dropFirst(), classes) where count > 0 {
            facts.append("\(count) rows of '\(other.name)' \(text)")
        }
        let late = counts[4]
        guard late > 0 else { return (facts, []) }
        let notice = Notice(
            "after_as_of",
            "\(late) rows of '\(other.name)' lie after \(asOf); nothing of them was used")
        return (facts, [notice])
    }
}
