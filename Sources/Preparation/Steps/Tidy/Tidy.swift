import Columns
import Engine
import Workspace

/// Puts texts into one spelling: no space around them, one space between words, one case.
///
/// Spaces are all that Unicode knows, line ends and marks without width among them. A text of which
/// nothing is left becomes missing.
struct Tidy: Step {
    static let name = "tidy"
    static let summary = "trims texts, and gives them one case"
    static let fields = FieldType.VariantFields.fields(
        ColumnKeys.fields("the texts") + [
            Field(
                "case", .choice(["upper", "lower", "title"]),
                "the case that all letters get; title makes the first of each word large"),
            Field("prefix", .text, "a text that is removed where a value begins with it"),
            Field("suffix", .text, "a text that is removed where a value ends with it"),
        ])

    /// What stands between words.
    private static let spaces = #"[\s\x0B\x{85}\p{Z}\x{200B}\x{FEFF}]+"#

    private let values: FieldValues

    init(_ values: FieldValues) { self.values = values }

    func plan(_ input: inout StepInput) async throws(AuroraError) -> StepPlan? {
        guard let columns = input.columns(values, of: Self.self) else { return nil }
        for column in columns where !input.isText(column) { return nil }
        var plan = StepPlan(columns: [], summary: "tidied \(columns.map(\.value.name).list)")
        var new: [(column: String, sql: String, reads: [String])] = []
        for name in columns.map(\.value.name) {
            let sql = tidied(input.dialect.quoted(name), input.dialect)
            new.append((name, sql, [name]))
            plan.counted.append(
                .init(
                    condition: "\(input.dialect.quoted(name)) IS NOT NULL AND \(sql) IS NULL",
                    fact: { count, _ in
                        count == 0
                            ? nil : "\(count) texts of \(name) held nothing and are missing now"
                    }))
        }
        plan.columns = input.replacing(new)
        return plan
    }

    private func tidied(_ name: String, _ dialect: any Dialect) -> String {
        var sql = trimmed(name, dialect)
        // Trimmed again: a space may have stood behind the prefix.
        if let prefix = values.text("prefix"), !prefix.isEmpty {
            let length = prefix.unicodeScalars.count
            sql = trimmed(
                "CASE WHEN left(\(sql), \(length)) = \(dialect.literal(prefix)) "
                    + "THEN substring(\(sql), \(length + 1)) ELSE \(sql) END", dialect)
        }
        if let suffix = values.text("suffix"), !suffix.isEmpty {
            let length = suffix.unicodeScalars.count
            sql = trimmed(
                "CASE WHEN right(\(sql), \(length)) = \(dialect.literal(suffix)) "
                    + "THEN left(\(sql), length(\(sql)) - \(length)) ELSE \(sql) END", dialect)
        }
        switch values.text("case") {
        case "upper": sql = "upper(\(sql))"
        case "lower": sql = "lower(\(sql))"
        case "title": sql = dialect.titleCased(sql)
        default: break
        }
        return "NULLIF(\(sql), '')"
    }

    private func trimmed(_ text: String, _ dialect: any Dialect) -> String {
        "trim(\(dialect.replacing(text, Self.spaces, with: " ")))"
    }
}
