import Columns
import Query
import Runs
import Segmentation
import Workspace

/// A kind of visual that is about one segmentation and states nothing else.
protocol SegmentationChart: Chart {
    var segmentation: Located<String> { get }
}

extension SegmentationChart {
    static var fields: [Field] { [ChartFields.segmentation] }
    var measures: [Located<String>] { [] }
    var dimensions: [Located<String>] { [segmentation] }
    var segmentations: [Located<String>] { [segmentation] }
}

// What drawings of a fitted segmentation answer on a page: they describe the run, so no filter
// applies.

extension SegmentationView {
    /// - Parameters:
    ///   - what: the drawing in words.
    ///   - reason: why a segmentation may have none.
    /// - Throws: `unknown_name`; `no_plot` where the segmentation has no such drawing.
    func drawing(
        _ plot: Plot, of name: String, _ what: String, missing reason: String
    ) async throws(AuroraError) -> JSON {
        let plots = try await plots(named: name, only: [plot])
        guard case .object(let members) = plots,
            members.contains(where: { $0.name == plot.rawValue && $0.value != .null })
        else {
            throw AuroraError("no_plot", "'\(name)' has no \(what): \(reason)")
        }
        return .object(
            try frame(named: name) + table(plot, plots)
                + members.filter { !["rows", "run"].contains($0.name) } + [
                    .init(name: "plotted", value: JSON(try result(named: name).rows)),
                    .init(name: "about", value: AboutEntry.json(run.details(of: name))),
                ])
    }

    /// The drawing's figures as rows, for files.
    private func table(_ plot: Plot, _ plots: JSON) -> [JSON.Member] {
        let drawn = plots.member(plot.rawValue) ?? .null
        let segments = plots.list("segments")
        func name(_ id: JSON) -> JSON {
            segments.first { $0.cell("id") == id }?.cell("name") ?? .null
        }
        let columns: [String]
        let rows: [JSON]
        switch plot {
        case .silhouettes:
            columns = ["segment", "measured", "below_0"]
            rows = drawn.list("segments").map {
                [name($0.cell("id")), $0.cell("measured"), $0.cell("below")]
            }
        case .biplot:
            columns = ["feature", "level", "r_with_component_1", "r_with_component_2"]
            rows = drawn.list("arrows").map { arrow in
                let correlations = arrow.list("correlations")
                return .array([arrow.cell("label"), arrow.cell("level")] + correlations.prefix(2))
            }
        case .dendrogram:
            columns = ["joined_at", "customers_then"]
            rows = drawn.list("merges").map { [$0.cell("height"), $0.cell("size")] }
        case .neighbourDistances:
            columns = ["share", "distance"]
            rows = drawn.list("points").map { [$0.cell("share"), $0.cell("distance")] }
        }
        return [
            .init(name: "columns", value: .array(columns.map { .string($0) })),
            .init(name: "rows", value: .array(rows)),
        ]
    }

    /// On how many rows it was fitted.
    func frame(named name: String) throws(AuroraError) -> [JSON.Member] {
        let result = try result(named: name)
        let total = run.record.models.first { $0.name == result.model }?.rows ?? result.rows
        return [
            .init(name: "rows_used", value: JSON(result.rows)),
            .init(name: "rows_total", value: JSON(total)), .init(name: "suppressed", value: 0),
        ]
    }
}

extension JSON {
    fileprivate func member(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    fileprivate func cell(_ name: String) -> JSON { member(name) ?? .null }

    fileprivate func list(_ name: String) -> [JSON] {
        if case .array(let elements)? = member(name) { elements } else { [] }
    }
}
