import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Query
import Reporting
import Runs
import Segmentation
import Workspace

/// `/api/v1/segmentations/…`: what is known of segmentations, and what readers may change of them in
/// the project's text.
struct SegmentRoutes {
    private let runs: PublishedRuns
    private let editor: ProjectEditor?

    init(_ runs: PublishedRuns, _ editor: ProjectEditor?) {
        self.runs = runs
        self.editor = editor
    }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/segmentations") { [self] _, context in
            Response.json(try await view(context).json())
        }
        router.get("/api/v1/segmentations/:name") { [self] _, context in
            let name = try context.parameters.require("name")
            return Response.json(try await view(context).segmentation(named: name))
        }
        router.get("/api/v1/segmentations/:name/customers/:key") { [self] _, context in
            let reader = try context.signedIn
            let name = try context.parameters.require("name")
            guard let key = try context.parameters.require("key").removingPercentEncoding else {
                throw Problem(.badRequest, "bad_request", "A key is percent-encoded UTF-8")
            }
            let run = try await runs.current()
            return Response.json(
                try await TimeLimit.run {
                    try await run.customer(key, of: name, for: reader).json
                })
        }
        router.get("/api/v1/segmentations/:name/profile") { [self] _, context in
            let name = try context.parameters.require("name")
            return Response.json(try await view(context).profile(named: name))
        }
        router.get("/api/v1/segmentations/:name/plots") { [self] _, context in
            let name = try context.parameters.require("name")
            return Response.json(try await view(context).plots(named: name))
        }
        router.patch("/api/v1/segmentations/:name") { [self] request, context in
            let editor = try context.permitted(editor)
            let wish: NumberWish = try await request.wish(
                upTo: Self.longestWish, "{\"k\": 5, \"why\": \"…\"}")
            let name = try context.parameters.require("name")
            let choice = try NumberChoice(
                name, k: wish.k, by: context.signedIn.name, because: wish.why)
            let file = try await editor.change(
                choice, of: name, seen: wish.was, in: try await runs.current())
            return Response.json(
                .object([
                    "segmentation": .string(name), "k": JSON(wish.k), "file": .string(file),
                ]), status: .accepted)
        }
        router.patch("/api/v1/segmentations/:name/segments/:id") { [self] request, context in
            let editor = try context.permitted(editor)
            let wish: NameWish = try await request.wish(
                upTo: Self.longestWish, "{\"name\": \"…\"}")
            let name = try context.parameters.require("name")
            guard let id = Int(try context.parameters.require("id")) else {
                throw Problem(.badRequest, "bad_request", "A segment is named by its number")
            }
            let naming = try SegmentNaming(name, id, to: wish.name)
            // Pages follow, so these must be the ones that stand there now.
            try? await runs.refresh(isWritten: true)
            let files = try await editor.change(
                naming, of: name, seen: wish.was, in: try await runs.current())
            try? await runs.refresh(isWritten: true)
            return Response.json(
                .object([
                    "segmentation": .string(name), "segment": JSON(id), "file": .string(files[0]),
                    "pages": .array(files.dropFirst().map { .string($0) }),
                ]), status: .accepted)
        }
    }

    private func view(_ context: RequestContext) async throws -> SegmentationView {
        try SegmentationView(try await runs.current(), for: try context.signedIn)
    }

    /// In bytes.
    private static let longestWish = 4 << 10

    private struct NameWish: Decodable {
        var name: String
        var was: String?
    }

    private struct NumberWish: Decodable {
        var k: Int
        var was: Int?
        var why: String
    }
}

