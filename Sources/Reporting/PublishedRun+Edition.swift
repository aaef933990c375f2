package import Columns
import Engine
import Query
import Runs
import Workspace

/// The pages and figures of a project as its folder holds them now, which may differ from those that
/// the run has kept. They need no run of their own: pages and measures are read from its tables.
extension PublishedRun {
    /// The folders whose files may change under a published run.
    package static let editedFolders = ["pages", "measures"]

    /// The run with the pages and measures of other texts.
    ///
    /// - Parameters:
    ///   - texts: files of ``editedFolders`` by their path in the project; what isn't named isn't there.
    ///   - diagnostics: all that is wrong with them.
    /// - Returns: nil where anything is wrong.
    package func edition(
        of texts: [String: String], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> PublishedRun? {
        var whole = record.project.filter { !Self.isEdited($0.key) }
        guard texts != record.project.filter({ Self.isEdited($0.key) }) else { return self }
        for (path, text) in texts where Self.isEdited(path) { whole[path] = text }
        let project = try Project.parse(whole, &diagnostics)
        let catalogue = try await project.catalogue(
            tables, segmentations, levels: record.levels, engine: engine,
            parser: try await provider.parser(), &diagnostics)
        guard diagnostics.isEmpty else { return nil }
        return try await PublishedRun(self, project, catalogue)
    }

    /// Whether the pages and measures are those that the run was made with.
    package var isAsRun: Bool {
        project.folder.texts.filter { Self.isEdited($0.key) }
            == record.project.filter { Self.isEdited($0.key) }
    }

    /// What is wrong with one page's text, and the page where nothing is.
    package func page(
        from text: String, path: String, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> PageSpec? {
        let folder = try ProjectFolder.parse(
            [path: text], kinds: [PageSpec.kind], diagnostics: &diagnostics)
        guard let file = folder.files.first else { return nil }
        let page = PageSpec(file)
        page.check(
            gate.catalogue, declared: [], models: tables.map(\.name).sorted(), &diagnostics)
        return diagnostics.isEmpty ? page : nil
    }

    private static func isEdited(_ path: String) -> Bool {
        editedFolders.contains { path.hasPrefix($0 + "/") }
    }
}
