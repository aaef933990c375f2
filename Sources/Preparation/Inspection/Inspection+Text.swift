import Columns

extension Inspection {
    /// For people at a terminal.
    package var text: String {
        var lines = facts
        lines.append(
            "\(rows) rows, \(columns.count) columns"
                + (duplicateRows > 0 ? ", \(duplicateRows) of them copies of another" : ""))
        lines.append("")
        let width = columns.map(\.name.count).max() ?? 0
        let typeWidth = columns.map(\.reading.type.description.count).max() ?? 0
        for column in columns {
            let type = column.reading.type.description
            lines.append(
                padded(column.name, width) + "  " + padded(type, typeWidth) + "  "
                    + padded(column.confidence.rawValue, 7) + "  " + column.counts(of: rows))
            lines += column.details.map { String(repeating: " ", count: width + 2) + $0 }
        }
        lines += ["", "A source file that states this:", "", sourceFile]
        if !steps.isEmpty { lines += ["Steps that could join levels, for a model:", "", steps] }
        return lines.joined(separator: "\n")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension InspectedColumn {
    fileprivate func counts(of rows: Int) -> String {
        let share = rows == 0 ? 0 : (Double(missing) / Double(rows) * 1000).rounded() / 10
        return "\(distinct) distinct"
            + (missing > 0 ? ", \(missing) missing (\(share) %)" : "")
    }

    fileprivate var details: [String] {
        var lines: [String] = []
        if let summary = reading.summary { lines.append(summary) }
        if confidence != .certain { lines.append("because \(reason)") }
        if quartiles.count == 5 {
            lines.append(quartiles.map(\.description).joined(separator: " · "))
        }
        if !levels.isEmpty {
            lines.append(levels.prefix(8).map { "\($0.text) \($0.count)" }.joined(separator: ", "))
        } else if !examples.isEmpty {
            lines.append("like " + examples.map { "'\($0)'" }.joined(separator: ", "))
        }
        lines += oddities.map { "! \($0)" }
        lines += mappings.map { "? '\($0.from)' (\($0.count)) may be '\($0.to)': \($0.reason)" }
        return lines
    }
}
