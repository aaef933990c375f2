package import Columns
package import Engine
package import Foundation
import Hummingbird
import Logging
import NIOCore
package import Runs
import ServiceLifecycle

/// Serves the pages of a project's published run.
package struct AuroraServer: Sendable {
    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        /// The folder with `Web/` and `.deps/`.
        package var home: URL
        package var state: StateFolder
        /// Who may read; nil lets in whoever reaches the address, which is this machine's users.
        package var readers: Readers?
        package var isBehindProxy: Bool
        /// What lets readers change the project; nil where nobody may.
        package var editing: Editing?
        /// What prints pages; nil where nothing does.
        package var printer: PagePrinter?

        package init(
            host: String, port: Int, home: URL, state: StateFolder, readers: Readers?,
            isBehindProxy: Bool, editing: Editing? = nil,
            printer: PagePrinter? = nil
        ) {
            self.host = host
            self.port = port
            self.home = home
            self.state = state
            self.readers = readers
            self.isBehindProxy = isBehindProxy
            self.editing = editing
            self.printer = printer
        }
    }

    /// The project's folder, and how it is run again.
    package struct Editing: Sendable {
        package var folder: URL
        /// Begins a run and returns at once.
        package var runAgain: @Sendable () async -> Void

        package init(folder: URL, runAgain: @escaping @Sendable () async -> Void) {
            self.folder = folder
            self.runAgain = runAgain
        }
    }

    private let configuration: Configuration
    private let provider: any EngineProvider

    package init(_ configuration: Configuration, provider: any EngineProvider) {
        self.configuration = configuration
        self.provider = provider
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter announce: is told the address once connections are accepted.
    /// - Throws: `port_taken`, `assets_missing`.
    package func run(announce: @escaping @Sendable (String) -> Void) async throws {
        let runs = PublishedRuns(
            configuration.state, provider, following: configuration.editing?.folder)
        try await runs.refresh()
        let app = Application(
            router: try router(runs),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "aurora"),
            services: [runs],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                announce("http://\(configuration.host):\(port)/")
            }, logger: Self.logger())
        let group = ServiceGroup(
            configuration: .init(
                services: [app], gracefulShutdownSignals: [], logger: Self.logger()))
        do {
            // In a task of its own, which is not cancelled: connections end in their own time.
            let serving = Task { try await group.run() }
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                Task { await group.triggerGracefulShutdown() }
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw AuroraError(
                "port_taken", "port \(configuration.port) of \(configuration.host) is taken",
                hint: "choose another with --port, or --port 0 for a free one")
        } catch let error as IOError {
            throw AuroraError(
                "address_unusable", "\(configuration.host):\(configuration.port) can't be used",
                cause: String(cString: strerror(error.errnoCode)))
        }
    }

    private func router(_ runs: PublishedRuns) throws -> Router<RequestContext> {
        let router = Router(context: RequestContext.self)
        router.addMiddleware {
            ProblemMiddleware()
            SecurityHeaders()
            OriginCheck(
                host: configuration.host, isBehindProxy: configuration.isBehindProxy)
            SignIn(configuration.readers, isBehindProxy: configuration.isBehindProxy)
        }
        try Assets(home: configuration.home).addRoutes(to: router)
        addAPI(to: router, runs)
        return router
    }

    /// Everything below `/api/`; ``APIRoute/all`` describes it.
    private func addAPI(to router: Router<RequestContext>, _ runs: PublishedRuns) {
        PageRoutes(
            runs, hasSignIn: configuration.readers != nil, mayEdit: configuration.editing != nil,
            home: configuration.home, seal: LinkSeal(configuration.state),
            printing: PrintQueue(configuration.printer)
        ).addRoutes(to: router)
        RowRoutes(runs).addRoutes(to: router)
        let editor = configuration.editing.map { ProjectEditor($0.folder, runAgain: $0.runAgain) }
        EditRoutes(runs, configuration.editing?.folder).addRoutes(to: router)
        SegmentRoutes(runs, editor).addRoutes(to: router)
        ScoreRoutes(runs).addRoutes(to: router)
        DataRoutes(runs).addRoutes(to: router)
        EventRoutes(runs, configuration.state).addRoutes(to: router)
        router.get("/api/v1/openapi.json") { _, context in
            _ = try context.signedIn
            return Response.json(OpenAPIDocument.json)
        }
    }

    /// Every route of the API that is answered, like `GET /api/v1/pages/{name}`, in their order.
    package var answeredRoutes: [String] {
        let router = Router(context: RequestContext.self)
        addAPI(to: router, PublishedRuns(configuration.state, provider))
        return router.routes.map(\.description).sorted()
    }

    /// Every route that the OpenAPI document describes, written likewise.
    package static var describedRoutes: [String] {
        APIRoute.all.map { "\($0.method.rawValue) \($0.path)" }.sorted()
    }

    /// The OpenAPI document that is served.
    package static var openAPI: JSON { OpenAPIDocument.json }

    /// Browsers come and go as they like; only what ends the server is worth a line.
    private static func logger() -> Logger {
        var logger = Logger(label: "aurora") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }
}
