import Columns
import Query
import Runs
import Segmentation

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
            try frame(named: name)
                + members.filter { !["rows", "run"].contains($0.name) } + [
                    .init(name: "plotted", value: JSON(try result(named: name).rows)),
                    .init(name: "about", value: AboutEntry.json(run.details(of: name))),
                ])
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
