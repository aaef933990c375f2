import Columns
import Foundation
import Hummingbird
import Logging

/// An error as `application/problem+json` (RFC 9457); HTTP statuses are decided here only.
struct Problem: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    var code: String
    var title: String
    var detail: String?
    /// All that is wrong, where that may be several things.
    var errors: [JSON]?
    /// What else the problem has to tell.
    var members: [JSON.Member] = []

    init(
        _ status: HTTPResponse.Status, _ code: String, _ title: String, detail: String? = nil,
        errors: [JSON]? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
    }

    init(_ error: AuroraError) {
        let statuses: [String: HTTPResponse.Status] = [
            "no_run": .serviceUnavailable, "unknown_page": .notFound, "unknown_name": .notFound,
            "wrong_type": .badRequest, "not_a_number": .badRequest, "unrelated": .badRequest,
            "parameter_value": .badRequest, "unknown_parameter": .badRequest,
            "not_permitted": .forbidden, "interrupted": .gatewayTimeout,
            "invalid_segment_name": .badRequest, "invalid_number": .badRequest,
            "unknown_segment": .notFound, "no_profile": .notFound, "stale": .conflict,
            "name_taken": .conflict,
            "unpatchable": .conflict, "bad_change": .badRequest, "nothing_to_undo": .conflict,
            "nothing_to_redo": .conflict,
            "not_scorable": .conflict, "unknown_drill": .badRequest,
            "too_many_rows": .contentTooLarge, "geometry_missing": .notFound,
            "unknown_customer": .notFound, "browser_missing": .notImplemented,
            "browser_failed": .badGateway,
        ]
        self.init(
            statuses[error.code] ?? .internalServerError, error.code, error.message,
            detail: error.hint)
    }

    func response(from request: Request, context: some Hummingbird.RequestContext) -> Response {
        var members = [
            JSON.Member(name: "type", value: "about:blank"),
            JSON.Member(name: "title", value: .string(title)),
            JSON.Member(name: "status", value: JSON(Int(status.code))),
            JSON.Member(name: "detail", value: JSON(detail)),
            JSON.Member(name: "code", value: .string(code)),
        ]
        if let errors { members.append(.init(name: "errors", value: .array(errors))) }
        return .json(
            .object(members + self.members), status: status, type: "application/problem+json")
    }
}

/// Turns every error into a problem document.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: RequestContext,
        next: (Request, RequestContext) async throws -> Response
    ) async throws -> Response {
        let problem: Problem
        do {
            return try await next(request, context)
        } catch let error as Problem {
            problem = error
        } catch let error as AuroraError {
            problem = Problem(error)
        } catch let error as any HTTPResponseError {
            problem = Problem(error.status, "http_\(error.status.code)", error.status.reasonPhrase)
        } catch is CancellationError {
            problem = Problem(.interrupted)
        } catch {
            context.logger.critical("\(error)")
            problem = Problem(.internalServerError, "unexpected", "Something went wrong in Aurora")
        }
        return SecurityHeaders.added(to: problem.response(from: request, context: context))
    }
}

extension Response {
    /// A file that the browser is to keep rather than to show.
    static func file(_ data: Data, type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    static func json(
        _ document: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type + "; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: document.text())))
    }
}
