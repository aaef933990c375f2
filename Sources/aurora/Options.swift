import ArgumentParser
import Columns
import Engine
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

    var stateFolder: StateFolder { Self.stateFolder(state, of: folder) }

    /// The published run with the pages, measures and names of segments that the project's folder holds
    /// now, as `aurora serve` shows it.
    ///
    /// Where the folder's texts can't be shown, standard error says why, and the run's own are used.
    func publishedRun(_ provider: any EngineProvider) async throws(AuroraError) -> PublishedRun {
        let run = try await PublishedRun.current(stateFolder, provider)
        var mistakes: [Diagnostic] = []
        let edition = try await run.edition(following: folder, &mistakes)
        if let edition { return edition }
        for mistake in mistakes { Terminal.tell(mistake.description) }
        let notice = Notice(
            "edits_not_shown",
            "the project's files have mistakes, or need what run \(run.record.id) has not, so its own "
                + "pages and measures are used")
        Terminal.tell("\(notice.message) [\(notice.code)]\n  mend them, or: aurora run")
        return run
    }

    static func stateFolder(_ stated: String?, of folder: URL) -> StateFolder {
        let stated = stated.map { URL(filePath: $0, directoryHint: .isDirectory).absoluteURL }
        return StateFolder((stated ?? folder.appending(path: ".aurora")).standardizedFileURL)
    }
}

/// What commands that compute figures accept besides.
struct ParameterOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "A parameter's value, like uplift=0.1, instead of its default; several all hold.")
    var parameters: [String] = []

    /// - Throws: `parameter_value` for what is no name and number.
    func values() throws(AuroraError) -> [String: Double] {
        var values: [String: Double] = [:]
        for text in parameters {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
                throw AuroraError(
                    "parameter_value", "'\(text)' is no name and number",
                    hint: "write NAME=VALUE, like uplift=0.1")
            }
            values[String(parts[0])] = value
        }
        return values
    }
}

/// What commands that read the source files accept besides.
struct SourceOptions: ParsableArguments {
    @Option(
        help: "The folder of the source files, instead of the project's.", completion: .directory)
    var data: String?

    @Option(help: "How many threads compute (default: all). No result depends on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(
        help: "What the engine may take of the memory, like 800MB or 4GB (default: most of it).")
    var memory: MemorySize?

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
            provider: try Engines.provider(threads: threads, memory: memory?.bytes),
            threads: threads)
        return (pipeline, diagnostics)
    }
}

/// A size like 800MB or 4GB.
struct MemorySize: ExpressibleByArgument {
    let bytes: Int

    private static let units = [("MB", 1_000_000), ("GB", 1_000_000_000)]
    /// Less would not hold one buffer of the reader for each thread.
    private static let smallest = 200_000_000

    init?(argument: String) {
        let text = argument.uppercased()
        guard let (unit, factor) = Self.units.first(where: { text.hasSuffix($0.0) }),
            let number = Int(text.dropLast(unit.count)),
            case let (bytes, overflow) = number.multipliedReportingOverflow(by: factor), !overflow,
            bytes >= Self.smallest
        else { return nil }
        self.bytes = bytes
    }
}
