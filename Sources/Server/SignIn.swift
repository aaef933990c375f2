import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Query
import Synchronization

/// Finds out who asks: by a session that began with a token, or by the token itself.
struct SignIn: RouterMiddleware {
    private let readers: Readers?
    private let sessions = Sessions()
    private let isBehindProxy: Bool

    private static let cookie = "aurora_session"
    private static let failureDelay = Duration.milliseconds(500)

    init(_ readers: Readers?, isBehindProxy: Bool) {
        self.readers = readers
        self.isBehindProxy = isBehindProxy
    }

    func handle(
        _ request: Request, context: RequestContext,
        next: (Request, RequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        guard let readers else {
            context.reader = .local
            return try await next(request, context)
        }
        switch (request.method, request.uri.path) {
        case (.post, "/sign-in"): return try await signIn(request, readers)
        case (.post, "/sign-out"): return signOut(request)
        default: break
        }
        context.reader = reader(of: request, readers)
        let isPublic =
            Assets.publicPaths.contains(request.uri.path) || request.uri.path.hasPrefix("/web/")
            || request.uri.path.hasPrefix("/deps/inter/")
        if context.reader == nil, !isPublic {
            if request.uri.path.hasPrefix("/api/") {
                throw Problem(.unauthorized, "signed_out", "Sign in to see this")
            }
            return Response(status: .seeOther, headers: [.location: "/sign-in"])
        }
        return try await next(request, context)
    }

    private func reader(of request: Request, _ readers: Readers) -> Reader? {
        if let header = request.headers[.authorization], header.hasPrefix("Bearer ") {
            return readers.reader(withToken: String(header.dropFirst(7)))
        }
        return session(of: request).flatMap(sessions.reader)
    }

    private func session(of request: Request) -> String? {
        request.cookies[Self.cookie]?.value
    }

    private func signIn(_ request: Request, _ readers: Readers) async throws -> Response {
        let body = try await request.body.collect(upTo: 4 << 10)
        let fields = String(buffer: body).split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1)
        }
        let token = fields.first { $0.first == "token" }?.dropFirst().first
            .flatMap { $0.replacing("+", with: " ").removingPercentEncoding }
        guard let token, let reader = readers.reader(withToken: token) else {
            try await Task.sleep(for: Self.failureDelay)
            return Response(status: .seeOther, headers: [.location: "/sign-in?failed=1"])
        }
        let session = sessions.begin(for: reader)
        return Response(
            status: .seeOther,
            headers: [.location: "/", .setCookie: cookie(session, seconds: Sessions.seconds)])
    }

    private func signOut(_ request: Request) -> Response {
        if let session = session(of: request) { sessions.end(session) }
        return Response(
            status: .seeOther, headers: [.location: "/sign-in", .setCookie: cookie("", seconds: 0)])
    }

    private func cookie(_ value: String, seconds: Int) -> String {
        "\(Self.cookie)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(seconds)"
            + (isBehindProxy ? "; Secure" : "")
    }
}

/// Who has signed in, for half a day.
private final class Sessions: Sendable {
    static let seconds = 43_200
    private let byID = Mutex<[String: (reader: Reader, ends: Date)]>([:])

    func begin(for reader: Reader) -> String {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<4).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
        byID.withLock { sessions in
            sessions = sessions.filter { $0.value.ends > .now }
            sessions[id] = (reader, .now + TimeInterval(Self.seconds))
        }
        return id
    }

    func reader(_ id: String) -> Reader? {
        byID.withLock { sessions in
            sessions[id].flatMap { $0.ends > .now ? $0.reader : nil }
        }
    }

    func end(_ id: String) { byID.withLock { $0[id] = nil } }
}
