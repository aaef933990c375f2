package import Columns
import Engine
package import Query
import Runs
import Workspace

/// Pages with their figures, as a file may carry them away: what any reader of figures may see,
/// and no customer's row, whoever asks.
package struct PageReport: Sendable {
    /// What a reader has asked of the pages.
    package struct Choice: Sendable {
        /// The pages; empty for all.
        package var pages: [String]
        package var selections: [PageSelection]
        /// As `--where` states them.
        package var conditions: [String]
        /// How far down visuals are shown.
        package var drills: PageDrills = [:]
        /// What is not as it usually is.
        package var parameters: [String: Double]

        package init(
            pages: [String] = [], selections: [PageSelection] = [], conditions: [String] = [],
            parameters: [String: Double] = [:]
        ) {
            self.pages = pages
            self.selections = selections
            self.conditions = conditions
            self.parameters = parameters
        }
    }

    /// A visual and its figures, in the form of docs/http-api.md.
    struct Visual: Sendable {
        var chart: any Chart
        var title: String
        var type: String
        /// The layout as a page's JSON has it.
        var layout: JSON
        var data: JSON?
        /// Why it is not in the file, where it isn't.
        var leftOut: String?
        /// The files of outlines that it shows.
        var geometries: [String] = []
    }

    struct Page: Sendable {
        var title: String
        /// Without its slicers, and without what only left-out visuals need.
        var layout: JSON
        var visuals: [Visual]
        var rows: (used: Int?, total: Int?)
    }

    let run: PublishedRun
    let choice: Choice
    private(set) var pages: [Page] = []
    /// The outlines that the file's maps show, by the hash of their file.
    private var outlines: [JSON.Member] = []

    /// - Throws: `unknown_page`, `not_permitted` for readers of no figures and for filters that
    ///   single customers out, or the engine's own error.
    package init(
        _ choice: Choice, of run: PublishedRun, for reader: Reader
    ) async throws(AuroraError) {
        let run = try run.setting(choice.parameters)
        self.run = run
        self.choice = choice
        // A file goes where no gate is: it holds what readers without further rights may see.
        let carried = Reader(
            name: reader.name, rights: reader.rights.intersection([.aggregates]))
        try run.gate.requireFigures(carried)
        let conditions = try await Self.conditions(choice, run)
        let names = choice.pages.isEmpty ? run.project.pages.map(\.name) : choice.pages.unique
        guard !names.isEmpty else {
            throw AuroraError("no_pages", "the project has no pages", hint: "add a file to pages/")
        }
        for name in names {
            let view = try PageView(name, of: run, for: carried)
            pages.append(try await Self.page(view, choice, conditions, run))
        }
        let shown = pages.flatMap(\.visuals).filter { $0.leftOut == nil && $0.data != nil }
        for path in shown.flatMap(\.geometries).unique {
            let hash = try run.geometry(at: path).file.sha256
            // As a text: what other readers of JSON take may not be what a browser takes.
            let text = String(decoding: try run.outlines(hash), as: UTF8.self)
            outlines.append(.init(name: hash, value: .string(text)))
        }
    }

    /// The kinds of visual on the pages.
    var kinds: [String] {
        ChartKind.all.map(\.name).filter { kind in
            pages.contains { $0.visuals.contains { $0.type == kind } }
        }
    }

    /// What the file is called.
    package var title: String {
        pages.count == 1
            ? "\(pages[0].title) – \(run.project.settings.name)" : run.project.settings.name
    }

    /// The pages' name in plain letters, for a file's name.
    package var fileName: String {
        let name = choice.pages.count == 1 ? choice.pages[0] : run.project.settings.name
        let plain = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(plain) + "-" + run.record.id
    }

    /// Parameters that are not as they usually are, in the order of their names.
    var assumptions: [(parameter: Parameter, value: Double)] {
        choice.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let parameter = run.gate.catalogue.parameters[name], parameter.usual != value
            else { return nil }
            return (parameter, value)
        }
    }

    // MARK: Content

    private static func page(
        _ view: PageView, _ choice: Choice, _ conditions: [CheckedExpression], _ run: PublishedRun
    ) async throws(AuroraError) -> Page {
        let customers = CustomerRows(run)
        var visuals: [Visual] = []
        var shown: Set<String> = []
        for visual in view.page.visuals {
            let path = choice.drills[visual.id] ?? []
            let visual = try visual.drilled(along: path)
            var entry = Visual(
                chart: visual.chart, title: view.title(of: visual), type: visual.type,
                layout: view.json(visual),
                data: nil, leftOut: customers.reason(toLeaveOut: visual),
                geometries: visual.chart.geometries.map(\.file.value))
            if entry.leftOut == nil {
                do throws(AuroraError) {
                    entry.data = try await view.figures(
                        of: visual, choice.selections, conditions, along: path)
                } catch {
                    if error.code == "interrupted" { throw error }
                    if error.code == "not_permitted" {
                        entry.leftOut = CustomerRows.words
                    } else {
                        entry.data = PageView.json(error)
                    }
                }
            }
            if entry.leftOut == nil { shown.insert(visual.id) }
            visuals.append(entry)
        }
        let rows = try await view.rows(under: choice.filter(conditions))
        return Page(
            title: view.page.title, layout: try await view.json(showing: shown),
            visuals: visuals, rows: (rows?.used, rows?.total))
    }

    private static func conditions(
        _ choice: Choice, _ run: PublishedRun
    ) async throws(AuroraError) -> [CheckedExpression] {
        var conditions: [CheckedExpression] = []
        for text in choice.conditions { conditions.append(try await run.gate.condition(text)) }
        let customers = CustomerRows(run)
        let names =
            choice.selections.flatMap(\.selection.dimensions)
            + choice.drills.values.flatMap { $0.flatMap(\.dimensions) }
            + conditions.flatMap { $0.columns.map(\.name) }
        if let name = names.first(where: customers.tellsApart) {
            throw AuroraError(
                "not_permitted",
                "a report can't be filtered by '\(name)', which tells single customers apart")
        }
        return conditions
    }

    // MARK: JSON

    /// What the file's own modules read.
    package var json: JSON {
        let (settings, record) = (run.project.settings, run.record)
        return .object([
            "project": .object([
                "name": .string(settings.name), "description": JSON(settings.summary),
                "locale": .string(settings.locale), "currency": JSON(settings.currency),
                "synthetic": .bool(record.isSynthetic),
                "run": .object([
                    "id": .string(record.id), "finished": .string(record.finished),
                    "notices": JSON(record.notices.count),
                ]),
            ]),
            "selections": .array(
                choice.selections.map { $0.json(run.gate.catalogue.dimensions) }),
            "conditions": .array(choice.conditions.map { .string($0) }),
            "parameters": .array(
                assumptions.map { parameter, value in
                    .object([
                        "label": .string(parameter.label), "value": JSON(value),
                        "format": parameter.format.json,
                    ])
                }),
            "pages": .array(pages.map { json($0) }), "geometries": .object(outlines),
        ])
    }

    private func json(_ page: Page) -> JSON {
        .object([
            "page": page.layout, "rows_used": JSON(page.rows.used),
            "rows_total": JSON(page.rows.total),
            "figures": .array(
                page.visuals.map { visual in
                    visual.leftOut.map { .object(["left_out": .string($0)]) } ?? visual.data
                        ?? .null
                }),
            // What a saved file of each visual would hold: nobody is there to be asked for it.
            "csv": .array(page.visuals.map { JSON(sheet(of: $0).csv) }),
        ])
    }

    /// A visual's figures as a table.
    func sheet(of visual: Visual) -> FigureSheet {
        FigureSheet(visual, run.gate.catalogue, FigureWriter(run.project.settings))
    }
}

extension PageReport.Choice {
    /// Of the page as a whole.
    fileprivate func filter(_ conditions: [CheckedExpression]) -> FilterContext {
        FilterContext(selections: selections.map(\.selection), conditions: conditions)
    }
}

extension PageSelection {
    fileprivate var name: String { selection.dimension }

    /// With what it takes to write its values: the page's own list of them isn't in the file.
    fileprivate func json(_ dimensions: [String: Catalogue.Dimension]) -> JSON {
        let dimension = dimensions[name]
        return .object(
            [
                .init(name: "source", value: .string(source)),
                .init(name: "dimension", value: .string(name)),
                .init(name: "label", value: .string(label(dimensions))),
                .init(name: "kind", value: JSON(dimension?.kind.rawValue)),
                .init(name: "format", value: dimension?.format?.json ?? .null),
                .init(name: "period_label", value: JSON(period?.label)),
            ] + choice)
    }
}
