/// What is to be told of the cells of a table: kinds that mix, errors, merged and hidden cells.
struct CellFacts {
    let all: [String]

    init(
        _ columns: [FoundTable.Column], _ rows: ClosedRange<Int>, _ profile: SheetProfile,
        _ span: [SheetProfile.Block]
    ) {
        all =
            columns.flatMap { Self.facts(of: $0) }
            + Self.merged(columns, rows, profile.notes)
            + Self.hidden(columns, profile.notes, span)
    }

    private static func facts(of column: FoundTable.Column) -> [String] {
        let name = column.name ?? Words.columns([column.position])
        let counts = column.counts
        let mixed = ValueClass.allCases.filter { counts[all: $0] > 0 }.count > 1
        var facts: [String] = []
        if mixed || counts[.percent] > 0 && counts[.number] > 0
            || counts[.time] > 0 && counts[.time] < counts[all: .temporal]
        {
            let kinds = CellKind.allCases.filter { $0.isValue && counts[$0] > 0 }
                .sorted { counts[$0] > counts[$1] }
            let parts = kinds.map { Words.count(counts[$0], $0.names.one, $0.names.many) }
            facts.append("\(name): \(Words.list(parts))")
        } else if counts[.dateTime] > 0, counts[.date] > 0 {
            facts.append(
                "\(name): \(Words.grouped(counts[.dateTime])) of "
                    + "\(Words.count(counts[all: .temporal], "date")) have a time; "
                    + "the others are written as midnight")
        }
        if counts[.percent] > 0 {
            facts.append("\(name): shown in percent; 0.25 stands for 25 %")
        }
        return facts + lost(column)
    }

    /// Cells of a column that have no value, though something stands in them.
    static func lost(_ column: FoundTable.Column) -> [String] {
        let name = column.name ?? Words.columns([column.position])
        return [CellKind.error, .unvalued].filter { column.counts[$0] > 0 }.map { kind in
            let found = Words.count(column.counts[kind], kind.names.one, kind.names.many)
            return "\(name): \(found), read as missing"
        }
    }

    private static func merged(
        _ columns: [FoundTable.Column], _ rows: ClosedRange<Int>, _ notes: SheetNotes
    ) -> [String] {
        guard let first = columns.first, let last = columns.last else { return [] }
        let area = CellRange(rows: rows, columns: first.position...last.position)
        let inside = notes.merged.filter { $0.overlaps(area) }
        guard let example = inside.first else { return [] }
        let more = notes.mergedCount > notes.merged.count ? "at least " : ""
        return [
            "\(more)\(Words.count(inside.count, "merged area")) in the table (like \(example)): "
                + "the value stands in its first cell, the others are missing"
        ]
    }

    private static func hidden(
        _ columns: [FoundTable.Column], _ notes: SheetNotes, _ span: [SheetProfile.Block]
    ) -> [String] {
        var facts: [String] = []
        let rows = span.reduce(0) { $0 + $1.hiddenRows }
        if rows > 0 {
            facts.append("\(Words.count(rows, "row")) hidden in the sheet: read like the others")
        }
        let hidden = columns.map(\.position).filter { position in
            notes.hiddenColumns.contains { $0.contains(position) }
        }
        if !hidden.isEmpty {
            facts.append("\(Words.columns(hidden)) hidden in the sheet: read like the others")
        }
        return facts
    }
}
