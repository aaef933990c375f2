/// Finds the table of a sheet by looking at where its values stand.
///
/// A sheet is blocks of rows with empty rows between them. The block with the most cells is the
/// table's; the blocks around it that are of its form belong to it, too. In it, columns that touch
/// are one table, and the first row that fills most of them is its header, if it holds names.
struct TableFinder {
    /// What the author states, which is then not looked for.
    struct Stated: Sendable {
        /// A row, or 0 where there is no header.
        var header: Int?
        var hasRows = false
        var hasColumns = false
    }

    let profile: SheetProfile
    let stated: Stated
    /// The blocks of the table.
    private(set) var span: [SheetProfile.Block] = []
    private(set) var above: [SheetProfile.Block] = []
    private(set) var below: [SheetProfile.Block] = []
    /// What the columns hold within those blocks, the header included.
    private(set) var counts: [Int: ColumnCounts] = [:]
    /// The table's columns, some of which may turn out to be empty.
    private(set) var columns: [Int] = []
    private(set) var sideGroups: [[Int]] = []
    var facts: [String] = []

    init(_ profile: SheetProfile, _ stated: Stated = Stated()) {
        self.profile = profile
        self.stated = stated
    }

    mutating func search() -> TableSearch {
        guard !profile.blocks.isEmpty else { return .nothing("is empty") }
        findBlocks()
        findColumns()
        let header: Header
        switch findHeader() {
        case .found(let row): header = row
        case .nothing(let reason): return .nothing(reason)
        }
        joinColumns(header)
        let description = stated.hasRows ? nil : descriptionRow(below: header)
        let first = max((description ?? header.number) + 1, span[0].rows.lowerBound)
        let footers = stated.hasRows ? [] : footerRows(from: first)
        let bottom = counts.filter { columns.contains($0.key) }.map(\.value.last).max() ?? 0
        let last = min(bottom, (footers.min() ?? .max) - 1)
        guard first <= last else {
            return .nothing("has a header in row \(header.number) and no row below it")
        }
        tell(header, description, footers, rows: first...last)
        return .table(table(header, description, footers, rows: first...last))
    }

    // MARK: Rows

    private mutating func findBlocks() {
        let blocks = profile.blocks
        if stated.hasRows {
            span = blocks
        } else {
            let isHeaderAlone = blocks[0].rowCount == 1 && blocks.count > 1
            let main =
                stated.header != nil
                ? (stated.header! > 0 && isHeaderAlone ? 1 : 0)
                : blocks.indices.reversed().max { blocks[$0].cellCount < blocks[$1].cellCount }!
            var (lower, upper) = (main, main)
            while lower > 0, Self.continues(blocks[lower - 1], blocks[main]) { lower -= 1 }
            while upper < blocks.count - 1, Self.continues(blocks[upper + 1], blocks[main]) {
                upper += 1
            }
            span = Array(blocks[lower...upper])
            above = Array(blocks[..<lower])
            below = Array(blocks[(upper + 1)...])
        }
        for block in span {
            for (column, found) in block.columns { counts[column, default: .init()].add(found) }
        }
    }

    /// Whether a block has the same kinds of value in the same columns as the table's main one.
    private static func continues(_ block: SheetProfile.Block, _ main: SheetProfile.Block) -> Bool {
        let known = block.columns.filter { main.columns[$0.key] != nil }
        // Not the main block's own prevailing kind: in a short one, its header weighs too much.
        let alike = known.count { column, counts in
            guard let kind = counts.prevailing, let whole = main.columns[column] else {
                return false
            }
            return 4 * whole[all: kind] >= whole.total
        }
        let isAsWide = 2 * block.cellCount * main.rowCount >= main.cellCount * block.rowCount
        return isAsWide && 5 * known.count >= 4 * block.columns.count
            && 5 * alike >= 3 * block.columns.count
    }

    // MARK: Columns

    /// Columns with an empty one between them are apart.
    private mutating func findColumns() {
        guard !stated.hasColumns else {
            columns = counts.keys.sorted()
            return
        }
        var groups = Words.ranges(Array(counts.keys)).map { Array($0) }
        let main = groups.indices.reversed().max { cells(groups[$0]) < cells(groups[$1]) }!
        columns = groups.remove(at: main)
        sideGroups = groups
    }

    func cells(_ group: [Int]) -> Int { group.reduce(0) { $0 + (counts[$1]?.total ?? 0) } }

    private func length(_ group: [Int]) -> Int { group.map { counts[$0]?.total ?? 0 }.max() ?? 0 }

    /// Takes in the columns behind an empty one that the header names and that are about as long.
    private mutating func joinColumns(_ header: Header) {
        guard !stated.hasRows else {
            columns = (columns + sideGroups.joined()).sorted()
            sideGroups = []
            return
        }
        let main = length(columns)
        for group in sideGroups {
            let named = header.cells(in: group).count
            guard Double(named) >= Self.namedPart * Double(group.count), 2 * length(group) >= main
            else { continue }
            columns = (columns + group).sorted()
            sideGroups.removeAll { $0 == group }
        }
        let gaps = Set(columns[0]...columns[columns.count - 1])
            .subtracting(columns).subtracting(sideGroups.joined())
        if !gaps.isEmpty, !stated.hasColumns {
            facts.append(
                "\(Words.columns(Array(gaps))) in the midst of the table: empty, left out")
        }
    }

