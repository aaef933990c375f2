import Columns
import Foundation
import Preparation
import Reporting
import Runs
import Workspace

/// The staged sources of earlier runs: the next one takes those over of which no file and no text
/// that they depend on has changed.
struct SourceMemory: Sendable {
    /// What is known of a staged source without reading it.
    struct Kept: Codable {
        var key: String
        var input: RunRecord.Input
        var notices: [RunRecord.Caveat]
    }

    private let folder: URL

    init(_ folder: URL) { self.folder = folder }

    /// The database of the staged tables. It may hold more tables than are known to be sound.
    var database: URL { folder.appending(path: "sources.duckdb") }

    private var file: URL { folder.appending(path: "sources.json") }

    /// The sources whose keys are still those of `keys`.
    func kept(_ keys: [String: String]) -> [String: Kept] {
        guard FileManager.default.fileExists(atPath: database.path),
            let data = try? Data(contentsOf: file),
            let kept = try? JSONDecoder().decode([String: Kept].self, from: data)
        else { return [:] }
        return kept.filter { $1.key == keys[$0] }
    }

    /// Makes room for sources that are staged anew.
    func forget() {
        for url in [file, database, URL(filePath: database.path + ".wal")] {
            try? FileManager.default.removeItem(at: url)
        }
    }

    func keep(_ kept: [String: Kept]) throws(AuroraError) {
        let data = (try? JSONEncoder.stable.encode(kept)) ?? Data()
        try RunFile.write(data, to: file.lastPathComponent, in: folder)
    }
}

extension Pipeline {
    /// The sources that decide which rows of one are kept: itself, and all that are tied to it by
    /// rules through which one source refers to another.
    func tied(to source: SourceSpec) -> [SourceSpec] {
        var names: Set = [source.name]
        var known = 0
        while names.count > known {
            known = names.count
            for other in project.recipes.sources {
                let referred = other.expect.flatMap { $0.rule.uses.map(\.value) }
                guard names.contains(other.name) || !names.isDisjoint(with: referred) else {
                    continue
                }
                names.formUnion(referred + [other.name])
            }
        }
        return project.recipes.sources.filter { names.contains($0.name) }
    }

    /// By source, the hash of all that its staged table depends on. Those are left out of which it
    /// can't be told without reading them: databases, and files that are not there.
    func sourceKeys(_ versions: [String: String], _ hashes: FileHashes) -> [String: String] {
        let settings = project.settings
        let common = [
            versions["aurora"] ?? "", versions["engine"] ?? "", data.path,
            settings.asOf?.value.description ?? "",
        ]
        let own = Dictionary(
            uniqueKeysWithValues: project.recipes.sources.map {
                ($0.name, contents(of: $0, hashes))
            })
        var keys: [String: String] = [:]
        for source in project.recipes.sources {
            var parts = common + [source.name]
            let contents = tied(to: source).map { own[$0.name] ?? nil }
            guard contents.allSatisfy({ $0 != nil }) else { continue }
            parts += contents.flatMap { $0 ?? [] }
            keys[source.name] = RecipeKey(parts).text
        }
        return keys
    }

    /// A source's text and files; nil where they can't be told without reading them.
    private func contents(of source: SourceSpec, _ hashes: FileHashes) -> [String]? {
        var ignored: [Diagnostic] = []
        guard source.reader.readsFiles,
            let files = SourceFile.all(source.reader.origin, in: data, &ignored)
        else { return nil }
        var parts = [source.name, project.folder.texts[source.path] ?? ""]
        for file in files {
            guard let hash = try? hashes.hash(of: file.url) else { return nil }
            let mark = FileManager.default.fileExists(atPath: file.url.path + ".synthetic.json")
            parts += [file.path, hash, String(mark)]
        }
        return parts
    }
}
