import ArgumentParser
import Columns
import Foundation
import Pipeline
import Reporting
import Runs

/// What every command that works on a project accepts.
struct ProjectOptions: ParsableArguments {
    @Argument(help: "The project's folder.")
    var project = "."

    @Option(help: "Where runs are kept (default: .aurora in the project).", completion: .directory)
    var state: String?

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    var folder: URL { URL(filePath: project, directoryHint: .isDirectory).absoluteURL }

    var stateFolder: StateFolder {
        let stated = state.map { URL(filePath: $0, directoryHint: .isDirectory).absoluteURL }
        return StateFolder((stated ?? folder.appending(path: ".aurora")).standardizedFileURL)
    }
}

/// What commands that read the source files accept besides.
struct SourceOptions: ParsableArguments {
    @Option(
        help: "The folder of the source files, instead of the project's.", completion: .directory)
    var data: String?

    @Option(help: "How many threads compute (default: all). No result depends on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads), but 1 to 1024 are expected")
        }
    }

    /// The project, and what is wrong with its text.
    func read(_ options: ProjectOptions) throws -> (pipeline: Pipeline, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(options.folder, &diagnostics)
        let pipeline = Pipeline(
            project, data: Pipeline.dataFolder(of: project, in: options.folder, stated: data),
            provider: try Engines.provider(threads: threads), threads: threads)
        return (pipeline, diagnostics)
    }
}
