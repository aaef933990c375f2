import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Query
import Reporting
import Runs
import Workspace

/// `/api/v1/project` and `/api/v1/pages/…`, as docs/http-api.md describes them.
struct PageRoutes {
    private let runs: PublishedRuns
    private let hasSignIn: Bool

    init(_ runs: PublishedRuns, hasSignIn: Bool) {
        self.runs = runs
        self.hasSignIn = hasSignIn
    }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/project") { [self] _, context in
            Response.json(project(await runs.run, for: try context.signedIn))
        }
        router.get("/api/v1/pages/:name") { [self] _, context in
            let page = try await page(context)
            return Response.json(try await TimeLimit.run { try await page.json() })
        }
        router.post("/api/v1/pages/:name/data") { [self] request, context in
            let body = try await request.body.collect(upTo: context.maxUploadSize)
            let selections = try PageSelection.parse(Data(body.readableBytesView))
            let page = try await page(context)
            return Response.json(try await TimeLimit.run { try await page.data(selections) })
        }
    }

    private func page(_ context: RequestContext) async throws -> PageView {
        let name = try context.parameters.require("name")
        return try PageView(name, of: try await runs.current(), for: try context.signedIn)
    }

    private func project(_ run: PublishedRun?, for reader: Reader) -> JSON {
        let settings = run?.project.settings
        let pages = (run?.project.pages ?? []).map { page in
            JSON.object(["name": .string(page.name), "title": .string(page.title)])
        }
        let published = run.map { run in
            JSON.object([
                "id": .string(run.record.id), "finished": .string(run.record.finished),
                "notices": JSON(run.record.notices.count),
            ])
        }
        return .object([
            "name": .string(settings?.name ?? "Aurora"), "description": JSON(settings?.summary),
            "locale": .string(settings?.locale ?? "en-US"), "currency": JSON(settings?.currency),
            "synthetic": .bool(run?.record.isSynthetic ?? false), "run": published ?? .null,
            "reader": .object([
                "name": .string(reader.name), "customers": .bool(reader.may(.customers)),
                "sign_in": .bool(hasSignIn),
            ]), "pages": .array(pages),
        ])
    }
}

extension RequestContext {
    var signedIn: Reader {
        get throws {
            guard let reader else {
                throw Problem(.unauthorized, "signed_out", "Sign in to see this")
            }
            return reader
        }
    }
}

extension PageSelection {
    /// Reads the body of a data request.
    ///
    /// - Throws: a problem that says what is wrong with it.
    static func parse(_ body: Data) throws -> [PageSelection] {
        guard let document = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
            let list = document["selections"] as? [[String: Any]]
        else {
            throw Problem(
                .badRequest, "bad_request", "The body is not a list of selections",
                detail: "{\"selections\": [{\"source\", \"dimension\", \"values\" or \"range\"}]}")
        }
        return try list.map { entry in
            guard let source = entry["source"] as? String,
                let dimension = entry["dimension"] as? String
            else {
                throw Problem(
                    .badRequest, "bad_request", "A selection lacks its source or its dimension")
            }
            return PageSelection(
                source: source, .init(dimension: dimension, try choice(entry)))
        }
    }

    private static func choice(_ entry: [String: Any]) throws -> FilterContext.Selection.Choice {
        if let values = entry["values"] as? [Any] { return .values(try values.map(value)) }
        if let range = entry["range"] as? [Any], range.count == 2 {
            let bounds = range.map { ($0 as? NSNumber)?.doubleValue }
            return .range(from: bounds[0], to: bounds[1], closed: true)
        }
        throw Problem(
            .badRequest, "bad_request", "A selection has neither values nor a range of two numbers")
    }

    private static func value(_ entry: Any) throws -> Value {
        switch entry {
        case is NSNull: return .missing
        case let text as String: return .text(text)
        case let number as NSNumber:
            // JSON's true and false arrive as numbers, too.
            if String(cString: number.objCType) == "c" { return .boolean(number.boolValue) }
            if let whole = Int64(exactly: number.doubleValue) { return .integer(whole) }
            return .double(number.doubleValue)
        default:
            throw Problem(
                .badRequest, "bad_request",
                "A selected value is not a text, number, boolean or null")
        }
    }
}
