import Columns
import Foundation
import Reporting
import Workspace

/// Finds out when a project's pages and measures have changed: by sizes and times of the files, and
/// only then by their texts.
struct ProjectTexts {
    private let folder: URL
    private var shown: [Stamp]?
    private var before: [Stamp]?

    init(_ folder: URL) { self.folder = folder }

    private struct Stamp: Equatable {
        var path: String
        var size: Int
        var file: Int
        var changed: Date
    }

    /// The texts, if they are others than the last time.
    ///
    /// - Parameters:
    ///   - isWritten: otherwise they must have been the same at two looks, for an editor may still be
    ///     writing them.
    ///   - isAsked: gives them in any case.
    mutating func changed(isWritten: Bool, isAsked: Bool) -> [String: String]? {
        let stamps = stamps()
        defer { before = stamps }
        guard FileManager.default.fileExists(atPath: folder.appending(path: "aurora.yaml").path),
            isAsked || (stamps != shown && (isWritten || stamps == before)),
            let texts = try? ProjectFolder.texts(of: folder, in: PublishedRun.editedFolders)
        else { return nil }
        shown = stamps
        return texts
    }

    private func stamps() -> [Stamp] {
        ProjectFolder.paths(in: folder, of: PublishedRun.editedFolders).map { path in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: folder.appending(path: path).resolvingSymlinksInPath().path)
            return Stamp(
                path: path, size: attributes?[.size] as? Int ?? 0,
                file: attributes?[.systemFileNumber] as? Int ?? 0,
                changed: attributes?[.modificationDate] as? Date ?? .distantPast)
        }
    }
}
