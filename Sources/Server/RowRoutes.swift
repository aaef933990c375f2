import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Query
import Reporting

/// `/api/v1/pages/…/rows`: the customers behind a mark, for readers who may see them.
struct RowRoutes {
    private let runs: PublishedRuns

    init(_ runs: PublishedRuns) { self.runs = runs }

    func addRoutes(to router: Router<RequestContext>) {
        router.post("/api/v1/pages/:name/rows") { [self] request, context in
            let (page, rows) = try await asked(request, context)
            return Response.json(try await TimeLimit.run { try await page.rows(rows) })
        }
        router.post("/api/v1/pages/:name/rows.csv") { [self] request, context in
            let (page, rows) = try await asked(request, context)
            return Response.file(
                try await TimeLimit.run { try await page.rowsFile(rows) },
                type: "text/csv; charset=utf-8", name: "rows.csv")
        }
    }

    private func asked(
        _ request: Request, _ context: RequestContext
    ) async throws -> (PageView, RowRequest) {
        let name = try context.parameters.require("name")
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        let (rows, parameters) = try RowsBody.request(Data(body.readableBytesView))
        let run = try await runs.current().setting(parameters)
        return (try PageView(name, of: run, for: try context.signedIn), rows)
    }
}

/// The body of a request for rows, as docs/http-api.md describes it.
private struct RowsBody: Decodable {
    var visual: String
    var measure: String?
    /// What a click on the mark would add to the selections.
    var mark: [DataRequest.Entry]
    var selections: [DataRequest.Entry]
    var parameters: [String: Double]?
    var sort: Sort?
    var start: Int?
    var limit: Int?

    struct Sort: Decodable {
        var column: String
        var descending: Bool?
    }

    static func request(
        _ body: Data
    ) throws -> (rows: RowRequest, parameters: [String: Double]) {
        let asked: RowsBody
        do {
            asked = try JSONDecoder().decode(RowsBody.self, from: body)
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body does not say which rows",
                detail: "{\"visual\", \"mark\": [selection…], \"selections\": [selection…]}")
        }
        var request = RowRequest(
            behind: try asked.mark.map { try $0.selection().selection }, of: asked.visual,
            under: try asked.selections.map { try $0.selection() }, measure: asked.measure)
        request.column = asked.sort?.column
        request.isDescending = asked.sort?.descending ?? false
        request.start = asked.start ?? 0
        request.limit = asked.limit ?? request.limit
        return (request, asked.parameters ?? [:])
    }
}
