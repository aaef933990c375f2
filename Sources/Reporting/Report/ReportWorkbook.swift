import Columns
package import Foundation
import Query
import Runs
import Spreadsheets
import Workspace

/// The figures of a report as an .xlsx workbook: a sheet for each visual, numbers as numbers with
/// the formats of their measures.
package struct ReportWorkbook: Sendable {
    private let report: PageReport
    private var catalogue: Catalogue { report.run.gate.catalogue }

    package init(_ report: PageReport) { self.report = report }

    /// The workbook. The same run and the same selections give the same bytes.
    package func xlsx() -> Data {
        var names = SheetNames()
        var sheets: [WrittenSheet] = []
        for page in report.pages {
            for visual in page.visuals where visual.type != "text" {
                let table = report.sheet(of: visual)
                var rows = head(of: visual, on: page, table)
                rows.append([])
                if let content = table.content {
                    rows += content.words.map { term, cell in
                        [.literal(term, .bold), cell.written(currency: currency)]
                    }
                    if !content.words.isEmpty { rows.append([]) }
                    rows.append(content.columns.map { .literal($0, .bold) })
                    let figures = content.rows.map { $0.map { $0.written(currency: currency) } }
                    sheets.append(
                        WrittenSheet(
                            name: names.name(for: visual.title), rows: rows + figures,
                            // What is said above may be long, and would leave no room to scroll.
                            frozenRows: content.words.isEmpty ? rows.count : 0))
                } else {
                    sheets.append(WrittenSheet(name: names.name(for: visual.title), rows: rows))
                }
            }
        }
        if sheets.isEmpty {
            sheets = [WrittenSheet(name: "Report", rows: [[.text(report.title, .title)]])]
        }
        return Data(WorkbookWriter(sheets).bytes)
    }

    private var currency: String? { report.run.project.settings.currency }

    // MARK: Above the figures

    private func head(
        of visual: PageReport.Visual, on page: PageReport.Page, _ table: FigureSheet
    ) -> [[WrittenCell]] {
        var rows: [[WrittenCell]] = [[.literal(visual.title, .title)]]
        func add(_ term: String, _ words: String) {
            rows.append([.text(term, .bold), .literal(words)])
        }
        add("Project", report.run.project.settings.name)
        add("Page", page.title)
        add("Filters", filters)
        if let reason = visual.leftOut {
            add("Left out", reason)
        } else if let problem = table.problem {
            add("Not computed", problem)
        } else if let used = table.rowsUsed, let total = table.rowsTotal {
            add("Rows", "computed on \(used) of \(total) rows")
        } else if let total = table.rowsTotal {
            add("Rows", "computed on a number of \(total) rows that is not shown")
        }
        if table.suppressed > 0 {
            add(
                "Hidden cells",
                "\(table.suppressed): fewer customers are in them than the project's smallest cell")
        }
        for words in table.shown { add("Shown", words) }
        if report.run.record.isSynthetic { add("Data", "synthetic: no real customers") }
        add("Run", report.run.record.id)
        return rows
    }

    private var filters: String {
        let selected = report.choice.selections.map {
            "\($0.label(catalogue.dimensions)): \($0.words)"
        }
        let writer = FigureWriter(report.run.project.settings)
        let assumed = report.assumptions.map { parameter, value in
            "What if \(parameter.label): \(writer.figure(value, parameter.format))"
        }
        let all = selected + report.choice.conditions + assumed
        return all.isEmpty ? "none" : all.joined(separator: "; ")
    }
}

extension WrittenCell {
    /// A text from the project or its data.
    static func literal(_ text: String, _ style: CellStyle = .plain) -> WrittenCell {
        var style = style
        style.isLiteral = isFormula(text)
        return .text(text, style)
    }
}
