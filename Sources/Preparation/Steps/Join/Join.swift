import Columns
import Engine
import Workspace

/// Brings columns of another table to the rows whose keys are equal.
///
/// A missing key equals nothing. How often rows meet is counted before anything is joined: rows
/// without a match on both sides, and rows that would be repeated. What `expect` rules out stops the
/// run.
struct Join: Step {
    static let name = "join"
    static let summary = "brings columns of another table to the rows whose keys are equal"
    static let fields = FieldType.VariantFields.fields([
        Field("with", .text, required: true, "the source or model that is joined"),
        Field(
            "on", .namePairs, required: true,
            "the columns that must be equal, our: their; a name alone stands for both"),
        Field(
            "kind", .choice(["left", "inner", "full"]),
            "which rows stay: all of ours (left, the default), those with a match (inner), or all "
                + "of both (full)"),
        Field(
            "bring", .namePairs,
            "the columns that are brought, new: their; all but the keys if not stated"),
        Field(
            "expect", .choice(["one", "at_most_one", "many"]),
            "how many of their rows may match one of ours; at_most_one if not stated"),
    ])

    private let values: FieldValues
    private let table: Located<String>

    init(_ values: FieldValues) {
        self.values = values
        table = values.located("with") ?? Located("", at: values.place)
    }

    var uses: [Located<String>] { [table] }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard var other = input.other(table),
            let keys = input.keyPairs(
                values.textMap("on") ?? [], at: values.place(of: "on"), in: &other),
            let brought = brought(from: &other, besides: keys, &input)
        else { return nil }
        let kind = values.text("kind") ?? "left"
        let expected = values.text("expect") ?? "at_most_one"
        let matches = try await MatchCounts(input, other, keys)
        guard isAsExpected(matches, expected, keys, other, &input) else { return nil }
        let dialect = input.dialect
        var columns = input.ours
        if kind == "full" {
            for key in keys {
                guard let index = columns.firstIndex(where: { $0.name == key.ours.name }) else {
                    continue
                }
                columns[index].sql =
                    "COALESCE(\(columns[index].sql), theirs.\(dialect.quoted(key.theirs.name)))"
                columns[index].isChanged = true
                columns[index].reads = [key.ours.name, "\(other.name).\(key.theirs.name)"]
            }
        }
        columns += brought.map { new, column in
            .init(
                name: new, sql: "theirs.\(dialect.quoted(column))", replaces: nil, isChanged: true,
                reads: (["\(other.name).\(column)"] + keys.map(\.ours.name)))
        }
        let condition = keys.map {
            "ours.\(dialect.quoted($0.ours.name)) = theirs.\(dialect.quoted($0.theirs.name))"
        }
        let list = keys.map {
            $0.ours.name == $0.theirs.name ? $0.ours.name : "\($0.ours.name) = \($0.theirs.name)"
        }.joined(separator: ", ")
        var plan = StepPlan(
            columns: columns,
            from: "\(input.relation) AS ours \(kind.uppercased()) JOIN \(other.relation) AS theirs "
                + "ON \(condition.joined(separator: " AND "))",
            summary: "\(kind) join with \(other.name) on \(list)",
            levels: Dictionary(
                brought.compactMap { new, column in other.levels[column].map { (new, $0) } },
                uniquingKeysWith: { $1 }))
        plan.facts = matches.facts(about: other.name)
        let rows = matches.rows(kind)
        if rows > matches.ours.rows, matches.mostMatches > 1 {
            plan.notices.append(
                Notice(
                    "fan_out",
                    "\(matches.ours.rows) rows became \(rows), as up to \(matches.mostMatches) rows "
                        + "of '\(other.name)' match one; what is summed over them counts rows twice"
                ))
        }
        return plan
    }

    /// The columns of the other table by the names they get.
    private func brought(
        from other: inout StepInput, besides keys: [KeyPair], _ input: inout StepInput
    ) -> [(new: String, column: String)]? {
        let isStated = values.textMap("bring") != nil
        let named =
            values.textMap("bring")
            ?? other.schema.names.filter { name in !keys.contains { $0.theirs.name == name } }
            .map { (Located($0, at: table.place), Located($0, at: table.place)) }
        var taken: [String: String] = [:]
        for name in input.schema.names { taken[name.lowercased()] = input.name }
        let before = input.diagnostics.count
        for (new, column) in named {
            if other.column(column) == nil { continue }
            if let owner = taken[new.value.lowercased()] {
                input.diagnostics.append(
                    Diagnostic(
                        "column_exists", at: new.place,
                        "'\(new.value)' of '\(other.name)' would be the second column of that name"
                            + (owner == input.name ? "" : " that is brought"),
                        hint: isStated
                            ? "give it another name under 'bring'"
                            : "name under 'bring' what is to be brought, like "
                                + "bring: {\(other.name)_\(new.value): \(column.value)}"))
            }
            taken[new.value.lowercased()] = other.name
        }
        input.diagnostics += other.diagnostics
        return input.diagnostics.count == before
            ? named.map { ($0.key.value, $0.value.value) } : nil
    }

    private func isAsExpected(
        _ matches: MatchCounts, _ expected: String, _ keys: [KeyPair],
        _ other: StepInput, _ input: inout StepInput
    ) -> Bool {
        let place = values.place(of: "expect")
        let before = input.diagnostics.count
        if expected != "many", matches.mostMatches > 1 {
            let names = keys.map(\.theirs.name).joined(separator: ", ")
            let example = matches.repeatedKey.map { ", like '\(Redaction.shape(of: $0))'," } ?? ""
            input.diagnostics.append(
                Diagnostic(
                    "join_repeats", at: place,
                    "\(matches.repeatedKeys) values of \(names)\(example) stand in "
                        + "\(matches.rowsOfRepeatedKeys) rows of '\(other.name)', so "
                        + "\(matches.repeatedRows) of \(matches.ours.rows) rows would be repeated, "
                        + "up to \(matches.mostMatches) times",
                    hint:
                        "deduplicate or aggregate '\(other.name)' in a model of its own, or state "
                        + "expect: many"))
        }
        let unmatched = matches.ours.unmatched + matches.ours.missing
        if expected == "one", unmatched > 0 {
            input.diagnostics.append(
                Diagnostic(
                    "join_unmatched", at: place,
                    "\(unmatched) of \(matches.ours.rows) rows have no match in '\(other.name)', "
                        + "\(matches.ours.missing) of them because their key is missing",
                    hint: "state expect: at_most_one, or find out where the rows are"))
        }
        return input.diagnostics.count == before
    }
}
