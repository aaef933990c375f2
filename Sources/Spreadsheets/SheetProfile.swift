import Columns

/// What one reading of a sheet tells of where its values stand, without keeping them.
///
/// Memory: the first rows of each block, the last rows of all, and a few counts for each column.
struct SheetProfile: Sendable {
    /// A row with its cells' texts.
    struct Row: Sendable {
        var number: Int
        var cells: [(column: Int, kind: CellKind, text: String)]

        init(_ row: SheetRow) {
            number = row.number
            cells = row.cells.map { ($0.column, $0.kind, row.text(of: $0)) }
        }

        /// The cells of these columns.
        func cells(in columns: some Collection<Int>) -> [(
            column: Int, kind: CellKind, text: String
        )] {
            let columns = Set(columns)
            return cells.filter { columns.contains($0.column) }
        }
    }

    /// Rows without an empty one between them.
    struct Block: Sendable {
        var rows: ClosedRange<Int>
        var rowCount = 0
        var cellCount = 0
        var hiddenRows = 0
        var columns: [Int: ColumnCounts] = [:]
        /// How many rows have so many cells.
        var widths: [Int: Int] = [:]
    }

    fileprivate(set) var head: [Row] = []
    fileprivate(set) var tail: [Row] = []
    fileprivate(set) var blocks: [Block] = []
    fileprivate(set) var notes = SheetNotes()

    var cellCount: Int { blocks.reduce(0) { $0 + $1.cellCount } }

    /// The rectangle of all values; nil where there is none.
    var usedRange: CellRange? {
        let columns = blocks.flatMap(\.columns.keys)
        guard let first = blocks.first, let last = blocks.last, let left = columns.min(),
            let right = columns.max()
        else { return nil }
        return CellRange(
            rows: first.rows.lowerBound...last.rows.upperBound, columns: left...right)
    }

    /// Reads a sheet, or the part of it that `window` shows.
    init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, _ window: CellWindow = .all
    ) throws(AuroraError) {
        var builder = ProfileBuilder(window)
        let notes = try workbook.read(sheet) { (row) throws(AuroraError) in builder.add(row) }
        self = builder.finished()
        self.notes = notes
    }

    fileprivate init() {}
}

/// How many cells of each kind a column has, and where.
package struct ColumnCounts: Sendable {
    package fileprivate(set) var first = Int.max
    package fileprivate(set) var last = 0
    private var counts = [Int](repeating: 0, count: CellKind.allCases.count)

    package subscript(kind: CellKind) -> Int { counts[Int(kind.rawValue)] }

    package var total: Int { counts.reduce(0, +) }

    mutating func add(_ kind: CellKind, _ count: Int = 1) { counts[Int(kind.rawValue)] += count }

    mutating func add(_ other: ColumnCounts) {
        for index in counts.indices { counts[index] += other.counts[index] }
        first = min(first, other.first)
        last = max(last, other.last)
    }

    mutating func remove(_ kind: CellKind) { counts[Int(kind.rawValue)] -= 1 }

    /// What most of the values are.
    var prevailing: ValueClass? {
        let byClass = ValueClass.allCases.map { (value: $0, count: self[all: $0]) }
        return byClass.filter { $0.count > 0 }.max { $0.count < $1.count }?.value
    }

    subscript(all values: ValueClass) -> Int { values.kinds.reduce(0) { $0 + self[$1] } }

    var valueCount: Int { ValueClass.allCases.reduce(0) { $0 + self[all: $1] } }
}

/// Kinds of cell that may stand in one column of a table.
enum ValueClass: CaseIterable {
    case text, number, boolean, temporal

    var kinds: [CellKind] {
        switch self {
        case .text: [.text]
        case .number: [.number, .percent]
        case .boolean: [.boolean]
        case .temporal: [.date, .dateTime, .time]
        }
    }
}

