/// What was found, and what is told of it.
extension TableFinder {
    mutating func tell(
        _ header: Header, _ description: Int?, _ footers: [Int], rows: ClosedRange<Int>
    ) {
        facts.insert(
            header.row == nil
                ? "no header, as stated: columns are named by their letters"
                : "header in row \(header.number): \(header.reason)", at: 0)
        let notes =
            above.filter { $0.rows.upperBound < header.number }.map(\.rows)
            + profile.head.filter { isInSpan($0.number) && $0.number < header.number }
            .map { $0.number...$0.number }
        if let top = notes.first, let bottom = notes.last {
            facts.append(
                "\(Words.rows(top.lowerBound...bottom.upperBound)) above it: notes, left out")
        }
        if let description {
            facts.append(
                "row \(description) under the header: describes the columns in words, left out")
        }
        for group in sideGroups {
            let found = group.compactMap { counts[$0] }
            let top = found.map(\.first).min() ?? 0
            let bottom = found.map(\.last).max() ?? 0
            facts.append(
                "\(Words.columns(group)) behind an empty column: "
                    + "\(Words.count(cells(group), "cell")) in \(Words.rows(top...bottom)), "
                    + "a table of their own or notes, left out")
        }
        if !footers.isEmpty {
            let range = footers[0]...footers[footers.count - 1]
            facts.append("\(Words.rows(range)) at the end: totals or footnotes, left out")
        }
        for block in below {
            facts.append(
                "\(Words.rows(block.rows)) below it: \(Words.count(block.cellCount, "cell")), "
                    + "not of the table's form, left out")
        }
    }

    private func isHidden(_ column: Int) -> Bool {
        profile.notes.hiddenColumns.contains { $0.contains(column) }
    }

    mutating func table(
        _ header: Header, _ description: Int?, _ footers: [Int], rows: ClosedRange<Int>
    ) -> FoundTable {
        var found = counts
        let others =
            profile.head.filter { isInSpan($0.number) && $0.number < rows.lowerBound }
            + profile.tail.filter { footers.contains($0.number) }
        for row in others {
            for cell in row.cells { found[cell.column]?.remove(cell.kind) }
        }
        let names = Dictionary(
            header.cells(in: columns).map { ($0.column, $0.text) }, uniquingKeysWith: { $1 })
        let all = columns.map { position in
            FoundTable.Column(
                position: position,
                name: header.row == nil
                    ? CellRange.letters(position)
                    : names[position].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 },
                counts: found[position] ?? ColumnCounts())
        }
        // What a sheet hides and does not name was not meant to be read.
        let secret =
            stated.hasColumns
            ? []
            : all.filter { $0.name == nil && isHidden($0.position) }
                .filter { $0.counts.total > 0 }.map(\.position)
        if !secret.isEmpty {
            facts.append("\(Words.columns(secret)) without a name and hidden: left out")
        }
        let used = all.filter {
            $0.name != nil || ($0.counts.total > 0 && !secret.contains($0.position))
        }
        let empty = all.filter { $0.name == nil && $0.counts.total == 0 }.map(\.position)
        if !empty.isEmpty {
            facts.append("\(Words.columns(empty)) without name and value: left out")
        }
        let right = profile.blocks.flatMap(\.columns.keys).max() ?? 0
        if let last = profile.notes.lastColumn, last > right, !stated.hasColumns {
            facts.append("\(Words.columns(Array((right + 1)...last))): empty, left out")
        }
        let rowCount =
            sideGroups.isEmpty
            ? span.reduce(0) { $0 + $1.rowCount } - others.count
            : used.map(\.counts.total).max() ?? 0
        let cells = used.reduce(0) { $0 + $1.counts.total } + names.count
        return FoundTable(
            headerRow: header.row == nil ? nil : header.number, rows: rows, columns: used,
            rowCount: rowCount,
            facts: facts + CellFacts(used, rows, profile, span).all,
            share: Double(cells) / Double(max(1, profile.cellCount)))
    }
}
