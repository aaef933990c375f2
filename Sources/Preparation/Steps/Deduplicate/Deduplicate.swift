import Columns
import Engine
import Workspace

/// Keeps one row of all that are copies of each other, or only tells of them.
///
/// Rows are copies where the columns `by` are equal; a missing value there equals nothing, unless
/// whole rows are compared. What the order leaves open is settled by all columns, so that the same
/// row is kept in every run.
struct Deduplicate: Step {
    static let name = "deduplicate"
    static let summary = "keeps one row of all that are copies of each other"
    static let fields = FieldType.VariantFields.fields([
        Field("by", .names, "the columns in which copies are equal; all if not stated"),
        Field(
            "keep", .choice(["first", "last", "most_complete", "all"]), required: true,
            "which copy stays, in the stated order; the one with the fewest missing values; or all, "
                + "which only tells of them"),
        Field(
            "order_by",
            .list(
                .shorthand(
                    for: "column",
                    [
                        Field("column", .text, required: true, "the column that orders copies"),
                        Field("descending", .boolean, "whether the greatest is the first"),
                    ])),
            "what the first and the last copy are; missing values are the last in any case"),
    ])

    private let values: FieldValues
    private let keep: String

    init(_ values: FieldValues) {
        self.values = values
        keep = values.text("keep") ?? ""
    }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        var by = input.schema.fields
        if let names = values.texts("by") {
            guard let stated = input.columns(names, under: "by", at: values.place(of: "by"))
            else { return nil }
            by = stated
        }
        guard let order = order(&input) else { return nil }
        let isWhole = by.count == input.schema.fields.count
        let copies = try await Copies(
            input, by: by, isComparable: isWhole ? "TRUE" : input.isPresent(by))
        let keys = by.map(\.name).joined(separator: ", ")
        var plan = StepPlan(
            columns: input.passedOn,
            summary: keep == "all"
                ? "copies by \(isWhole ? "all columns" : keys) told, all kept"
                : "the \(keep.replacing("_", with: " ")) of copies by "
                    + "\(isWhole ? "all columns" : keys) kept")
        plan.facts = copies.facts(isWhole: isWhole, keys: keys, removed: keep != "all")
        if !isWhole {
            plan.facts += try await input.missing(in: by, "they are copies of nothing")
        }
        if let notice = copies.notice(keys: keys) { plan.notices.append(notice) }
        guard keep != "all" else { return plan }
        let ranked = ranked(by, order, isWhole ? nil : input.isPresent(by), input)
        let ties =
            try await input.engine.query(
                """
                SELECT count(*) FROM (SELECT 1 FROM (SELECT DISTINCT * FROM \(ranked.ties))
                GROUP BY \(by.map { input.dialect.quoted($0.name) }.joined(separator: ", "))
                HAVING count(*) > 1)
                """
            ).columns[0][0].integerValue ?? 0
        if ties > 0 {
            plan.facts.append(
                "for \(ties) of them the order left several rows to choose from; the smallest by all "
                    + "columns was kept")
        }
        plan.from = ranked.sql
        plan.filter = ranked.isKept
        return plan
    }

    /// The order of copies, the one that is kept first.
    private func order(_ input: inout StepInput) -> [String]? {
        let stated = values.objects("order_by") ?? []
        if ["first", "last"].contains(keep), stated.isEmpty {
            input.diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place,
                    "'deduplicate' that keeps the \(keep) copy lacks the key 'order_by'",
                    hint: "order_by: [column]: rows have no order of their own"))
            return nil
        }
        var terms: [String] = []
        for term in stated {
            guard let name = term.located("column"), let field = input.column(name) else {
                return nil
            }
            let isDescending = (term.boolean("descending") ?? false) != (keep == "last")
            terms.append(
                "\(input.dialect.quoted(field.name)) \(isDescending ? "DESC" : "ASC") NULLS LAST")
        }
        if keep == "most_complete" {
            let present = input.schema.names.map {
                "CASE WHEN \(input.dialect.quoted($0)) IS NULL THEN 0 ELSE 1 END"
            }
            terms.insert("\(present.joined(separator: " + ")) DESC", at: 0)
        }
        return terms
    }

    /// The rows with their place among their copies, and those that are all the first by the stated
    /// order.
    private func ranked(
        _ by: [Schema.Field], _ order: [String], _ isComparable: String?, _ input: StepInput
    ) -> (sql: String, isKept: String, ties: String) {
        let names = by.map { input.dialect.quoted($0.name) }
        let all = input.schema.names.map { "\(input.dialect.quoted($0)) ASC NULLS LAST" }
        let partition = "PARTITION BY \(names.joined(separator: ", "))"
        let complete = (order + all).joined(separator: ", ")
        let place = "row_number() OVER (\(partition) ORDER BY \(complete)) AS \":place\""
        let kept = "\":place\" = 1" + (isComparable.map { " OR NOT \($0)" } ?? "")
        let stated = order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))"
        let filter = isComparable.map { " WHERE \($0)" } ?? ""
        return (
            "(SELECT *, \(place) FROM \(input.relation)) AS ranked", kept,
            "(SELECT *, rank() OVER (\(partition)\(stated)) AS \":rank\" "
                + "FROM \(input.relation)\(filter)) AS ranked WHERE \":rank\" = 1"
        )
    }
}

extension StepInput {
    /// SQL that is true where none of some columns is missing.
    func isPresent(_ fields: [Schema.Field]) -> String {
        "(" + fields.map { "\(dialect.quoted($0.name)) IS NOT NULL" }.joined(separator: " AND ")
            + ")"
    }
}
