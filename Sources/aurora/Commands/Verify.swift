import ArgumentParser
import Columns
import Foundation
import Pipeline
import Reporting
import Runs

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a past run once more and compare every output.",
        discussion: """
            Uses the project's text as the run recorded it, and the same source files. Exits with 1
            where anything differs, and names it.

              aurora verify
              aurora verify Examples/credit-card --run 3
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var sources: SourceOptions

    @Option(name: .customLong("run"), help: "The run's id or number (default: the published one).")
    var id: String?

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let state = project.stateFolder
            guard let folder = try id.map({ try state.run($0) }) ?? state.published else {
                throw AuroraError(
                    "no_run", "no run is published in \(state.url.path)",
                    hint: "aurora run makes one")
            }
            let record = try RunRecord.read(folder)
            let pipeline = Pipeline(
                try Project.parse(record.project),
                data: URL(filePath: sources.data ?? record.data, directoryHint: .isDirectory)
                    .absoluteURL,
                provider: try Engines.provider(
                    threads: sources.threads, memory: sources.memory?.bytes),
                threads: sources.threads)
            let line = ProgressLine()
            defer { line.end() }
            let verification = try await pipeline.verify(record, in: state) {
                line.show(RunStage(run: "verify", stage: $0, fraction: $1, detail: $2))
            }
            line.end()
            Terminal.print(
                project.json ? verification.json.text(indented: true) : Self.text(verification))
            if !verification.isRepeated { throw ExitCode(1) }
        }
    }

    private static func text(_ verification: Verification) -> String {
        let record = verification.record
        if verification.isRepeated {
            return "Run \(record.id) repeats: \(record.outputs.count) outputs are the same, "
                + "bit for bit."
        }
        func lines(_ differences: [Verification.Difference]) -> [String] {
            differences.map {
                "  \($0.name): \($0.before ?? "not there") before, \($0.now ?? "not there") now"
            }
        }
        var text = ["Run \(record.id) does not repeat."]
        if !verification.changedInputs.isEmpty {
            text.append("Source files that are not what they were:")
            text += lines(verification.changedInputs)
        }
        if !verification.changedOutputs.isEmpty {
            text.append("Outputs that differ:")
            text += lines(verification.changedOutputs)
        }
        return text.joined(separator: "\n")
    }
}
