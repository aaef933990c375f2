import Columns
import Crypto
import Foundation
import HTTPTypes
import Query
import Reporting
import Workspace

/// Changes pages' files, one change at a time, and knows what readers have seen of them.
actor PageEditor {
    private let folder: URL
    private let runs: PublishedRuns
    /// Texts by their hashes: what somebody has seen, to show it beside what stands there now.
    private var seen = RecentTexts()
    /// By the hash of the text after a change, the text before it.
    private var earlier = RecentTexts()
    /// By the hash of a text that was written by taking a change back, the text with that change.
    private var later = RecentTexts()

    init(_ folder: URL, _ runs: PublishedRuns) {
        self.folder = folder
        self.runs = runs
    }

    /// A page's text as it is shown, with all that can be changed of it.
    ///
    /// - Throws: `unknown_page`, `unpatchable`.
    func description(of name: String, in run: PublishedRun) throws(AuroraError) -> JSON {
        let (path, text) = try Self.page(name, of: run)
        seen.keep(text)
        return .object([
            "page": .string(name), "file": .string(path), "hash": .string(RecentTexts.hash(text)),
            "undo": .bool(earlier[RecentTexts.hash(text)] != nil),
            "redo": .bool(later[RecentTexts.hash(text)] != nil),
            "title": try TextPatch.json(at: [.key("title")], in: text, file: path),
            "description": try TextPatch.json(at: [.key("description")], in: text, file: path),
            "slicers": try Self.items("slicers", text, path),
            "visuals": try Self.items("visuals", text, path), "kinds": EditorSchema.kinds,
            "names": EditorSchema.names(of: run),
        ])
    }

    /// Writes changes, if the file is still what their author has seen and holds no mistake with them.
    ///
    /// - Throws: `stale` with both versions, `invalid_page` with what is wrong, `unpatchable`.
    func change(
        _ name: String, seen hash: String, _ changes: [PageChange], in run: PublishedRun
    ) async throws -> JSON {
        let (path, _) = try Self.page(name, of: run)
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        let text = try ProjectEditor.text(of: file)
        guard RecentTexts.hash(text) == hash else {
            throw StaleEdit(changes, seen: seen[hash], text, path).problem
        }
        var patched = text
        for change in changes { patched = try change.patch(patched, file: path) }
        try write(patched, over: text, file, path, in: run)
        if patched != text {
            earlier.keep(text, under: RecentTexts.hash(patched))
            // What had been taken back would undo this change.
            later.forget(RecentTexts.hash(text))
            later.forget(RecentTexts.hash(patched))
        }
        return await shown(patched, path)
    }

    /// Writes the text from before the last change, if nothing has changed since.
    ///
    /// - Throws: `nothing_to_undo`, `stale`.
    func undo(_ name: String, seen hash: String, in run: PublishedRun) async throws -> JSON {
        let (file, path, text) = try seen(name, hash, in: run)
        guard let before = earlier[hash] else {
            throw AuroraError(
                "nothing_to_undo", "no change of \(path) is known that could be taken back",
                hint: "your version control may know earlier texts")
        }
        try write(before, over: text, file, path, in: run)
        later.keep(text, under: RecentTexts.hash(before))
        return await shown(before, path)
    }

    /// Writes the text with the change that was taken back last, if nothing has changed since.
    ///
    /// - Throws: `nothing_to_redo`, `stale`.
    func redo(_ name: String, seen hash: String, in run: PublishedRun) async throws -> JSON {
        let (file, path, text) = try seen(name, hash, in: run)
        guard let after = later[hash] else {
            throw AuroraError(
                "nothing_to_redo", "no change of \(path) was taken back just before",
                hint: "a further change forgets those that were taken back")
        }
        try write(after, over: text, file, path, in: run)
        earlier.keep(text, under: RecentTexts.hash(after))
        return await shown(after, path)
    }

    /// A page's file, if it holds the text that somebody has seen.
    private func seen(
        _ name: String, _ hash: String, in run: PublishedRun
    ) throws -> (file: URL, path: String, text: String) {
        let (path, _) = try Self.page(name, of: run)
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        let text = try ProjectEditor.text(of: file)
        guard RecentTexts.hash(text) == hash else {
            throw StaleEdit([], seen: seen[hash], text, path).problem
        }
        return (file, path, text)
    }

    private func write(
        _ patched: String, over text: String, _ file: URL, _ path: String, in run: PublishedRun
    ) throws {
        var mistakes: [Diagnostic] = []
        guard try run.page(from: patched, path: path, &mistakes) != nil else {
            throw Problem(
                .unprocessableContent, "invalid_page",
                mistakes.first?.message ?? "The page is invalid",
                detail: mistakes.first?.hint, errors: mistakes.map(\.json))
        }
        if patched != text { try ProjectEditor.replace(file, text, with: patched, path) }
        seen.keep(patched)
    }

    /// What is told of a text when the pages show it.
    private func shown(_ text: String, _ path: String) async -> JSON {
        try? await runs.refresh(isWritten: true)
        let hash = RecentTexts.hash(text)
        return .object([
            "file": .string(path), "hash": .string(hash), "undo": .bool(earlier[hash] != nil),
            "redo": .bool(later[hash] != nil),
        ])
    }

    private static func page(
        _ name: String, of run: PublishedRun
    ) throws(AuroraError) -> (path: String, text: String) {
        let files = run.project.folder.files(in: "pages")
        guard let path = files.first(where: { $0.name == name })?.path,
            let text = run.project.folder.texts[path]
        else {
            throw AuroraError(
                "unknown_page", "there is no page '\(name)'",
                hint: NearestName.hint(for: name, among: files.map(\.name)))
        }
        return (path, text)
    }

    private static func items(
        _ list: String, _ text: String, _ path: String
    ) throws(AuroraError) -> JSON {
        var items: [JSON] = []
        for index in 0..<(try TextPatch.count(of: [.key(list)], in: text, file: path)) {
            let item: [TextPatch.Step] = [.key(list), .item(index)]
            let kind = try TextPatch.keys(of: item, in: text, file: path).first ?? ""
            items.append(
                .object([
                    "kind": .string(kind),
                    "values": try TextPatch.json(at: item + [.key(kind)], in: text, file: path),
                ]))
        }
        return .array(items)
    }
}

/// The last texts that were kept, by a hash.
struct RecentTexts {
    private var texts: [String: String] = [:]
    private var order: [String] = []
    /// Of pages, which are a few kilobytes each.
    private static let most = 200

    subscript(hash: String) -> String? { texts[hash] }

    mutating func keep(_ text: String, under hash: String? = nil) {
        let hash = hash ?? Self.hash(text)
        if texts.updateValue(text, forKey: hash) == nil { order.append(hash) }
        while order.count > Self.most { texts[order.removeFirst()] = nil }
    }

    mutating func forget(_ hash: String) {
        if texts.removeValue(forKey: hash) != nil { order.removeAll { $0 == hash } }
    }

    static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
