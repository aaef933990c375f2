import Columns
import Foundation
import Spreadsheets
import Workspace

/// Which sheet of a workbook is read, and why.
struct SheetChoice {
    enum Result {
        case sheet(Int, FoundTable, reason: String)
        case refused(Diagnostic)
    }

    let result: Result

    /// - Throws: what ``Workbook`` throws when it is read.
    init(
        _ workbook: Workbook, stated: Located<Value>?, _ request: Workbook.Request
    ) throws(AuroraError) {
        if let stated {
            result = try Self.named(stated, workbook, request)
        } else {
            result = try Self.found(workbook, request)
        }
    }

    private static func named(
        _ stated: Located<Value>, _ workbook: Workbook, _ request: Workbook.Request
    ) throws(AuroraError) -> Result {
        let names = workbook.sheets.map(\.name)
        let text = stated.value.description
        let index =
            names.firstIndex(of: text)
            ?? names.firstIndex { $0.lowercased() == text.lowercased() }
            ?? Int(text).flatMap { names.indices.contains($0 - 1) ? $0 - 1 : nil }
        guard let index else {
            return .refused(
                Diagnostic(
                    "unknown_sheet", at: stated.place,
                    "\(workbook.url.path) has no sheet '\(text)'",
                    hint: NearestName.hint(for: text, among: names)))
        }
        let overview = try workbook.overview(ofSheet: index, request)
        guard let table = overview.table else {
            return .refused(noTable(workbook, "sheet '\(names[index])' \(overview.summary)"))
        }
        return .sheet(index, table, reason: "sheet '\(names[index])', as stated")
    }

    private static func found(
        _ workbook: Workbook, _ request: Workbook.Request
    ) throws(AuroraError) -> Result {
        let overviews = try workbook.overview(request)
        let tables = overviews.filter { $0.table != nil && !$0.isHidden }
        func list(_ overviews: [SheetOverview]) -> String {
            overviews.map { "'\($0.name)' (\($0.summary))" }.joined(separator: ", ")
        }
        if let chosen = tables.first, tables.count == 1, let table = chosen.table {
            let others = overviews.filter { $0.number != chosen.number }
            let reason =
                others.isEmpty
                ? "sheet '\(chosen.name)', the only one"
                : "sheet '\(chosen.name)' of \(overviews.count), the only one with a table; "
                    + "others: " + list(others)
            return .sheet(chosen.number - 1, table, reason: reason)
        }
        guard tables.isEmpty else {
            return .refused(
                Diagnostic(
                    "several_tables", at: .init(file: workbook.url.path),
                    "\(tables.count) sheets hold a table, but one is expected: " + list(tables),
                    hint: "state which one in the source file: 'sheet: \(tables[0].name)'"))
        }
        return .refused(noTable(workbook, "no sheet holds a table: " + list(overviews)))
    }

    private static func noTable(_ workbook: Workbook, _ message: String) -> Diagnostic {
        Diagnostic(
            "no_table", at: .init(file: workbook.url.path), message,
            hint: "state 'sheet:', 'header_row:' or 'range:' in the source file")
    }
}
