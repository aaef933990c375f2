import Columns
import Foundation
import Reporting
import Server

/// A headless Chromium, which prints a report's HTML file.
struct Chromium: Sendable {
    private let program: URL

    private static let usual = [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]
    /// What a page may take until it is drawn, on the browser's own clock.
    private static let drawing = Duration.seconds(20)
    /// What the browser may take as a whole.
    private static let longest = Duration.seconds(120)

    /// The browser that `AURORA_CHROMIUM` names, or the system's.
    ///
    /// - Throws: `browser_missing`.
    static func installed() throws(AuroraError) -> Chromium {
        let stated = ProcessInfo.processInfo.environment["AURORA_CHROMIUM"].flatMap {
            $0.isEmpty ? nil : $0
        }
        let candidates = stated.map { [$0] } ?? usual
        guard
            let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
        else {
            throw AuroraError(
                "browser_missing",
                "a PDF is printed by Chromium, but there is none at "
                    + candidates.joined(separator: " or "),
                hint: "name it in AURORA_CHROMIUM, or write an .html file and print that")
        }
        return Chromium(program: URL(filePath: path))
    }

    /// What `aurora serve` prints pages by: looked for at each time, as it may come and go.
    static let printer = PagePrinter(
        isReady: { (try? Chromium.installed()) != nil },
        print: { html in
            let file = FileManager.default.temporaryDirectory
                .appending(path: "aurora-\(UUID().uuidString).pdf")
            // Made before Chromium writes to it, so that nobody else may read it.
            _ = FileManager.default.createFile(
                atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            defer { try? FileManager.default.removeItem(at: file) }
            try await Chromium.installed().print(html, on: .landscape, to: file)
            return try Data(contentsOf: file)
        })

    /// Prints a page on A4.
    ///
    /// - Parameter html: a page that needs no request: the browser gets no network.
    /// - Throws: `browser_failed`, with the browser's last words.
    func print(_ html: Data, on paper: ReportFile.Paper, to file: URL) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "aurora-print-\(UUID().uuidString)", directoryHint: .isDirectory)
        // Figures of a bank, for its owner's eyes only.
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "report.html")
        try html.write(to: page)
        let words = folder.appending(path: "words.txt")
        _ = FileManager.default.createFile(atPath: words.path, contents: nil)
        let output = try FileHandle(forWritingTo: words)
        defer { try? output.close() }

        let process = Process()
        process.executableURL = program
        process.arguments = arguments(page, paper, file, folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try await end(of: process)
        let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        guard process.terminationStatus == 0, size > 0 else {
            let text = (try? String(contentsOf: words, encoding: .utf8)) ?? ""
            throw AuroraError(
                "browser_failed", "\(program.path) did not print the report",
                cause: text.split(separator: "\n").suffix(5).joined(separator: "\n"))
        }
    }

    private func arguments(
        _ page: URL, _ paper: ReportFile.Paper, _ file: URL, _ folder: URL
    ) -> [String] {
        // The page is laid out as wide as the paper between its margins: 273 or 186 mm at 96 dpi.
        let window = paper == .landscape ? "1032,703" : "703,1032"
        var arguments = [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--window-size=\(window)",
            "--user-data-dir=\(folder.appending(path: "profile").path)",
            "--virtual-time-budget=\(Self.drawing.components.seconds * 1000)",
            "--no-pdf-header-footer", "--print-to-pdf=\(file.path)",
        ]
        // Chromium's own sandbox refuses the superuser, whom it can't hold.
        if getuid() == 0 { arguments.append("--no-sandbox") }
        return arguments + [page.absoluteString]
    }

    /// Waits, and ends a browser that takes too long or is not wanted any more.
    private func end(of process: Process) async throws {
        let end = ContinuousClock.now + Self.longest
        do {
            while process.isRunning {
                guard ContinuousClock.now < end else {
                    throw AuroraError(
                        "browser_failed",
                        "\(program.path) took longer than \(Self.longest.components.seconds) seconds"
                    )
                }
                try await Task.sleep(for: .milliseconds(50))
            }
        } catch {
            process.terminate()
            throw error
        }
    }
}
