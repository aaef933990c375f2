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
    private let mayEdit: Bool
    private let home: URL
    private let seal: LinkSeal
    private let printing: PrintQueue

    /// - Parameters:
    ///   - mayEdit: whether readers with the right to may change the project here.
    ///   - home: the folder with `Web/` and `.deps/`.
    ///   - seal: what makes the selections in a page's address unreadable.
    init(
        _ runs: PublishedRuns, hasSignIn: Bool, mayEdit: Bool, home: URL, seal: LinkSeal,
        printing: PrintQueue
    ) {
        self.home = home
        self.seal = seal
        self.printing = printing
        self.runs = runs
        self.mayEdit = mayEdit
        self.hasSignIn = hasSignIn
    }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/project") { [self] _, context in
            let edition = await runs.edition
            return Response.json(project(await runs.run, edition, for: try context.signedIn))
        }
        router.get("/api/v1/pages/:name") { [self] _, context in
            let page = try await page(context)
            return Response.json(try await TimeLimit.run { try await page.json() })
        }
        router.post("/api/v1/pages/:name/data") { [self] request, context in
            let body = try await request.body.collect(upTo: context.maxUploadSize)
            let asked = try PageRequest(Data(body.readableBytesView))
            let page = try await page(context, setting: asked.parameters)
            let state = asked.isEmpty ? nil : try seal.sealed(asked.json.text(), for: page.name)
            return Response.json(
                try await TimeLimit.run {
                    try await page.data(asked.selections, drills: asked.drills, state: state)
                })
        }
        router.get("/api/v1/geometries/:hash") { [self] _, context in
            _ = try context.signedIn
            let outlines = try await runs.current().outlines(context.parameters.require("hash"))
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/geo+json",
                    // Another file would have another address.
                    .cacheControl: "private, max-age=31536000, immutable",
                ], body: .init(byteBuffer: ByteBuffer(bytes: outlines)))
        }
        router.post("/api/v1/pages/:name/state") { [self] request, context in
            let body = try await request.body.collect(upTo: context.maxUploadSize)
            let page = try await page(context)
            let sealed = try seal.opened(Data(body.readableBytesView), for: page.name)
            let asked = try PageRequest(Data(sealed.utf8))
            var allowed = asked
            allowed.selections = page.permitted(asked.selections)
            allowed.drills = page.permitted(asked.drills)
            return Response.json(
                allowed.json(leftOut: asked.selections.count - allowed.selections.count))
        }
        router.post("/api/v1/pages/:name/slicers/:id") { [self] request, context in
            let body = try await request.body.collect(upTo: context.maxUploadSize)
            let id = try context.parameters.require("id")
            let (asked, parameters) = try BranchRequest.parse(Data(body.readableBytesView))
            let page = try await page(context, setting: parameters)
            return Response.json(
                try await TimeLimit.run { try await page.branches(of: id, asked) })
        }
        addFiles(to: router)
    }

    /// Files of one page, as it is filtered.
    private func addFiles(to router: Router<RequestContext>) {
        router.post("/api/v1/pages/:name/report.html") { [self] request, context in
            let report = try await report(request, context)
            return Response.file(
                try ReportFile(report, home: home).html(), type: "text/html; charset=utf-8",
                name: "\(report.fileName).html")
        }
        router.post("/api/v1/pages/:name/report.pdf") { [self] request, context in
            let report = try await report(request, context)
            let html = try ReportFile(report, home: home).html()
            return Response.file(
                try await TimeLimit.run { try await printing.pdf(html) }, type: "application/pdf",
                name: "\(report.fileName).pdf")
        }
        router.post("/api/v1/pages/:name/report.xlsx") { [self] request, context in
            let report = try await report(request, context)
            return Response.file(
                ReportWorkbook(report).xlsx(),
                type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                name: "\(report.fileName).xlsx")
        }
        router.post("/api/v1/pages/:name/visuals/:id/figures.csv") { [self] request, context in
            let body = try await request.body.collect(upTo: context.maxUploadSize)
            let asked = try PageRequest(Data(body.readableBytesView))
            let page = try await page(context, setting: asked.parameters)
            let id = try context.parameters.require("id")
            return Response.file(
                try await TimeLimit.run {
                    try await page.figuresFile(of: id, asked.selections, drills: asked.drills)
                }, type: "text/csv; charset=utf-8", name: "figures.csv")
        }
    }

    /// A page under the selections of the request's body.
    private func report(_ request: Request, _ context: RequestContext) async throws -> PageReport {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        let asked = try PageRequest(Data(body.readableBytesView))
        var choice = PageReport.Choice(
            pages: [try context.parameters.require("name")], selections: asked.selections,
            parameters: asked.parameters)
        choice.drills = asked.drills
        let chosen = choice
        let (run, reader) = (try await runs.current(), try context.signedIn)
        return try await TimeLimit.run { try await PageReport(chosen, of: run, for: reader) }
    }

    private func page(
        _ context: RequestContext, setting parameters: [String: Double] = [:]
    ) async throws -> PageView {
        let name = try context.parameters.require("name")
        let run = try await runs.current().setting(parameters)
        return try PageView(name, of: run, for: try context.signedIn)
    }

    private func project(
        _ run: PublishedRun?, _ edition: PublishedRuns.Edition, for reader: Reader
    ) -> JSON {
        let mayEdit = mayEdit && reader.may(.edit)
        let settings = run?.project.settings
        let pages = (run?.project.pages ?? []).map { page in
            JSON.object(["name": .string(page.name), "title": .string(page.title)])
        }
        let published = run.map { run in
            JSON.object([
                "id": .string(run.record.id), "finished": .string(run.record.finished),
                "segmentations": JSON(run.segmentations.count),
                "notices": JSON(run.record.notices.count),
            ])
        }
        return .object([
            "name": .string(settings?.name ?? "Aurora"), "description": JSON(settings?.summary),
            "locale": .string(settings?.locale ?? "en-US"), "currency": JSON(settings?.currency),
            "synthetic": .bool(run?.record.isSynthetic ?? false), "run": published ?? .null,
            "reader": .object([
                "name": .string(reader.name), "customers": .bool(reader.may(.customers)),
                "edit": .bool(mayEdit), "sign_in": .bool(hasSignIn),
            ]), "pdf": .bool(printing.isReady), "pages": .array(pages),
            "edition": JSON(edition.number),
            // Only those who can mend them are told, for a file may hold what others are not to read.
            "mistakes": .array(mayEdit ? edition.mistakes.map(\.json) : []),
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

/// The body of a data request, as docs/http-api.md describes it.
struct DataRequest: Decodable {
    var selections: [Entry]
    var drill: [String: [Entry]]?
    var parameters: [String: Double]?

    struct Entry: Decodable {
        var source: String
        var dimension: String
        var values: [Choice]?
        var range: Range?
        var period: String?
        var dimensions: [String]?
        var paths: [[Choice]]?

        /// Two numbers, of which either may be null, or two days.
        enum Range: Decodable {
            case numbers([Double?])
            case days([String])

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let numbers = try? value.decode([Double?].self) {
                    self = .numbers(numbers)
                } else {
                    self = .days(try value.decode([String].self))
                }
            }
        }

        func selection() throws -> PageSelection {
            PageSelection(
                source: source, .init(dimension: dimension, try choice()),
                period: try period.map { name in
                    guard let period = RelativePeriod(name) else {
                        throw Problem(.badRequest, "bad_request", "There is no period '\(name)'")
                    }
                    return period
                })
        }

        private func choice() throws -> FilterContext.Selection.Choice {
            if let paths, let dimensions, dimensions.first == dimension {
                let paths = paths.map { $0.map(\.value) }
                guard paths.allSatisfy({ (1...dimensions.count).contains($0.count) }) else {
                    throw Problem(
                        .badRequest, "bad_request",
                        "A path has no value, or more than its \(dimensions.count) dimensions")
                }
                return .paths(paths, of: dimensions)
            }
            if let values { return .values(values.map(\.value)) }
            switch range {
            case .numbers(let bounds) where bounds.count == 2:
                return .range(from: bounds[0], to: bounds[1], closed: true)
            case .days(let days) where days.count == 2:
                return .days(from: days[0], through: days[1])
            default:
                throw Problem(
                    .badRequest, "bad_request",
                    "A selection has neither values nor a range of two numbers or days")
            }
        }
    }

    /// A selected value: text, number, boolean or null.
    struct Choice: Decodable {
        var value: Value

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .missing
            } else if let flag = try? container.decode(Bool.self) {
                value = .boolean(flag)
            } else if let whole = try? container.decode(Int64.self) {
                value = .integer(whole)
            } else if let number = try? container.decode(Double.self) {
                value = .double(number)
            } else {
                value = .text(try container.decode(String.self))
            }
        }
    }
}
