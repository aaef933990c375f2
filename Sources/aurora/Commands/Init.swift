import ArgumentParser
import Columns
import Foundation
import Runs
import Starter

/// What `init` and `open` accept.
struct StarterOptions: ParsableArguments {
    @Argument(help: "The files: tables of customers, CSV or XLSX.", completion: .file())
    var files: [String]

    @Option(help: "The project's folder (default: the file's name, here).", completion: .directory)
    var output: String?

    @Option(help: "The sheet of a workbook with several tables.")
    var sheet: String?

    @Option(help: "The currency of amounts that don't say it, like EUR.")
    var currency: String?

    @Option(help: "How many threads compute (default: all). No result depends on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads), but 1 to 1024 are expected")
        }
        if let currency, !(currency.count == 3 && currency.allSatisfy { ("A"..."Z").contains($0) })
        {
            throw ValidationError("--currency is \(currency), but a code like EUR is expected")
        }
    }

    var urls: [URL] { files.map { URL(filePath: $0).absoluteURL } }

    var folder: URL {
        if let output { return URL(filePath: output, directoryHint: .isDirectory).absoluteURL }
        let here = URL(
            filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        return Starter.folder(for: urls, in: here)
    }

    /// - Parameter isRunNext: whether what was worked out is left for a run that follows.
    func write(isRunNext: Bool = false) async throws -> StarterProject {
        let line = ProgressLine()
        defer { line.end() }
        return try await Starter(
            Engines.provider(threads: threads), threads: threads, report: { line.show($0) }
        ).write(
            urls, to: folder, .init(sheet: sheet, currency: currency),
            remembering: isRunNext ? StateFolder(folder.appending(path: ".aurora")) : nil)
    }
}

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a starter project from a table of customers.",
        discussion: """
            Looks at every row, and writes sources, models, measures, segments and pages that run with
            nothing to edit. Every guess stands in the files, with its reason. The data is read where
            it lies.

              aurora init customers.csv
              aurora init customers.csv cards.xlsx --output my-bank
            """)

    @OptionGroup var starter: StarterOptions

    func run() async throws {
        try await Execution.run(json: starter.json) { [starter] in
            let project = try await starter.write()
            Terminal.print(starter.json ? project.json.text(indented: true) : project.text)
            if !starter.json {
                Terminal.tell("aurora run \(project.folder.path) makes the pages.")
            }
        }
    }
}
