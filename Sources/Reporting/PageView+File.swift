package import Columns
package import Foundation
import Query
import Workspace

extension PageView {
    /// The figures of one visual as CSV in UTF-8 with a mark of byte order: what its table on the
    /// page shows, with all digits, for this reader.
    ///
    /// - Throws: `unknown_name` for a visual that is not there or has no figures, `unknown_drill`,
    ///   or what is wrong with the selections.
    package func figuresFile(
        of id: String, _ selections: [PageSelection], drills: PageDrills = [:]
    ) async throws(AuroraError) -> Data {
        guard let stated = page.visuals.first(where: { $0.id == id }) else {
            throw AuroraError(
                "unknown_name", "the page '\(page.name)' has no visual '\(id)'",
                hint: NearestName.hint(for: id, among: page.visuals.map(\.id)))
        }
        let path = drills[id] ?? []
        let visual = try stated.drilled(along: path)
        let entry = PageReport.Visual(
            chart: visual.chart, title: title(of: visual), type: visual.type,
            layout: json(visual), data: try await figures(of: visual, selections, along: path))
        let sheet = FigureSheet(entry, catalogue, FigureWriter(run.project.settings))
        guard let csv = sheet.csv else {
            throw AuroraError("unknown_name", "the visual '\(id)' has no figures")
        }
        return Data(csv.utf8)
    }
}
