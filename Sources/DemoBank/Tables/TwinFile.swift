/// One file of a twin: how its rows are made, each by itself.
struct TwinFile: Sendable {
    enum Content: Sendable {
        case csv(TwinTable)
        case workbook([TwinSheet])
    }

    /// Below the twin's folder.
    var path: String
    var content: Content

    init(_ path: String, _ table: TwinTable) {
        self.path = path
        content = .csv(table)
    }

    init(_ path: String, _ sheets: [TwinSheet]) {
        self.path = path
        content = .workbook(sheets)
    }

    /// The rows of the table, or of all tables of the workbook.
    var rows: Int {
        switch content {
        case .csv(let table): table.rows
        case .workbook(let sheets): sheets.reduce(0) { $0 + $1.rows }
        }
    }
}

/// A CSV file.
struct TwinTable: Sendable {
    var header: String
    var rows: Int
    var hasByteOrderMark = false
    var lineEnd: StaticString = "\r\n"
    /// Appends the fields of a row, without the end of its line.
    var append: @Sendable (_ row: Int, _ csv: inout CSVBytes) -> Void
}

/// A sheet of a workbook.
struct TwinSheet: Sendable {
    var name: String
    /// Rows of texts above the table's header: titles and notes.
    var above: [[String]] = []
    var header: [String]
    var rows = 0
    /// Appends the cells of a row.
    var append: @Sendable (_ row: Int, _ cells: inout SheetBytes) -> Void = { _, _ in }
}
