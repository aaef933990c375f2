package import Columns
import Engine
package import Workspace

/// One kind of recipe step: a folder under `Steps/`, and a line in ``StepKinds``.
///
/// A step is a small value that compiles to SQL over the relation before it. What it computes from
/// the data (a median, say) becomes a literal of that SQL, so that the same step can later be
/// applied to other rows unchanged.
package protocol Step: Sendable {
    /// The key under which a recipe names it.
    static var name: String { get }
    static var summary: String { get }
    static var fields: FieldType.VariantFields { get }
    init(_ values: FieldValues)

    /// The sources and models that it reads besides the relation before it.
    var uses: [Located<String>] { get }

    /// - Returns: the plan, or nil when the input's diagnostics say why there is none.
    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan?
}

extension Step {
    package var uses: [Located<String>] { [] }
}

package enum StepKinds {
    package static let all: [any Step.Type] = [
        Impute.self, Derive.self, Bucket.self, Flag.self, Filter.self, Rename.self, Cast.self,
        Tidy.self, Map.self, ParseDates.self, Winsorise.self, Age.self, Ratio.self, Select.self,
        Join.self, Union.self, Aggregate.self, Pivot.self, Unpivot.self, Deduplicate.self,
        Windows.self, RFM.self, SQL.self,
    ]

    static let variants = all.map { FieldType.Variant($0.name, $0.summary, $0.fields) }
}

/// What a step makes of the relation before it.
package struct StepPlan: Sendable {
    /// One column of the result.
    struct OutputColumn: Sendable {
        var name: String
        var sql: String
        /// The column of the input that this one replaces; nil for a new column.
        var replaces: String?
        /// False for a column that is passed on as it is.
        var isChanged: Bool
        /// The columns that it is computed from; those of another table as table.column.
        var reads: [String] = []
    }

    var columns: [OutputColumn]
    /// What stands behind FROM where it is not the relation before the step: a join, say.
    ///
    /// The rows are other ones then, so no cells are compared, and the result is stored before the
    /// next step reads it.
    var from: String?
    /// SQL that is true for the rows that stay; nil keeps all.
    var filter: String?
    /// What follows the filter: GROUP BY, QUALIFY.
    var tail: String?
    /// What the step does, in words.
    var summary: String
    /// Values computed from the data.
    var fitted: [String: Value] = [:]
    /// The order of labels that the step gives a column.
    var levels: [String: [String]] = [:]
    /// Conditions that are counted over the input, each with the caveat or the fact that follows
    /// from the count.
    var counted: [Counted] = []
    /// What else there is to tell, in words.
    var facts: [String] = []
    /// Caveats that are known already.
    var notices: [Notice] = []
    /// Tells an error of the engine as the author's mistake; nil for one that is none.
    var diagnosis: (@Sendable (AuroraError) -> Diagnostic?)?

    struct Counted: Sendable {
        var condition: String
        var notice: @Sendable (_ count: Int, _ rows: Int) -> Notice? = { _, _ in nil }
        var fact: @Sendable (_ count: Int, _ rows: Int) -> String? = { _, _ in nil }
    }

    /// True where each row of the result is a row of the input.
    var isRowByRow: Bool { from == nil && tail == nil }

    func sql(over relation: String, _ dialect: any Dialect) -> String {
        let items = columns.map { "\($0.sql) AS \(dialect.quoted($0.name))" }
        let filter = filter.map { " WHERE \($0)" } ?? ""
        let tail = tail.map { " \($0)" } ?? ""
        return "SELECT \(items.joined(separator: ", ")) FROM \(from ?? relation)\(filter)\(tail)"
    }
}
