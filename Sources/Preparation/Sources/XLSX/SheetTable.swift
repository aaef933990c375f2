import Columns
import Foundation
import Spreadsheets

/// A table of a workbook on its way to the engine.
struct SheetTable {
    let file: SourceFile
    let sheet: String
    private let workbook: Workbook
    private let index: Int
    private let table: FoundTable
    private let reason: String

    init(
        _ file: SourceFile, _ workbook: Workbook, _ index: Int, _ table: FoundTable, reason: String
    ) {
        self.file = file
        self.workbook = workbook
        self.index = index
        self.table = table
        self.reason = reason
        sheet = workbook.sheets[index].name
    }

    var names: [String] { table.columns.map { $0.name ?? "" } }

    private var place: Diagnostic.Place { .init(file: file.url.path, line: table.headerRow) }

    /// What makes the header unusable.
    var problems: [Diagnostic] {
        var problems: [Diagnostic] = []
        let unnamed = table.columns.filter { $0.name == nil }.map(\.position)
        if !unnamed.isEmpty {
            let named = table.columns.filter { $0.name != nil }.map(\.position)
            let letters = CellRange.list(named)
            problems.append(
                Diagnostic(
                    "unnamed_column", at: place,
                    "sheet '\(sheet)' has values, but no name, in the columns "
                        + CellRange.list(unnamed),
                    hint: "give them names in row \(table.headerRow ?? 1), or leave them out: "
                        + "'range: \(letters)'"))
        }
        // Engines compare names without regard to case, so Aurora must, too.
        let groups = Dictionary(grouping: table.columns.filter { $0.name != nil }) {
            ($0.name ?? "").lowercased()
        }
        for group in groups.values.sorted(by: { $0[0].position < $1[0].position })
        where group.count > 1 {
            problems.append(
                Diagnostic(
                    "duplicate_column", at: place,
                    "the columns \(CellRange.list(group.map(\.position))) of sheet '\(sheet)' have "
                        + "the same name '\(group[0].name ?? "")'",
                    hint: "names must differ by more than the case of letters"))
        }
        return problems
    }

    /// Why rows of this table can't follow those of another workbook's.
    func difference(from first: SheetTable) -> Diagnostic? {
        let lacking = first.names.filter { !names.contains($0) }
        let added = names.filter { !first.names.contains($0) }
        guard !lacking.isEmpty || !added.isEmpty else { return nil }
        let parts = [("lacks", lacking), ("adds", added)].filter { !$0.1.isEmpty }
            .map { "\($0.0) " + $0.1.map { "'\($0)'" }.joined(separator: ", ") }
        return Diagnostic(
            "columns_differ", at: place,
            "the table has other columns than that of \(first.file.path): it "
                + parts.joined(separator: " and "),
            hint: "files that are read together have the same columns; their order is free")
    }

    /// Writes the rows in the order of the sheet; rows without any value are passed over.
    func write(to writer: inout ScratchRows) throws(AuroraError) {
        var targets = [Int](repeating: -1, count: (table.columns.last?.position ?? 0) + 1)
        for column in table.columns {
            targets[column.position] = writer.names.firstIndex(of: column.name ?? "") ?? -1
        }
        var isTimed = [Bool](repeating: false, count: writer.names.count)
        for column in table.columns {
            isTimed[targets[column.position]] = FoundTable.isTimed(column.counts)
        }
        let rows = table.rows
        _ = try workbook.read(workbook.sheets[index]) { (row) throws(AuroraError) in
            guard rows.contains(row.number) else { return }
            try writer.append(row, targets, isTimed)
        }
    }

    var lost: [String] { table.lost }

    func facts(written: Int) -> [String] {
        let empty = table.rows.count - written
        return [reason] + table.facts
            + (empty == 0
                ? []
                : [
                    "\(empty) empty row\(empty == 1 ? "" : "s") in the midst of the table: left out"
                ])
    }
}
