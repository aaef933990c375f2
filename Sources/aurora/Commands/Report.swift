import ArgumentParser
import Columns
import Foundation
import Query
import Reporting
import Runs

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write pages of the published run to one file that can be passed on.",
        discussion: """
            An .html file draws the pages as they are, without a server and without any request; a
            .pdf file is the same on paper, printed by Chromium; an .xlsx file has a sheet for each
            visual. All hold figures only, never a customer's row.

              aurora report --output report.html
              aurora report --page overview --where "region = 'North'" --output north.pdf
              aurora report Examples/credit-card --output figures.xlsx
            """)

    @OptionGroup var project: ProjectOptions

    @Option(
        name: .customLong("page"),
        help: "A page, by its name; several in this order (default: all).")
    var pages: [String] = []

    @Option(
        name: .customLong("where"), parsing: .singleValue,
        help: "A condition on dimensions, texts in single quotes; several all hold.")
    var conditions: [String] = []

    @OptionGroup var parameters: ParameterOptions

    @Option(help: "The file: .html, .pdf or .xlsx.", completion: .file())
    var output: String

    @Flag(help: "Print on upright paper (.pdf, and .html when it is printed).")
    var portrait = false

    private enum Format: String, CaseIterable { case html, pdf, xlsx }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let file = URL(filePath: output).absoluteURL
            guard let format = Format(rawValue: file.pathExtension.lowercased()) else {
                throw AuroraError(
                    "unknown_format", "'\(file.lastPathComponent)' names no kind of report",
                    hint: "end it in "
                        + Format.allCases.map { ".\($0.rawValue)" }.joined(separator: ", "))
            }
            let browser = format == .pdf ? try Chromium.installed() : nil
            let provider = try Engines.provider(
                threads: ProcessInfo.processInfo.activeProcessorCount)
            let run = try await project.publishedRun(provider)
            let report = try await PageReport(
                .init(
                    pages: pages, conditions: conditions, parameters: try parameters.values()),
                of: run, for: .local)
            if format == .xlsx {
                try ReportOutput.write(ReportWorkbook(report).xlsx(), to: file)
            } else {
                guard let home = Home.url else {
                    throw AuroraError(
                        "assets_missing", "the folder with Web/ was not found",
                        hint: "state it in AURORA_HOME")
                }
                let paper: ReportFile.Paper = portrait ? .portrait : .landscape
                let html = try ReportFile(report, paper: paper, home: home).html()
                if let browser {
                    try await ReportOutput.write(to: file) { partial in
                        try await browser.print(html, on: paper, to: partial)
                    }
                } else {
                    try ReportOutput.write(html, to: file)
                }
            }
            tell(file, run)
        }
    }

    private func tell(_ file: URL, _ run: PublishedRun) {
        let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        if project.json {
            let document = JSON.object([
                "file": .string(file.path), "run": .string(run.record.id), "bytes": JSON(size),
            ])
            Terminal.print(document.text(indented: true))
        } else {
            Terminal.print("report on run \(run.record.id) written to \(file.path)")
        }
    }
}

/// A file that appears under its name when it is whole.
private enum ReportOutput {
    static func write(_ data: Data, to file: URL) throws {
        do {
            try data.write(to: file, options: .atomic)
        } catch {
            throw unwritable(file, error.localizedDescription)
        }
    }

    static func write(to file: URL, _ make: (_ partial: URL) async throws -> Void) async throws {
        let partial = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent)-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: partial) }
        guard FileManager.default.createFile(atPath: partial.path, contents: nil) else {
            throw unwritable(file, "no file can be made in its folder")
        }
        try await make(partial)
        guard rename(partial.path, file.path) == 0 else {
            throw unwritable(file, String(cString: strerror(errno)))
        }
    }

    private static func unwritable(_ file: URL, _ cause: String) -> AuroraError {
        AuroraError("file_unwritable", "\(file.path) can't be written", cause: cause)
    }
}
