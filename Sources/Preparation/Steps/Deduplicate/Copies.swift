import Columns
import Engine

/// The rows that share the values of some columns, and in what they differ.
struct Copies {
    /// Values, or combinations of them, that several rows share.
    let groups: Int
    let rows: Int
    /// Those of them whose rows are not the same in the other columns.
    let differingGroups: Int
    let differingRows: Int
    /// In how many groups the rows differ, by column, the most first.
    let differences: [(column: String, groups: Int)]

    /// - Parameter isComparable: SQL for the rows that can be copies.
    ///
    /// Complexity: the rows are grouped once.
    init(
        _ input: StepInput, by: [Schema.Field], isComparable: String
    ) async throws(AuroraError) {
        let dialect = input.dialect
        let names = by.map { dialect.quoted($0.name) }.joined(separator: ", ")
        let others = input.schema.fields.filter { !by.contains($0) }
        let differs = others.enumerated().map { index, field in
            let name = dialect.quoted(field.name)
            return "COALESCE(min(\(name)) <> max(\(name)), FALSE) "
                + "OR count(\(name)) BETWEEN 1 AND count(*) - 1 AS differs\(index)"
        }
        let any =
            others.isEmpty
            ? "FALSE" : others.indices.map { "differs\($0)" }.joined(separator: " OR ")
        let counts = others.indices.map { "count(*) FILTER (WHERE differs\($0))" }
        let answer = try await input.engine.query(
            """
            SELECT \(([
                "count(*)", "COALESCE(sum(copies), 0)", "count(*) FILTER (WHERE \(any))",
                "COALESCE(sum(copies) FILTER (WHERE \(any)), 0)",
            ] + counts).joined(separator: ", "))
            FROM (
                SELECT \((["count(*) AS copies"] + differs).joined(separator: ", "))
                FROM \(input.relation) WHERE \(isComparable)
                GROUP BY \(names) HAVING count(*) > 1)
            """)
        let row = answer.row(0).map { $0.integerValue ?? 0 }
        (groups, rows, differingGroups, differingRows) = (row[0], row[1], row[2], row[3])
        differences = zip(others, row.dropFirst(4)).map { ($0.name, $1) }.filter { $0.1 > 0 }
            .enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            .map(\.element)
    }

    func facts(isWhole: Bool, keys: String, removed: Bool) -> [String] {
        guard groups > 0 else { return ["no row is a copy of another"] }
        let what =
            isWhole
            ? "\(groups) rows stand there several times, \(rows) in all"
            : "\(groups) values of \(keys) stand in \(rows) rows"
        return [what + (removed ? "; \(rows - groups) rows were removed" : "")]
    }

    /// Copies that are not the same may be different customers.
    func notice(keys: String) -> Notice? {
        guard differingGroups > 0 else { return nil }
        let shown = differences.prefix(6).map { "\($0.column) (\($0.groups))" }
        let rest = differences.count - shown.count
        return Notice(
            "copies_differ",
            "\(differingGroups) values of \(keys) are shared by \(differingRows) rows that differ in "
                + shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more columns" : ""))
    }
}
