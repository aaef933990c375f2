import Columns
import Preparation

/// The text of a file of measures and dimensions.
enum MeasuresDraft {
    static func text(_ plan: FigurePlan) -> String {
        var lines = [
            "type: measures/v1", "of: \(plan.table.model)", "measures:",
        ]
        lines += plan.measures.map(line)
        if !plan.dimensions.isEmpty { lines += ["dimensions:"] + plan.dimensions.map(line) }
        for column in plan.table.columns
        where !column.role.isQuantity && !column.role.isGroup {
            lines.append(
                YAML.comment(
                    "Left out: \(column.name) – \(column.role.words): \(column.reason)"))
        }
        if !plan.leftOut.isEmpty {
            lines.append(
                YAML.comment(
                    "Left out, because \(plan.dimensions.count) columns are enough to begin with: "
                        + plan.leftOut.joined(separator: ", ")))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ figure: FigurePlan.Figure) -> String {
        var parts = [
            "expression: \(YAML.expression(figure.expression))",
            "label: \(YAML.text(figure.label))",
        ]
        if !figure.format.isEmpty { parts.append(figure.format) }
        if !figure.order.isEmpty { parts.append("order: \(YAML.list(figure.order))") }
        return "  \(figure.name): {\(parts.joined(separator: ", "))}  "
            + YAML.comment(figure.reason)
    }
}
