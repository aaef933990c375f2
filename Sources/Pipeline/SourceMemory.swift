import Columns
import Foundation
import Preparation
import Reporting
import Runs
import Workspace

/// The staged sources of an earlier run, which the next one takes over as they are where no file
/// and no text that they depend on has changed.
struct SourceMemory: Sendable {
    /// What is known of the staged sources without reading them.
    struct Kept: Codable {
        var key: String
        var inputs: [RunRecord.Input]
        var notices: [RunRecord.Caveat]
    }

    private let folder: URL

    init(_ folder: URL) { self.folder = folder }

    /// The database of the staged tables.
    var database: URL { folder.appending(path: "sources.duckdb") }

    private var file: URL { folder.appending(path: "sources.json") }

    func kept(_ key: String) -> Kept? {
        guard let data = try? Data(contentsOf: file),
            let kept = try? JSONDecoder().decode(Kept.self, from: data), kept.key == key,
            FileManager.default.fileExists(atPath: database.path)
        else { return nil }
        return kept
    }

    /// Makes room for sources that are staged anew.
    func forget() {
        for url in [file, database, URL(filePath: database.path + ".wal")] {
            try? FileManager.default.removeItem(at: url)
        }
    }

    func keep(_ kept: Kept) throws(AuroraError) {
        let data = (try? JSONEncoder.stable.encode(kept)) ?? Data()
        try RunFile.write(data, to: file.lastPathComponent, in: folder)
    }
}

extension Pipeline {
    /// The hash of all that the staged sources depend on; nil where that can't be told without
    /// reading them: of a database, or of a file that is not there.
    func sourcesKey(_ versions: [String: String]) -> String? {
        let settings = project.settings
        var parts = [
            versions["aurora"] ?? "", versions["engine"] ?? "", data.path,
            settings.asOf?.value.description ?? "",
        ]
        for source in project.recipes.sources {
            var ignored: [Diagnostic] = []
            guard source.reader.readsFiles,
                let files = SourceFile.all(source.reader.origin, in: data, &ignored)
            else { return nil }
            parts += [source.name, project.folder.texts[source.path] ?? ""]
            for file in files {
                guard let hash = try? ContentHash.ofFile(file.url) else { return nil }
                let mark = FileManager.default.fileExists(
                    atPath: file.url.path + ".synthetic.json")
                parts += [file.path, hash, String(mark)]
            }
        }
        return RecipeKey(parts).text
    }
}
