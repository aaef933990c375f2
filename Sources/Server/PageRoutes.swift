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

    /// - Parameters:
    ///   - mayEdit: whether readers with the right to may change the project here.
    ///   - home: the folder with `Web/` and `.deps/`.
    init(_ runs: PublishedRuns, hasSignIn: Bool, mayEdit: Bool, home: URL) {
        self.home = home
        self.runs = runs
        self.mayEdit = mayEdit
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
            let drills = try PageSelection.drills(Data(body.readableBytesView))
            let page = try await page(context)
            return Response.json(
                try await TimeLimit.run { try await page.data(selections, drills: drills) })
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
        router.post("/api/v1/pages/:name/report.html") { [self] request, context in
            let report = try await report(request, context)
            return Response.file(
                try ReportFile(report, home: home).html(), type: "text/html; charset=utf-8",
                name: "\(report.fileName).html")
        }
        router.post("/api/v1/pages/:name/report.xlsx") { [self] request, context in
            let report = try await report(request, context)
            return Response.file(
                ReportWorkbook(report).xlsx(),
                type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                name: "\(report.fileName).xlsx")
        }
    }

    /// A page under the selections of the request's body.
    private func report(_ request: Request, _ context: RequestContext) async throws -> PageReport {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        var choice = PageReport.Choice(
            pages: [try context.parameters.require("name")],
            selections: try PageSelection.parse(Data(body.readableBytesView)))
        choice.drills = try PageSelection.drills(Data(body.readableBytesView))
        let asked = choice
        let (run, reader) = (try await runs.current(), try context.signedIn)
        return try await TimeLimit.run { try await PageReport(asked, of: run, for: reader) }
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
                "edit": .bool(mayEdit && reader.may(.edit)), "sign_in": .bool(hasSignIn),
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
        do {
            return try JSONDecoder().decode(DataRequest.self, from: body).selections
                .map { try $0.selection() }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body is not a list of selections",
                detail: "{\"selections\": [{\"source\", \"dimension\", \"values\" or \"range\"}]}")
        }
    }
}

extension PageSelection {
    /// How far down visuals are, of the same body.
    fileprivate static func drills(_ body: Data) throws -> PageDrills {
        do {
            return try (JSONDecoder().decode(DrillRequest.self, from: body).drill ?? [:])
                .mapValues { try $0.map { try $0.selection().selection } }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body does not say how far down visuals are",
                detail: "{\"drill\": {VISUAL: [{\"source\", \"dimension\", \"values\"}]}}")
        }
    }
}

private struct DrillRequest: Decodable {
    var drill: [String: [DataRequest.Entry]]?
}

/// The body of a data request, as docs/http-api.md describes it.
struct DataRequest: Decodable {
    var selections: [Entry]

    struct Entry: Decodable {
        var source: String
        var dimension: String
        var values: [Choice]?
        var range: Range?

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
            if let values {
                return PageSelection(
                    source: source, .init(dimension: dimension, .values(values.map(\.value))))
            }
            let choice: FilterContext.Selection.Choice
            switch range {
            case .numbers(let bounds) where bounds.count == 2:
                choice = .range(from: bounds[0], to: bounds[1], closed: true)
            case .days(let days) where days.count == 2:
                choice = .days(from: days[0], through: days[1])
            default:
                throw Problem(
                    .badRequest, "bad_request",
                    "A selection has neither values nor a range of two numbers or days")
            }
            return PageSelection(source: source, .init(dimension: dimension, choice))
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
