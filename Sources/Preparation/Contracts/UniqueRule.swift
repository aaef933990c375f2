import Columns
import Engine
import Workspace

/// Values that tell rows apart. All rows that share theirs break it: which of them is the right
/// one is not for us to choose.
struct UniqueRule: Rule {
    static let name = "unique"
    static let summary = "no two rows have the same values in these columns"
    static let scope = RuleScope.row
    static let fields = [
        Field("columns", .list(.text), required: true, "the columns that together tell rows apart")
    ]

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan? {
        guard let names = input.columns(values, "columns") else { return nil }
        let columns = names.map { input.dialect.quoted($0) }
        let list = columns.joined(separator: ", ")
        let present = columns.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        // A row is compared with those of the whole source, whatever becomes of the others.
        let repeated =
            "(\(list)) IN (SELECT \(list) FROM \(input.relation) "
            + "WHERE \(present) GROUP BY \(list) HAVING count(*) > 1)"
        let words = names.joined(separator: ", ")
        return RulePlan(
            "\(words) \(names.count == 1 ? "tells" : "tell") rows apart", columns: names,
            broken: "(\(present) AND \(repeated))",
            "another row has the same \(words)")
    }
}
