import Columns
import Engine
import Workspace

/// Scores recency, frequency and monetary value by quantiles that keep ties together
/// (METHODS.md section 9).
///
/// A score is 1 and one more for each edge that the value exceeds; edge j of n scores is the
/// smallest value that at least j ∕ n of the customers do not exceed. Days since the last row count
/// downwards: the most recent score highest. Who has no row has no scores, and moves no edge.
struct RFM: Step {
    static let name = "rfm"
    static let summary = "scores recency, frequency and monetary value by quantiles"
    static let fields = FieldType.VariantFields.fields(
        KeyedRows.fields.map { field in
            var field = field
            field.isRequired = false
            return field
        } + [
            Field("amount", .expression, "what is summed up to the monetary value"),
            Field("recency", .text, "our column of days since the last row, instead of 'from'"),
            Field("frequency", .text, "our column of how often, instead of 'from'"),
            Field("monetary", .text, "our column of how much, instead of 'from'"),
            Field("scores", .integer(2...9), "the highest score; 5 if not stated"),
        ])

    private static let parts = ["recency", "frequency", "monetary"]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    var uses: [Located<String>] { [values.located("from")].compactMap { $0 } }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let basis = try await basis(&input) else { return nil }
        let highest = values.integer("scores") ?? 5
        var plan = StepPlan(
            columns: (basis.from == nil ? input.passedOn : input.ours) + basis.added,
            from: basis.from, summary: basis.summary)
        plan.facts = basis.facts
        plan.notices = basis.notices
        var scores: [String] = []
        for (part, column) in zip(Self.parts, basis.columns) {
            let isDescending = part == "recency"
            let edges = try await edges(
                of: column, highest: highest, isDescending: isDescending, basis, input)
            guard !edges.isEmpty else {
                input.diagnostics.append(
                    Diagnostic(
                        "no_values", at: values.place, "nobody has a \(part) to be scored",
                        hint: "look at the keys and at the as-of date"))
                return nil
            }
            plan.fitted[part] = .text(edges.map(\.description).joined(separator: ", "))
            let exceeds = isDescending ? "<" : ">"
            let terms = edges.map {
                "CASE WHEN \(column.sql) \(exceeds) \(input.dialect.literal($0)) THEN 1 ELSE 0 END"
            }
            let score =
                "CASE WHEN \(basis.isScored) THEN 1 + \(terms.joined(separator: " + ")) END"
            scores.append("CAST(\(score) AS \(input.dialect.typeName(.integer)))")
            if Set(edges).count < edges.count {
                plan.facts.append(
                    "\(part): so many customers have the same value that some scores are not given")
            }
        }
        let text = input.dialect.typeName(.text)
        let reads = basis.columns.map(\.reads)
        let all = reads.flatMap { $0 }.reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let joined = scores.map { "CAST(\($0) AS \(text))" }.joined(separator: " || ")
        for (name, sql, reads) in zip3(["r", "f", "m", "rfm"], scores + [joined], reads + [all]) {
            guard input.isNew(Located(name, at: values.place)) else { continue }
            plan.columns.append(
                .init(name: name, sql: sql, replaces: nil, isChanged: true, reads: reads))
        }
        return input.diagnostics.isEmpty ? plan : nil
    }

    // MARK: What is scored

    private struct Basis {
        /// The relation that holds the three, and what stands behind FROM where it is not our own.
        var relation: String
        var from: String?
        var columns: [(sql: String, reads: [String])]
        var added: [StepPlan.OutputColumn] = []
        /// SQL that is true where all three are there.
        var isScored: String
        var summary: String
        var facts: [String] = []
        var notices: [Notice] = []
    }

    private func basis(_ input: inout StepInput) async throws(AuroraError) -> Basis? {
        let own = Self.parts.filter { values.text($0) != nil }
        let needed = ["from", "key", "match", "date", "amount"]
        let stated = needed.filter { values.text($0) != nil }
        if own.isEmpty, stated == needed { return try await summedUp(&input) }
        if stated.isEmpty, own == Self.parts { return try await ownColumns(&input) }
        input.diagnostics.append(
            Diagnostic(
                "rfm_basis", at: values.place,
                "'rfm' states " + (own + stated).joined(separator: ", "),
                hint: "state either \(needed.joined(separator: ", ")), or our own columns "
                    + Self.parts.joined(separator: ", ")))
        return nil
    }

    private func ownColumns(_ input: inout StepInput) async throws(AuroraError) -> Basis? {
        let dialect = input.dialect
        var fields: [Schema.Field] = []
        for part in Self.parts {
            guard let name = values.located(part), let field = input.column(name) else { continue }
            if field.type.isNumeric {
                fields.append(field)
            } else {
                input.diagnostics.append(
                    Diagnostic(
                        "not_a_number", at: name.place,
                        "'\(field.name)' is \(field.type), which has no scores"))
            }
        }
        guard fields.count == Self.parts.count else { return nil }
        let isScored = input.isPresent(fields)
        let unscored = try await input.values("count(*) FILTER (WHERE NOT \(isScored))")[0]
        return Basis(
            relation: input.relation, columns: fields.map { (dialect.quoted($0.name), [$0.name]) },
            isScored: isScored, summary: "scores of " + fields.map(\.name).joined(separator: ", "),
            facts: ["\(unscored) rows have no scores"])
    }

    private func summedUp(_ input: inout StepInput) async throws(AuroraError) -> Basis? {
        guard var rows = try await KeyedRows(values, &input), let text = values.located("amount")
        else { return nil }
        let amount = try await rows.other.numbers(text)
        input.diagnostics += rows.other.diagnostics
        guard let amount,
            let total = try await rows.other.exact(
                .aggregate(.init(function: "sum", arguments: [amount])), at: text)
        else { return nil }
        let last = CheckedExpression.aggregate(.init(function: "max", arguments: [rows.day]))
        let days = CheckedExpression.call(
            function: "date_diff",
            arguments: [.literal(.text("day")), last, rows.literal(rows.asOf)])
        let summed = rows.summed(
            [("recency", rows.sql(days)), ("frequency", "count(*)"), ("monetary", total.sql)],
            after: nil)
        let reads = [rows.lineage([]), rows.lineage([]), rows.lineage(amount.columnNames)]
        let sql = [
            "theirs.recency", "COALESCE(theirs.frequency, 0)", "COALESCE(theirs.monetary, 0)",
        ]
        for part in Self.parts { _ = input.isNew(Located(part, at: values.place)) }
        guard input.diagnostics.isEmpty else { return nil }
        let account = try await rows.account(of: input, after: nil)
        let from = rows.joined(summed, to: input)
        return Basis(
            relation: from, from: from, columns: Array(zip(sql, reads)),
            added: zip3(Self.parts, sql, reads).map {
                .init(name: $0, sql: $1, replaces: nil, isChanged: true, reads: $2)
            }, isScored: "theirs.recency IS NOT NULL",
            summary: "scores of '\(rows.other.name)' up to \(rows.asOf)", facts: account.facts,
            notices: account.notices)
    }

    // MARK: Edges

    /// The edges between scores, lowest score first; equal ones where many share a value. Empty
    /// where nobody has one.
    private func edges(
        of column: (sql: String, reads: [String]), highest: Int, isDescending: Bool,
        _ basis: Basis, _ input: StepInput
    ) async throws(AuroraError) -> [Value] {
        let first = isDescending ? "max" : "min"
        let items = (1..<highest).map {
            "\(first)(value) FILTER (WHERE reached * \(highest) >= total * \($0))"
        }
        let order = isDescending ? "DESC" : "ASC"
        let answer = try await input.engine.query(
            """
            SELECT \(items.joined(separator: ", ")) FROM (
                SELECT value, sum(amount) OVER (ORDER BY value \(order)) AS reached,
                    sum(amount) OVER () AS total
                FROM (
                    SELECT \(column.sql) AS value, count(*) AS amount FROM \(basis.relation)
                    WHERE \(basis.isScored) GROUP BY 1))
            """)
        return answer.row(0).filter { !$0.isMissing }
    }
}

/// Three sequences side by side.
private func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C]) -> [(A, B, C)] {
    zip(a, zip(b, c)).map { ($0, $1.0, $1.1) }
}
