package import Columns
package import Foundation

/// New texts of several files of a project, written all or none.
package struct TextReplacements {
    private struct Replacement {
        var path: String
        var file: URL
        var old: String
        var new: String
        var partial: URL {
            file.deletingLastPathComponent().appending(
                path: ".\(file.lastPathComponent).aurora-new")
        }
    }

    private let folder: URL
    private var replacements: [Replacement] = []

    /// - Parameter folder: the project's.
    package init(in folder: URL) { self.folder = folder }

    /// - Parameter path: relative to the project.
    package mutating func add(_ path: String, _ old: String, with new: String) {
        guard old != new else { return }
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        replacements.append(Replacement(path: path, file: file, old: old, new: new))
    }

    package var paths: [String] { replacements.map(\.path) }

    /// - Throws: `stale` where one of the files holds another text than it had, `project_unwritable`.
    package func write() throws(AuroraError) {
        defer {
            for replacement in replacements {
                try? FileManager.default.removeItem(at: replacement.partial)
            }
        }
        for replacement in replacements { try prepare(replacement) }
        // Whatever an editor has written meanwhile stays, and then nothing is written at all.
        for replacement in replacements { try check(replacement) }
        var written: [Replacement] = []
        do throws(AuroraError) {
            for replacement in replacements {
                try check(replacement)
                guard rename(replacement.partial.path, replacement.file.path) == 0 else {
                    throw Self.unwritable(replacement, String(cString: strerror(errno)))
                }
                written.append(replacement)
            }
        } catch {
            for replacement in written.reversed() {
                try ProjectEditor.replace(
                    replacement.file, replacement.new, with: replacement.old, replacement.path)
            }
            throw error
        }
    }

    private func prepare(_ replacement: Replacement) throws(AuroraError) {
        do {
            try Data(replacement.new.utf8).write(to: replacement.partial)
            let manager = FileManager.default
            let mode = try manager.attributesOfItem(atPath: replacement.file.path)[
                .posixPermissions]
            if let mode {
                try manager.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: replacement.partial.path)
            }
        } catch {
            throw Self.unwritable(replacement, error.localizedDescription)
        }
    }

    private func check(_ replacement: Replacement) throws(AuroraError) {
        guard (try? ProjectEditor.text(of: replacement.file)) == replacement.old else {
            throw AuroraError(
                "stale", "\(replacement.path) has changed while it was being written",
                hint: "try again")
        }
    }

    private static func unwritable(_ replacement: Replacement, _ cause: String) -> AuroraError {
        AuroraError(
            "project_unwritable", "\(replacement.path) can't be written", cause: cause,
            hint: "make the project's folder writable for whoever runs 'aurora serve'")
    }
}