/// The part of a sheet that is looked at.
package struct CellWindow: Sendable, Equatable {
    package var rows: ClosedRange<Int>
    package var columns: [ClosedRange<Int>]

    package static let all = CellWindow(
        rows: 1...CellRange.lastRow, columns: [0...CellRange.lastColumn])

    package init(rows: ClosedRange<Int>, columns: [ClosedRange<Int>]) {
        self.rows = rows
        self.columns = columns
    }

    func contains(column: Int) -> Bool { columns.contains { $0.contains(column) } }

    /// Takes the cells outside of it from a row.
    func narrow(_ row: inout SheetRow) {
        guard self != .all else { return }
        if rows.contains(row.number) {
            row.cells.removeAll { !contains(column: $0.column) }
        } else {
            row.cells.removeAll()
        }
    }
}

/// Counts a sheet's cells block by block.
private struct ProfileBuilder {
    private let window: CellWindow
    private var profile = SheetProfile()
    private var current: SheetProfile.Block?
    /// The current block's counts: first row, last row and one count a kind, for each column.
    private var counts: [Int] = []
    private var columns = 0..<0
    private var headInBlock = 0
    private var headCells = 0
    private var headBytes = 0
    /// The last rows, the oldest of them at `oldest`.
    private var ring: [SheetRow] = []
    private var oldest = 0

    private static let stride = 2 + CellKind.allCases.count
    /// A table's header is sought among so many rows of a block.
    private static let headLength = 30
    private static let mostHeadCells = 100_000
    private static let mostHeadBytes = 32 << 20
    private static let tailLength = 20
    private static let mostBlocks = 200

    init(_ window: CellWindow) { self.window = window }

    mutating func add(_ whole: SheetRow) {
        var row = whole
        window.narrow(&row)
        guard !row.cells.isEmpty else { return }
        if let block = current, row.number > block.rows.upperBound + 1,
            profile.blocks.count < Self.mostBlocks
        {
            finishBlock()
        }
        var block = current ?? SheetProfile.Block(rows: row.number...row.number)
        block.rows = block.rows.lowerBound...row.number
        block.rowCount += 1
        block.cellCount += row.cells.count
        block.hiddenRows += row.isHidden ? 1 : 0
        block.widths[row.cells.count, default: 0] += 1
        current = block
        count(row)
        keep(row)
    }

    private mutating func count(_ row: SheetRow) {
        let last = row.cells[row.cells.count - 1].column
        let missing = (last + 1) * Self.stride - counts.count
        if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
        let first = row.cells[0].column
        columns =
            columns.isEmpty
            ? first..<(last + 1)
            : min(columns.lowerBound, first)..<max(columns.upperBound, last + 1)
        for cell in row.cells {
            let base = cell.column * Self.stride
            if counts[base] == 0 { counts[base] = row.number }
            counts[base + 1] = row.number
            counts[base + 2 + Int(cell.kind.rawValue)] += 1
        }
    }

    private mutating func keep(_ row: SheetRow) {
        if headInBlock < Self.headLength, headCells < Self.mostHeadCells,
            headBytes < Self.mostHeadBytes
        {
            let kept = SheetProfile.Row(row)
            headInBlock += 1
            headCells += kept.cells.count
            headBytes += kept.cells.reduce(0) { $0 + $1.text.utf8.count }
            profile.head.append(kept)
        }
        if ring.count < Self.tailLength {
            ring.append(row)
        } else {
            ring[oldest].take(row)
            oldest = (oldest + 1) % Self.tailLength
        }
    }

    private mutating func finishBlock() {
        guard var block = current else { return }
        for column in columns {
            let base = column * Self.stride
            guard counts[base] != 0 else { continue }
            var found = ColumnCounts()
            found.first = counts[base]
            found.last = counts[base + 1]
            for kind in CellKind.allCases { found.add(kind, counts[base + 2 + Int(kind.rawValue)]) }
            block.columns[column] = found
            for index in base..<(base + Self.stride) { counts[index] = 0 }
        }
        columns = 0..<0
        headInBlock = 0
        profile.blocks.append(block)
        current = nil
    }

    mutating func finished() -> SheetProfile {
        finishBlock()
        profile.tail = (ring[oldest...] + ring[..<oldest]).map(SheetProfile.Row.init)
        return profile
    }
}
