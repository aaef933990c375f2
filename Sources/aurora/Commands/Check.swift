import ArgumentParser
import Columns
import Foundation
import Pipeline
import Runs

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find every mistake in a project and its data, without publishing anything.",
        discussion: """
            Reads the project's text, its source files and their columns, and checks all names, types
            and expressions against each other.

              aurora check
              aurora check Examples/credit-card --data ~/data --json
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var sources: SourceOptions

    func run() async throws {
        try await Execution.run(json: project.json) { [project, sources] in
            let (pipeline, diagnostics) = try sources.read(project)
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "aurora-check-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let line = ProgressLine()
            let record = try await pipeline.check(into: folder, diagnostics) {
                line.show(RunStage(run: "check", stage: $0, fraction: $1, detail: $2))
            }
            line.end()
            if project.json {
                Terminal.print(JSON.object(["diagnostics": []]).text(indented: true))
            } else {
                let rows = record.inputs.map { "\($0.rows) rows of \($0.file)" }
                Terminal.print("No mistakes; read \(rows.joined(separator: ", ")).")
            }
        }
    }
}
