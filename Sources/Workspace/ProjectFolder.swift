package import Columns
package import Foundation
import Yams

/// One kind of project file: the folder in which it lies, the `type` that it states, its fields.
package struct FileKind: Sendable {
    package var folder: String
    package var type: String
    package var summary: String
    package var fields: [Field]
    /// Keys of which a file has exactly one; none where a kind has no such choice.
    package var alternatives: [String]

    package init(
        folder: String, type: String, summary: String, fields: [Field], alternatives: [String] = []
    ) {
        self.folder = folder
        self.type = type
        self.summary = summary
        self.alternatives = alternatives
        self.fields =
            [Field("type", .choice([type]), required: true, "the kind and version of this file")]
            + fields
    }
}

/// One project file that has been read and checked against its kind.
package struct ProjectFile: Sendable {
    /// The file's stem, by which the rest of the project refers to it.
    package var name: String
    /// Relative to the project folder.
    package var path: String
    package var folder: String
    package var values: FieldValues
}

/// The text of a project and what stands in it.
package struct ProjectFolder: Sendable {
    /// Every file's text by its path relative to the folder, as it goes into a run's record.
    package private(set) var texts: [String: String]
    package var settings: ProjectSettings
    package let files: [ProjectFile]

    /// Adds the text of a file that is no project file of its own, but that one of them names.
    package mutating func add(_ text: String, at path: String) { texts[path] = text }

    package func files(in folder: String) -> [ProjectFile] { files.filter { $0.folder == folder } }

    /// The names of all files in a folder, also of those with mistakes in them: what such a file
    /// describes exists, and whatever names it is not wrong.
    package func names(in folder: String) -> [String] {
        texts.keys.filter { $0.hasPrefix(folder + "/") }
            .map(Self.stem).sorted()
    }

    private static func stem(of path: String) -> String {
        URL(filePath: path).deletingPathExtension().lastPathComponent
    }

    /// The bytes of a project file that nobody writes by hand.
    private static let sizeLimit = 4 << 20

    /// Reads every file of the folder; adds to `diagnostics` whatever is wrong in any of them.
    ///
    /// - Throws: `project_missing` where there is no project at all.
    package static func read(
        _ folder: URL, kinds: [FileKind], diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> ProjectFolder {
        try parse(try texts(of: folder, kinds: kinds), kinds: kinds, diagnostics: &diagnostics)
    }

    /// Reads a project from its texts, as a run's record keeps them.
    package static func parse(
        _ texts: [String: String], kinds: [FileKind], diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> ProjectFolder {
        var files: [ProjectFile] = []
        var settings = ProjectSettings()
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { continue }
            let parts = path.split(separator: "/").map(String.init)
            let kind =
                parts.count == 1
                ? ProjectSettings.kind : kinds.first { $0.folder == parts[0] }
            guard let kind else { continue }
            let stem = stem(of: path)
            if !stem.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) {
                diagnostics.append(
                    Diagnostic(
                        "invalid_name", at: .init(file: path),
                        "a file's name is the name of what it describes: '\(stem)' can't be one",
                        hint: "use letters, digits, '_' and '-'"))
            }
            if let other = files.first(where: { $0.folder == parts[0] && $0.name == stem }) {
                diagnostics.append(
                    Diagnostic(
                        "invalid_name", at: .init(file: path),
                        "\(other.path) has the name '\(stem)' already", hint: "rename one of them"))
            }
            guard let values = values(of: text, kind, path: path, &diagnostics) else { continue }
            if parts.count == 1 {
                settings = ProjectSettings(values, diagnostics: &diagnostics)
            } else {
                files.append(
                    ProjectFile(
                        name: stem, path: path, folder: parts[0], values: values))
            }
        }
        return ProjectFolder(texts: texts, settings: settings, files: files)
    }

    private static func values(
        of text: String, _ kind: FileKind, path: String, _ diagnostics: inout [Diagnostic]
    ) -> FieldValues? {
        var reader = FieldReader(file: path)
        defer { diagnostics += reader.diagnostics }
        do {
            guard let node = try compose(yaml: text) else {
                diagnostics.append(
                    Diagnostic(
                        "empty_file", at: .init(file: path), "the file is empty",
                        hint: "it should begin with 'type: \(kind.type)'"))
                return nil
            }
            return reader.object(node, kind.fields, called: "this file")
        } catch {
            diagnostics.append(Diagnostic(yamlError: error, file: path))
            return nil
        }
    }

    private static func texts(
        of folder: URL, kinds: [FileKind]
    ) throws(AuroraError) -> [String: String] {
        let manager = FileManager.default
        guard manager.fileExists(atPath: folder.appending(path: "aurora.yaml").path) else {
            throw AuroraError(
                "project_missing", "\(folder.path) holds no project: there is no aurora.yaml in it",
                hint: "name the project's folder: aurora run FOLDER")
        }
        return try texts(
            of: folder, at: ["aurora.yaml"] + paths(in: folder, of: kinds.map(\.folder)))
    }

    /// The texts of some of a project's folders by path, unchecked.
    ///
    /// - Throws: `file_unreadable`.
    package static func texts(
        of folder: URL, in folders: [String]
    ) throws(AuroraError) -> [String: String] {
        try texts(of: folder, at: paths(in: folder, of: folders))
    }

    /// The paths of all project files in some of a project's folders.
    package static func paths(in folder: URL, of folders: [String]) -> [String] {
        folders.flatMap { name in
            let names =
                (try? FileManager.default.contentsOfDirectory(
                    atPath: folder.appending(path: name).path)) ?? []
            // Hidden files are an editor's or the system's.
            return names.filter {
                !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml"))
            }.sorted().map { name + "/" + $0 }
        }
    }

    private static func texts(
        of folder: URL, at paths: [String]
    ) throws(AuroraError) -> [String: String] {
        var texts: [String: String] = [:]
        for path in paths {
            let url = folder.appending(path: path)
            guard let data = try? Data(contentsOf: url) else {
                throw AuroraError("file_unreadable", "\(url.path) can't be read")
            }
            guard data.count <= sizeLimit, let text = String(data: data, encoding: .utf8) else {
                throw AuroraError(
                    "file_unreadable", "\(url.path) is not a text of at most 4 MB in UTF-8")
            }
            texts[path] = text
        }
        return texts
    }
}

extension Diagnostic {
    init(yamlError error: any Error, file: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(
                "yaml_syntax", at: .init(file: file, line: mark.line, column: mark.column),
                "this is not YAML: \(problem)",
                hint: "indent with spaces, and quote texts that hold ': ' or ' #'")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                "duplicate_key",
                at: .init(file: file, line: context.mark.line, column: context.mark.column),
                "two keys of one map have the same name: \(duplicates.joined(separator: ", "))")
        default:
            self.init("yaml_syntax", at: .init(file: file), "this is not YAML: \(error)")
        }
    }
}
