package import Columns
package import Engine
package import Foundation
import Runs
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

    /// The name under which the engine of a run has the memory's tables.
    package static let database = "memory"

    private struct State {
        var memos: [String: Memo]
        var used: Set<String> = []
    }

    private let file: URL
    private let state: Mutex<State>

    /// - Parameter folder: where it is kept; made where it is missing.
    package init(_ folder: URL) {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "steps.json")
        let memos = (try? Data(contentsOf: file)).flatMap {
            try? JSONDecoder().decode([String: Memo].self, from: $0)
        }
        state = Mutex(State(memos: memos ?? [:]))
    }

    func memo(_ key: String) -> Memo? {
        state.withLock { state in
            guard let memo = state.memos[key] else { return nil }
            state.used.insert(key)
            return memo
        }
    }

    func keep(_ memo: Memo, as key: String) {
        state.withLock {
            $0.memos[key] = memo
            $0.used.insert(key)
        }
    }

    /// The table in which the rows of a step are stored, as SQL names it.
    static func table(_ key: String, _ dialect: any Dialect) -> String {
        "\(dialect.quoted(database)).\(dialect.quoted(key))"
    }

    /// Writes down what this run used, and lets go of all else.
    package func close(_ engine: any Engine) async throws(AuroraError) {
        let (memos, unused) = state.withLock { state in
            let unused = state.memos.filter { !state.used.contains($0.key) }
            state.memos = state.memos.filter { state.used.contains($0.key) }
            return (state.memos, unused)
        }
        for (key, memo) in unused where memo.sql == nil {
            try await engine.execute("DROP TABLE IF EXISTS \(Self.table(key, engine.dialect))")
        }
        let data = (try? JSONEncoder.stable.encode(memos)) ?? Data()
        try RunFile.write(data, to: file.lastPathComponent, in: file.deletingLastPathComponent())
    }
}

/// The hash of all that a table depends on, a step at a time.
package struct RecipeKey: Sendable {
    package private(set) var text: String

    /// - Parameter parts: everything that decides what the table holds.
    package init(_ parts: [String]) { text = Self.hash(parts) }

    package func then(_ parts: [String]) -> RecipeKey { RecipeKey([text] + parts) }

    /// Each part with its length, so that no two lists of parts look alike.
    private static func hash(_ parts: [String]) -> String {
        ContentHash.of(parts.map { "\($0.utf8.count):\($0)" }.joined())
    }
}
