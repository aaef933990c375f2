import Columns
import Hummingbird
import Reporting

/// `/api/v1/data/…` and `/api/v1/lineage/…`, as docs/http-api.md describes them.
struct DataRoutes {
    private let runs: PublishedRuns

    init(_ runs: PublishedRuns) { self.runs = runs }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/data") { [self] _, context in
            Response.json(try await view(context).json())
        }
        router.get("/api/v1/data/sources/:name") { [self] _, context in
            Response.json(try await view(context).source(named: context.parameters.require("name")))
        }
        router.get("/api/v1/data/models/:name") { [self] _, context in
            Response.json(try await view(context).model(named: context.parameters.require("name")))
        }
        router.get("/api/v1/lineage/:name") { [self] _, context in
            Response.json(try await view(context).lineage(of: context.parameters.require("name")))
        }
    }

    private func view(_ context: RequestContext) async throws -> DataView {
        try DataView(try await runs.current(), for: try context.signedIn)
    }
}
