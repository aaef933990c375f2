package import Columns
package import Foundation
package import Workspace

extension SourceContext {
    /// The files that a path names: one file, or with `*` and `?` in its last part all that fit,
    /// in the order of their names.
    ///
    /// - Returns: nil with a diagnostic where there is none.
    package mutating func files(_ path: Located<String>) -> [SourceFile]? {
        SourceFile.all(path, in: data, &diagnostics)
    }
}

extension SourceFile {
    /// The files that a path names, relative to the data folder.
    ///
    /// - Returns: nil with a diagnostic where there is none.
    package static func all(
        _ path: Located<String>, in data: URL, _ diagnostics: inout [Diagnostic]
    ) -> [SourceFile]? {
        let url = URL(filePath: path.value, relativeTo: data).absoluteURL
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) {
            if !isFolder.boolValue { return [SourceFile(path: path.value, url: url)] }
            diagnostics.append(
                Diagnostic(
                    "file_missing", at: path.place, "\(url.path) is a folder, not a file",
                    hint: "name the files in it: \(path.value)/*.csv"))
            return nil
        }
        let folder = url.deletingLastPathComponent()
        let neighbours =
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        let pattern = url.lastPathComponent
        let prefix = path.value.dropLast(pattern.count)
        let found = neighbours.filter { fnmatch(pattern, $0, FNM_PERIOD) == 0 }
        guard found.isEmpty else {
            return found.map {
                SourceFile(path: prefix + $0, url: folder.appending(path: $0))
            }
        }
        let isPattern = pattern.contains { "*?[".contains($0) }
        let nearest = NearestName.of(pattern, among: neighbours)
        diagnostics.append(
            Diagnostic(
                "file_missing", at: path.place,
                isPattern
                    ? "no file in \(folder.path) fits '\(pattern)'"
                    : "the file \(url.path) does not exist",
                hint: nearest.map { "did you mean '\($0)'?" }
                    ?? "state the data folder with --data DIR, or 'data:' in aurora.yaml"))
        return nil
    }
}
