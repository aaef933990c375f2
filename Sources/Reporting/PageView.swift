package import Columns
package import Query
import Runs
import Workspace

/// A page of a published run for one reader, in the form of docs/http-api.md.
package struct PageView: Sendable {
    let page: PageSpec
    let run: PublishedRun
    let reader: Reader

    /// More values than this are not listed one by one.
    private static let listedValues = 200

    /// - Throws: `unknown_page`.
    package init(_ name: String, of run: PublishedRun, for reader: Reader) throws(AuroraError) {
        guard let page = run.project.pages.first(where: { $0.name == name }) else {
            throw AuroraError(
                "unknown_page", "there is no page '\(name)'",
                hint: NearestName.hint(for: name, among: run.project.pages.map(\.name)))
        }
        self.init(page, of: run, for: reader)
    }

    init(_ page: PageSpec, of run: PublishedRun, for reader: Reader) {
        self.page = page
        self.run = run
        self.reader = reader
    }

    var catalogue: Catalogue { run.gate.catalogue }

    package var name: String { page.name }

    // MARK: Layout

    package func json() async throws(AuroraError) -> JSON {
        var slicers: [JSON] = []
        for slicer in page.slicers { slicers.append(try await json(slicer)) }
        return try await json(
            dimensions: page.dimensions.map(\.value), measures: page.measures.map(\.value), slicers,
            bookmarks: bookmarks())
    }

    /// The layout without slicers, and with the names that these visuals need only.
    func json(showing visuals: Set<String>) async throws(AuroraError) -> JSON {
        let shown = page.visuals.filter { visuals.contains($0.id) }.map(\.chart)
        let dimensions = shown.flatMap { $0.dimensions + $0.drill + $0.numbers }.map(\.value)
        return try await json(
            dimensions: dimensions, measures: shown.flatMap(\.measures).map(\.value), [])
    }

    private func json(
        dimensions names: [String], measures measureNames: [String], _ slicers: [JSON],
        bookmarks: JSON = .array([])
    ) async throws(AuroraError) -> JSON {
        var dimensions: [JSON.Member] = []
        for name in Set(names).sorted() {
            guard let dimension = catalogue.dimensions[name] else { continue }
            dimensions.append(.init(name: name, value: try await json(dimension)))
        }
        let measures = Set(measureNames).sorted().compactMap { name in
            catalogue.measures[name].map { JSON.Member(name: name, value: json($0)) }
        }
        return .object([
            "name": .string(page.name), "title": .string(page.title),
            "description": JSON(page.summary), "run": .string(run.record.id),
            "dimensions": .object(dimensions), "measures": .object(measures),
            "slicers": .array(slicers), "visuals": .array(page.visuals.map { json($0) }),
            "prepared": prepared, "parameters": parameters, "bookmarks": bookmarks,
            "story": .array(page.story.map { .string($0.value) }),
            "edited": .bool(!run.isAsRun),
        ])
    }

    /// What the recipes have done to the rows that the page shows; null where it shows none.
    private var prepared: JSON {
        let named =
            page.measures.compactMap { catalogue.measures[$0.value]?.model }
            + page.dimensions.compactMap { catalogue.dimensions[$0.value]?.model }
        var tables = Array(Set(named)).sorted()
        guard !tables.isEmpty else { return .null }
        // What a model is made from belongs to it.
        var place = 0
        while place < tables.count {
            let origin = run.record.models.first { $0.name == tables[place] }?.from
            if let origin, !tables.contains(origin) { tables.append(origin) }
            place += 1
        }
        let steps = run.record.models.filter { tables.contains($0.name) }.flatMap(\.steps)
            .map { $0.cellsChanged.values.reduce(0, +) }.filter { $0 > 0 }
        let aside = run.record.inputs.filter { tables.contains($0.source) }.map(\.quarantined)
        return .object([
            "steps": JSON(steps.count), "cells": JSON(steps.reduce(0, +)),
            "set_aside": JSON(aside.reduce(0, +)),
            "models": .array(
                run.record.models.filter { tables.contains($0.name) }.map { .string($0.name) }),
        ])
    }

    private func json(_ dimension: Catalogue.Dimension) async throws(AuroraError) -> JSON {
        var values: [JSON]?
        if [.category, .boolean].contains(dimension.kind) {
            values = try await run.gate.values(
                of: dimension.name, limit: Self.listedValues, for: reader
            )?.map { value in
                let place = dimension.order?.firstIndex(of: value.description)
                let colour = dimension.isSegmentation ? place.map { $0 + 1 } : nil
                return .object(["value": value.json, "colour": JSON(colour)])
            }
        }
        return .object([
            "label": .string(dimension.label), "model": .string(dimension.model),
            "kind": .string(dimension.kind.rawValue),
            "description": JSON(dimension.summary), "expression": .string(dimension.text),
            "segmentation": .bool(dimension.isSegmentation),
            "ordered": .bool(dimension.order != nil), "values": values.map { .array($0) } ?? .null,
            "format": dimension.format?.json ?? .null,
        ])
    }

    private func json(_ measure: Catalogue.Measure) -> JSON {
        .object([
            "label": .string(measure.label), "description": JSON(measure.summary),
            "model": .string(measure.model), "expression": .string(measure.text),
            "format": measure.format.json, "additive": .bool(measure.isAdditive),
        ])
    }

    func json(_ visual: PageSpec.Visual) -> JSON {
        .object([
            "id": .string(visual.id), "type": .string(visual.type),
            "title": .string(title(of: visual)), "subtitle": JSON(visual.subtitle),
            "width": JSON(visual.width), "height": JSON(visual.height),
            "measures": .array(visual.chart.measures.map { .string($0.value) }),
            "dimensions": .array(visual.chart.dimensions.map { .string($0.value) }),
            "drill": .array(visual.chart.drill.map { .string($0.value) }),
            "interaction": .string(visual.interaction.rawValue),
            "options": visual.chart.options,
        ])
    }

    /// "Customers by purchase style", where the page gives no title.
    func title(of visual: PageSpec.Visual) -> String {
        if let title = visual.title ?? visual.chart.usualTitle { return title }
        let measures = visual.chart.measures.map { catalogue.measures[$0.value]?.label ?? $0.value }
        let isOfNumbers = measures.isEmpty && visual.chart.dimensions.isEmpty
        let shown = isOfNumbers ? visual.chart.numbers : visual.chart.dimensions
        let dimensions = shown.map { catalogue.dimensions[$0.value]?.label ?? $0.value }
        let by = dimensions.joined(separator: " and ")
        if measures.isEmpty { return by }
        let what = measures.joined(separator: ", ")
        return by.isEmpty ? what : "\(what) by \(by.lowercased())"
    }

    // MARK: Figures

    /// The figures of every visual under the reader's selections.
    ///
    /// - Parameters:
    ///   - drills: how far readers have gone down in some visuals.
    ///   - state: both as an address may carry them.
    package func data(
        _ selections: [PageSelection], drills: PageDrills = [:], state: String? = nil
    ) async throws(AuroraError) -> JSON {
        var visuals: [JSON.Member] = []
        for visual in page.visuals {
            if let data = try await data(of: visual, selections, along: drills[visual.id] ?? []) {
                visuals.append(.init(name: visual.id, value: data))
            }
        }
        let filter = FilterContext(selections: selections.map(\.selection))
        let rows = try await rows(under: filter)
        return .object([
            "run": .string(run.record.id), "state": JSON(state), "rows_used": JSON(rows?.used),
            "rows_total": JSON(rows?.total), "visuals": .object(visuals),
            "slicers": .object(try await slicerFigures(selections)),
        ])
    }

    /// Those of the selections that this reader may make: a link may come from one with more rights.
    package func permitted(_ selections: [PageSelection]) -> [PageSelection] {
        selections.filter { run.gate.permits($0.selection, for: reader) }
    }

    /// The same of the ways down.
    package func permitted(_ drills: PageDrills) -> PageDrills {
        drills.filter { _, path in path.allSatisfy { run.gate.permits($0, for: reader) } }
    }

    /// One visual that can't be computed leaves the others as they are.
    private func data(
        of visual: PageSpec.Visual, _ selections: [PageSelection],
        along path: [FilterContext.Selection]
    ) async throws(AuroraError) -> JSON? {
        do throws(AuroraError) {
            return try await figures(of: visual.drilled(along: path), selections, along: path)
        } catch {
            if error.code == "interrupted" { throw error }
            return Self.json(error)
        }
    }

    /// What stands in the place of figures that can't be computed.
    static func json(_ error: AuroraError) -> JSON {
        .object([
            "error": .object([
                "code": .string(error.code), "title": .string(error.message),
                "detail": JSON(error.hint),
            ])
        ])
    }

    /// The rows of the model that the page's first visual shows; nil where the selections have
    /// nothing to do with it, which that visual says itself.
    func rows(
        under filter: FilterContext
    ) async throws(AuroraError) -> (used: Int?, total: Int)? {
        let models =
            page.measures.compactMap { catalogue.measures[$0.value]?.model }
            + page.dimensions.compactMap { catalogue.dimensions[$0.value]?.model }
        guard let model = models.first else { return nil }
        do throws(AuroraError) {
            return try await run.gate.rowCount(of: model, filter: filter, for: reader)
        } catch {
            guard error.code == "unrelated" else { throw error }
            return nil
        }
    }
}
