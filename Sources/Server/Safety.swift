import Foundation
import HTTPTypes
import Hummingbird

/// What a browser is told not to do, on every answer.
struct SecurityHeaders: RouterMiddleware {
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "font-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let headers: [(HTTPField.Name?, String)] = [
        (.init("Content-Security-Policy"), policy),
        (.init("X-Content-Type-Options"), "nosniff"),
        (.init("Referrer-Policy"), "same-origin"),
        (.init("Cross-Origin-Opener-Policy"), "same-origin"),
        (.init("Cross-Origin-Resource-Policy"), "same-origin"),
        (.init("Permissions-Policy"), "camera=(), geolocation=(), microphone=()"),
    ]

    static func added(to response: Response) -> Response {
        var response = response
        for (name, value) in headers {
            if let name { response.headers[name] = value }
        }
        return response
    }

    func handle(
        _ request: Request, context: RequestContext,
        next: (Request, RequestContext) async throws -> Response
    ) async throws -> Response {
        Self.added(to: try await next(request, context))
    }
}

/// Refuses what another site could make a browser send here: a foreign name for this machine (DNS
/// rebinding), and requests that come from other origins.
struct OriginCheck: RouterMiddleware {
    let host: String
    let isBehindProxy: Bool

    func handle(
        _ request: Request, context: RequestContext,
        next: (Request, RequestContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        if !isBehindProxy {
            let name =
                authority.hasPrefix("[")
                ? authority.prefix(through: authority.firstIndex(of: "]") ?? authority.startIndex)
                : authority.prefix { $0 != ":" }
            guard ["127.0.0.1", "localhost", "[::1]", host].contains(String(name)) else {
                throw Problem(
                    .misdirectedRequest, "foreign_host", "This address is not Aurora's",
                    detail: "Use the address that 'aurora serve' printed.")
            }
        }
        if let origin = request.headers[.origin], origin != "null" || request.method != .get {
            guard URL(string: origin)?.authority == authority else {
                throw Problem(
                    .forbidden, "foreign_origin", "The request comes from another site's page")
            }
        }
        return try await next(request, context)
    }
}

extension URL {
    /// Host and port as a Host header states them.
    fileprivate var authority: String? {
        host(percentEncoded: false).map { host in port.map { "\(host):\($0)" } ?? host }
    }
}

/// Gives up on answers that take too long, and stops what the engine does for them.
enum TimeLimit {
    private static let limit = Duration.seconds(60)

    static func run<Answer: Sendable>(
        _ answer: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await answer() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw Problem(
                    .gatewayTimeout, "too_slow",
                    "The answer took longer than \(limit.components.seconds) seconds")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
