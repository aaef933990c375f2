import Columns
import Foundation
import Preparation

/// The text of a model's file: its key, the steps that the features need, what columns are.
enum ModelDraft {
    static func text(_ table: StarterTable, features: [StarterFeature]) -> String {
        var lines = [
            "type: model/v1",
            "description: One row for each of \(Words.counted(table.rows, "row")) of "
                + "\(plain(table.file.lastPathComponent)).",
            "from: \(table.source)",
            "key: \(YAML.text(table.key.name))  \(YAML.comment("key: \(table.key.reason)"))",
        ]
        if !table.references.isEmpty {
            lines.append("references:")
            lines += table.references.map {
                "  \($0.model): \(YAML.text($0.column))  \(YAML.comment($0.reason))"
            }
        }
        let steps = key(table) + table.derived.flatMap(step) + features.flatMap(steps)
        if !steps.isEmpty { lines += ["steps:"] + steps.map { "  " + $0 } }
        lines += table.notDerived.map { YAML.comment("\($0.column): \($0.reason)") }
        lines += mappings(table)
        lines += ["", "# What each column was taken for, and why:"]
        for column in table.columns {
            let missing =
                column.inspected.missing == 0
                ? "" : "; \(Words.counted(column.inspected.missing, "value")) missing"
            lines.append(
                YAML.comment("  \(column.name): \(column.role.words) – \(column.reason)\(missing)"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func plain(_ text: String) -> String {
        String(text.filter { $0.isLetter || $0.isNumber || "._- ".contains($0) })
    }

    private static func key(_ table: StarterTable) -> [String] {
        switch table.key.form {
        case .column: return []
        case .pair(let a, let b):
            let parts = [a, b].map { name in
                let reference = YAML.column(name)
                return table[name]?.type == .text ? reference : "CAST(\(reference) AS VARCHAR)"
            }
            return [
                YAML.comment("The key: \(table.key.reason)."),
                "- derive: {column: \(table.key.name), as: "
                    + "\(ColumnProposal.quoted(parts.joined(separator: " || ' | ' || ")))}",
            ]
        case .rowNumber:
            let order = table.columns.map { YAML.column($0.name) }.joined(separator: ", ")
            return [
                YAML.comment("The key: \(table.key.reason)."),
                "- sql: {query: "
                    + ColumnProposal.quoted(
                        "SELECT row_number() OVER (ORDER BY \(order)) AS \(table.key.name), * "
                            + "FROM input") + "}",
            ]
        }
    }

    private static func step(_ derived: DerivedColumn) -> [String] {
        [
            YAML.comment("\(derived.name): \(derived.reason)"),
            "- age: {column: \(YAML.text(derived.source)), into: \(derived.name), "
                + "unit: \(derived.unit)}",
        ]
    }

    private static func steps(_ feature: StarterFeature) -> [String] {
        var lines: [String] = []
        switch feature.form {
        case .column, .derived: break
        case .rank(let order):
            let values = order.enumerated().map { "\(ColumnProposal.quoted($1)): \($0 + 1)" }
            lines += [
                YAML.comment("\(feature.name): \(feature.reason)"),
                "- map: {column: \(YAML.text(feature.source)), into: \(feature.name), "
                    + "values: {\(values.joined(separator: ", "))}, otherwise: missing}",
            ]
        case .flag(let yes, _):
            let condition = "\(YAML.column(feature.source)) = \(YAML.literal(yes))"
            lines += [
                YAML.comment("\(feature.name): \(feature.reason)"),
                "- derive: {column: \(feature.name), as: "
                    + ColumnProposal.quoted("CASE WHEN \(condition) THEN 1 ELSE 0 END") + "}",
            ]
        }
        if feature.missing > 0 {
            lines.append(
                "- impute: {column: \(YAML.text(feature.name)), with: median}  "
                    + YAML.comment(
                        "\(Words.counted(feature.missing, "row")) without a value; a feature "
                            + "needs one"))
        }
        return lines
    }

    private static func mappings(_ table: StarterTable) -> [String] {
        let steps = table.inspection.steps
        guard !steps.isEmpty else { return [] }
        return ["# These values may mean the same; they are only proposed. Steps that join them:"]
            + steps.split(separator: "\n").map { YAML.comment(String($0)) }
    }
}
