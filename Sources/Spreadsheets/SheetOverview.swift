package import Columns

/// What a look at one sheet of a workbook shows.
package struct SheetOverview: Sendable {
    package enum Content: Sendable {
        case table(FoundTable)
        /// A list of what the columns of another sheet mean.
        case dictionary(of: String)
        /// Something else; what, after "the sheet".
        case other(String)
    }

    package var name: String
    /// From 1, in the order of the tabs.
    package var number: Int
    package var isHidden: Bool
    /// The rectangle of all values.
    package var usedRange: CellRange?
    package var content: Content

    /// The table that stands there, whether or not it is worth a source.
    package var table: FoundTable? {
        if case .table(let table) = content { table } else { nil }
    }

    /// In a few words: "header in row 1, 13 columns, 20,000 rows".
    package var summary: String {
        let text =
            switch content {
            case .table(let table):
                (table.headerRow.map { "header in row \($0), " } ?? "")
                    + Words.count(table.columns.count, "column") + ", "
                    + Words.count(table.rowCount, "row")
            case .dictionary(let sheet): "describes the columns of '\(sheet)'"
            case .other(let reason): reason
            }
        return isHidden ? text + " (hidden)" : text
    }
}

extension Workbook {
    /// What a project may state of a table, so that it is not looked for.
    package struct Request: Sendable {
        /// The row with the names; 0 where there is none.
        package var headerRow: Int?
        package var window: CellWindow

        package init(headerRow: Int? = nil, window: CellWindow = .all) {
            self.headerRow = headerRow
            self.window = window
        }
    }

    /// Looks at every sheet.
    ///
    /// Complexity: O(bytes of the workbook). Memory: that of one ``SheetProfile``.
    ///
    /// - Throws: `workbook_damaged`, `workbook_too_large`, `file_unreadable`, `interrupted`.
    package func overview(_ request: Request = Request()) throws(AuroraError) -> [SheetOverview] {
        var overviews: [SheetOverview] = []
        var firstColumns: [[String]] = []
        for index in sheets.indices {
            let (overview, texts) = try look(at: index, request)
            overviews.append(overview)
            firstColumns.append(texts)
        }
        for index in overviews.indices {
            guard let table = overviews[index].table else { continue }
            let described = overviews.first { other in
                other.name != overviews[index].name
                    && Self.describes(firstColumns[index], other.table)
            }
            if let described {
                overviews[index].content = .dictionary(of: described.name)
            } else if !table.isConvincing {
                overviews[index].content = .other("holds notes, but no table")
            }
        }
        return overviews
    }

    /// Looks at one sheet, with everything that may be a table taken for one.
    package func overview(
        ofSheet index: Int, _ request: Request = Request()
    ) throws(AuroraError) -> SheetOverview {
        try look(at: index, request).overview
    }

    private func look(
        at index: Int, _ request: Request
    ) throws(AuroraError) -> (overview: SheetOverview, firstTexts: [String]) {
        let sheet = sheets[index]
        var overview = SheetOverview(
            name: sheet.name, number: index + 1, isHidden: sheet.isHidden,
            content: .other("is a chart"))
        guard sheet.hasCells else { return (overview, []) }
        var window = request.window
        if let row = request.headerRow, row > 1 {
            window.rows = max(row, window.rows.lowerBound)...max(row, window.rows.upperBound)
        }
        let profile = try SheetProfile(self, sheet, window)
        overview.usedRange = profile.usedRange
        let all = CellWindow.all
        var finder = TableFinder(
            profile,
            .init(
                header: request.headerRow, hasRows: request.window.rows != all.rows,
                hasColumns: request.window.columns != all.columns))
        switch finder.search() {
        case .table(let table): overview.content = .table(table)
        case .nothing(let reason): overview.content = .other(reason)
        }
        return (overview, profile.head.compactMap { $0.cells.first?.text })
    }

    /// Whether the first texts of a sheet's rows are most of a table's names, as in a dictionary.
    private static func describes(_ texts: [String], _ table: FoundTable?) -> Bool {
        guard let table, table.columns.count > 1 else { return false }
        func plain(_ text: String) -> String {
            String(text.lowercased().split(separator: "(").first ?? "").filter { !$0.isWhitespace }
        }
        let names = Set(table.columns.compactMap(\.name).map(plain))
        let found = texts.map(plain).filter(names.contains)
        return 2 * found.count >= texts.count && 2 * Set(found).count >= names.count
    }
}
