/// Whether the cells of a row are the names of columns.
enum HeaderCells {
    static func areNames(_ cells: [(column: Int, kind: CellKind, text: String)]) -> Bool {
        let names = cells.count { $0.kind == .text && !looksLikeNumber($0.text) }
        // Years and months may stand above their figures.
        let periods = cells.count { cell in
            cell.kind == .date
                || (cell.kind == .number
                    && Int(cell.text).map { (1900...2100).contains($0) } ?? false)
        }
        return names + periods == cells.count && 2 * names >= cells.count
    }

    private static func looksLikeNumber(_ text: String) -> Bool {
        text.contains(where: \.isNumber) && !text.contains(where: \.isLetter)
    }
}

/// Whether the cells of a row at a table's end are a total or a note, and not values.
enum FooterCells {
    private static let totals: Set = [
        "total", "totals", "grand total", "sum", "sub total", "subtotal", "overall", "average",
        "gesamt", "gesamtsumme", "summe", "total général", "totale", "total general", "totaal",
        "итого", "всего",
    ]
    private static let markers = ["*", "†", "‡", "©", "note", "source", "quelle", "(1)", "1)"]

    static func areTotal(
        _ cells: [(column: Int, kind: CellKind, text: String)], of columns: [Int],
        _ counts: [Int: ColumnCounts]
    ) -> Bool {
        guard let first = cells.first, first.kind == .text, cells.count > 1 else { return false }
        let label = first.text.lowercased().trimmingCharacters(" \u{A0}\t:")
        let isExact = totals.contains(label)
        guard isExact || totals.contains(where: { label.hasPrefix($0 + " ") }) else { return false }
        let found = counts[first.column]
        let isOddText = found.map { 2 * $0[all: .text] < $0.valueCount } ?? true
        let areNumbers = cells.dropFirst().allSatisfy { $0.kind == .number || $0.kind == .percent }
        return areNumbers && (isExact || isOddText || 3 * cells.count <= 2 * columns.count)
    }

    static func areNote(
        _ cells: [(column: Int, kind: CellKind, text: String)], width: Int
    ) -> Bool {
        guard width >= 3, cells.count == 1 || 5 * cells.count <= width, cells[0].kind == .text
        else { return false }
        let text = cells[0].text.lowercased()
        return text.contains(" ") || markers.contains { text.hasPrefix($0) }
    }
}

extension String {
    fileprivate func trimmingCharacters(_ characters: String) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
