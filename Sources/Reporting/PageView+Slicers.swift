package import Columns
import Query
import Runs
import Workspace

extension PageView {
    /// A slicer, with what it takes to draw it.
    func json(_ slicer: PageSpec.Slicer) async throws(AuroraError) -> JSON {
        if let parameter = slicer.parameter?.value {
            return .object([
                "id": .string(slicer.id), "type": .string(slicer.kind.rawValue),
                "parameter": .string(parameter),
                "label": .string(catalogue.parameters[parameter]?.label ?? parameter),
            ])
        }
        let name = slicer.dimension.value
        let labels = slicer.dimensions.map { catalogue.dimensions[$0.value]?.label ?? $0.value }
        var members: [JSON.Member] = [
            .init(name: "id", value: .string(slicer.id)),
            .init(name: "type", value: .string(slicer.kind.rawValue)),
            .init(name: "dimension", value: .string(name)),
            .init(
                name: "label", value: .string(slicer.label ?? labels.joined(separator: " › "))),
        ]
        switch slicer.kind {
        case .list, .parameter: break
        case .range:
            let extent = try await run.gate.extent(of: name, for: reader)
            members.append(.init(name: "minimum", value: JSON(extent?.lowest)))
            members.append(.init(name: "maximum", value: JSON(extent?.highest)))
        case .tiles, .segments:
            members.append(.init(name: "share", value: JSON(slicer.measure?.value)))
        case .date:
            members += try await days(slicer)
        case .hierarchy:
            members.append(
                .init(
                    name: "dimensions", value: .array(slicer.dimensions.map { .string($0.value) })))
            members.append(.init(name: "count", value: JSON(slicer.measure?.value)))
        }
        return .object(members)
    }

    /// The data's days, and the periods that end with the as-of date.
    private func days(_ slicer: PageSpec.Slicer) async throws(AuroraError) -> [JSON.Member] {
        let days = try await run.gate.days(of: slicer.dimension.value, for: reader)
        let asOf = try await asOf(slicer, slicer.dimension.value)
        let offered =
            slicer.periods.map { $0.compactMap { RelativePeriod($0.value) } }
            ?? RelativePeriod.usual
        let periods = asOf.map { asOf in
            offered.map { period in
                let (from, through) = period.days(asOf: asOf.day)
                return JSON.object([
                    "name": .string(period.name), "label": .string(period.label),
                    "range": [.string(from.description), .string(through.description)],
                ])
            }
        }
        return [
            .init(name: "minimum", value: JSON(days?.first.description)),
            .init(name: "maximum", value: JSON(days?.last.description)),
            .init(name: "as_of", value: JSON(asOf?.day.description)),
            .init(name: "is_as_of_data", value: .bool(asOf?.isOfData ?? true)),
            .init(name: "periods", value: .array(periods ?? [])),
        ]
    }

    /// The day with which periods end: the project's, or the last one in the data.
    func asOf(
        _ slicer: PageSpec.Slicer?, _ dimension: String
    ) async throws(AuroraError) -> (day: CalendarDate, isOfData: Bool)? {
        if slicer?.isAsOfData != true, let stated = run.record.asOf.flatMap({ CalendarDate($0) }) {
            return (stated, false)
        }
        return try await run.gate.days(of: dimension, for: reader).map { ($0.last, true) }
    }

    /// What slicers show beside their values: each is filtered by all selections but its own.
    func slicerFigures(
        _ selections: [PageSelection]
    ) async throws(AuroraError) -> [JSON.Member] {
        var figures: [JSON.Member] = []
        for slicer in page.slicers where [.tiles, .segments].contains(slicer.kind) {
            guard let measure = slicer.measure?.value else { continue }
            do throws(AuroraError) {
                let query = FigureQuery(
                    measures: [measure], by: [slicer.dimension.value],
                    filter: filter(selections, but: slicer.id))
                let table = try await run.gate.answer(query, for: reader)
                figures.append(.init(name: slicer.id, value: .object(table.members([:]))))
            } catch {
                if error.code == "interrupted" { throw error }
                figures.append(.init(name: slicer.id, value: Self.json(error)))
            }
        }
        return figures
    }

    func filter(_ selections: [PageSelection], but source: String) -> FilterContext {
        FilterContext(selections: selections.filter { $0.source != source }.map(\.selection))
    }
}

/// What a hierarchy slicer is asked for.
package struct BranchRequest: Sendable {
    /// The values down to where the list begins; empty for the top.
    package var path: [Value]
    /// Instead of a list: what values contain, at any level.
    package var search: String?
    package var selections: [PageSelection]

    package init(path: [Value], search: String?, selections: [PageSelection]) {
        self.path = path
        self.search = search
        self.selections = selections
    }
}

extension PageView {
    /// As many branches are listed at most; more can be searched for.
    private static let listedBranches = 200

    /// The values of a hierarchy slicer right below a path, or those that a search finds, each with
    /// its figure under the selections of everything else.
    ///
    /// - Throws: `unknown_name`, `bad_request` for a path that is too long, or what the gate says.
    package func branches(
        of id: String, _ request: BranchRequest
    ) async throws(AuroraError) -> JSON {
        guard let slicer = page.slicers.first(where: { $0.id == id && $0.kind == .hierarchy }),
            let measure = slicer.measure?.value
        else {
            throw AuroraError("unknown_name", "page '\(name)' has no hierarchy slicer '\(id)'")
        }
        let names = slicer.dimensions.map(\.value)
        guard request.path.count < names.count else {
            throw AuroraError(
                "unknown_name",
                "slicer '\(id)' has \(names.count) levels, and nothing below a path of "
                    + "\(request.path.count)")
        }
        var filter = filter(request.selections, but: id)
        if !request.path.isEmpty {
            filter.selections.append(
                .init(dimension: names[0], .paths([request.path], of: names)))
        }
        var found: [(path: [Value], figure: Value)] = []
        let wanted = request.search.map { $0.lowercased() } ?? ""
        let depths = wanted.isEmpty ? [request.path.count + 1] : Array(1...names.count)
        for depth in depths {
            let query = FigureQuery(
                measures: [measure], by: Array(names.prefix(depth)), filter: filter)
            for row in try await run.gate.answer(query, for: reader).rows {
                let path = Array(row.prefix(depth))
                if wanted.isEmpty || path[depth - 1].description.lowercased().contains(wanted) {
                    found.append((path, row[depth]))
                }
            }
        }
        return .object([
            "branches": .array(
                found.prefix(Self.listedBranches).map { branch in
                    .object([
                        "path": .array(branch.path.map(\.json)), "figure": branch.figure.json,
                        "has_more": .bool(branch.path.count < names.count),
                    ])
                }), "total": JSON(found.count),
        ])
    }
}
