package import Columns
import Engine
import Foundation
import Spreadsheets
package import Workspace

/// A table in an .xlsx workbook, found by looking or where the author says.
package struct XLSXSource: SourceReader {
    package static let name = "xlsx"
    package static let summary = "a table in a sheet of an .xlsx workbook"
    package static let fields = [
        Field("file", .text, required: true, "the workbook, relative to the data folder"),
        Field("sheet", .scalar, "the sheet's name, or its number from 1; found if not stated"),
        Field(
            "header_row", .integer(0...CellRange.lastRow),
            "the row with the columns' names, 0 if there is none; found if not stated"),
        Field("range", .text, "the cells to read: A3:F400, A:F or A:P,V:W; found if not stated"),
        Field("missing", .list(.text), "texts that stand for a missing value, besides nothing"),
    ]

    private let file: Located<String>
    private let sheet: Located<Value>?
    private let headerRow: Int?
    private let range: Located<String>?
    private let missing: [String]

    package init(_ values: FieldValues) {
        file = values.located("file") ?? Located("", at: values.place)
        sheet = values.scalar("sheet").map { Located($0, at: values.place(of: "sheet")) }
        headerRow = values.integer("header_row")
        range = values.located("range")
        missing = values.texts("missing")?.map(\.value) ?? []
    }

    package var origin: Located<String> { file }

    package func open(_ context: inout SourceContext) async throws(AuroraError) -> RawTable? {
        var window = CellWindow.all
        if let range {
            guard let stated = CellWindow(range.value) else {
                context.diagnostics.append(.invalidRange(range))
                return nil
            }
            window = stated
        }
        guard let files = context.files(file) else { return nil }
        let request = Workbook.Request(headerRow: headerRow, window: window)
        var tables: [SheetTable] = []
        for file in files {
            guard let table = try table(in: file, request, &context.diagnostics) else { continue }
            if let first = tables.first, let problem = table.difference(from: first) {
                context.diagnostics.append(problem)
                continue
            }
            tables.append(table)
        }
        guard tables.count == files.count, let first = tables.first else { return nil }
        return try write(tables, first.names, files, &context)
    }

    /// The table of one workbook, or nil with diagnostics.
    private func table(
        in file: SourceFile, _ request: Workbook.Request, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> SheetTable? {
        do throws(AuroraError) {
            let workbook = try Workbook(file.url)
            let choice = try SheetChoice(workbook, stated: sheet, request)
            switch choice.result {
            case .refused(let diagnostic):
                diagnostics.append(diagnostic)
                return nil
            case .sheet(let index, let table, let reason):
                let table = SheetTable(file, workbook, index, table, reason: reason)
                let problems = table.problems
                diagnostics += problems
                return problems.isEmpty ? table : nil
            }
        } catch  where error.isOfWorkbook {
            diagnostics.append(.init(error, in: file))
            return nil
        }
    }

    private func write(
        _ tables: [SheetTable], _ names: [String], _ files: [SourceFile],
        _ context: inout SourceContext
    ) throws(AuroraError) -> RawTable? {
        let url = context.scratch.appending(path: "\(context.source).xlsx.csv")
        var writer = try ScratchRows(url, names)
        var facts: [String] = []
        for table in tables {
            let before = writer.rowCount
            do throws(AuroraError) {
                try table.write(to: &writer)
            } catch  where error.isOfWorkbook {
                context.diagnostics.append(.init(error, in: table.file))
                return nil
            }
            let prefix = tables.count == 1 ? "" : table.file.path + ": "
            facts += table.facts(written: writer.rowCount - before).map { prefix + $0 }
        }
        try writer.finish()
        guard writer.rowCount > 0 else {
            context.diagnostics.append(
                Diagnostic(
                    "no_rows", at: .init(file: tables[0].file.url.path),
                    "the table in sheet '\(tables[0].sheet)' has no row with a value",
                    hint: "export it again with its rows"))
            return nil
        }
        var raw = RawTable(
            relation: writer.relation(context.intake.dialect, missing: missing),
            schema: Schema(names.map { .init($0, .text) }), files: files, facts: facts)
        raw.lost = tables.flatMap(\.lost)
        return raw
    }
}

extension CellWindow {
    /// Reads `A3:F400`, `A:F`, or several runs of columns: `A:P,V:W`.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { CellRange($0.filter { $0 != " " }) }
        guard let first = parts.first.flatMap({ $0 }), parts.allSatisfy({ $0?.rows == first.rows })
        else { return nil }
        self.init(rows: first.rows, columns: parts.compactMap { $0?.columns })
    }
}

extension Diagnostic {
    init(_ error: AuroraError, in file: SourceFile) {
        self.init(error.code, at: .init(file: file.url.path), error.message, hint: error.hint)
    }

    fileprivate static func invalidRange(_ range: Located<String>) -> Diagnostic {
        Diagnostic(
            "invalid_range", at: range.place, "'\(range.value)' is not a range of cells",
            hint: "usual are A3:F400, or columns alone: A:F, or A:P,V:W")
    }
}
