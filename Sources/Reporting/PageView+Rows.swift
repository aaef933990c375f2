package import Columns
package import Foundation
package import Query
import Runs
import Segmentation
import Spreadsheets
import Workspace

/// What is asked of the rows behind a mark of a page.
package struct RowRequest: Sendable {
    /// The visual that has the mark.
    package var visual: String
    /// Which of its figures; nil for the first.
    package var measure: String?
    /// What a click on the mark selects; empty for all that the visual shows.
    package var mark: [FilterContext.Selection]
    /// What is selected on the page.
    package var selections: [PageSelection]
    package var column: String?
    package var isDescending = false
    package var start = 0
    package var limit = 50

    package init(
        behind mark: [FilterContext.Selection], of visual: String,
        under selections: [PageSelection], measure: String? = nil
    ) {
        self.visual = visual
        self.measure = measure
        self.mark = mark
        self.selections = selections
    }
}

extension PageView {
    /// More rows than this are not put into one answer.
    package static let mostRows = 200
    /// More than this are not written to one file: `aurora export` writes whole tables.
    package static let mostFileRows = 100_000
    private static let fileStep = 20_000

    /// The rows behind a mark, in the form of docs/http-api.md. They are rows of the figure's own
    /// model, under what filters the visual and the mark itself.
    ///
    /// - Throws: `not_permitted`, `unknown_name`, or what is wrong with the selections.
    package func rows(_ request: RowRequest) async throws(AuroraError) -> JSON {
        let query = try query(request)
        let page = try await run.gate.rows(query, for: reader)
        let key = catalogue.tables[query.model]?.key
        let hasKey = page.columns.contains { $0.name == key }
        return .object([
            "run": .string(run.record.id), "visual": .string(request.visual),
            "model": .string(query.model), "key": JSON(hasKey ? key : nil),
            "measure": JSON(query.measure),
            "is_count": .bool(
                query.measure.map { catalogue.measures[$0]?.isCount ?? false } ?? true),
            "columns": .array(page.columns.map(\.json)),
            "rows": .array(page.rows.map { .array($0.map(\.json)) }),
            "start": JSON(query.start), "total": JSON(page.total), "rows_total": JSON(page.outOf),
            "segmentations": .array(
                run.segmentations.filter { hasKey && $0.model == query.model }.map {
                    .object(["name": .string($0.name), "label": .string($0.label)])
                }),
        ])
    }

    /// The same rows, all of them, as CSV in UTF-8 with a mark of byte order. Texts that a spreadsheet
    /// program would take for a formula begin with an apostrophe.
    ///
    /// - Throws: as ``rows(_:)``, and `too_many_rows`.
    package func rowsFile(_ request: RowRequest) async throws(AuroraError) -> Data {
        var query = try query(request)
        (query.start, query.limit) = (0, Self.fileStep)
        var page = try await run.gate.rows(query, for: reader)
        guard page.total <= Self.mostFileRows else {
            throw AuroraError(
                "too_many_rows",
                "\(page.total) rows stand behind this figure, but one file holds "
                    + "\(Self.mostFileRows)", hint: "filter the page, or use aurora export")
        }
        var text = "\u{FEFF}" + Self.line(page.columns.map { .text($0.name) })
        while true {
            for row in page.rows { text += Self.line(row) }
            query.start += page.rows.count
            guard query.start < page.total, !page.rows.isEmpty else { return Data(text.utf8) }
            page = try await run.gate.rows(query, for: reader)
        }
    }

    private func query(_ request: RowRequest) throws(AuroraError) -> RowQuery {
        try run.gate.requireCustomers(reader)
        guard let visual = page.visuals.first(where: { $0.id == request.visual }) else {
            throw AuroraError(
                "unknown_name", "the page '\(page.name)' has no visual '\(request.visual)'")
        }
        let measures = (visual.chart.measures + visual.chart.otherMeasures).map(\.value)
        if let wanted = request.measure, !measures.contains(wanted) {
            throw AuroraError(
                "unknown_name", "the visual '\(visual.id)' doesn't show '\(wanted)'",
                hint: NearestName.hint(for: wanted, among: measures))
        }
        let measure = request.measure ?? measures.first
        guard let model = measure.flatMap({ catalogue.measures[$0]?.model }) ?? model(of: visual)
        else {
            throw AuroraError("unknown_name", "no rows stand behind the visual '\(visual.id)'")
        }
        let selections = request.selections.filter {
            visual.interaction == .none
                ? filtering(visual, [$0]).isEmpty == false : $0.source != visual.id
        }
        let filter = FilterContext(selections: selections.map(\.selection) + request.mark)
        var query = RowQuery(of: model, behind: measure, filter: filter)
        (query.column, query.isDescending) = (request.column, request.isDescending)
        query.start = max(0, request.start)
        query.limit = min(max(1, request.limit), Self.mostRows)
        return query
    }

    /// The model of what a visual without measures shows.
    func model(of visual: PageSpec.Visual) -> String? {
        let shown = visual.chart.numbers + visual.chart.dimensions + visual.chart.segmentations
        return shown.lazy.compactMap { catalogue.dimensions[$0.value]?.model }.first
    }

    private static func line(_ values: [Value]) -> String {
        values.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ value: Value) -> String {
        guard !value.isMissing else { return "" }
        guard case .text(let text) = value else { return value.description }
        return SheetCell.text(text).csv
    }
}

extension RowPage.Column {
    fileprivate var json: JSON {
        let kind: String =
            switch type {
            case .boolean: "boolean"
            case _ where type.isNumeric: "number"
            case _ where type.isTemporal: "date"
            default: "category"
            }
        return .object([
            "name": .string(name), "label": .string(dimension?.label ?? name),
            "kind": .string(kind), "format": dimension?.format?.json ?? .null,
            "segments": dimension?.isSegmentation == true
                ? .array((dimension?.order ?? []).map { .string($0) }) : .null,
        ])
    }
}
