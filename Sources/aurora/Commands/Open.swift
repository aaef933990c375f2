import ArgumentParser
import Columns
import Foundation
import Pipeline
import Starter

struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a project from a table of customers, run it, and show its pages.",
        discussion: """
            Does what 'aurora init', 'aurora run' and 'aurora serve' do, and opens the pages in this
            desktop's browser, where there is one. A project that is there already is run and shown
            as it is.

              aurora open customers.csv
              aurora open my-bank
            """)

    @OptionGroup var starter: StarterOptions

    @Option(help: "The port; 0 takes a free one.")
    var port = 8787

    @Flag(help: "Don't open a browser; the address is printed.")
    var noBrowser = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port), but 0 to 65535 are expected")
        }
    }

    func run() async throws {
        // One execution for all of it, so that Ctrl-C ends whatever is under way.
        try await Execution.run(json: starter.json) { [self] in
            let folder = project ?? starter.folder
            var fits: [String: KnownFit] = [:]
            if isProject(folder) {
                Terminal.tell("Already a project: \(folder.path)")
            } else {
                let project = try await starter.write(isRunNext: true)
                fits = project.fits
                Terminal.tell(project.text)
            }
            // Standard output has the address only.
            try await Run.parse(
                [folder.path, "--threads", String(starter.threads), "--quiet"]
            ).work(fits: fits)
            try await Serve.parse(
                [folder.path, "--port", String(port)] + (noBrowser ? [] : ["--open"])
                    + (starter.json ? ["--json"] : [])
            ).work()
        }
    }

    /// The one argument, where it is a project's folder and no file.
    private var project: URL? {
        guard starter.files.count == 1 else { return nil }
        let folder = URL(filePath: starter.files[0], directoryHint: .isDirectory).absoluteURL
        return isProject(folder) ? folder : nil
    }

    private func isProject(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "aurora.yaml").path)
    }
}
