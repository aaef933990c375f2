import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Query
import Reporting

/// `/api/v1/pages/…` for readers who may change pages: what can be changed, how it would look, and the
/// change itself, in the project's text.
struct EditRoutes {
    private let runs: PublishedRuns
    private let editor: PageEditor?

    init(_ runs: PublishedRuns, _ folder: URL?) {
        self.runs = runs
        editor = folder.map { PageEditor($0, runs) }
    }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/pages/:name/edit") { [self] _, context in
            let editor = try context.permitted(editor)
            let name = try context.parameters.require("name")
            return Response.json(
                try await editor.description(of: name, in: try await runs.current()))
        }
        router.patch("/api/v1/pages/:name") { [self] request, context in
            let editor = try context.permitted(editor)
            let wish: Wish = try await request.wish(
                upTo: context.maxUploadSize, "{\"hash\": \"…\", \"changes\": [{\"action\": \"…\"}]}"
            )
            let name = try context.parameters.require("name")
            return Response.json(
                try await editor.change(
                    name, seen: wish.hash, wish.changes, in: try await runs.current()))
        }
        router.post("/api/v1/pages/:name/undo") { [self] request, context in
            let editor = try context.permitted(editor)
            let wish: Undoing = try await request.wish(
                upTo: context.maxUploadSize, "{\"hash\": \"…\"}")
            let name = try context.parameters.require("name")
            return Response.json(
                try await editor.undo(name, seen: wish.hash, in: try await runs.current()))
        }
        router.post("/api/v1/pages/:name/redo") { [self] request, context in
            let editor = try context.permitted(editor)
            let wish: Undoing = try await request.wish(
                upTo: context.maxUploadSize, "{\"hash\": \"…\"}")
            let name = try context.parameters.require("name")
            return Response.json(
                try await editor.redo(name, seen: wish.hash, in: try await runs.current()))
        }
        router.post("/api/v1/pages/:name/preview") { [self] request, context in
            _ = try context.permitted(editor)
            let data = Data(
                try await request.body.collect(upTo: context.maxUploadSize).readableBytesView)
            let change: PageChange = try data.wish(
                "{\"action\": \"add\", \"list\": \"visuals\", \"kind\": \"…\"}")
            return Response.json(
                try await preview(change, try PageRequest(data), for: context.signedIn))
        }
    }

    private func preview(
        _ change: PageChange, _ asked: PageRequest, for reader: Reader
    ) async throws -> JSON {
        let draft = try PageDraft(change)
        let run = try await runs.current().setting(asked.parameters)
        let (json, mistakes) = try await TimeLimit.run {
            var mistakes: [Diagnostic] = []
            let json = try await draft.json(in: run, asked.selections, for: reader, &mistakes)
            return (json, mistakes)
        }
        guard let json else {
            throw Problem(
                .unprocessableContent, "invalid_page",
                mistakes.first?.message ?? "This can't be shown", detail: mistakes.first?.hint,
                errors: mistakes.map { draft.json($0) })
        }
        return json
    }

    private struct Wish: Decodable {
        var hash: String
        var changes: [PageChange]
    }

    private struct Undoing: Decodable {
        var hash: String
    }
}
