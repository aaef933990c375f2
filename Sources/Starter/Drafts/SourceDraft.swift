import Columns
import Preparation

/// The text of a source's file.
enum SourceDraft {
    /// - Parameters:
    ///   - file: relative to the data folder.
    ///   - sources: the sources' names by model, for references.
    static func text(_ table: StarterTable, file: String, tables: [StarterTable]) -> String {
        var lines = [
            "type: source/v1",
            YAML.comment(
                "\(Words.counted(table.rows, "row")), "
                    + "\(Words.counted(table.columns.count, "column"))"
                    + table.inspection.facts.map { "; \($0)" }.joined()),
            "\(table.inspection.kind):",
            "  file: \(YAML.text(file))",
        ]
        for option in table.inspection.options where option.key != "file" {
            lines.append("  \(option.key): \(YAML.text(option.value))")
        }
        let stated = table.inspection.columns.flatMap(statement)
        if stated.contains(where: { !$0.hasPrefix("#") }) { lines.append("columns:") }
        lines += stated.map { $0.hasPrefix("#") ? $0 : "  " + $0 }
        let expectations = table.references.compactMap { reference -> String? in
            guard let other = tables.first(where: { $0.model == reference.model }),
                case .column(let key) = other.key.form
            else { return nil }
            return "  - refers: {column: \(YAML.text(reference.column)), to: \(other.source), "
                + "key: \(YAML.text(key)), on_fail: warn}  \(YAML.comment(reference.reason))"
        }
        if !expectations.isEmpty { lines += ["expect:"] + expectations }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What need not be guessed again, and what only the author can decide.
    private static func statement(_ column: InspectedColumn) -> [String] {
        guard var proposal = column.proposal else { return [] }
        if !column.reading.alternatives.isEmpty {
            return [
                YAML.comment(
                    "\(column.name) stays a text: \(column.reason). State one of: "
                        + column.reading.alternatives.map { "format: \"\($0)\"" }
                        .joined(separator: ", "))
            ]
        }
        var lines: [String] = []
        // What its reading needs is stated; what merely may be missing is the author's to decide.
        let needed = column.reading.missing
        proposal.missing.removeAll { needed.contains($0) }
        if !proposal.missing.isEmpty {
            lines.append(
                YAML.comment(
                    "\(column.name): \(proposal.missing.map { "'\($0)'" }.joined(separator: ", ")) "
                        + "may stand for a missing value; then state missing: "
                        + "[\(proposal.missing.map(ColumnProposal.quoted).joined(separator: ", "))]"
                ))
        }
        proposal.missing = []
        if proposal != ColumnProposal(column: column.name) {
            proposal.missing = needed
            lines.append(
                "\(proposal.name): \(proposal.setting)  \(YAML.comment(column.reason))")
        }
        return lines
    }
}