    // MARK: The header

    struct Header {
        /// Nil where there is none.
        var row: SheetProfile.Row?
        var number: Int
        var reason: String

        func cells(in columns: [Int]) -> [(column: Int, kind: CellKind, text: String)] {
            row?.cells(in: columns) ?? []
        }
    }

    private enum HeaderSearch {
        case found(Header)
        case nothing(String)
    }

    /// The part of a table's columns that a row must fill to be the header.
    private static let namedPart = 0.5

    private func findHeader() -> HeaderSearch {
        if stated.header == 0 {
            return .found(
                Header(number: span[0].rows.lowerBound - 1, reason: "no header, as stated"))
        }
        if let number = stated.header {
            guard let row = profile.head.first, row.number == number else {
                return .nothing("has nothing in row \(number), which is stated to be its header")
            }
            return .found(Header(row: row, number: number, reason: "as stated"))
        }
        if stated.hasRows, let row = profile.head.first {
            return .found(
                Header(row: row, number: row.number, reason: "the first of the stated range"))
        }
        let rows = profile.head.filter { span[0].rows.contains($0.number) }
        let needed = max(
            min(2, columns.count), Int((Self.namedPart * Double(columns.count)).rounded(.up)))
        guard let index = rows.firstIndex(where: { $0.cells(in: columns).count >= needed }) else {
            return .nothing("has no row that names its columns")
        }
        let cells = rows[index].cells(in: columns)
        guard HeaderCells.areNames(cells) else { return headerAlone(needed, instead: rows[index]) }
        // Names of groups of columns may stand above the columns' own.
        if cells.count < columns.count, index + 1 < rows.count {
            let next = rows[index + 1].cells(in: columns)
            if next.count > cells.count, HeaderCells.areNames(next),
                next.allSatisfy({ $0.kind == .text })
            {
                return .found(header(rows[index + 1], "it names more columns than the row above"))
            }
        }
        return .found(header(rows[index], "the first row that fills most columns"))
    }

    /// A header with an empty row between it and its table.
    private func headerAlone(_ needed: Int, instead row: SheetProfile.Row) -> HeaderSearch {
        if let block = above.last, block.rowCount == 1,
            let candidate = profile.head.first(where: { $0.number == block.rows.lowerBound }),
            candidate.cells(in: columns).count >= needed,
            HeaderCells.areNames(candidate.cells(in: columns))
        {
            return .found(header(candidate, "the row of names above the table"))
        }
        return .nothing(
            "has no header: row \(row.number), the first that is filled, holds values and not names"
        )
    }

    private func header(_ row: SheetProfile.Row, _ reason: String) -> Header {
        let named = row.cells(in: columns).count
        return Header(
            row: row, number: row.number,
            reason: "\(reason) (\(named) of \(columns.count))")
    }

    // MARK: Rows that are not of the table

    /// A row under the header that says in words what the columns are.
    private func descriptionRow(below header: Header) -> Int? {
        guard header.row != nil,
            let row = profile.head.first(where: { $0.number == header.number + 1 })
        else { return nil }
        let cells = row.cells(in: columns)
        let typed = cells.filter { cell in
            guard var found = counts[cell.column] else { return false }
            for other in profile.head where other.number <= row.number && isInSpan(other.number) {
                for known in other.cells where known.column == cell.column {
                    found.remove(known.kind)
                }
            }
            return found.valueCount > 0 && 4 * found[all: .text] <= found.valueCount
        }
        let letters = typed.reduce(0) { $0 + $1.text.count }
        let isDescription =
            2 * cells.count >= columns.count && typed.count >= min(2, columns.count)
            && cells.allSatisfy { $0.kind == .text } && Set(cells.map(\.text)).count == cells.count
            && typed.allSatisfy { $0.text.contains(where: \.isLetter) }
            && letters >= 8 * typed.count
        return isDescription ? row.number : nil
    }

    func isInSpan(_ row: Int) -> Bool { span.contains { $0.rows.contains(row) } }

    /// Totals and footnotes at the table's end.
    private func footerRows(from first: Int) -> [Int] {
        guard let last = span.last else { return [] }
        var footers: [Int] = []
        for row in profile.tail.reversed() where row.number <= last.rows.upperBound {
            guard row.number > first else { break }
            let cells = row.cells(in: columns)
            if cells.isEmpty { continue }
            let isRare =
                (last.widths[row.cells.count] ?? 0) <= max(2, last.rowCount / 20)
            let isFooter =
                FooterCells.areTotal(cells, of: columns, counts)
                || (isRare && FooterCells.areNote(cells, width: columns.count))
            guard isFooter else { break }
            footers.append(row.number)
        }
        return footers.sorted()
    }
}