/// Changes the project's files, one change at a time, and has the project run again.
actor ProjectEditor {
    private let folder: URL
    private let runAgain: @Sendable () async -> Void

    /// - Parameter runAgain: begins a run of the project and returns at once.
    init(_ folder: URL, runAgain: @escaping @Sendable () async -> Void) {
        self.folder = folder
        self.runAgain = runAgain
    }

    /// Gives a segment another name, also where pages state it.
    ///
    /// - Parameter run: with the names that the project's folder holds.
    /// - Returns: the segmentation's file, and the pages that were changed with it.
    /// - Throws: `unknown_name`, `file_unreadable`, `project_unwritable`, or what is wrong with the
    ///   name.
    func change(
        _ naming: SegmentNaming, of segmentation: String, seen: String?, in run: PublishedRun
    ) async throws(AuroraError) -> [String] {
        let (path, published) = try Self.file(of: segmentation, in: run)
        let text = try Self.text(of: folder.appending(path: path).resolvingSymlinksInPath())
        let shown = run.segmentations.first { $0.name == segmentation }?.namesByNumber
        let patched = try naming.patch(
            text, file: path, published: published, shown: shown, seen: seen)
        let pages = try ProjectFolder.texts(of: folder, in: ["pages"])
        let following = try run.pages(
            pages, following: try run.nameChanges(patched, at: path))
        var replacements = TextReplacements(in: folder)
        replacements.add(path, text, with: patched)
        for (path, patched) in following.sorted(by: { $0.key < $1.key }) {
            replacements.add(path, pages[path] ?? "", with: patched)
        }
        try replacements.write()
        await runAgain()
        return [path] + following.keys.sorted()
    }

    /// - Returns: the file that was changed, relative to the project.
    /// - Throws: `unknown_name`, `file_unreadable`, `project_unwritable`, `stale`, `unpatchable`.
    func change(
        _ choice: NumberChoice, of segmentation: String, seen: Int?, in run: PublishedRun
    ) async throws(AuroraError) -> String {
        try await change(segmentation, in: run) { (text, path, published) throws(AuroraError) in
            try choice.patch(text, file: path, published: published, seen: seen)
        }
    }

    private func change(
        _ segmentation: String, in run: PublishedRun,
        by patch: (_ text: String, _ path: String, _ published: String) throws(AuroraError) ->
            String
    ) async throws(AuroraError) -> String {
        let (path, published) = try Self.file(of: segmentation, in: run)
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        let text = try Self.text(of: file)
        let patched = try patch(text, path, published)
        if patched != text { try Self.replace(file, text, with: patched, path) }
        await runAgain()
        return path
    }

    private static func file(
        of segmentation: String, in run: PublishedRun
    ) throws(AuroraError) -> (path: String, published: String) {
        let files = run.project.folder.files(in: "segments")
        guard let path = files.first(where: { $0.name == segmentation })?.path,
            let published = run.record.project[path]
        else {
            throw AuroraError(
                "unknown_name", "there is no segmentation '\(segmentation)'",
                hint: NearestName.hint(for: segmentation, among: files.map(\.name)))
        }
        return (path, published)
    }

    static func text(of file: URL) throws(AuroraError) -> String {
        guard let data = try? Data(contentsOf: file), let text = String(data: data, encoding: .utf8)
        else { throw AuroraError("file_unreadable", "\(file.path) can't be read") }
        return text
    }

    /// All of the new text or all of the old, with the same permissions.
    static func replace(
        _ file: URL, _ text: String, with patched: String, _ path: String
    ) throws(AuroraError) {
        let manager = FileManager.default
        let new = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).aurora-new")
        do {
            try Data(patched.utf8).write(to: new)
            let mode = try manager.attributesOfItem(atPath: file.path)[.posixPermissions]
            if let mode {
                try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: new.path)
            }
        } catch {
            try? manager.removeItem(at: new)
            throw AuroraError(
                "project_unwritable", "\(path) can't be written", cause: error.localizedDescription,
                hint: "make the project's folder writable for whoever runs 'aurora serve'")
        }
        // Whatever an editor has written meanwhile stays.
        guard (try? Self.text(of: file)) == text, rename(new.path, file.path) == 0 else {
            try? manager.removeItem(at: new)
            throw AuroraError(
                "stale", "\(path) has changed while it was being written", hint: "try again")
        }
    }
}
