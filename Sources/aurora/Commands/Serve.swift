import ArgumentParser
import Columns
import Engine
import Foundation
import Runs
import Server

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a project's pages to a browser.",
        discussion: """
            Listens on 127.0.0.1 only. Pages show the published run, and move to the next one when
            'aurora run' publishes it. Another address needs readers' tokens, and a proxy in front
            that ends TLS.

              aurora serve Examples/credit-card
              aurora serve --host 0.0.0.0 --behind-proxy --token-file tokens.txt
            """)

    @OptionGroup var project: ProjectOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes a free one.")
    var port = 8787

    @Option(help: "Readers: a line each of name, token and rights.", completion: .file())
    var tokenFile: String?

    @Flag(help: "A proxy on the way to readers ends TLS and sets Host and X-Forwarded-Proto.")
    var behindProxy = false

    @Flag(help: "Open the pages in this desktop's browser, where there is one.")
    var open = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port), but 0 to 65535 are expected")
        }
        let isLoopback = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard isLoopback || (tokenFile != nil && behindProxy) else {
            throw ValidationError(
                "--host \(host) can be reached from other machines: it needs --token-file and "
                    + "--behind-proxy")
        }
    }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in try await work() }
    }

    /// What it does, for a command that does more besides.
    func work() async throws {
        let readers = try tokenFile.map { try Readers(file: URL(filePath: $0)) }
        try await Self.serve(
            project.folder, project.stateFolder, host: host, port: port, readers: readers,
            isBehindProxy: behindProxy
        ) { [self] address in
            if project.json {
                Terminal.print(JSON.object(["address": .string(address)]).text())
            } else {
                Terminal.print("Serving \(project.folder.path) at \(address)")
                Terminal.tell("Ctrl-C ends it.")
            }
            if open { Self.showInBrowser(address) }
        }
    }

    /// Serves a project until the task is cancelled, and lets no run go on behind that.
    ///
    /// - Throws: `home_missing`, and what the server throws.
    static func serve(
        _ folder: URL, _ state: StateFolder, host: String = "127.0.0.1", port: Int,
        readers: Readers? = nil, isBehindProxy: Bool = false,
        announce: @escaping @Sendable (String) -> Void
    ) async throws {
        guard let home = Home.url else {
            throw AuroraError(
                "home_missing", "the folder with Web/ is not above the program",
                hint: "set AURORA_HOME to Aurora's folder")
        }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let provider = try Engines.provider(threads: threads)
        let reruns = Reruns(folder, state, provider, threads: threads)
        let server = AuroraServer(
            .init(
                host: host, port: port, home: home, state: state, readers: readers,
                isBehindProxy: isBehindProxy,
                editing: .init(folder: folder) { await reruns.want() },
                printer: Chromium.printer),
            provider: provider)
        do {
            try await server.run(announce: announce)
        } catch {
            await reruns.stop()
            throw error
        }
        await reruns.stop()
    }

    /// Where there is no desktop the printed address has to do.
    static func showInBrowser(_ address: String) {
        #if os(macOS)
        let opener = "/usr/bin/open"
        #else
        let environment = ProcessInfo.processInfo.environment
        guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
        let opener = "/usr/bin/xdg-open"
        #endif
        guard FileManager.default.isExecutableFile(atPath: opener) else { return }
        let process = Process()
        process.executableURL = URL(filePath: opener)
        process.arguments = [address]
        try? process.run()
    }
}
