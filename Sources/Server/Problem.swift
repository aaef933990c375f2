import Columns
import Hummingbird
import Logging

/// An error as `application/problem+json` (RFC 9457); HTTP statuses are decided here only.
struct Problem: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    var code: String
    var title: String
    var detail: String?

    init(_ status: HTTPResponse.Status, _ code: String, _ title: String, detail: String? = nil) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
    }

    init(_ error: AuroraError) {
        let statuses: [String: HTTPResponse.Status] = [
            "no_run": .serviceUnavailable, "unknown_page": .notFound, "unknown_name": .notFound,
            "wrong_type": .badRequest, "not_a_number": .badRequest, "unrelated": .badRequest,
            "not_permitted": .forbidden, "interrupted": .gatewayTimeout,
            "invalid_segment_name": .badRequest, "unknown_segment": .notFound, "stale": .conflict,
            "name_taken": .conflict, "unpatchable": .conflict,
        ]
        self.init(
            statuses[error.code] ?? .internalServerError, error.code, error.message,
            detail: error.hint)
    }

    func response(from request: Request, context: some Hummingbird.RequestContext) -> Response {
        let document = JSON.object([
            "type": "about:blank", "title": .string(title), "status": JSON(Int(status.code)),
            "detail": JSON(detail), "code": .string(code),
        ])
        return .json(document, status: status, type: "application/problem+json")
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
    static func json(
        _ document: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type + "; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: document.text())))
    }
}
