import ArgumentParser
import Columns
import Engine
import Foundation
import Query
import Reporting

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a model's table, or what a source has in quarantine, to a file.",
        discussion: """
            The rows of the published run, in the order of the key, with all digits and without
            hidden columns. pandas and polars read Parquet with its types as they are.

              aurora export --model customers
              aurora export Examples/credit-card --model customers --output customers.xlsx
              aurora export --quarantine customers
            """)

    @OptionGroup var project: ProjectOptions

    @Option(help: "The model.")
    var model: String?

    @Option(help: "The source whose rows that were set aside are written, with their reasons.")
    var quarantine: String?

    @Option(
        help: "The file: .csv, .parquet or .xlsx (default: the model's name, .csv).",
        completion: .file())
    var output: String?

    func validate() throws {
        guard (model == nil) != (quarantine == nil) else {
            throw ValidationError("State --model or --quarantine.")
        }
    }

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let name = model ?? "\(quarantine ?? "")-quarantine"
            let file = URL(filePath: output ?? "\(name).csv").absoluteURL
            guard let format = TableFormat(rawValue: file.pathExtension.lowercased()) else {
                throw AuroraError(
                    "unknown_format", "'\(file.lastPathComponent)' names no kind of file",
                    hint: "end it in "
                        + TableFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", "))
            }
            let provider = try Engines.provider(
                threads: ProcessInfo.processInfo.activeProcessorCount)
            let run = try await PublishedRun.current(project.stateFolder, provider)
            let rows =
                if let quarantine {
                    try await run.exportQuarantine(
                        of: quarantine, to: file, as: format, for: .local)
                } else {
                    try await run.export(name, to: file, as: format, for: .local)
                }
            if project.json {
                let document = JSON.object([
                    "model": JSON(model), "quarantine": JSON(quarantine),
                    "file": .string(file.path), "rows": JSON(rows),
                ])
                Terminal.print(document.text(indented: true))
            } else {
                Terminal.print("\(rows) rows of \(name) written to \(file.path)")
            }
        }
    }
}
