package import Columns
package import Engine
package import Foundation
package import Runs
import Synchronization

/// What earlier runs have worked out, by the hash of all that it depends on: the files, the recipe
/// up to a step, the versions. A changed step is worked out anew, and so is whatever follows it.
///
/// It is only ever a shortcut: whatever is not in it, or can't be read, is worked out again, and
/// `aurora verify` never uses it.
package final class RecipeMemory: Sendable {
    /// What one step came to.
    struct Memo: Codable, Sendable {
        var step: RunRecord.Step
        var notices: [RunRecord.Caveat]
        var levels: [String: [String]]
        /// The SQL of the step's rows; nil where they are stored as a table of the memory.
        var sql: String?
    }

    /// The names under which the engine of a run has the memory's tables and the published ones.
    static let database = "steps"
    package static let publishedDatabase = "published"

    private struct State {
        var memos: [String: Memo]
        var used: Set<String> = []
    }

    /// The record of the published run, whose tables may be taken over.
    let published: RunRecord?
    private let publishedFolder: URL?
    private let folder: URL
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: where it is kept; made where it is missing.
    ///   - published: the record of the published run, and the folder in which that run is.
    package init(_ folder: URL, published: RunRecord?, in publishedFolder: URL?) {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        self.published = published
        self.publishedFolder = publishedFolder
        let memos = (try? Data(contentsOf: folder.appending(path: Self.file))).flatMap {
            try? JSONDecoder().decode([String: Memo].self, from: $0)
        }
        state = Mutex(State(memos: memos ?? [:]))
    }

    private static let file = "steps.json"

    /// The database with the rows of steps that are stored.
    package var tables: URL { folder.appending(path: "steps.duckdb") }

    /// The databases that the engine of a run reads for it, by their names there.
    package var attached: [String: String] {
        guard published != nil, let publishedFolder else { return [:] }
        return [Self.publishedDatabase: publishedFolder.appending(path: "data.duckdb").path]
    }

    /// The databases that the engine of a run writes for it, by their names there.
    package var kept: [String: String] { [Self.database: tables.path] }

    func memo(_ key: RecipeKey, in engine: any Engine) async throws(AuroraError) -> Memo? {
        guard let memo = state.withLock({ $0.memos[key.text] }) else { return nil }
        if memo.sql == nil {
            let table = Self.table(key, engine.dialect)
            guard (try? await engine.schema(of: "SELECT * FROM \(table)")) != nil else {
                return nil
            }
        }
        use(key)
        return memo
    }

    func use(_ key: RecipeKey) { state.withLock { _ = $0.used.insert(key.text) } }

    func keep(_ memo: Memo, as key: RecipeKey) {
        state.withLock {
            $0.memos[key.text] = memo
            $0.used.insert(key.text)
        }
    }

    /// The table in which the rows of a step are stored, as SQL names it.
    static func table(_ key: RecipeKey, _ dialect: any Dialect) -> String {
        "\(dialect.quoted(database)).\(dialect.quoted(key.text))"
    }

    /// Writes down what this run used, and lets go of all else.
    package func close(_ engine: any Engine) async throws(AuroraError) {
        let (memos, unused) = state.withLock { state in
            let unused = state.memos.filter { !state.used.contains($0.key) }
            state.memos = state.memos.filter { state.used.contains($0.key) }
            return (state.memos, unused)
        }
        let dialect = engine.dialect
        for (key, memo) in unused where memo.sql == nil {
            let table = "\(dialect.quoted(Self.database)).\(dialect.quoted(key))"
            try await engine.execute("DROP TABLE IF EXISTS \(table)")
        }
        let data = (try? JSONEncoder.stable.encode(memos)) ?? Data()
        try RunFile.write(data, to: Self.file, in: folder)
    }
}
