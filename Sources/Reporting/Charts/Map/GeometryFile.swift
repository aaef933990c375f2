package import Columns
package import Foundation
import Preparation
import Query
package import Runs
import Workspace

/// A file of outlines that has been read and checked: polygons in degrees, as GeoJSON (RFC 7946).
package struct GeometryFile: Sendable {
    /// As it is: a map simplifies nothing.
    package let data: Data
    package let record: RunRecord.Geometry

    /// The bytes that every reader of a page downloads.
    static let mostBytes = 8 << 20
    static let mostFeatures = 5_000

    /// - Parameters:
    ///   - specs: all maps of one file.
    ///   - data: the file's bytes.
    ///   - isSynthetic: whether `aurora generate` has made it.
    /// - Returns: nil where the diagnostics say what is wrong.
    ///
    /// Complexity: O(length of the file).
    init?(
        _ specs: [GeometrySpec], _ data: Data, isSynthetic: Bool,
        _ diagnostics: inout [Diagnostic]
    ) {
        let file = specs[0].file
        let features: [GeometryFeature]
        switch GeometryFeature.all(in: data) {
        case .failure(let problem):
            diagnostics.append(
                Diagnostic(
                    "geometry_unreadable", at: file.place,
                    "\(file.value) can't be shown: \(problem.message)", hint: problem.hint))
            return nil
        case .success(let read): features = read
        }
        var regions: [String: [String]] = [:]
        let before = diagnostics.count
        for spec in specs {
            guard let key = spec.key else { continue }
            let names = features.compactMap { $0.properties[key.value] }
            Self.check(key, names, features, file.value, &diagnostics)
            regions[key.value] = names.unique
            for (_, region) in spec.names where !names.isEmpty && !names.contains(region.value) {
                diagnostics.append(
                    Diagnostic(
                        "unknown_region", at: region.place,
                        "\(file.value) has no region '\(region.value)' by '\(key.value)'",
                        hint: NearestName.hint(for: region.value, among: names.unique)))
            }
        }
        guard diagnostics.count == before else { return nil }
        self.data = data
        record = RunRecord.Geometry(
            file: .init(
                path: file.value, bytes: data.count, sha256: ContentHash.of(data),
                isSynthetic: isSynthetic), features: features.count, regions: regions)
    }

    private static func check(
        _ key: Located<String>, _ names: [String], _ features: [GeometryFeature], _ file: String,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard names.count < features.count else { return }
        let others = Set(features.flatMap(\.properties.keys)).sorted()
        diagnostics.append(
            Diagnostic(
                "geometry_key", at: key.place,
                names.isEmpty
                    ? "no feature of \(file) has a name under '\(key.value)'"
                    : "\(features.count - names.count) of \(features.count) features of \(file) "
                        + "have no name under '\(key.value)'",
                hint: NearestName.hint(for: key.value, among: others.filter { $0 != key.value })))
    }

    // MARK: Where files lie

    /// The texts of files that lie in the project's own folder: they are part of the project.
    static func texts(
        of specs: [GeometrySpec], in folder: URL, _ diagnostics: inout [Diagnostic]
    ) -> [(path: String, text: String)] {
        var texts: [(path: String, text: String)] = []
        for spec in specs {
            let path = spec.file.value
            // Not with the project: outside of it, or among what it is not made of.
            guard !path.hasPrefix("/"),
                !path.split(separator: "/").contains(where: { $0.first == "." }),
                !texts.contains(where: { $0.path == path })
            else { continue }
            let url = folder.appending(path: path)
            guard let size = size(of: url) else { continue }
            guard size <= mostBytes else {
                diagnostics.append(tooLarge(spec, size))
                continue
            }
            guard let data = try? Data(contentsOf: url),
                let text = String(data: data, encoding: .utf8)
            else {
                diagnostics.append(
                    Diagnostic(
                        "geometry_unreadable", at: spec.file.place,
                        "\(path) can't be shown: it is not a text in UTF-8"))
                continue
            }
            texts.append((path, text))
        }
        return texts
    }

    /// Reads all files that maps name, each once.
    ///
    /// - Parameters:
    ///   - texts: the project's, of files that lie in its folder.
    ///   - folder: where the sources are, for all others.
    package static func read(
        _ specs: [GeometrySpec], texts: [String: String], data folder: URL,
        _ diagnostics: inout [Diagnostic]
    ) -> [GeometryFile] {
        specs.map(\.file.value).unique.compactMap { path in
            let specs = specs.filter { $0.file.value == path }
            if let text = texts[path] {
                return GeometryFile(specs, Data(text.utf8), isSynthetic: false, &diagnostics)
            }
            guard let url = SourceFile.all(specs[0].file, in: folder, &diagnostics)?.first?.url
            else { return nil }
            if let size = size(of: url), size > mostBytes {
                diagnostics.append(tooLarge(specs[0], size))
                return nil
            }
            guard let data = try? Data(contentsOf: url) else {
                diagnostics.append(
                    Diagnostic(
                        "file_missing", at: specs[0].file.place, "\(url.path) can't be read"))
                return nil
            }
            let label = url.path + ".synthetic.json"
            return GeometryFile(
                specs, data, isSynthetic: FileManager.default.fileExists(atPath: label),
                &diagnostics)
        }
    }

    private static func size(of url: URL) -> Int? {
        let values = try? url.resourceValues(forKeys: [.fileSizeKey, .isDirectoryKey])
        return values?.isDirectory == true ? nil : values?.fileSize
    }

    private static func tooLarge(_ spec: GeometrySpec, _ size: Int) -> Diagnostic {
        Diagnostic(
            "geometry_too_large", at: spec.file.place,
            "\(spec.file.value) has \(size) bytes, but a page can load \(mostBytes) at most",
            hint: "simplify the outlines before: a map of a page shows no more detail")
    }
}
