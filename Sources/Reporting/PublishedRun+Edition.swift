package import Columns
import Engine
package import Foundation
import Query
import Runs
import Segmentation
import Workspace

/// The pages and figures of a project as its folder holds them now, which may differ from those that
/// the run has kept. They need no run of their own: pages and measures are read from its tables.
extension PublishedRun {
    /// The folders whose files may change under a published run.
    package static let editedFolders = ["pages", "measures", "segments"]

    /// What a file of `segments/` may state otherwise: words, of which no segment depends.
    private static let namingKeys: Set<String> = ["names", "label", "description"]

    /// The run with the pages, measures and names of segments of other texts.
    ///
    /// - Parameters:
    ///   - texts: files of ``editedFolders`` by their path in the project; what isn't named isn't there.
    ///     Of a segmentation that would be formed otherwise, the run's own text is kept.
    ///   - diagnostics: all that is wrong with them.
    /// - Returns: nil where anything is wrong.
    package func edition(
        of texts: [String: String], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> PublishedRun? {
        var whole = record.project.filter { !Self.isEdited($0.key) }
        for (path, text) in texts {
            let kept = record.project[path]
            let isNaming = kept.map { TextPatch.isSame(text, $0, but: Self.namingKeys) } ?? false
            if Self.isEdited(path) || isNaming { whole[path] = text }
        }
        guard whole != record.project else { return self }
        let project = try Project.parse(whole, &diagnostics)
        let results = SegmentNameChanges(segmentations, under: project.segmentations).results
        let catalogue = try await project.catalogue(
            tables, results, levels: record.levels, engine: engine,
            parser: try await provider.parser(), &diagnostics)
        guard diagnostics.isEmpty else { return nil }
        return try await PublishedRun(self, project, results, catalogue)
    }

    /// The run with what a project's folder holds now, as the server shows it.
    ///
    /// - Parameter folder: the project's; a folder without one, or without any of its files, holds nothing new.
    /// - Returns: nil where its texts have mistakes or can't be read, which diagnostics tell.
    package func edition(
        following folder: URL, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> PublishedRun? {
        guard FileManager.default.fileExists(atPath: folder.appending(path: "aurora.yaml").path)
        else { return self }
        do {
            let texts = try ProjectFolder.texts(of: folder, in: Self.editedFolders)
            guard !texts.isEmpty else { return self }
            return try await edition(of: texts, &diagnostics)
        } catch  where error.code == "file_unreadable" {
            diagnostics.append(
                Diagnostic(error.code, at: .init(file: folder.path), error.message))
            return nil
        }
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
        path.hasPrefix("pages/") || path.hasPrefix("measures/")
    }
}
